import { tasks } from '../../workflows/tasks.ts'
import { task } from './wiring.ts'
import { makeWaitForRecord } from '../handlers/tasks/wait-for-record.ts'

export const handler = task(tasks.WaitForRecord, makeWaitForRecord)
