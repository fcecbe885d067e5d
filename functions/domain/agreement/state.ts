import type * as z from 'zod'
import type { Observation } from '../judging/assessment.ts'
import type { CommitMeta, Folding } from '../base/stream.ts'
import type { ContactRef } from './completeness.ts'
import type { AgreementContent } from './content.ts'
import type { AgreementEvent, RenegotiationOutcome, signaturesSchema, Trigger } from './events.ts'

/** One immutable version: the agreement as signed (1), or changed by a rider. */
export interface AgreementVersion {
  readonly version: number
  readonly riderNumber: number | null
  readonly signedOn: string
  readonly effectiveFrom: string
  readonly contentHash: string
  readonly content: AgreementContent
}

export interface OpenedYear {
  readonly year: number
  readonly versions: readonly { readonly target: string; readonly version: number }[]
}

/** A question of renegotiation; its course is a stream of its own, its existence and end are owned here. */
export interface RenegotiationQuestion {
  readonly seq: number
  readonly raisedAt: string
  /** The first trigger raised it, later ones joined. */
  readonly triggers: readonly Trigger[]
  /** Null while it is undecided or negotiated. */
  readonly outcome: RenegotiationOutcome | null
}

export interface RecordedObservation {
  readonly observationId: string
  readonly observation: Observation
}

export const agreementStatuses = ['none', 'draft', 'signed', 'expired', 'terminated'] as const
export type AgreementStatus = (typeof agreementStatuses)[number]

export interface AgreementState {
  readonly status: AgreementStatus
  readonly draft: AgreementContent | null
  readonly contacts: readonly ContactRef[]
  readonly signedOn: string | null
  readonly signatures: z.infer<typeof signaturesSchema>
  /** In the order they took effect. */
  readonly versions: readonly AgreementVersion[]
  readonly openedYears: readonly OpenedYear[]
  readonly questions: readonly RenegotiationQuestion[]
  readonly observations: readonly RecordedObservation[]
  /** The last day in force when it ended before or at its expiry. */
  readonly endedOn: string | null
}

export const noAgreement: AgreementState = {
  status: 'none',
  draft: null,
  contacts: [],
  signedOn: null,
  signatures: [],
  versions: [],
  openedYears: [],
  questions: [],
  observations: [],
  endedOn: null,
}

const withQuestion = (
  state: AgreementState,
  seq: number,
  change: (question: RenegotiationQuestion) => RenegotiationQuestion,
): AgreementState => ({
  ...state,
  questions: state.questions.map((one) => (one.seq === seq ? change(one) : one)),
})

const triggerOf = (event: Trigger): Trigger => ({
  seq: event.seq,
  triggerId: event.triggerId,
  cause: event.cause,
  assumptionKeys: event.assumptionKeys,
  error: event.error,
  observationId: event.observationId,
  matterId: event.matterId,
})

/** The fold. It does without every private part: an erased text changes nothing here. */
export const evolveAgreement = (
  state: AgreementState,
  event: AgreementEvent,
  meta: CommitMeta,
): AgreementState => {
  switch (event.type) {
    case 'AgreementDrafted':
      return { ...state, status: 'draft', draft: event.content }
    case 'ContactsRegistered':
      return { ...state, contacts: event.contacts }
    case 'ContactChanged': {
      const others = state.contacts.filter((one) => one.id !== event.contact.id)
      return { ...state, contacts: [...others, event.contact] }
    }
    case 'AgreementSigned':
      return { ...state, status: 'signed', signedOn: event.signedOn, signatures: event.signatures }
    case 'VersionInForce': {
      if (state.draft === null || state.signedOn === null) return state
      const { contentHash, effectiveFrom } = event
      const first = { version: 1, riderNumber: null, signedOn: state.signedOn, effectiveFrom, contentHash }
      return { ...state, versions: [{ ...first, content: state.draft }] }
    }
    case 'YearOpened':
      return { ...state, openedYears: [...state.openedYears, { year: event.year, versions: event.versions }] }
    case 'RenegotiationRaised': {
      const question = { seq: event.seq, raisedAt: meta.at, triggers: [triggerOf(event)], outcome: null }
      return { ...state, questions: [...state.questions, question] }
    }
    case 'TriggerJoined':
      return withQuestion(state, event.seq, (one) => ({
        ...one,
        triggers: [...one.triggers, triggerOf(event)],
      }))
    case 'RenegotiationSettled':
      return withQuestion(state, event.seq, (one) => ({ ...one, outcome: event.outcome }))
    case 'RiderInForce': {
      const { version, riderNumber, signedOn, effectiveFrom, contentHash, content } = event
      const rider = { version, riderNumber, signedOn, effectiveFrom, contentHash, content }
      return { ...state, versions: [...state.versions, rider] }
    }
    case 'ObservationRecorded': {
      const { observationId, observation } = event
      return { ...state, observations: [...state.observations, { observationId, observation }] }
    }
    case 'AgreementExpired':
      return { ...state, status: 'expired', endedOn: event.on }
    case 'AgreementTerminated':
      return { ...state, status: 'terminated', endedOn: event.on }
    case 'MailErased':
      return state
    default:
      return event satisfies never
  }
}

export const agreementFolding: Folding<AgreementState, AgreementEvent> = {
  initial: noAgreement,
  evolve: evolveAgreement,
}
