import { makeResumeCase, resumeInputSchema } from '../handlers/operator/resume-case.ts'
import { command } from './wiring.ts'

export const handler = command(resumeInputSchema, makeResumeCase)
