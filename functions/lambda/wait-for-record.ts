import { makeWaitForRecord } from '../handlers/tasks/wait-for-record.ts'
import { tasks } from '../../workflows/tasks.ts'
import { task } from './wiring.ts'

export const handler = task(tasks.WaitForRecord, makeWaitForRecord)
