import { makeSendExperiences, sendExperiencesInputSchema } from '../handlers/schedules/send-experiences.ts'
import { command } from './wiring.ts'

export const handler = command(sendExperiencesInputSchema, makeSendExperiences)
