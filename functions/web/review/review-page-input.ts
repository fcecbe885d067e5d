import type { LapsedTarget } from '../../domain/agreement/versions.ts'
import type { ReviewState } from '../../domain/review/state.ts'
import type { NameOf } from '../actor-text.ts'
import type { ShownContact } from './contacts-section.ts'
import type { TimelineCommit } from './timeline.ts'

/** What a review's page is made of. */
export interface ReviewPageInput {
  /** The page's own address, `/reviews/2014/svendborg-rk`. */
  readonly base: string
  readonly state: ReviewState
  readonly commits: readonly TimelineCommit[]
  readonly nameOf: NameOf
  readonly caseworker: string
  /** Who may have the case: not barred from it. */
  readonly caseworkers: readonly { readonly id: string; readonly name: string }[]
  readonly contacts: readonly ShownContact[]
  /** Targets that riders have taken out of the agreement by the end of the year. */
  readonly lapsed: readonly LapsedTarget[]
  /** The text of held mails, by mail key. */
  readonly mailTexts: ReadonlyMap<string, string>
  /** First twelve hex digits of the record's hash. */
  readonly controlNumber: string
}
