import type { AgreementContent } from '../../agreement/content.ts'
import { outOfTurn } from '../../casefile/attempts.ts'
import { recordOutcome as recordLetterOutcome, type LetterOutcome } from '../../casefile/letters.ts'
import { accept, refuse, type Decision } from '../../base/stream.ts'
import type { AgreementId } from '../../base/values.ts'
import { planRenegotiation } from '../plan.ts'
import { deliveredEnd, proposalEndsOn } from '../letters-due.ts'
import { type RenegotiationState, type RenegotiationEvent, mayHappen } from '../state.ts'
import type { Ground } from '../slices/question.ts'

type Decided = Decision<RenegotiationEvent>
const nothing: Decided = { ok: true, events: [] }

/** A question, as the agreement's stream raised it, with what letters will need. */
export interface RaisedQuestion {
  readonly agreement: AgreementId
  readonly seq: number
  readonly year: number
  readonly version: number
  readonly content: AgreementContent
  readonly signedOn: string
  readonly parties: readonly { readonly municipality: string; readonly role: 'lead' | 'member' }[]
  readonly ground: Ground
  readonly text: string
}

const isKnown = (state: RenegotiationState, ground: Ground): boolean =>
  state.grounds.some((one) => one.triggerId === ground.triggerId)

/** The question is put on its own stream: the first event. */
export const raise = (state: RenegotiationState, question: RaisedQuestion): Decided => {
  if (state.status !== 'none') return joinGround(state, question.ground, question.text)
  const { text, parties, ...rest } = question
  return accept<RenegotiationEvent>({
    type: 'QuestionRaised',
    v: 1,
    ...rest,
    parties: parties.map((party) => ({ ...party })),
    ...(text === '' ? {} : { private: { text } }),
  })
}

/**
 * A further ground joins the open question. Between a decision and the agreement's stream being told of it, it
 * voids the decision: it was made without this ground. A rider that all have accepted stands.
 */
export const joinGround = (state: RenegotiationState, ground: Ground, text: string): Decided => {
  if (isKnown(state, ground)) return nothing
  if (state.status === 'settled')
    return refuse('settled', `renegotiation ${state.seq} of ${state.agreement ?? ''} has ended`)
  if (state.status === 'none') return refuse('no-question', 'no question was raised that it could join')
  const joined: RenegotiationEvent = {
    type: 'GroundJoined',
    v: 1,
    ground,
    ...(text === '' ? {} : { private: { text } }),
  }
  return mayHappen(state.status, 'DecisionVoided')
    ? accept<RenegotiationEvent>(joined, { type: 'DecisionVoided', v: 1, triggerId: ground.triggerId })
    : accept<RenegotiationEvent>(joined)
}

/** What the mail system told of a letter. When every party has been delivered the proposal, its time begins. */
export const recordOutcome = (state: RenegotiationState, outcome: LetterOutcome): Decided =>
  recordLetterOutcome<RenegotiationEvent>(state, outcome, (letters) => {
    const { proposal, status } = state
    const endsOn = status === 'approved' ? deliveredEnd({ ...state, letters }) : null
    return proposal === null || endsOn === null
      ? []
      : [{ type: 'ProposalDelivered', v: 1, subject: proposal.subject, endsOn }]
  })

/** Ends the proposal by time, if the record still says that it is so. */
export const lapse = (state: RenegotiationState, attempt: number | null, now: string): Decided => {
  const over = outOfTurn(state.attempts, attempt, () => {
    const plan = planRenegotiation(state, now)
    return plan.next === 'step' && plan.step === 'lapse'
  })
  const endsOn = proposalEndsOn(state)
  if (over !== null || state.proposal === null || endsOn === null) return over ?? nothing
  return accept<RenegotiationEvent>({
    type: 'ProposalLapsed',
    v: 1,
    subject: state.proposal.subject,
    endedOn: endsOn,
  })
}

/** The agreement's stream has taken the rider: the case says so. */
export const recordRider = (
  state: RenegotiationState,
  rider: { readonly version: number; readonly signedOn: string },
): Decided => {
  const { proposal } = state
  if (state.status === 'settled' && state.outcome === 'rider') return nothing
  if (proposal === null || !mayHappen(state.status, 'RiderEnacted'))
    return refuse('status', `a renegotiation that is ${state.status} gets no rider`)
  const { riderNumber, effectiveFrom } = proposal
  return accept<RenegotiationEvent>({ type: 'RiderEnacted', v: 1, ...rider, riderNumber, effectiveFrom })
}

/** The agreement's stream would not take the rider: it is a person's turn again, never a failure. */
export const refuseRider = (
  state: RenegotiationState,
  refusal: { readonly kind: string; readonly message: string },
): Decided => {
  const { proposal } = state
  if (proposal === null || !mayHappen(state.status, 'RiderRefused')) return nothing
  return accept<RenegotiationEvent>({
    type: 'RiderRefused',
    v: 1,
    subject: proposal.subject,
    kind: refusal.kind.slice(0, 40),
    message: refusal.message.slice(0, 300),
  })
}

/** The agreement's stream was told how it ended. */
export const recordSettled = (state: RenegotiationState): Decided =>
  state.outcome !== null && mayHappen(state.status, 'Settled')
    ? accept<RenegotiationEvent>({ type: 'Settled', v: 1, outcome: state.outcome })
    : nothing

/** The last acceptance's instant: the rider is signed then. Null while somebody has not accepted. */
export const acceptedAt = (state: RenegotiationState): string | null =>
  state.proposal === null || state.status !== 'agreed'
    ? null
    : (state.proposal.acceptedBy
        .map((one) => one.at)
        .toSorted()
        .at(-1) ?? null)
