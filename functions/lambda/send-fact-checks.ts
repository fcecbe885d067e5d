import { makeSendFactChecks } from '../handlers/tasks/run-tasks.ts'
import { tasks } from '../../workflows/tasks.ts'
import { task } from './wiring.ts'

export const handler = task(tasks.SendFactChecks, makeSendFactChecks)
