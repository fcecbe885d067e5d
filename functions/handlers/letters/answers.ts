import {
  answerBucket,
  isAnswerByMachine,
  isStrangersNotice,
  noticeBucket,
  stopAnswers,
  type AnsweringState,
} from '../../domain/answering/answer-stop.ts'
import { collectedQuestions } from '../../domain/casefile/answer-budget.ts'
import type { LetterOrder } from '../../domain/casefile/letters.ts'
import type { BaseEvent } from '../../domain/base/stream.ts'
import { answersStream, type StreamId } from '../../domain/base/stream-id.ts'
import type { Ports } from '../../ports/ports.ts'
import { answeringCase } from '../streams/cases.ts'
import { loadCase, perform, type RecordPorts } from '../record/perform.ts'
import { letterKeyOf } from './letter-sheet.ts'
import { isForLater } from '../../../workflows/errors.ts'
import { mapConcurrently } from '../record/map-concurrently.ts'
import type { LetterComposer, Writing } from './letter-composer.ts'
import { sendOnce, type LetterPorts } from './send-once.ts'

type GatePorts = RecordPorts & Pick<Ports, 'answers' | 'claims' | 'digest' | 'meter'>

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
  if (state.stoppedAt === null && isStrangersNotice(order)) {
    if (claim !== null) return true
    // One too many goes with the case's next answer.
    return (await ports.answers.count(noticeBucket(state, ports.clock.now()))) <= ports.answers.mostAnHour
  }
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

/**
 * Sends what was held back, once answers go out again: each case's answers as its record owes them today. What is
 * owed no more is let go. Safe to repeat, at any time and by several at once; what is left is noted still.
 * @param sendOwed sends what one case owes, and tells what is held back still
 * @param mostCases so many cases at most; the rest is for the next call
 * @throws AggregateError of what went wrong in some cases, after the others are done
 */
export const releaseHeldAnswers = async (
  ports: LetterPorts,
  sendOwed: (ports: LetterPorts, stream: StreamId) => Promise<ReadonlySet<string>>,
  mostCases: number = Number.POSITIVE_INFINITY,
): Promise<void> => {
  const { stoppedAt, resumptions } = await answeringNow(ports)
  if (stoppedAt !== null) ports.meter.count('AnswersStopped')
  if (stoppedAt !== null || resumptions === 0) return
  const byCase = Map.groupBy(await ports.answers.held(), ({ stream }) => stream)
  const failures: unknown[] = []
  await mapConcurrently([...byCase].slice(0, mostCases), async ([stream, answers]) => {
    try {
      const stillHeld = await sendOwed(ports, stream)
      for (const { letterKey } of answers)
        if (!stillHeld.has(letterKey)) await ports.answers.release(letterKey)
    } catch (error) {
      // A letter that may have gone or goes later, or others at work on the case: the next time finds it over.
      if (!isForLater(error)) failures.push(error)
    }
  })
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} cases could not be answered`)
}

/**
 * Sends the answers a case owes at once: receipts, notices, decisions on more time. Safe to repeat; whoever
 * made the commit does it, and what a crash left is taken up by the repetition of its command.
 * @returns the keys of those held back, while answers are stopped
 */
export const sendOwed = async <S extends Writing, E extends BaseEvent>(
  ports: LetterPorts,
  composer: LetterComposer<S, E>,
  stream: StreamId,
): Promise<ReadonlySet<string>> => {
  const loaded = await loadCase(ports, composer.kind, stream)
  const held = new Set<string>()
  // Others know the case as it was before the first letter went.
  let read: typeof loaded | undefined = loaded
  for (const order of composer.owed(loaded.state)) {
    if (await passesGate(ports, stream, order)) {
      await sendOnce(ports, composer, stream, order, read)
      read = undefined
    } else held.add(letterKeyOf(ports, stream, order))
  }
  return held
}

/**
 * Asks a case's contacts about the mails of strangers that came after their last question, once its hour is over;
 * first what the case owes anyway. Safe to repeat.
 */
export const askCollected = async <S extends Writing, E extends BaseEvent>(
  ports: LetterPorts,
  composer: LetterComposer<S, E>,
  stream: StreamId,
): Promise<void> => {
  await sendOwed(ports, composer, stream)
  const { state } = await loadCase(ports, composer.kind, stream)
  for (const order of collectedQuestions(state, ports.clock.now()))
    if (await passesGate(ports, stream, order)) await sendOnce(ports, composer, stream, order)
}
