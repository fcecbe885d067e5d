import { accept, refuse, type Decision } from '../../base/stream.ts'
import type { Decider } from '../../base/command.ts'
import { distinctComments } from '../slices/comments.ts'
import { objectionDecision, openObjections } from '../slices/objections.ts'
import type { ReviewEvent, ReviewState } from '../state.ts'
import type { PersonCommand } from './commands.ts'

/** The answers that leave an objection standing; one the superior has decided is not put up again. */
export const disputedAnswers = (
  state: ReviewState,
  answers: Extract<PersonCommand, { do: 'answer-comments' }>['answers'],
): string[] => {
  const unresolved = new Set(
    answers.flatMap((one) => (one.unresolved === true && one.changed !== true ? [one.mailKey] : [])),
  )
  return distinctComments(state)
    .filter(({ mailKeys }) => objectionDecision(state, ...mailKeys) === null)
    .map(({ answer }) => answer.mailKey)
    .filter((mailKey) => unresolved.has(mailKey))
}

/**
 * The superior's decision: the assessment stands, or a new draft is made. Neither who recommended nor who approved
 * decides it.
 */
export const decideObjection = (
  state: ReviewState,
  command: Extract<PersonCommand, { do: 'decide-objection' }>,
  who: Decider,
): Decision<ReviewEvent> => {
  const { mailKey, outcome, subject, reason } = command
  if (!openObjections(state).some((one) => one.mailKey === mailKey))
    return refuse('no-objection', 'no objection of that mail waits for a decision')
  if (state.recommendation?.by === who.id || state.approval?.by === who.id)
    return refuse('same-superior', 'the one who recommended or approved may not decide the objection to it')
  if (reason.trim() === '') return refuse('reason', 'the decision on an objection takes a reason')
  const decided: ReviewEvent = {
    type: 'ObjectionDecided',
    v: 1,
    subject,
    mailKey,
    outcome,
    by: who.id,
    private: { text: reason },
  }
  return outcome === 'upheld'
    ? accept(decided)
    : accept<ReviewEvent>(decided, { type: 'DraftSuperseded', v: 1, subject, cause: 'superior', mailKey })
}
