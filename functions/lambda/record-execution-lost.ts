import { executionLostSchema, makeRecordExecutionLost } from '../handlers/schedules/record-execution-lost.ts'
import { command } from './wiring.ts'

export const handler = command(executionLostSchema, makeRecordExecutionLost)
