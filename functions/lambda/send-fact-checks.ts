import { makeSendFactChecks } from '../handlers/tasks/send-fact-checks.ts'
import { tasks } from '../../workflows/tasks.ts'
import { task } from './wiring.ts'

export const handler = task(tasks.SendFactChecks, makeSendFactChecks)
