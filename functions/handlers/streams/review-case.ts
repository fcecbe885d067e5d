import { waitsHeld } from '../../domain/casefile/open-task.ts'
import { reviewHolds } from '../../domain/review/open-tasks.ts'
import { planReview } from '../../domain/review/plan.ts'
import { type ReviewState, review, type ReviewEvent } from '../../domain/review/state.ts'
import { reviewListEntry } from '../../domain/review/list-entry.ts'
import type { CaseKind } from '../record/case-kind.ts'
import { readEvent } from '../record/read-event.ts'

export const reviewCase: CaseKind<ReviewState, ReviewEvent> = {
  folding: review,
  folded: new WeakMap(),
  read: readEvent('review', review.eventSchema),
  attempts: (state) => state.attempts,
  plan: (state, now) => Promise.resolve(planReview(state, now)),
  ministryWaits: waitsHeld(reviewHolds),
  listEntry: (state) => reviewListEntry(state),
}
