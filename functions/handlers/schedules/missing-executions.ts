import * as z from 'zod'
import { reviewStream, runStream, type StreamId } from '../../domain/base/stream-id.ts'
import { agreementIdSchema } from '../../domain/base/values.ts'
import { reviewCase } from '../streams/review-case.ts'
import { runCase } from '../streams/run-case.ts'
import { makeRaiseQuestion } from '../record/raise-question.ts'
import { loadCase, type RecordPorts } from '../record/perform.ts'
import { startAttempt } from '../record/start-attempt.ts'

const runEntrySchema = z.object({ year: z.int(), status: z.string() })
const reviewEntrySchema = z.object({ agreement: agreementIdSchema, status: z.string() })
const agreementEntrySchema = z.object({ agreement: agreementIdSchema, openQuestion: z.boolean() })

/**
 * Starts what the record says was started and no execution has ever taken up: a run that was opened, a review
 * that the run started, a question that an agreement raised. An execution that was lost is not started again: it
 * is shown as stuck, and a person resumes it. Reads lists to find where to look, and decides by the streams.
 * @returns the streams whose first execution was started, or is running and has not attached yet
 */
export const startMissingExecutions = async (ports: RecordPorts): Promise<readonly StreamId[]> => {
  const started: StreamId[] = []
  for (const { summary } of await ports.listEntries.list('runs')) {
    const entry = runEntrySchema.safeParse(summary)
    if (entry.success && entry.data.status !== 'frozen')
      started.push(...(await inRun(ports, entry.data.year)))
  }
  for (const { summary } of await ports.listEntries.list('agreements')) {
    const entry = agreementEntrySchema.safeParse(summary)
    if (!entry.success || !entry.data.openQuestion) continue
    const { raised } = await makeRaiseQuestion(ports)(entry.data.agreement)
    started.push(...raised)
  }
  return started
}

const inRun = async (ports: RecordPorts, year: number): Promise<readonly StreamId[]> => {
  const stream = runStream(year)
  const { state: run } = await loadCase(ports, runCase, stream)
  if (run.status === 'none') return []
  if (run.attempts.attached === 0) {
    await startAttempt(ports, stream, 1)
    return [stream]
  }
  const started: StreamId[] = []
  for (const { summary } of await ports.listEntries.list(`reviews-${year}`)) {
    const entry = reviewEntrySchema.safeParse(summary)
    if (!entry.success || entry.data.status !== 'preparing') continue
    if (!run.started.includes(entry.data.agreement)) continue
    const review = reviewStream(year, entry.data.agreement)
    const { state } = await loadCase(ports, reviewCase, review)
    if (state.status !== 'preparing' || state.attempts.attached > 0) continue
    await startAttempt(ports, review, 1)
    started.push(review)
  }
  return started
}
