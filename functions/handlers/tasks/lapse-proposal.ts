import { lapse } from '../../domain/renegotiation/decide/machine.ts'
import type { CaseInput } from '../../../workflows/tasks.ts'
import type { RecordPorts } from '../record/perform.ts'
import { done, performTask } from './perform-task.ts'
import { loadFor } from './attach-renegotiation.ts'
import { renegotiationCase } from '../streams/cases.ts'

/** The time is out and not every party has accepted, if the record still says so. */
export const makeLapseProposal =
  (ports: RecordPorts) =>
  async (input: CaseInput): Promise<Record<string, never>> => {
    const read = await loadFor(ports, input)
    return done(
      await performTask(ports, renegotiationCase, { task: 'LapseProposal', input, read }, (state, now) =>
        lapse(state, input.attempt, now),
      ),
    )
  }
