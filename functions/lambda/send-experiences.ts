import { makeSendExperiences, sendExperiencesInputSchema } from '../handlers/send-experiences.ts'
import { command } from './wiring.ts'

export const handler = command(sendExperiencesInputSchema, makeSendExperiences)
