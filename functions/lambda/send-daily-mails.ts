import { dailyMailsInputSchema, makeSendDailyMails } from '../handlers/send-daily-mails.ts'
import { command } from './wiring.ts'

export const handler = command(dailyMailsInputSchema, makeSendDailyMails)
