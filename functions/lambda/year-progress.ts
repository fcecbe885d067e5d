import * as z from 'zod'
import { makeYearProgress } from '../handlers/operator/year-progress.ts'
import { command } from './wiring.ts'

export const handler = command(z.object({ year: z.int() }), makeYearProgress)
