import { casefileSlices } from '../casefile/casefile.ts'
import { compose, type EventOfSlices, type StateOf } from '../base/slice.ts'
import { typedSlice } from '../casefile/typed-entry.ts'
import { assessmentSlice } from './slices/assessment.ts'
import { commentsSlice } from './slices/comments.ts'
import { contactsSlice } from './slices/contacts.ts'
import { disputesSlice } from './slices/disputes.ts'
import { draftingSlice } from './slices/drafting.ts'
import { extensionsSlice } from './slices/extensions.ts'
import { factsSlice } from './slices/facts.ts'
import { figuresSlice } from './slices/figures.ts'
import { hearingSlice } from './slices/hearing.ts'
import { moneySlice } from './slices/money.ts'
import { objectionsSlice } from './slices/objections.ts'
import { openingSlice } from './slices/opening.ts'
import { promisesSlice } from './slices/promises.ts'
import { proposalsSlice } from './slices/proposals.ts'
import { questionsSlice } from './slices/questions.ts'
import { unreadProseSlice } from './slices/unread-prose.ts'
import { wishesSlice } from './slices/wishes.ts'
import { reviewTransitions, standing, statusAfter } from './status.ts'

/** A review (one agreement in one year), one slice after another. */
const slices = [
  standing,
  ...casefileSlices,
  openingSlice,
  typedSlice,
  proposalsSlice,
  figuresSlice,
  contactsSlice,
  extensionsSlice,
  questionsSlice,
  draftingSlice,
  hearingSlice,
  commentsSlice,
  objectionsSlice,
  assessmentSlice,
  disputesSlice,
  wishesSlice,
  factsSlice,
  promisesSlice,
  moneySlice,
  unreadProseSlice,
] as const

export type ReviewEvent = EventOfSlices<typeof slices>
export type ReviewEventType = ReviewEvent['type']
/** A review: the fold of its stream. */
export interface ReviewState extends StateOf<typeof slices> {}

reviewTransitions satisfies Partial<Record<ReviewEventType, unknown>>

/** The fold. The status moves by the table of transitions alone; what is left out of the year is so from the start. */
export const review = compose(slices, ({ status }, event, { at }) => ({
  status:
    event.type === 'ReviewPrepared' && event.leftOut !== null ? 'not-asked' : statusAfter(status, event.type),
  lastAt: at,
}))
export const noReview: ReviewState = review.initial
