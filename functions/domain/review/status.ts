import { slice } from '../base/slice.ts'
import { movedBy, type Transitions } from '../base/transitions.ts'

/** A review's states, in the order of the year. */
export const reviewStatuses = [
  'none',
  'not-asked', // left out of this year, with a reason
  'preparing', // contacts confirm; waits for release
  'collecting', // asked; figures belong to the municipality
  'collected', // a draft is to be made (again)
  'drafted', // the caseworker's turn: recommend
  'recommended', // the approver's turn
  'asking', // a question is with the municipality
  'approved', // the hearing letters are to go out and be delivered
  'hearing', // the draft is with the municipality
  'answered', // comments are answered: assess finally
  'assessed', // final
  'closed',
  'stopped', // with a reason
] as const
export type ReviewStatus = (typeof reviewStatuses)[number]

const overStatuses: readonly ReviewStatus[] = ['none', 'not-asked', 'closed', 'stopped']
/** Is nothing asked of anybody in a review of this status: not begun, left out, or at its end? */
export const isOver = (status: ReviewStatus): boolean => overStatuses.includes(status)

/**
 * The one table of transitions: which events move a review, from where, to where. An event that is not here
 * leaves the status as it is; one that is here is refused in any other status.
 */
export const reviewTransitions = {
  ReviewPrepared: { from: ['none'], to: 'preparing' },
  ReviewOpened: { from: ['preparing'], to: 'collecting' },
  DraftMade: { from: ['collecting', 'collected', 'asking'], to: 'drafted' },
  DraftSuperseded: {
    from: ['drafted', 'recommended', 'asking', 'approved', 'hearing', 'answered'],
    to: 'collected',
  },
  Recommended: { from: ['drafted'], to: 'recommended' },
  SentBack: { from: ['recommended'], to: 'drafted' },
  QuestionAsked: { from: ['drafted', 'recommended'], to: 'asking' },
  Approved: { from: ['recommended'], to: 'approved' },
  HearingBegun: { from: ['approved'], to: 'hearing' },
  // From approved too: a draft approved before hearings went on with the draft that took the place of theirs.
  CommentsAnswered: { from: ['approved', 'hearing'], to: 'answered' },
  Assessed: { from: ['approved', 'hearing', 'answered'], to: 'assessed' },
  Closed: { from: ['assessed'], to: 'closed' },
  Reopened: { from: ['assessed', 'closed'], to: 'collected' },
  Stopped: {
    from: [
      'preparing',
      'collecting',
      'collected',
      'drafted',
      'recommended',
      'asking',
      'approved',
      'hearing',
      'answered',
    ],
    to: 'stopped',
  },
} as const satisfies Transitions<ReviewStatus>

export const { mayHappen, statusAfter } = movedBy<ReviewStatus>(reviewTransitions)

export interface ReviewStanding {
  readonly status: ReviewStatus
  readonly lastAt: string
}
const initial: ReviewStanding = { status: 'none', lastAt: '' }
/**
 * Where it stands, and the instant of its last commit, which never goes back: moved by the table, whatever slice an
 * event belongs to.
 */
export const standing = slice({ initial, events: [], fold: {} })
