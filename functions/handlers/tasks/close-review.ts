import { close } from '../../domain/review/decide/machine.ts'
import type { CaseInput } from '../../../workflows/tasks.ts'
import { loadCase, type RecordPorts } from '../record/perform.ts'
import { done, performTask } from './perform-task.ts'
import { reviewCase } from '../streams/cases.ts'

export const makeCloseReview =
  (ports: RecordPorts) =>
  async (input: CaseInput): Promise<Record<string, never>> => {
    const read = await loadCase(ports, reviewCase, input.stream)
    return done(
      await performTask(ports, reviewCase, { task: 'CloseReview', input, read }, (state, now) =>
        close(state, input.attempt, now),
      ),
    )
  }
