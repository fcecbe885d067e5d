import { makeWaitForRecord } from '../handlers/tasks/shared-tasks.ts'
import { tasks } from '../../workflows/tasks.ts'
import { task } from './wiring.ts'

export const handler = task(tasks.WaitForRecord, makeWaitForRecord)
