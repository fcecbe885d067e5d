import * as z from 'zod'
import { makeSummariseYear } from '../handlers/operator/year-progress.ts'
import { command } from './wiring.ts'

export const handler = command(z.object({ year: z.int() }), makeSummariseYear)
