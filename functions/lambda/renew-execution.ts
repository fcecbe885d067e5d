import { tasks } from '../../workflows/tasks.ts'
import { task } from './wiring.ts'
import { makeRenewExecution } from '../handlers/tasks/renew-execution.ts'

export const handler = task(tasks.RenewExecution, makeRenewExecution)
