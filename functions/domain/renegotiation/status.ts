import { slice } from '../base/slice.ts'

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
} as const satisfies Record<
  string,
  { readonly from: readonly RenegotiationStatus[]; readonly to: RenegotiationStatus }
>

type MovingEvent = keyof typeof renegotiationTransitions
const isMoving = (type: string): type is MovingEvent => Object.hasOwn(renegotiationTransitions, type)

/** May the event happen in this status? Events that move nothing may always. */
export const mayHappen = (status: RenegotiationStatus, type: string): boolean => {
  if (!isMoving(type)) return true
  const from: readonly RenegotiationStatus[] = renegotiationTransitions[type].from
  return from.includes(status)
}

export const statusAfter = (status: RenegotiationStatus, type: string): RenegotiationStatus =>
  isMoving(type) ? renegotiationTransitions[type].to : status

const initial: { readonly status: RenegotiationStatus; readonly lastAt: string } = {
  status: 'none',
  lastAt: '',
}
/** Where it stands, and the instant of its last commit: moved by the table, whatever slice an event belongs to. */
export const standing = slice({ initial, events: [], fold: {} })
