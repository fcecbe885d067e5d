import type { AgreementState } from '../agreement/state.ts'
import type { RenegotiationState } from '../renegotiation/state.ts'
import type { ReviewState } from '../review/state.ts'
import type { AgreementId } from '../base/values.ts'
import type { RunState } from '../year-run/state.ts'

/** What the report is compiled from: folded streams, and how far each was read. */
export interface ReadStream {
  readonly stream: string
  readonly seq: number
  readonly hash: string
  /** UTC instant of its last commit; empty when it has none. */
  readonly at: string
}

export interface AgreementFacts {
  readonly id: AgreementId
  readonly agreement: AgreementState
  readonly review: ReviewState
  /** The streams of its questions, by sequence; one whose first commit is still to come is not in it. */
  readonly renegotiations: readonly RenegotiationState[]
  readonly read: readonly ReadStream[]
}

export interface ReportFacts {
  readonly run: RunState
  /** Every agreement that was asked. */
  readonly asked: readonly AgreementFacts[]
  /** Every agreement that was left out. */
  readonly leftOut: readonly {
    readonly id: AgreementId
    readonly agreement: AgreementState
    readonly read: readonly ReadStream[]
  }[]
}
