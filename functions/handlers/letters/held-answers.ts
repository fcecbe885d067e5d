import type { StreamId } from '../../domain/base/stream-id.ts'
import { LetterUncertain, TooBusy } from '../../../workflows/errors.ts'
import { mapConcurrently } from '../record/map-concurrently.ts'
import { answeringNow } from './answer-gate.ts'
import type { LetterPorts } from './send-once.ts'

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
      // A letter that may have gone, or others at work on the case: the next time finds it over.
      if (!(error instanceof LetterUncertain || error instanceof TooBusy)) failures.push(error)
    }
  })
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} cases could not be answered`)
}
