import * as z from 'zod'
import type { InboxCommand } from '../../domain/inbox/decide.ts'
import { isCaseStream } from '../../domain/inbox/inbox.ts'
import { municipalityCodeSchema } from '../../domain/base/values.ts'
import { requiredText } from '../../domain/base/fields.ts'
import { firstValues, parsedForm, type FormBody, type Parsed } from '../form-body.ts'
import type { CaseChoice } from './inbox-view.ts'

/** The choice that none of the suggested cases is meant. */
export const elsewhere = 'other'

/** A case and a party of it, as one value of a form. */
export const caseValue = ({ stream, party }: Pick<CaseChoice, 'stream' | 'party'>): string =>
  `${stream}|${party}`

const choose = 'Vælg, hvilken sag mailen hører til.'
const mailKey = z.string().regex(/^[\w.:-]{8,128}$/, 'Mailen kan ikke findes.')
const reason = requiredText('Skriv en begrundelse.')

const placeSchema = z.object({
  do: z.literal('place-mail'),
  mailKey,
  placed: z.object({
    stream: z.custom<CaseChoice['stream']>(isCaseStream, choose),
    party: municipalityCodeSchema,
    as: z.enum(['counts', 'provisional'], { error: 'Vælg, hvad mailen skal regnes for.' }),
  }),
  reason,
})
const dismissSchema = z.object({ do: z.literal('dismiss-mail'), mailKey, reason })

/**
 * The command of a form on a mail of the inbox.
 * @param body the posted form, its envelope already checked
 */
export const inboxCommand = (body: FormBody): Parsed<InboxCommand> => {
  const fields = firstValues(body)
  if (fields['do'] === 'dismiss-mail') return parsedForm<InboxCommand>(dismissSchema.safeParse(fields))
  if (fields['do'] !== 'place-mail') return { ok: false, problems: ['Siden kender ikke den handling.'] }
  const chosen = fields['home'] === elsewhere ? fields['other'] : fields['home']
  const [stream = '', party = ''] = (chosen ?? '').split('|')
  if (!isCaseStream(stream)) return { ok: false, problems: [choose] }
  return parsedForm<InboxCommand>(
    placeSchema.safeParse({ ...fields, placed: { stream, party, as: fields['as'] } }),
  )
}
