import {
  agreementStream,
  renegotiationStream,
  reviewStream,
  type StreamId,
} from '../../domain/base/stream-id.ts'
import { partiesOn } from '../../domain/agreement/content.ts'
import type { AgreementState } from '../../domain/agreement/state.ts'
import { latestVersion } from '../../domain/agreement/versions.ts'
import { joinGround, raise } from '../../domain/renegotiation/decide/machine.ts'
import { groundOf, resultsYearOn, type Wishing } from '../../domain/renegotiation/grounds.ts'
import type { RenegotiationState } from '../../domain/renegotiation/state.ts'
import { hasReceipt } from '../../domain/review/owed.ts'
import type { Actor } from '../../domain/base/stream.ts'
import { todayInCopenhagen } from '../../domain/base/time.ts'
import type { AgreementId } from '../../domain/base/values.ts'
import { agreementCase, renegotiationCase, reviewCase } from '../streams/cases.ts'
import { loadCase, perform, type RecordPorts, startAttempt } from './perform.ts'
import type { Trigger, RenegotiationQuestion } from '../../domain/agreement/slices/questions.ts'

const actor: Actor = { by: 'system', name: 'RaiseQuestion' }

/** What the agreement's questions made of the renegotiations' streams. */
export interface CarriedQuestions {
  readonly raised: readonly StreamId[]
  readonly joined: readonly StreamId[]
}

/**
 * Carries the questions that the agreement's stream has raised to their own streams, and starts their
 * executions. Reads the agreement, not its caller: whatever a crash left is carried the next time. Idempotent.
 */
export const makeRaiseQuestion =
  (ports: RecordPorts) =>
  async (id: AgreementId): Promise<CarriedQuestions> => {
    const { state: agreement } = await loadCase(ports, agreementCase, agreementStream(id))
    const raised: StreamId[] = []
    const joined: StreamId[] = []
    for (const question of agreement.questions) {
      if (question.outcome !== null) continue
      const stream = renegotiationStream(id, question.seq)
      const before = await loadCase(ports, renegotiationCase, stream)
      const after = await carry(ports, id, agreement, question, stream)
      if (before.state.status === 'none' && after.status !== 'none') raised.push(stream)
      else if (after.grounds.length > before.state.grounds.length) joined.push(stream)
      if (after.attempts.attached === 0 && after.status !== 'none') await startAttempt(ports, stream, 1)
    }
    return { raised, joined }
  }

const carry = async (
  ports: RecordPorts,
  id: AgreementId,
  agreement: AgreementState,
  question: RenegotiationQuestion,
  stream: StreamId,
): Promise<RenegotiationState> => {
  const version = latestVersion(agreement)
  if (version === null) throw new Error(`${id} has a question but no version in force`)
  const texts = await triggerTexts(ports, id)
  const raisedOn = todayInCopenhagen(question.raisedAt)
  let { state } = await loadCase(ports, renegotiationCase, stream)
  for (const [index, trigger] of question.triggers.entries()) {
    if (state.grounds.some((ground) => ground.triggerId === trigger.triggerId)) continue
    const ground = groundOf(agreement, trigger, await wishingOf(ports, id, agreement, trigger))
    const text = texts.get(trigger.triggerId) ?? ''
    const performed = await perform(ports, renegotiationCase, stream, {
      id: `${index === 0 ? 'raise' : 'join'}/${trigger.triggerId}`,
      actor,
      decide: (current) =>
        index === 0
          ? raise(current, {
              agreement: id,
              seq: question.seq,
              year: resultsYearOn(raisedOn),
              version: version.version,
              content: version.content,
              signedOn: agreement.signedOn ?? version.signedOn,
              parties: partiesOn(version.content, raisedOn).map(({ municipality, role }) => ({
                municipality,
                role,
              })),
              ground,
              text,
            })
          : joinGround(current, ground, text),
    })
    if (performed.outcome === 'refused')
      throw new Error(`${stream}: ${performed.refusal.kind}: ${performed.refusal.message}`)
    state = performed.loaded.state
  }
  return state
}

/** The words of whoever raised a question lie in the private parts of the agreement's events. */
const triggerTexts = async (
  ports: Pick<RecordPorts, 'streams'>,
  id: AgreementId,
): Promise<ReadonlyMap<string, string>> => {
  const texts = new Map<string, string>()
  for (const commit of await ports.streams.load(agreementStream(id)))
    for (const stored of commit.events) {
      const event = agreementCase.read(stored)
      if (event.type === 'RenegotiationRaised' || event.type === 'TriggerJoined')
        texts.set(event.triggerId, event.private?.text ?? '')
    }
  return texts
}

/** A wish is a mail in the review of one of the opened years: its party is the municipality that wishes. */
const wishingOf = async (
  ports: Pick<RecordPorts, 'streams'>,
  id: AgreementId,
  agreement: AgreementState,
  trigger: Trigger,
): Promise<Wishing> => {
  if (trigger.cause !== 'municipality-wish') return { party: null }
  for (const { year } of agreement.openedYears.toReversed()) {
    const { state } = await loadCase(ports, reviewCase, reviewStream(year, id))
    const mail = state.mails.find((one) => one.mailKey === trigger.triggerId)
    if (mail === undefined) continue
    return hasReceipt(state, mail) ? { party: mail.party, toldByReceipt: true } : { party: mail.party }
  }
  return { party: null }
}
