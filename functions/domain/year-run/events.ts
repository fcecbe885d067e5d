import * as z from 'zod'
import { themeSchema } from '../agreement/theme.ts'
import { executionAttachedSchema, executionLostSchema } from '../casefile/attempts.ts'
import { letterBouncedSchema, letterSentSchema } from '../casefile/letters.ts'
import { agreementIdSchema, dateSchema, municipalityCodeSchema, personIdSchema } from '../base/values.ts'

/** The events of a year run: one run collects the results of one year. */
const event = <T extends string, S extends z.core.$ZodLooseShape>(type: T, shape: S) =>
  z.strictObject({ type: z.literal(type), v: z.literal(1), ...shape })

const privateText = z.strictObject({ text: z.string() }).optional()
const hash = z.string().regex(/^[0-9a-f]{64}$/)

/** Makes two starts of one year harmless: it is the stream's first event and there is one. */
export const runOpenedSchema = event('RunOpened', {
  year: z.int(),
  openedOn: dateSchema,
  requestOn: dateSchema,
  dueOn: dateSchema,
  factCheckOn: dateSchema,
  reportingOn: dateSchema,
})
export const leftOutReasons = ['first-year-next', 'not-in-force', 'incomplete', 'expired'] as const
export const manifestEntrySchema = z.strictObject({
  agreement: agreementIdSchema,
  municipalities: z.array(municipalityCodeSchema),
  targets: z.int().min(0),
})
export const leftOutEntrySchema = z.strictObject({
  agreement: agreementIdSchema,
  municipalities: z.array(municipalityCodeSchema),
  reason: z.enum(leftOutReasons),
})
/** Who is in, who is out and why. */
export const manifestMadeSchema = event('ManifestMade', {
  asked: z.array(manifestEntrySchema),
  leftOut: z.array(leftOutEntrySchema),
})
/** An agreement that came into force while the run was under way: not asked, with the reason. */
export const agreementListedSchema = event('AgreementListed', { entry: leftOutEntrySchema })
/** Without a release nothing goes out. */
export const releasedSchema = event('Released', {
  agreements: z.array(agreementIdSchema).min(1),
  by: personIdSchema,
})
/** The cursor: so far, reviews of these agreements have been started. */
export const reviewsStartedSchema = event('ReviewsStarted', { agreements: z.array(agreementIdSchema).min(1) })
export const reportCompiledSchema = event('ReportCompiled', {
  subject: hash,
  /** Canonical JSON, archived under this key. */
  archiveKey: z.string(),
  /** Reviews that were not finally assessed when it was compiled; they stand so in the report. */
  unfinished: z.array(agreementIdSchema),
  /** Corrections of the fact check that nobody had decided on then: such a report is not approved. */
  openCorrections: z.int().min(0).default(0),
})
/** A correction of the fact check was decided on: the report is compiled anew, its approval is void. */
export const reportOutdatedSchema = event('ReportOutdated', { agreement: agreementIdSchema })
export const factChecksSentSchema = event('FactChecksSent', { agreements: z.array(agreementIdSchema).min(1) })
export const reportApprovedSchema = event('ReportApproved', { subject: hash, by: personIdSchema })
export const reportSentBackSchema = event('ReportSentBack', {
  subject: hash,
  by: personIdSchema,
  private: privateText,
})
/** Frozen: the files lie archived, each once; their bytes never change. */
export const reportFrozenSchema = event('ReportFrozen', {
  subject: hash,
  frozenOn: dateSchema,
  files: z.array(z.strictObject({ name: z.string(), archiveKey: z.string(), sha256: hash })).min(1),
})

/** What showed that the frozen report is wrong in an agreement: a new assessment, or a correction of its pages. */
export const correctionCauseSchema = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('assessment'), version: z.int().min(2) }),
  z.strictObject({ is: z.literal('fact-check'), mailKey: z.string() }),
])
export type CorrectionCause = z.infer<typeof correctionCauseSchema>
const sheet = { number: z.int().positive(), agreement: agreementIdSchema, subject: hash }
/** An error of the frozen report is on record: a correction sheet (rettelsesblad) is to be made. */
export const correctionDueSchema = event('CorrectionDue', {
  agreement: agreementIdSchema,
  cause: correctionCauseSchema,
  decidedOn: dateSchema,
})
/** A caseworker's sheet; its canonical JSON is archived under the key, and its hash is the subject. */
export const correctionProposedSchema = event('CorrectionProposed', {
  ...sheet,
  archiveKey: z.string(),
  by: personIdSchema,
})
export const correctionSentBackSchema = event('CorrectionSentBack', {
  ...sheet,
  by: personIdSchema,
  private: privateText,
})
/** Approved and published beside the frozen report, whose files stay as they are. */
export const correctionIssuedSchema = event('CorrectionIssued', {
  ...sheet,
  by: personIdSchema,
  issuedOn: dateSchema,
  files: z.array(z.strictObject({ name: z.string(), archiveKey: z.string(), sha256: hash })).min(1),
})

const experience = {
  agreement: agreementIdSchema,
  municipality: municipalityCodeSchema,
  /** The mail it was told in. */
  mailKey: z.string(),
  by: personIdSchema,
  private: privateText,
}
/** A card for all municipalities: the redacted text lies beside the chain. */
export const experiencePublishedSchema = event('ExperiencePublished', { ...experience, theme: themeSchema })
/** Not made a card of; the reason lies beside the chain. */
export const experienceLeftOutSchema = event('ExperienceLeftOut', experience)

/** The letter with the cards may go to every municipality: the hash names the cards that were seen. */
export const experiencesReleasedSchema = event('ExperiencesReleased', {
  subject: hash,
  cards: z.int().positive(),
  by: personIdSchema,
})

export const runEventSchema = z.discriminatedUnion('type', [
  runOpenedSchema,
  executionAttachedSchema,
  executionLostSchema,
  manifestMadeSchema,
  agreementListedSchema,
  releasedSchema,
  reviewsStartedSchema,
  reportCompiledSchema,
  reportOutdatedSchema,
  factChecksSentSchema,
  reportApprovedSchema,
  reportSentBackSchema,
  reportFrozenSchema,
  correctionDueSchema,
  correctionProposedSchema,
  correctionSentBackSchema,
  correctionIssuedSchema,
  experiencePublishedSchema,
  experienceLeftOutSchema,
  experiencesReleasedSchema,
  letterSentSchema,
  letterBouncedSchema,
])
export type RunEvent = z.infer<typeof runEventSchema>
export type ManifestEntry = z.infer<typeof manifestEntrySchema>
export type LeftOutEntry = z.infer<typeof leftOutEntrySchema>
