import {
  answerBucket,
  isAnswerByMachine,
  stopAnswers,
  type AnsweringState,
} from '../../domain/answering/answer-stop.ts'
import type { LetterOrder } from '../../domain/casefile/letters.ts'
import { answersStream, type StreamId } from '../../domain/base/stream-id.ts'
import type { Ports } from '../../ports/ports.ts'
import { answeringCase } from '../streams/answering-case.ts'
import { loadCase, perform, type RecordPorts } from '../record/perform.ts'
import { letterKeyOf } from './letter-sheet.ts'

export type GatePorts = RecordPorts & Pick<Ports, 'answers' | 'claims' | 'digest' | 'meter'>

/** The breaker as the record says it is now. */
export const answeringNow = async (ports: Pick<Ports, 'streams'>): Promise<AnsweringState> =>
  (await loadCase(ports, answeringCase, answersStream)).state

/**
 * May this letter go out? Everything but an answer by machine may. An answer is counted once, in its hour; with
 * one too many all answers are stopped, and what is owed from then on is noted as held: it stays owed on its
 * case's record, and goes out when a person has let answers go on. Those held are then not counted again.
 */
export const passesGate = async (
  ports: GatePorts,
  stream: StreamId,
  order: LetterOrder,
): Promise<boolean> => {
  if (!isAnswerByMachine(order)) return true
  const letterKey = letterKeyOf(ports, stream, order)
  const [state, claim] = await Promise.all([answeringNow(ports), ports.claims.find(letterKey)])
  // It has gone: only its record is behind.
  if (claim?.state === 'sent') return true
  if (state.stoppedAt === null && (await isWithinHour(ports, state, letterKey, claim !== null))) return true
  await ports.answers.hold({ letterKey, stream, kind: order.kind, at: ports.clock.now() })
  ports.meter.count('AnswersStopped')
  // Whoever resumes commits first and then reads what is held: one of the two sees the other.
  return (await answeringNow(ports)).stoppedAt === null
}

/** Counts an answer that is new, and stops all of them at the first too many. */
const isWithinHour = async (
  ports: GatePorts,
  state: AnsweringState,
  letterKey: string,
  isBegun: boolean,
): Promise<boolean> => {
  if (isBegun) return true
  if (state.resumptions > 0 && (await ports.answers.isHeld(letterKey))) return true
  const bucket = answerBucket(state, ports.clock.now())
  const { mostAnHour } = ports.answers
  if ((await ports.answers.count(bucket)) <= mostAnHour) return true
  await perform(ports, answeringCase, answersStream, {
    id: `stop/${bucket.hour}/${bucket.resumptions}`,
    actor: { by: 'system', name: 'AnswerGate' },
    decide: (current) => stopAnswers(current, bucket, mostAnHour),
  })
  return false
}
