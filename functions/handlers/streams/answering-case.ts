import { answering, type AnsweringEvent, type AnsweringState } from '../../domain/answering/answer-stop.ts'
import { noAttempts } from '../../domain/casefile/attempts.ts'
import type { CaseKind } from '../record/case-kind.ts'
import { readEvent } from '../record/read-event.ts'

/** The breaker over all answers: one stream of the whole installation. */
export const answeringCase: CaseKind<AnsweringState, AnsweringEvent> = {
  folding: answering,
  folded: new WeakMap(),
  read: readEvent('answering', answering.eventSchema),
  attempts: () => noAttempts,
  plan: () => Promise.resolve(null),
  ministryWaits: [],
  listEntry: (state, stream) => ({
    list: 'answers',
    sort: stream,
    summary: { stopped: state.stoppedAt !== null },
  }),
}
