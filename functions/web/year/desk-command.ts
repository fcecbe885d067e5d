import * as z from 'zod'
import { requiredText, typedText } from '../../domain/base/command.ts'
import { targetKeySchema } from '../../domain/agreement/content.ts'
import { themes } from '../../domain/agreement/theme.ts'
import { agreementIdSchema, exactSchema, municipalityCodeSchema } from '../../domain/base/values.ts'
import { draftAsked, draftAskedShape } from './draft-asked.ts'
import { fieldsUnder, typedUnder, firstValues, parsedForm, type FormBody, type Parsed } from '../form-body.ts'
import { declineReasonSchema } from '../../domain/renegotiation/slices/question.ts'

/** Decisions beside reviews: release, matters, renegotiations, the joint report. */
const subject = z.string().regex(/^[0-9a-f]{64}$/, 'Siden er forældet. Åbn den igen.')
const reason = requiredText('Skriv en begrundelse.')
const year = z.coerce.number().int().min(2000).max(2200)
const seq = z.coerce.number().int().positive()
const renegotiation = { agreement: agreementIdSchema, seq }
const mailKey = z.string().regex(/^[\w.:-]{8,128}$/)
const experience = { agreement: agreementIdSchema, municipality: municipalityCodeSchema, mailKey }

export const deskCommandSchema = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('release'),
    year,
    agreements: z.array(agreementIdSchema).min(1, 'Vælg mindst én aftale.'),
  }),
  z.object({
    do: z.literal('decide-matter'),
    observationId: z.string().min(1).max(128),
    subject,
    /** For every question without an exception. */
    open: z.boolean(),
    reason,
    /** What a decline rests on; null: what each agreement's targets say. */
    code: declineReasonSchema.nullable().default(null),
    exceptions: z.array(z.object({ agreement: agreementIdSchema, open: z.boolean(), reason })),
    /** Agreements whose questions are left as they are. */
    later: z.array(agreementIdSchema),
  }),
  z.object({
    do: z.literal('propose'),
    ...renegotiation,
    changes: z
      .array(
        z.object({
          target: targetKeySchema,
          year,
          value: z.union(
            [exactSchema, z.iso.date()],
            'Skriv hver ny målværdi som et tal, fx 105 eller 47,5.',
          ),
        }),
      )
      .min(1, 'Skriv mindst én ny målværdi.'),
    effectiveFrom: z.iso.date('Skriv datoen for ikrafttrædelse.'),
    reason,
  }),
  z.object({
    do: z.literal('draft-proposal'),
    ...renegotiation,
    ...draftAskedShape,
    /** What stands in the form's fields, by their names. */
    fields: z.array(z.object({ name: z.string().min(1).max(100), text: typedText })),
    apportioned: z.array(targetKeySchema),
    effectiveFrom: z.iso.date('Skriv datoen for ikrafttrædelse.'),
    reason,
  }),
  z.object({ do: z.literal('approve-proposal'), ...renegotiation, subject }),
  z.object({ do: z.literal('return-proposal'), ...renegotiation, subject, reason }),
  z.object({
    do: z.literal('answer-counter'),
    ...renegotiation,
    mailKey,
    accept: z.boolean({ error: 'Vælg, om ændringsforslaget følges.' }),
    reason,
  }),
  z.object({
    do: z.literal('mark-answer'),
    ...renegotiation,
    mailKey,
    as: z.enum(['accepted', 'declined', 'comment', 'counter-proposal'], 'Vælg, hvad svaret er.'),
  }),
  z.object({
    do: z.literal('decide-held-mail'),
    ...renegotiation,
    mailKey,
    as: z.enum(['counts', 'provisional', 'rejected'], 'Vælg, hvad mailen skal regnes for.'),
    reason,
  }),
  z.object({ do: z.literal('withdraw'), ...renegotiation, reason }),
  z.object({ do: z.literal('record-withdrawal'), ...renegotiation, reason }),
  z.object({ do: z.literal('approve-report'), year, subject }),
  z.object({ do: z.literal('send-report-back'), year, subject, reason }),
  z.object({
    do: z.literal('propose-correction'),
    year,
    agreement: agreementIdSchema,
    /** Hash of the differences that were seen. */
    subject,
    reason,
  }),
  z.object({ do: z.literal('issue-correction'), year, subject }),
  z.object({
    do: z.literal('publish-experience'),
    year,
    ...experience,
    theme: z.enum(themes, 'Vælg et tema.'),
    /** The card's text. */
    reason: requiredText('Skriv kortets tekst.'),
  }),
  z.object({ do: z.literal('leave-out-experience'), year, ...experience, reason }),
  z.object({ do: z.literal('release-experiences'), year, subject }),
  z.object({ do: z.literal('return-correction'), year, subject, reason }),
])
export type DeskCommand = z.infer<typeof deskCommandSchema>

/** `47,5` and `1.234` as typed in Danish, to exact text; dates and anything else as they are. */
const typedNumber = (text: string): string =>
  /^-?\d{1,3}(?:\.\d{3})*(?:,\d+)?$|^-?\d+(?:,\d+)?$/u.test(text)
    ? text.replaceAll('.', '').replace(',', '.')
    : text

const choice = (text: string | undefined): boolean | undefined =>
  text === 'open' || text === 'yes' ? true : text === 'decline' || text === 'no' ? false : undefined

/**
 * The command of a form on one of the year's pages.
 * @param place what the page's address says: year, agreement and seq, observation
 * @param query what it says after its question mark: how a draft is shaped
 */
export const deskCommand = (
  body: FormBody,
  place: Readonly<Record<string, string>>,
  query: FormBody = {},
): Parsed<DeskCommand> => {
  const fields = firstValues(body)
  const exceptions = fieldsUnder(body, 'exception')
  const exceptionReasons = fieldsUnder(body, 'exception-reason')
  const changes = [...fieldsUnder(body, 'value')].map(([name, value]) => {
    const [target = '', forYear = ''] = name.split('.')
    return { target, year: forYear, value: typedNumber(value) }
  })
  return parsedForm(
    deskCommandSchema.safeParse({
      ...fields,
      ...draftAsked(query),
      fields: [...typedUnder(body, 'field')].map(([name, text]) => ({ name, text })),
      apportioned: [...fieldsUnder(body, 'apportioned').keys()],
      ...place,
      agreements: body['agreements'] ?? [],
      open: choice(fields['decision']),
      code: fields['code'] === undefined || fields['code'] === '' ? null : fields['code'],
      accept: choice(fields['decision']),
      changes,
      later: [...exceptions].flatMap(([agreement, decision]) => (decision === 'later' ? [agreement] : [])),
      exceptions: [...exceptions]
        .filter(([, decision]) => decision !== 'later')
        .map(([agreement, decision]) => ({
          agreement,
          open: choice(decision),
          reason: exceptionReasons.get(agreement) ?? fields['reason'] ?? '',
        })),
    }),
  )
}
