import { makeFreezeReport } from '../handlers/report-tasks.ts'
import { tasks } from '../../workflows/tasks.ts'
import { task } from './wiring.ts'

export const handler = task(tasks.FreezeReport, makeFreezeReport)
