import { accept, refuse, type Decision, type Refusal } from '../base/stream.ts'
import { compareInstants, todayInCopenhagen } from '../base/time.ts'
import type { AgreementId } from '../base/values.ts'
import type { CorrectionCause } from './slices/corrections.ts'
import type { RunState, RunEvent } from './state.ts'

const nothing: Decision<RunEvent> = { ok: true, events: [] }

const isSame = (a: CorrectionCause, b: CorrectionCause): boolean =>
  a.is === 'assessment'
    ? b.is === 'assessment' && a.version === b.version
    : b.is === 'fact-check' && a.mailKey === b.mailKey

/**
 * An error of the frozen report is known: what was decided after it was frozen. Before that there is nothing to
 * correct: the report is compiled anew.
 * @param decidedAt when the new assessment, or the correction of the pages, was decided
 */
export const noteCorrection = (
  state: RunState,
  agreement: AgreementId,
  cause: CorrectionCause,
  decidedAt: string,
): Decision<RunEvent> =>
  state.frozen === null ||
  compareInstants(decidedAt, state.frozen.at) <= 0 ||
  !state.asked.some((entry) => entry.agreement === agreement) ||
  state.corrections.due.some((one) => one.agreement === agreement && isSame(one.cause, cause))
    ? nothing
    : accept<RunEvent>({
        type: 'CorrectionDue',
        v: 1,
        agreement,
        cause,
        decidedOn: todayInCopenhagen(decidedAt),
      })

/** What a sheet of one agreement would say now, beside what has been published of it. */
export interface SheetDraft {
  /** Hash of the differences. */
  readonly seen: string
  /** Do the pages read otherwise than they were published? */
  readonly differs: boolean
  /** May the words of the reason stand beside the pages? */
  readonly printable: boolean
}

/**
 * Why no sheet of the agreement may be proposed; null when one may. Asked before the sheet is made, and again when
 * its proposal is decided.
 * @param draft null: the agreement is not in a frozen report
 */
export const refusalOfSheet = (
  { corrections: { due, proposed } }: RunState,
  { agreement, subject }: { readonly agreement: AgreementId; readonly subject: string },
  draft: SheetDraft | null,
): Refusal | null => {
  if (proposed !== null)
    return refuse('status', `correction sheet ${proposed.number} waits for approval`).refusal
  if (draft === null || !due.some((one) => one.agreement === agreement))
    return refuse('status', 'nothing of this agreement is to be corrected').refusal
  if (draft.seen !== subject) return refuse('superseded', 'the pages are others than were seen').refusal
  if (!draft.differs) return refuse('no-difference', 'the pages read as they were published').refusal
  return draft.printable
    ? null
    : refuse('number-beside-hidden', 'the reason holds a number, and a figure of the pages is not shown')
        .refusal
}
