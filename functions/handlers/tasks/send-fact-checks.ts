import { reviewStream } from '../../domain/base/stream-id.ts'
import { nextToCheck, recordChecked } from '../../domain/year-run/decide.ts'
import type { CaseInput } from '../../../workflows/tasks.ts'
import { reviewComposer } from '../letters/composers.ts'
import { sendOnce, type LetterPorts } from '../letters/send-once.ts'
import { loadCase } from '../record/perform.ts'
import { performTask } from './perform-task.ts'
import { mapConcurrently } from '../record/map-concurrently.ts'
import { reviewCase, runCase } from '../streams/cases.ts'

/** Sends each municipality its own pages to check, a hundred agreements a call. */
export const makeSendFactChecks =
  (ports: LetterPorts) =>
  async (input: CaseInput): Promise<Record<string, never>> => {
    const read = await loadCase(ports, runCase, input.stream)
    const { state } = read
    const agreements = nextToCheck(state)
    await mapConcurrently(agreements, async (agreement) => {
      const stream = reviewStream(state.year, agreement)
      const { state: review } = await loadCase(ports, reviewCase, stream)
      for (const party of review.parties)
        await sendOnce(ports, reviewComposer, stream, {
          kind: 'fact-check',
          party: party.municipality,
          seq: 1,
          about: state.report?.subject ?? '',
        })
    })
    await performTask(ports, runCase, { task: 'SendFactChecks', input, read }, (run) =>
      recordChecked(run, agreements, input.attempt),
    )
    return {}
  }
