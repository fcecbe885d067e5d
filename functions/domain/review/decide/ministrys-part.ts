import { accept, refuse, type Decision } from '../../base/stream.ts'
import { openDisputes } from '../slices/disputes.ts'
import type { ReviewState, ReviewEvent } from '../state.ts'
import type { PersonCommand } from './commands.ts'
import type { Decider } from '../../base/command.ts'

/** Whether the ministry kept one of its own promises in the year; not kept takes a reason. The latest answer holds. */
export const answerPromise = (
  state: ReviewState,
  command: Extract<PersonCommand, { do: 'answer-promise' }>,
  who: Decider,
): Decision<ReviewEvent> => {
  if (['none', 'not-asked', 'preparing', 'stopped'].includes(state.status))
    return refuse('status', `promises are answered in a year that is opened; the review is ${state.status}`)
  if (!(state.content?.promises ?? []).some(({ id }) => id === command.promise))
    return refuse('unknown-promise', `the agreement has no promise ${command.promise}`)
  if (!command.kept && command.reason.trim() === '')
    return refuse('reason', 'a promise that was not kept takes a reason')
  return accept<ReviewEvent>({
    type: 'PromiseAnswered',
    v: 1,
    promise: command.promise,
    kept: command.kept,
    by: who.id,
    private: { text: command.reason.trim() },
  })
}

/** The ministry's answer to a remark on a value it observed. Another value is recorded as an observation. */
export const answerDispute = (
  state: ReviewState,
  command: Extract<PersonCommand, { do: 'answer-dispute' }>,
  who: Decider,
): Decision<ReviewEvent> => {
  const { mailKey, assumption, answer } = command
  if (!openDisputes(state).some((one) => one.mailKey === mailKey && one.assumption === assumption))
    return refuse('no-dispute', 'no unanswered remark of that mail is on an observed value')
  if (answer.trim() === '') return refuse('reason', 'a remark is answered in words')
  return accept<ReviewEvent>({
    type: 'DisputeAnswered',
    v: 1,
    mailKey,
    assumption,
    by: who.id,
    private: { text: answer.trim() },
  })
}
