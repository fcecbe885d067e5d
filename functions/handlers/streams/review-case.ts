import { reviewEventSchema, type ReviewEvent } from '../../domain/review/events.ts'
import { reviewFolding } from '../../domain/review/evolve.ts'
import { planReview } from '../../domain/review/plan.ts'
import type { ReviewState } from '../../domain/review/state.ts'
import { reviewHead } from '../../domain/review/head.ts'
import type { CaseKind } from '../record/case-kind.ts'
import { readEvent } from '../record/read-event.ts'

export const reviewCase: CaseKind<ReviewState, ReviewEvent> = {
  folding: reviewFolding,
  folded: new WeakMap(),
  read: readEvent('review', reviewEventSchema),
  attempts: (state) => state.attempts,
  plan: (state, now) => Promise.resolve(planReview(state, now)),
  ministryWaits: ['recommendation', 'approval', 'comments', 'held-mail', 'dispute', 'contact', 'superior'],
  head: (state) => reviewHead(state),
}
