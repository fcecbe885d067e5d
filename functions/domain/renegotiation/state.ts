import { casefileSlices } from '../casefile/casefile.ts'
import { compose, type EventOfSlices, type StateOf } from '../base/slice.ts'
import { answersSlice, type CounterProposal, type ProposalAnswer } from './slices/answers.ts'
import { endingSlice } from './slices/ending.ts'
import { proposalSlice, type Proposal } from './slices/proposal.ts'
import { questionSlice } from './slices/question.ts'
import { mayHappen, renegotiationTransitions, standing, statusAfter } from './status.ts'

/** A renegotiation, one slice after another. */
const slices = [standing, ...casefileSlices, questionSlice, proposalSlice, answersSlice, endingSlice] as const

export type RenegotiationEvent = EventOfSlices<typeof slices>
type RenegotiationEventType = RenegotiationEvent['type']
/** A renegotiation: the fold of its stream. */
export interface RenegotiationState extends StateOf<typeof slices> {}

renegotiationTransitions satisfies Partial<Record<RenegotiationEventType, unknown>>

/**
 * The fold. The status moves by the table of transitions alone; an event that may not happen in it changes nothing,
 * so that what is settled stays settled.
 */
export const renegotiation = compose(slices, ({ status }, { type }, { at }) =>
  mayHappen(status, type) ? { status: statusAfter(status, type), lastAt: at } : null,
)
export const noRenegotiation: RenegotiationState = renegotiation.initial

/** The most counter-proposals that are negotiated (LETTERS 4.5, L8d). */
export const mostCounterRounds = 3

export const hasAccepted = (proposal: Proposal, party: string): boolean =>
  proposal.acceptedBy.some((one) => one.party === party)

/** Targets the grounds bear on, in the agreement's order; all of them when none is named. */
export const affectedTargets = (state: RenegotiationState): readonly string[] => {
  const named = new Set(state.grounds.flatMap((ground) => ground.targets))
  const keys = state.content?.targets.map((target) => target.key) ?? []
  return named.size === 0 ? keys : keys.filter((key) => named.has(key))
}

/** Counter-proposals that are negotiated and have no answer yet. */
export const openCounters = (state: RenegotiationState): readonly CounterProposal[] =>
  state.counters.filter(
    (counter) =>
      counter.answered === null && counter.round !== null && counter.subject === state.proposal?.subject,
  )

/** Replies that may be answers and that nobody has marked yet. */
export const unmarkedAnswers = (state: RenegotiationState): readonly ProposalAnswer[] =>
  state.answers.filter((answer) => answer.answer === 'unmarked')
