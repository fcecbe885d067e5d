import { tasks } from '../../workflows/tasks.ts'
import { task } from './wiring.ts'
import { makeSettleRenegotiation } from '../handlers/tasks/settle-renegotiation.ts'

export const handler = task(tasks.SettleRenegotiation, makeSettleRenegotiation)
