import type { StreamId } from '../domain/base/stream-id.ts'
import { caseworkerOf, type Directory } from '../domain/directory/directory.ts'
import type { InboxState } from '../domain/inbox/inbox.ts'
import type { RenegotiationState } from '../domain/renegotiation/state.ts'
import type { ReviewState } from '../domain/review/state.ts'
import { experiencesCaseworker } from '../domain/year-run/experiences.ts'
import type { ExperiencesWaiting } from '../domain/year-run/open-tasks.ts'
import type { RunState } from '../domain/year-run/state.ts'
import { tasksOfReview } from './review/review-tasks.ts'
import type { Task } from './tasks.ts'
import { tasksOfInbox, tasksOfRenegotiation, tasksOfRun } from './year/year-tasks.ts'

/** Every case in which something may wait for the ministry. */
export interface WaitingCases {
  readonly reviews: readonly ReviewState[]
  readonly renegotiations: readonly RenegotiationState[]
  readonly inboxes: readonly { readonly stream: StreamId; readonly state: InboxState }[]
  readonly runs: readonly { readonly state: RunState; readonly experiences: ExperiencesWaiting | null }[]
}

/**
 * Everything that waits for people of the ministry, in words: what the list of tasks and the daily mails are made of.
 * @param today Danish calendar date
 */
export const everyTask = (waiting: WaitingCases, directory: Directory, today: string): readonly Task[] => {
  const caseworker = (state: ReviewState | RenegotiationState): string => caseworkerOf(directory, state).id
  return [
    ...waiting.reviews.flatMap((state) =>
      tasksOfReview(state, {
        today,
        caseworker: caseworker(state),
        href: `/reviews/${state.year}/${state.agreement ?? ''}`,
      }),
    ),
    ...waiting.inboxes.flatMap(({ stream, state }) => tasksOfInbox(stream, state, today)),
    ...waiting.runs.flatMap(({ state, experiences }) =>
      tasksOfRun(state, { today, experiences, caseworker: experiencesCaseworker(directory, state.year).id }),
    ),
    ...waiting.renegotiations.flatMap((state) =>
      tasksOfRenegotiation(state, { today, caseworker: caseworker(state) }),
    ),
  ]
}
