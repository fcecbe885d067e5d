import type * as z from 'zod'
import { attachRun } from '../../domain/year-run/decide.ts'
import { NothingToDo } from '../../../workflows/errors.ts'
import type { tasks } from '../../../workflows/tasks.ts'
import { loadCase, type RecordPorts } from '../record/perform.ts'
import { performTask } from './perform-task.ts'
import { runCase } from '../streams/cases.ts'

export const makeAttachRun =
  (ports: RecordPorts) =>
  async (input: z.infer<typeof tasks.AttachRun.input>): Promise<Record<string, never>> => {
    const read = await loadCase(ports, runCase, input.stream)
    const performed = await performTask(ports, runCase, { task: 'AttachRun', input, read }, (state) =>
      attachRun(state, input.attempt, input.execution),
    )
    if (performed.outcome === 'refused') throw new NothingToDo(performed.refusal.message)
    return {}
  }
