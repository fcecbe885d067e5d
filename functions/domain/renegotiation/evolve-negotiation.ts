import type { ErasureEvent } from '../casefile/erasures.ts'
import type { CommitMeta } from '../base/stream.ts'
import type { RenegotiationEvent } from './events.ts'
import type { Proposal, ProposalAnswer, RenegotiationState } from './state.ts'

type NegotiationEvent = Exclude<
  RenegotiationEvent,
  {
    type:
      | 'QuestionRaised'
      | 'GroundJoined'
      | 'ExecutionAttached'
      | 'ExecutionLost'
      | 'LetterSent'
      | 'LetterDelivered'
      | 'LetterBounced'
      | 'MailReceived'
      | 'MailReread'
      | 'HeldMailDecided'
      | 'MailConfirmed'
      | ErasureEvent['type']
      | 'NobodyReachable'
      | 'UnplacedMailNoted'
      | 'UnplacedMailDecided'
      | 'Noted'
  }
>

/** A change of the proposal that is on the table; an event about an earlier one changes nothing. */
const onProposal = (
  state: RenegotiationState,
  subject: string,
  change: (proposal: Proposal) => Proposal,
): RenegotiationState =>
  state.proposal?.subject === subject ? { ...state, proposal: change(state.proposal) } : state

const answered = (
  state: RenegotiationState,
  answer: Omit<ProposalAnswer, 'subject'>,
  subject: string | null = state.proposal?.subject ?? null,
): RenegotiationState => ({
  ...state,
  answers: [
    ...state.answers.filter((one) => one.mailKey !== answer.mailKey || one.party !== answer.party),
    { ...answer, subject: subject ?? '' },
  ],
})

/** From opening or declining to the end. */
export const evolveNegotiation = (
  state: RenegotiationState,
  event: NegotiationEvent,
  meta: CommitMeta,
): RenegotiationState => {
  switch (event.type) {
    case 'RenegotiationOpened':
      return {
        ...state,
        opened: { by: event.by, at: meta.at, targets: event.targets, text: event.private?.text ?? '' },
      }
    case 'RenegotiationDeclined':
      return {
        ...state,
        outcome: 'declined',
        declined: { by: event.by, reason: event.reason, text: event.private?.text ?? '' },
      }
    case 'DecisionVoided':
      return { ...state, outcome: null, declined: null, withdrawn: null, declinedBy: null, proposal: null }
    case 'ProposalDrafted':
      return {
        ...state,
        rounds: state.rounds + 1,
        sentBack: null,
        riderRefused: null,
        lastDraft: {
          changes: event.changes,
          content: event.content,
          effectiveFrom: event.effectiveFrom,
          note: event.private?.text ?? '',
        },
        proposal: {
          subject: event.subject,
          round: event.round,
          riderNumber: event.riderNumber,
          changes: event.changes,
          content: event.content,
          effectiveFrom: event.effectiveFrom,
          draftedBy: event.by,
          note: event.private?.text ?? '',
          approvals: [],
          endsOn: null,
          acceptedBy: [],
        },
      }
    case 'ProposalEndorsed':
    case 'ProposalApproved':
      return onProposal(state, event.subject, (proposal) => ({
        ...proposal,
        approvals: [...proposal.approvals, { by: event.by, approver: event.approver }],
      }))
    case 'ProposalSentBack':
      return { ...state, proposal: null, sentBack: { by: event.by, text: event.private?.text ?? '' } }
    case 'ProposalDelivered':
      return onProposal(state, event.subject, (proposal) => ({ ...proposal, endsOn: event.endsOn }))
    case 'PartyAccepted': {
      const { party, mailKey, subject } = event
      const accepted = { party, mailKey, at: meta.at }
      return onProposal(answered(state, { ...accepted, answer: 'accepted' }), subject, (proposal) => ({
        ...proposal,
        acceptedBy: [...proposal.acceptedBy, accepted],
      }))
    }
    case 'PartyDeclined': {
      const { party, mailKey } = event
      const after = answered(state, { party, mailKey, at: meta.at, answer: 'declined' })
      return { ...after, outcome: 'not-accepted', declinedBy: { party, mailKey } }
    }
    case 'CounterProposed': {
      const { party, mailKey, subject, round, values } = event
      const counter = { party, mailKey, at: meta.at, subject, round, values, answered: null }
      return {
        ...answered(state, { party, mailKey, at: meta.at, answer: 'counter-proposal' }),
        counters: [...state.counters, { ...counter, reason: event.private?.text ?? '' }],
      }
    }
    case 'CounterProposalAnswered':
      return {
        ...state,
        counters: state.counters.map((counter) =>
          counter.mailKey === event.mailKey
            ? {
                ...counter,
                answered: { accepted: event.accepted, by: event.by, text: event.private?.text ?? '' },
              }
            : counter,
        ),
      }
    case 'AnswerNoted':
      return answered(state, {
        party: event.party,
        mailKey: event.mailKey,
        at: meta.at,
        answer: 'no-authority',
      })
    case 'AnswerUnmarked': {
      const { party, mailKey, subject } = event
      return answered(state, { party, mailKey, at: meta.at, answer: 'unmarked' }, subject)
    }
    case 'AnswerMarked':
      return {
        ...state,
        answers: state.answers.map((answer) =>
          answer.mailKey === event.mailKey ? { ...answer, answer: event.as } : answer,
        ),
      }
    case 'ProposalLapsed':
      return { ...state, outcome: 'lapsed' }
    case 'Withdrawn': {
      const municipal = 'party' in event.by
      return {
        ...state,
        outcome: 'withdrawn',
        withdrawn: {
          by: municipal ? 'municipality' : 'ministry',
          party: 'party' in event.by ? event.by.party : null,
          text: event.private?.text ?? '',
        },
      }
    }
    case 'WishTakenBack':
      return { ...state, wishTakenBack: { party: event.party, mailKey: event.mailKey } }
    case 'RiderEnacted':
      return {
        ...state,
        outcome: 'rider',
        enacted: {
          version: event.version,
          signedOn: event.signedOn,
          effectiveFrom: event.effectiveFrom,
        },
      }
    case 'RiderRefused':
      return { ...state, proposal: null, riderRefused: { kind: event.kind, message: event.message } }
    case 'ProposalAgreed':
    case 'Settled':
      return state
    default:
      return event satisfies never
  }
}
