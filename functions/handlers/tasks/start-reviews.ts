import { reviewStream } from '../../domain/base/stream-id.ts'
import { nextToStart, recordStarted } from '../../domain/year-run/decide.ts'
import type { CaseInput } from '../../../workflows/tasks.ts'
import { loadCase, type RecordPorts, startAttempt } from '../record/perform.ts'
import { performTask } from './perform-task.ts'
import { mapConcurrently } from '../record/map-concurrently.ts'
import { runCase } from '../streams/cases.ts'

/** Starts up to a hundred reviews from the cursor; each has its open item before it starts. */
export const makeStartReviews =
  (ports: RecordPorts) =>
  async (input: CaseInput): Promise<Record<string, never>> => {
    const read = await loadCase(ports, runCase, input.stream)
    const { state } = read
    const agreements = nextToStart(state)
    await mapConcurrently(agreements, async (agreement) => {
      const stream = reviewStream(state.year, agreement)
      await ports.register.openReview(state.year, agreement)
      await startAttempt(ports, stream, 1)
    })
    await performTask(ports, runCase, { task: 'StartReviews', input, read }, (run) =>
      recordStarted(run, agreements, input.attempt),
    )
    return {}
  }
