import type * as z from 'zod'
import type { tasks } from '../../../workflows/tasks.ts'
import { attach } from '../../domain/casefile/attempts.ts'
import { runCase } from '../streams/cases.ts'
import { decisionTask } from './perform-task.ts'

type Input = z.infer<typeof tasks.AttachRun.input>

export const makeAttachRun = decisionTask('AttachRun', runCase, (state, { attempt, execution }: Input) =>
  attach(state, attempt, execution),
)
