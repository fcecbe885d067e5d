import * as z from 'zod'
import { event, hashSchema as hash, privateText } from '../../base/stream.ts'
import { slice } from '../../base/slice.ts'
import {
  agreementIdSchema,
  dateSchema,
  personIdSchema,
  type AgreementId,
  type PersonId,
} from '../../base/values.ts'
import { publishedFilesSchema, type PublishedFiles } from './report.ts'

/** What showed that the frozen report is wrong in an agreement: a new assessment, or a correction of its pages. */
const correctionCauseSchema = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('assessment'), version: z.int().min(2) }),
  z.strictObject({ is: z.literal('fact-check'), mailKey: z.string() }),
])
export type CorrectionCause = z.infer<typeof correctionCauseSchema>
const sheet = { number: z.int().positive(), agreement: agreementIdSchema, subject: hash }
/** An error of the frozen report is on record: a correction sheet (rettelsesblad) is to be made. */
const correctionDueSchema = event('CorrectionDue', {
  agreement: agreementIdSchema,
  cause: correctionCauseSchema,
  decidedOn: dateSchema,
})
/** A caseworker's sheet; its canonical JSON is archived under the key, and its hash is the subject. */
const correctionProposedSchema = event('CorrectionProposed', {
  ...sheet,
  archiveKey: z.string(),
  by: personIdSchema,
})
const correctionSentBackSchema = event('CorrectionSentBack', {
  ...sheet,
  by: personIdSchema,
  private: privateText,
})
/** Approved and published beside the frozen report, whose files stay as they are. */
const correctionIssuedSchema = event('CorrectionIssued', {
  ...sheet,
  by: personIdSchema,
  issuedOn: dateSchema,
  files: publishedFilesSchema,
})

/** An error of the frozen report that no sheet has corrected yet. */
export interface DueCorrection {
  readonly agreement: AgreementId
  readonly cause: CorrectionCause
  readonly decidedOn: string
  /** UTC instant it was put on record. */
  readonly at: string
}

export interface ProposedCorrection {
  readonly number: number
  readonly agreement: AgreementId
  readonly subject: string
  readonly archiveKey: string
  readonly by: PersonId
  readonly at: string
}

interface IssuedCorrection {
  readonly number: number
  readonly agreement: AgreementId
  readonly subject: string
  readonly issuedOn: string
  readonly files: PublishedFiles
}

/** The correction sheets (rettelsesblade) of one year's frozen report. */
export interface Corrections {
  readonly due: readonly DueCorrection[]
  /** One at a time, so that the numbers have no gaps. */
  readonly proposed: ProposedCorrection | null
  readonly issued: readonly IssuedCorrection[]
  /** Why the last proposal was sent back; null when a new one was made since. */
  readonly sentBack: string | null
}

interface WithCorrections {
  readonly corrections: Corrections
}
const initial: WithCorrections = {
  corrections: { due: [], proposed: null, issued: [], sentBack: null },
}
const changed = ({ corrections }: WithCorrections, change: Partial<Corrections>): WithCorrections => ({
  corrections: { ...corrections, ...change },
})

/** Correction sheets of the frozen report. */
export const correctionsSlice = slice({
  initial,
  events: [correctionDueSchema, correctionProposedSchema, correctionSentBackSchema, correctionIssuedSchema],
  fold: {
    CorrectionDue: (state, { agreement, cause, decidedOn }, { at }) => {
      const { due, proposed } = state.corrections
      return changed(state, {
        due: [...due, { agreement, cause, decidedOn, at }],
        // What was proposed lacks the new error.
        proposed: proposed?.agreement === agreement ? null : proposed,
      })
    },
    CorrectionProposed: (state, { number, agreement, subject, archiveKey, by }, { at }) =>
      changed(state, { proposed: { number, agreement, subject, archiveKey, by, at }, sentBack: null }),
    CorrectionSentBack: (state, { private: own }) =>
      changed(state, { proposed: null, sentBack: own?.text ?? '' }),
    CorrectionIssued: (state, { number, agreement, subject, issuedOn, files }) => {
      const { due, issued } = state.corrections
      return changed(state, {
        due: due.filter((one) => one.agreement !== agreement),
        proposed: null,
        issued: [...issued, { number, agreement, subject, issuedOn, files }],
        sentBack: null,
      })
    },
  },
})

/** The number of the next sheet. */
export const nextNumber = (state: Corrections): number => state.issued.length + 1
