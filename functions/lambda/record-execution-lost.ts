import { executionLostSchema, makeRecordExecutionLost } from '../handlers/schedules/reconcile.ts'
import { command } from './wiring.ts'

export const handler = command(executionLostSchema, makeRecordExecutionLost)
