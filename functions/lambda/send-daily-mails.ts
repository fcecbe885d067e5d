import { dailyMailsInputSchema, makeSendDailyMails } from '../handlers/schedules/send-daily-mails.ts'
import { command } from './wiring.ts'

export const handler = command(dailyMailsInputSchema, makeSendDailyMails)
