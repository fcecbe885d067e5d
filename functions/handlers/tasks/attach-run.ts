import type * as z from 'zod'
import type { tasks } from '../../../workflows/tasks.ts'
import { attachRun } from '../../domain/year-run/decide.ts'
import { runCase } from '../streams/cases.ts'
import { decisionTask } from './perform-task.ts'

type Input = z.infer<typeof tasks.AttachRun.input>

export const makeAttachRun = decisionTask('AttachRun', runCase, (state, { attempt, execution }: Input) =>
  attachRun(state, attempt, execution),
)
