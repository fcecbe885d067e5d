import * as z from 'zod'
import { targetKeySchema } from '../../domain/agreement/content.ts'
import { breachSchema, moneyKinds } from '../../domain/review/slices/money.ts'
import { verdictSchema } from '../../domain/judging/assessment.ts'
import type { PersonCommand } from '../../domain/review/decide/commands.ts'
import { municipalityCodeSchema } from '../../domain/base/values.ts'
import {
  fieldsUnder,
  firstValues,
  parsedForm,
  requiredText,
  typedText,
  type FormBody,
  type Parsed,
} from '../form-body.ts'
import { typedCommand, type TypedFiguresForm } from './typed-command.ts'

const mailKey = z.string().regex(/^[\w.:-]{8,128}$/, 'Mailen kan ikke findes.')
const subject = z.string().regex(/^[0-9a-f]{64}$/, 'Siden er forældet. Åbn sagen igen.')
const reason = requiredText('Skriv en begrundelse.')
const choose = (message: string) => ({ error: message })

const heldSchema = z.object({
  do: z.literal('decide-held-mail'),
  mailKey,
  as: z.enum(['counts', 'provisional', 'rejected'], choose('Vælg, hvad mailen skal regnes for.')),
  reason,
})
const extensionSchema = z.object({
  do: z.literal('decide-extension'),
  mailKey,
  decision: z.enum(['grant', 'refuse'], choose('Vælg, om udsættelsen gives.')),
  dueOn: z.iso.date('Skriv den nye frist som en dato.'),
  reason,
})
const askSchema = z.object({
  do: z.literal('ask'),
  nonce: z.string(),
  party: municipalityCodeSchema,
  keys: z.array(z.string().max(60)).min(1, 'Vælg mindst ét tal, spørgsmålet handler om.'),
  text: requiredText('Skriv, hvad der spørges om.'),
})
const recommendSchema = z.object({
  do: z.literal('recommend'),
  subject,
  changes: z.array(
    z.object({
      target: targetKeySchema,
      verdict: verdictSchema,
      reason: requiredText('Skriv en begrundelse for hver ændret vurdering.'),
    }),
  ),
  externalFactors: z.array(z.string()),
  text: typedText,
})
const commentsSchema = z.object({
  do: z.literal('answer-comments'),
  subject,
  answers: z
    .array(
      z.object({
        mailKey,
        text: typedText,
        changed: z.boolean(),
        unresolved: z.boolean(),
        substance: typedText.exactOptional(),
      }),
    )
    .min(1, 'Skriv et svar på hver bemærkning.'),
})
const proposalSchema = z
  .object({
    do: z.literal('decide-proposal'),
    mailKey,
    index: z.coerce.number().int().nonnegative().max(99),
    as: z.enum(['confirmed', 'dismissed'], choose('Vælg, om det er et svar.')),
    key: z.string().max(60).default(''),
  })
  .refine(({ as, key }) => as === 'dismissed' || key !== '', 'Vælg den nøgle, tallet svarer på.')
const contactSchema = z.object({
  do: z.literal('enter-contact'),
  nonce: z.string(),
  party: municipalityCodeSchema,
  role: z.enum(['contact', 'deputy'], choose('Vælg kontakt eller stedfortræder.')),
  mailKey: z
    .string()
    .max(128)
    .default('')
    .transform((key) => (key === '' ? null : key)),
  name: requiredText('Skriv kontaktens navn.'),
  title: typedText.default(''),
  email: z.email('Skriv kontaktens mailadresse.'),
})
/** Ids are lower case, digits and hyphens. */
const contactIdOf = (nonce: string): string =>
  `entered-${nonce
    .slice(0, 22)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/gu, '0')}`

const factCheckSchema = z.object({
  do: z.literal('decide-fact-check'),
  mailKey,
  as: z.enum(['corrected', 'rejected', 'figure'], choose('Vælg, hvad der sker med siderne.')),
  renamed: z.array(z.object({ key: z.string().max(20), title: z.string().max(300) })),
  text: requiredText('Skriv svaret til kommunen.'),
})
const promiseSchema = z.object({
  do: z.literal('answer-promise'),
  promise: z.string().regex(/^L\d+$/),
  kept: z.enum(['yes', 'no'], choose('Vælg, om bidraget er ydet.')),
  reason: typedText,
})
const moneyId = z.string().regex(/^money-[\w-]{8,40}$/, 'Afgørelsen kan ikke findes.')
const moneySchema = z.object({
  do: z.literal('draft-money'),
  nonce: z.string(),
  caseId: z.union([z.literal(''), moneyId]),
  kind: z.enum(moneyKinds, choose('Vælg, hvad afgørelsen handler om.')),
  forYear: z.coerce.number('Skriv tilskudsåret.').int().min(2000).max(2200),
  kroner: z
    .string()
    .transform((text) => text.replaceAll(/[.\s]|kr\.?$/gu, ''))
    .pipe(z.string().regex(/^\d{1,12}$/, 'Skriv beløbet i hele kroner.')),
  breach: z
    .union([z.literal(''), breachSchema])
    .default('')
    .transform((breach) => (breach === '' ? null : breach)),
  legalGround: requiredText('Skriv retsgrundlaget.'),
  reasons: requiredText('Skriv en begrundelse.'),
  heard: typedText.default(''),
})

const plainSchemas = {
  approve: z.object({ do: z.literal('approve'), subject }),
  'send-back': z.object({ do: z.literal('send-back'), subject, reason }),
  'mark-hearing-answer': z.object({
    do: z.literal('mark-hearing-answer'),
    mailKey,
    as: z.enum(['none', 'comments', 'courtesy'], choose('Vælg, hvad svaret er.')),
  }),
  'share-comment': z.object({
    do: z.literal('share-comment'),
    mailKey,
    substance: requiredText('Skriv bemærkningen i hovedtræk.'),
  }),
  'answer-dispute': z.object({
    do: z.literal('answer-dispute'),
    mailKey,
    assumption: z.string().regex(/^FS\d+$/),
    answer: requiredText('Skriv et svar på bemærkningen.'),
  }),
  'decide-objection': z.object({
    do: z.literal('decide-objection'),
    subject,
    mailKey,
    outcome: z.enum(['upheld', 'changed'], choose('Vælg, om bedømmelsen fastholdes.')),
    reason,
  }),
  'approve-money': z.object({ do: z.literal('approve-money'), caseId: moneyId, draftId: moneyId }),
  'return-money': z.object({
    do: z.literal('return-money'),
    caseId: moneyId,
    draftId: moneyId,
    reason,
  }),
  'drop-money': z.object({ do: z.literal('drop-money'), caseId: moneyId, reason }),
  reopen: z.object({ do: z.literal('reopen'), reason }),
  'leave-closed': z.object({ do: z.literal('leave-closed'), reason }),
  'decline-contact': z.object({ do: z.literal('decline-contact'), mailKey, reason }),
  'mark-read': z.object({ do: z.literal('mark-read'), mailKey }),
  stop: z.object({ do: z.literal('stop'), reason }),
  note: z.object({
    do: z.literal('note'),
    about: z.enum(['phone', 'meeting', 'other'], choose('Vælg, hvad notatet er om.')),
    text: requiredText('Skriv notatets tekst.'),
  }),
} as const

const isPlain = (name: string): name is keyof typeof plainSchemas => Object.hasOwn(plainSchemas, name)

/** Lines of a text field, blank ones left out: one external factor a line. */
const lines = (text: string): string[] =>
  text
    .split(/\r?\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== '')

const recommendation = (body: FormBody, fields: Record<string, string>): Parsed<ReviewForm> => {
  const reasons = fieldsUnder(body, 'reason')
  const changes = [...fieldsUnder(body, 'verdict')].map(([target, verdict]) => ({
    target,
    verdict,
    reason: reasons.get(target) ?? '',
  }))
  const externalFactors = lines(fields['factors'] ?? '')
  return parsedForm(
    recommendSchema.safeParse({ ...fields, changes, externalFactors, text: fields['text'] ?? '' }),
  )
}

/** What a form asks for; typed figures are still to be read. */
export type ReviewForm =
  | Exclude<PersonCommand, { do: 'type-figures' | 'enter-contact' }>
  | TypedFiguresForm
  | Omit<Extract<PersonCommand, { do: 'enter-contact' }>, 'replaces' | 'language'>

/**
 * The command of a form on a review's page.
 * @param body the posted form, its envelope already checked
 */
export const reviewCommand = (body: FormBody): Parsed<ReviewForm> => {
  const fields = firstValues(body)
  const name = fields['do'] ?? ''
  if (isPlain(name)) return parsedForm<ReviewForm>(plainSchemas[name].safeParse(fields))
  switch (name) {
    case 'decide-held-mail':
      return parsedForm(heldSchema.safeParse(fields))
    case 'decide-extension': {
      const parsed = parsedForm(extensionSchema.safeParse(fields))
      if (!parsed.ok) return parsed
      const { decision, ...rest } = parsed.command
      return { ok: true, command: { ...rest, grant: decision === 'grant' } }
    }
    case 'ask': {
      const parsed = parsedForm(askSchema.safeParse({ ...fields, keys: body['keys'] ?? [] }))
      if (!parsed.ok) return parsed
      const { nonce, ...rest } = parsed.command
      return { ok: true, command: { ...rest, questionId: `q-${nonce.slice(0, 22)}` } }
    }
    case 'enter-contact': {
      const parsed = parsedForm(contactSchema.safeParse(fields))
      if (!parsed.ok) return parsed
      const { nonce, ...rest } = parsed.command
      return { ok: true, command: { ...rest, contactId: contactIdOf(nonce) } }
    }
    case 'draft-money': {
      const parsed = parsedForm(moneySchema.safeParse(fields))
      if (!parsed.ok) return parsed
      const { nonce, caseId, ...rest } = parsed.command
      const draftId = `money-${nonce.slice(0, 22).replaceAll(/[^\w-]/gu, '0')}`
      return { ok: true, command: { ...rest, draftId, caseId: caseId === '' ? draftId : caseId } }
    }
    case 'decide-proposal':
      return parsedForm(proposalSchema.safeParse(fields))
    case 'answer-promise': {
      const parsed = parsedForm(promiseSchema.safeParse({ ...fields, reason: fields['reason'] ?? '' }))
      return parsed.ok
        ? { ok: true, command: { ...parsed.command, kept: parsed.command.kept === 'yes' } }
        : parsed
    }
    case 'type-figures':
      return typedCommand(body, fields)
    case 'recommend':
      return recommendation(body, fields)
    case 'answer-comments': {
      const changed = fieldsUnder(body, 'changed')
      const substance = fieldsUnder(body, 'substance')
      const answers = [...fieldsUnder(body, 'answer')].map(([key, text]) => ({
        mailKey: key,
        text,
        changed: changed.get(key) === 'yes',
        unresolved: changed.get(key) === 'unresolved',
        ...(substance.has(key) ? { substance: substance.get(key) } : {}),
      }))
      return parsedForm(commentsSchema.safeParse({ ...fields, answers }))
    }
    case 'decide-fact-check': {
      const renamed = [...fieldsUnder(body, 'title')].map(([key, title]) => ({ key, title }))
      return parsedForm(factCheckSchema.safeParse({ ...fields, renamed }))
    }
    default:
      return { ok: false, problems: ['Siden kender ikke den handling.'] }
  }
}
