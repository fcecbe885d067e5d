import { accept, refuse, type Decision } from '../base/stream.ts'
import type { PersonCommand } from './decide/commands.ts'
import type { ReviewEvent } from './events.ts'
import { distinctComments } from './hearing-comments.ts'
import type { ReviewState } from './state.ts'
import type { Decider } from '../base/command.ts'

/** An objection that the answer to it has not settled: the approver's superior decides it (DOMAIN.md 8, 17). */
export interface Objection {
  readonly mailKey: string
  readonly party: string
  /** Instant from which it waits. */
  readonly since: string
  /** Null while undecided. */
  readonly decided: {
    readonly outcome: 'upheld' | 'changed'
    readonly by: string
    readonly at: string
    readonly text: string
  } | null
}

/** Objections that the final assessment waits for. */
export const openObjections = (state: Pick<ReviewState, 'objections'>): readonly Objection[] =>
  state.objections.filter(({ decided }) => decided === null)

/** What was decided of the objection in a mail; null where it was never put to the superior, or not decided yet. */
export const objectionDecision = (
  state: Pick<ReviewState, 'objections'>,
  ...mailKeys: readonly string[]
): Objection['decided'] =>
  state.objections.findLast((one) => mailKeys.includes(one.mailKey) && one.decided !== null)?.decided ?? null

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

type ObjectionEvent = Extract<
  ReviewEvent,
  { type: 'CommentsAnswered' | 'ObjectionDecided' | 'DraftSuperseded' }
>

/** The objections after one more event: with their draft, those that nobody has decided fall away. */
export const evolveObjections = (
  state: Pick<ReviewState, 'objections' | 'hearing'>,
  event: ObjectionEvent,
  at: string,
): readonly Objection[] => {
  const decided = state.objections.filter((one) => one.decided !== null)
  switch (event.type) {
    case 'CommentsAnswered':
      return [
        ...decided,
        ...event.disputed.map((mailKey) => ({
          mailKey,
          party: state.hearing?.answers.find((answer) => answer.mailKey === mailKey)?.party ?? '',
          since: at,
          decided: null,
        })),
      ]
    case 'ObjectionDecided': {
      const { outcome, by, private: said } = event
      return state.objections.map((one) =>
        one.mailKey === event.mailKey && one.decided === null
          ? { ...one, decided: { outcome, by, at, text: said?.text ?? '' } }
          : one,
      )
    }
    case 'DraftSuperseded':
      return decided
    default:
      return event satisfies never
  }
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
