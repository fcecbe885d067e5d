import { scheduledInputSchema } from '../handlers/schedules/owed-to-day.ts'
import { makeSendDailyMails } from '../handlers/schedules/send-daily-mails.ts'
import { command } from './wiring.ts'

export const handler = command(scheduledInputSchema, makeSendDailyMails)
