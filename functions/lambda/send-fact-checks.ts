import { tasks } from '../../workflows/tasks.ts'
import { task } from './wiring.ts'
import { makeSendFactChecks } from '../handlers/tasks/send-fact-checks.ts'

export const handler = task(tasks.SendFactChecks, makeSendFactChecks)
