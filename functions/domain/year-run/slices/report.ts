import * as z from 'zod'
import { event, hashSchema as hash, privateText } from '../../base/stream.ts'
import { slice } from '../../base/slice.ts'
import { agreementIdSchema, dateSchema, personIdSchema, type AgreementId } from '../../base/values.ts'
import { manifestSlice, type Manifest } from './manifest.ts'

export const publishedFilesSchema = z
  .array(z.strictObject({ name: z.string(), archiveKey: z.string(), sha256: hash }))
  .min(1)
export type PublishedFiles = readonly Readonly<z.infer<typeof publishedFilesSchema>[number]>[]
const reportCompiledSchema = event('ReportCompiled', {
  subject: hash,
  /** Canonical JSON, archived under this key. */
  archiveKey: z.string(),
  /** Reviews that were not finally assessed when it was compiled; they stand so in the report. */
  unfinished: z.array(agreementIdSchema),
  /** Corrections of the fact check that nobody had decided on then: such a report is not approved. */
  openCorrections: z.int().min(0).default(0),
  /** What was archived with it, each agreement's pages too; an older version named the JSON alone. */
  files: publishedFilesSchema.optional(),
})
/** A correction of the fact check was decided on: the report is compiled anew, its approval is void. */
const reportOutdatedSchema = event('ReportOutdated', { agreement: agreementIdSchema })
const factChecksSentSchema = event('FactChecksSent', { agreements: z.array(agreementIdSchema).min(1) })
const reportApprovedSchema = event('ReportApproved', { subject: hash, by: personIdSchema })
const reportSentBackSchema = event('ReportSentBack', {
  subject: hash,
  by: personIdSchema,
  private: privateText,
})
/** Frozen: the files lie archived, each once; their bytes never change. */
const reportFrozenSchema = event('ReportFrozen', {
  subject: hash,
  frozenOn: dateSchema,
  files: publishedFilesSchema,
})

interface CompiledReport {
  readonly subject: string
  readonly archiveKey: string
  readonly compiledAt: string
  readonly unfinished: readonly string[]
  readonly openCorrections: number
  /** A correction of the fact check was decided on since. */
  readonly outdated: boolean
}

interface Reporting {
  readonly report: CompiledReport | null
  /** How often something was decided that belongs to a report: one compiled meanwhile lacks it. */
  readonly outdatings: number
  /** Agreements whose municipalities have been sent their pages. */
  readonly checked: readonly AgreementId[]
  readonly factChecksSentAt: string | null
  readonly approvedBy: string | null
  readonly sentBack: string | null
  readonly frozen: {
    readonly on: string
    /** UTC instant: what is decided later is no part of the report. */
    readonly at: string
    readonly files: PublishedFiles
  } | null
}
const initial: Reporting = {
  report: null,
  outdatings: 0,
  checked: [],
  factChecksSentAt: null,
  approvedBy: null,
  sentBack: null,
  frozen: null,
}

/** The year's report: compiled, checked by the municipalities, approved and frozen. */
export const reportSlice = slice({
  initial,
  events: [
    reportCompiledSchema,
    reportOutdatedSchema,
    factChecksSentSchema,
    reportApprovedSchema,
    reportSentBackSchema,
    reportFrozenSchema,
  ],
  reads: [manifestSlice],
  fold: {
    ReportCompiled: (_, { subject, archiveKey, unfinished, openCorrections }, { at }) => ({
      status: 'compiled' as const,
      approvedBy: null,
      report: { subject, archiveKey, compiledAt: at, unfinished, openCorrections, outdated: false },
    }),
    ReportOutdated: ({ status, outdatings, report }) => ({
      status: status === 'approved' ? ('compiled' as const) : status,
      approvedBy: null,
      outdatings: outdatings + 1,
      report: report === null ? null : { ...report, outdated: true },
    }),
    FactChecksSent: ({ checked }, { agreements }, { at }) => ({
      checked: [...checked, ...agreements],
      factChecksSentAt: at,
    }),
    ReportApproved: (_, { by }) => ({ status: 'approved' as const, approvedBy: by }),
    ReportSentBack: (_, { private: own }) => ({
      status: 'running' as const,
      report: null,
      sentBack: own?.text ?? '',
    }),
    ReportFrozen: (_, { frozenOn, files }, { at }) => ({
      status: 'frozen' as const,
      frozen: { on: frozenOn, at, files },
    }),
  },
})

/** Their pages have not been sent yet, in the manifest's order. */
export const toCheck = ({ started, checked }: Manifest & Reporting): readonly AgreementId[] =>
  started.filter((agreement) => !checked.includes(agreement))
