import { makeRenewExecution } from '../handlers/tasks/renew-execution.ts'
import { tasks } from '../../workflows/tasks.ts'
import { task } from './wiring.ts'

export const handler = task(tasks.RenewExecution, makeRenewExecution)
