import * as z from 'zod'
import { makeStartYear } from '../handlers/schedules/start-year.ts'
import { resultsYear } from '../domain/year-run/place-in-year.ts'
import { todayInCopenhagen } from '../domain/base/time.ts'
import { command } from './wiring.ts'

/** The schedule cannot pass a year: it passes its own time, and the year is computed. The command line names one. */
const inputSchema = z
  .union([z.object({ year: z.int() }), z.object({ scheduledAt: z.iso.datetime() })])
  .transform((input) => ({
    year: 'year' in input ? input.year : resultsYear(todayInCopenhagen(input.scheduledAt)),
  }))

export const handler = command(inputSchema, makeStartYear)
