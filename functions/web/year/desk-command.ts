import * as z from 'zod'
import { themes } from '../../domain/agreement/theme.ts'
import { agreementIdSchema, municipalityCodeSchema } from '../../domain/base/values.ts'
import { firstValues, parsedForm, type FormBody, type Parsed } from '../form-body.ts'
import { requiredText } from '../../domain/base/command.ts'

/** Decisions on a year: release, the joint report, its corrections and experiences. */
const subject = z.string().regex(/^[0-9a-f]{64}$/, 'Siden er forældet. Åbn den igen.')
const reason = requiredText('Skriv en begrundelse.')
const year = z.coerce.number().int().min(2000).max(2200)
const mailKey = z.string().regex(/^[\w.:-]{8,128}$/)
const experience = { agreement: agreementIdSchema, municipality: municipalityCodeSchema, mailKey }

export const deskCommandSchema = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('release'),
    year,
    agreements: z.array(agreementIdSchema).min(1, 'Vælg mindst én aftale.'),
  }),
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

/**
 * The command of a form on one of the year's pages.
 * @param place what the page's address says: the year
 */
export const deskCommand = (body: FormBody, place: Readonly<Record<string, string>>): Parsed<DeskCommand> =>
  parsedForm(
    deskCommandSchema.safeParse({ ...firstValues(body), ...place, agreements: body['agreements'] ?? [] }),
  )
