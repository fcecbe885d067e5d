import type { CommitMeta } from '../base/stream.ts'
import type { AgreementId, PersonId } from '../base/values.ts'
import type { CorrectionCause, RunEvent } from './events.ts'

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

export interface IssuedCorrection {
  readonly number: number
  readonly agreement: AgreementId
  readonly subject: string
  readonly issuedOn: string
  readonly files: readonly { readonly name: string; readonly archiveKey: string; readonly sha256: string }[]
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

export const noCorrections: Corrections = { due: [], proposed: null, issued: [], sentBack: null }

type CorrectionEvent = Extract<
  RunEvent,
  { type: 'CorrectionDue' | 'CorrectionProposed' | 'CorrectionSentBack' | 'CorrectionIssued' }
>

export const evolveCorrections = (
  state: Corrections,
  event: CorrectionEvent,
  meta: CommitMeta,
): Corrections => {
  switch (event.type) {
    case 'CorrectionDue':
      return {
        ...state,
        due: [
          ...state.due,
          { agreement: event.agreement, cause: event.cause, decidedOn: event.decidedOn, at: meta.at },
        ],
        // What was proposed lacks the new error.
        proposed: state.proposed?.agreement === event.agreement ? null : state.proposed,
      }
    case 'CorrectionProposed': {
      const { number, agreement, subject, archiveKey, by } = event
      return {
        ...state,
        proposed: { number, agreement, subject, archiveKey, by, at: meta.at },
        sentBack: null,
      }
    }
    case 'CorrectionSentBack':
      return { ...state, proposed: null, sentBack: event.private?.text ?? '' }
    case 'CorrectionIssued': {
      const { number, agreement, subject, issuedOn, files } = event
      return {
        due: state.due.filter((one) => one.agreement !== agreement),
        proposed: null,
        issued: [...state.issued, { number, agreement, subject, issuedOn, files }],
        sentBack: null,
      }
    }
    default:
      return event satisfies never
  }
}

/** The number of the next sheet. */
export const nextNumber = (state: Corrections): number => state.issued.length + 1
