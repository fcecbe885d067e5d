import { makeReplayMail, replayInputSchema } from '../handlers/operator/replay-mail.ts'
import { command } from './wiring.ts'

export const handler = command(replayInputSchema, makeReplayMail)
