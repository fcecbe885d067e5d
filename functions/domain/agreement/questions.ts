import { isAfter } from '../base/time.ts'
import { accept, refuse } from '../base/stream.ts'
import type { Decision } from '../base/stream.ts'
import type { RaiseQuestion, RecordObservation } from './commands.ts'
import { assumptionTypes, testAssumption } from './assumption-rules.ts'
import type { AgreementState, AgreementEvent } from './state.ts'
import { assumptionFor, lastDay, latestVersion, openQuestion } from './versions.ts'
import type { Trigger } from './slices/questions.ts'

/** Observations and the questions they raise: a hit raises a question, never a renegotiation by itself. */

type Cause = Omit<Trigger, 'seq'>

const isTaken = (state: AgreementState, triggerId: string): boolean =>
  state.questions.some((one) => one.triggers.some((trigger) => trigger.triggerId === triggerId))

/** A new question, or one more trigger of the question that is open. */
const raised = (state: AgreementState, cause: Cause, reason: string | null): AgreementEvent => {
  const open = openQuestion(state)
  const text = reason === null ? {} : { private: { text: reason } }
  return open === null
    ? { type: 'RenegotiationRaised', v: 1, seq: state.questions.length + 1, ...cause, ...text }
    : { type: 'TriggerJoined', v: 1, seq: open.seq, ...cause, ...text }
}

/** Has the same assumption, about the same period, already raised a question? It is raised once. */
const hasRaised = (state: AgreementState, { observation }: RecordObservation): boolean => {
  const samePeriod = new Set(
    state.observations
      .filter(
        ({ observation: one }) =>
          one.assumption === observation.assumption &&
          one.validFrom === observation.validFrom &&
          one.validTo === observation.validTo,
      )
      .map((one) => one.observationId),
  )
  return state.questions.some((one) =>
    one.triggers.some((trigger) => trigger.observationId !== null && samePeriod.has(trigger.observationId)),
  )
}

const isKnown = (state: AgreementState, { observationId, observation }: RecordObservation): boolean => {
  const latest = state.observations.findLast(
    ({ observation: one }) =>
      one.assumption === observation.assumption &&
      one.validFrom === observation.validFrom &&
      one.validTo === observation.validTo,
  )
  return (
    state.observations.some((one) => one.observationId === observationId) ||
    latest?.observation.value === observation.value
  )
}

/**
 * Records a value; beyond the assumption's limit it raises or joins a question. The same observation twice,
 * or the value already on record for the period, changes nothing. After the agreement's end it is recorded
 * only: there is nothing left to renegotiate. So is a change of the ministry's remit: it changes a party, and
 * no target.
 */
export const recordObservation = (
  state: AgreementState,
  command: RecordObservation,
): Decision<AgreementEvent> => {
  const { observation, observationId, by, matterId } = command
  if (latestVersion(state) === null)
    return refuse('not-signed', 'observations are recorded on signed agreements')
  const assumption = assumptionFor(state, observation.assumption, observation)
  if (assumption === null)
    return refuse('unknown-assumption', `the agreement has no assumption ${observation.assumption}`)
  if (assumption.observedBy !== by)
    return refuse('not-theirs', `${observation.assumption} is observed by the ${assumption.observedBy}`)
  if (isAfter(observation.validFrom, observation.validTo))
    return refuse('no-period', 'an observation is valid from a day not after its last')
  if (isKnown(state, command)) return accept()
  const recorded: AgreementEvent = { type: 'ObservationRecorded', v: 1, observationId, observation }
  const end = lastDay(state)
  const over = end !== null && isAfter(observation.knownOn, end)
  const isParty = assumptionTypes[assumption.type].leadsTo === 'party-change'
  if (over || isParty || !testAssumption(assumption, observation).beyond || hasRaised(state, command))
    return accept(recorded)
  const cause = {
    triggerId: observationId,
    cause: 'assumption',
    assumptionKeys: [assumption.key],
    error: assumptionTypes[assumption.type].leadsTo === 'question-of-error',
    observationId,
    matterId,
  } as const
  return accept(recorded, raised(state, { ...cause, assumptionKeys: [assumption.key] }, null))
}

/**
 * A question raised by the municipality's wish, the ministry or a review. It names an assumption or an error in
 * one; the municipality's wish may do with its reason, which a person reads (Invariant I7).
 */
export const raiseQuestion = (
  state: AgreementState,
  command: RaiseQuestion,
  today: string,
): Decision<AgreementEvent> => {
  const latest = latestVersion(state)
  if (latest === null) return refuse('not-signed', 'only a signed agreement can be renegotiated')
  if (isTaken(state, command.triggerId)) return accept()
  const end = lastDay(state)
  if (end !== null && isAfter(today, end)) return refuse('ended', `the agreement ended on ${end}`)
  const known = latest.content.assumptions.map((one) => one.key)
  const unknown = command.assumptionKeys.find((key) => !known.includes(key))
  if (unknown !== undefined) return refuse('unknown-assumption', `the agreement has no assumption ${unknown}`)
  const hasGround =
    command.assumptionKeys.length > 0 ||
    command.error ||
    (command.cause === 'municipality-wish' && command.reason.trim() !== '')
  if (!hasGround)
    return refuse('no-ground', 'a renegotiation names an assumption, an error in one, or a reason')
  const { triggerId, cause, error, matterId, reason } = command
  const assumptionKeys = [...command.assumptionKeys]
  return accept(
    raised(state, { triggerId, cause, assumptionKeys, error, observationId: null, matterId }, reason),
  )
}
