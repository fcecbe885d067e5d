import { tasks } from '../../workflows/tasks.ts'
import { task } from './wiring.ts'
import { makePrepareRun } from '../handlers/tasks/prepare-run.ts'

export const handler = task(tasks.PrepareRun, makePrepareRun)
