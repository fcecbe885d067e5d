import { casefileSlices } from '../casefile/casefile.ts'
import { compose, type EventOfSlices, type StateOf, slice } from '../base/slice.ts'
import { movedBy, type Transitions } from '../base/transitions.ts'
import { answersSlice, type CounterProposal, type ProposalAnswer } from './slices/answers.ts'
import { endingSlice } from './slices/ending.ts'
import { proposalSlice, type Proposal } from './slices/proposal.ts'
import { questionSlice } from './slices/question.ts'
import { heldMails } from '../casefile/mails.ts'
import { undecidedUnplaced } from '../casefile/unplaced-mails.ts'

/** A renegotiation's states, from the question to its end. */
const renegotiationStatuses = [
  'none',
  'raised', // a question: opened or declined by a person
  'opened', // negotiated: a proposal is to be drafted
  'drafted', // two persons are to approve the draft
  'approved', // the proposals are to go out and be delivered
  'proposed', // with the parties
  'agreed', // accepted by every party: the rider is to come into force
  'ending', // decided otherwise: the agreement's stream is to be told
  'settled',
] as const
export type RenegotiationStatus = (typeof renegotiationStatuses)[number]

/**
 * The one table of transitions: which events move a renegotiation, from where, to where. An event that is not
 * here leaves the status as it is; one that is here is refused in any other status.
 */
export const renegotiationTransitions = {
  QuestionRaised: { from: ['none'], to: 'raised' },
  RenegotiationOpened: { from: ['raised'], to: 'opened' },
  RenegotiationDeclined: { from: ['raised'], to: 'ending' },
  DecisionVoided: { from: ['ending'], to: 'raised' },
  ProposalDrafted: { from: ['opened', 'approved', 'proposed'], to: 'drafted' },
  ProposalSentBack: { from: ['drafted'], to: 'opened' },
  ProposalApproved: { from: ['drafted'], to: 'approved' },
  ProposalDelivered: { from: ['approved'], to: 'proposed' },
  ProposalAgreed: { from: ['approved', 'proposed'], to: 'agreed' },
  PartyDeclined: { from: ['approved', 'proposed'], to: 'ending' },
  ProposalLapsed: { from: ['proposed'], to: 'ending' },
  Withdrawn: {
    from: ['raised', 'opened', 'drafted', 'approved', 'proposed'],
    to: 'ending',
  },
  RiderEnacted: { from: ['agreed'], to: 'settled' },
  RiderRefused: { from: ['agreed'], to: 'opened' },
  Settled: { from: ['ending'], to: 'settled' },
} as const satisfies Transitions<RenegotiationStatus>

const moved = movedBy<RenegotiationStatus>(renegotiationTransitions)
export const { mayHappen } = moved

const initial: { readonly status: RenegotiationStatus; readonly lastAt: string } = {
  status: 'none',
  lastAt: '',
}
/** Where it stands, and the instant of its last commit: moved by the table, whatever slice an event belongs to. */
export const standing = slice({ initial, events: [], fold: {} })

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
  mayHappen(status, type) ? { status: moved.statusAfter(status, type), lastAt: at } : null,
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

/** Does a mail wait for a person, held here or in an inbox, that may be an answer? Nothing ends meanwhile. */
export const hasUndecidedMail = (state: RenegotiationState): boolean =>
  heldMails(state.mails).length > 0 || undecidedUnplaced(state.unplaced).length > 0

/** The same, or an answer that a person has not marked yet. */
export const hasUndecidedAnswer = (state: RenegotiationState): boolean =>
  hasUndecidedMail(state) || unmarkedAnswers(state).length > 0
