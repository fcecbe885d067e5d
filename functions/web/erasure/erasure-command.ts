import * as z from 'zod'
import { type ErasureCommand } from '../../domain/casefile/erasures.ts'
import { requiredText } from '../../domain/base/fields.ts'
import { firstValues, parsedForm, type FormBody, type Parsed } from '../form-body.ts'
import { erasureGroundSchema } from '../../domain/base/mail-erased.ts'

const reason = requiredText('Skriv en begrundelse.')
const mailKey = z.string().min(1).max(128)

const formSchema = z.discriminatedUnion(
  'do',
  [
    z.object({
      do: z.literal('ask-erasure'),
      mailKey,
      ground: z.enum(erasureGroundSchema.options, { error: 'Vælg, hvorfor indholdet skal slettes.' }),
      reason,
    }),
    z.object({ do: z.literal('confirm-erasure'), mailKey }),
    z.object({ do: z.literal('decline-erasure'), mailKey, reason }),
  ],
  { error: 'Siden kender ikke den handling.' },
)

/**
 * The command of a form on the page of a mail's erasure.
 * @param key the mail that the page is about
 */
export const erasureCommand = (body: FormBody, key: string): Parsed<ErasureCommand> =>
  parsedForm<ErasureCommand>(formSchema.safeParse({ ...firstValues(body), mailKey: key }))
