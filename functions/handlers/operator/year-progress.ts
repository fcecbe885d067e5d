import { inboxStream, runStream } from '../../domain/base/stream-id.ts'
import { summarise, type YearSummary } from '../../domain/report/summary.ts'
import { openingDay } from '../../domain/base/calendar.ts'
import { addDays, atCopenhagen, isBefore, todayInCopenhagen } from '../../domain/base/time.ts'
import { reportFileNames } from '../../web/report/report-files.ts'
import type { Ports } from '../../ports/ports.ts'
import { inboxCase, runCase } from '../streams/cases.ts'
import { loadCase } from '../record/perform.ts'
import { loadStream, readAgreement } from '../report/read-year.ts'
import * as z from 'zod'
import { entrySchema, entryTurn } from '../../domain/casefile/open-task.ts'
import { experienceLetters, isReleased } from '../../domain/year-run/experiences.ts'
import type { RunState } from '../../domain/year-run/state.ts'
import { readExperiences, experiencesWaiting } from '../report/experiences.ts'

/** One instant in each month from a date to a date. */
const monthsBetween = (from: string, to: string): readonly string[] => {
  const months: string[] = []
  for (let first = `${from.slice(0, 7)}-01`; first <= to; first = `${addDays(first, 31).slice(0, 7)}-01`)
    months.push(atCopenhagen(first, '12:00'))
  return months
}

/** Mail that finds no case belongs to the run under way: until the next year's opens. */
const lastDay = (year: number, now: string): string => {
  const [today, end] = [todayInCopenhagen(now), addDays(openingDay(year + 1), -1)]
  return isBefore(today, end) ? today : end
}

/**
 * The year in figures, from the register and consistent reads of every stream; no list is read.
 * @returns null when the year has no run
 */
export const makeYearSummary =
  (ports: Pick<Ports, 'streams' | 'register' | 'clock'>) =>
  async (year: number): Promise<YearSummary | null> => {
    const { state: run } = await loadCase(ports, runCase, runStream(year))
    if (run.status === 'none') return null
    const agreements = []
    for (const id of await ports.register.agreements()) agreements.push(await readAgreement(ports, id, year))
    const inbox = []
    for (const at of monthsBetween(run.openedOn, lastDay(year, ports.clock.now())))
      inbox.push(...(await loadStream(ports, inboxCase, inboxStream(at))).state.mails)
    return summarise({ run, agreements, inbox }, reportFileNames(year).page)
  }

const renegotiationListEntry = z.object({ status: z.string() })

/** Are the year's experiences still to go out? Where nothing is shared there is no letter. */
const isLetterDue = async (
  ports: Pick<Ports, 'archive' | 'digest' | 'listEntries' | 'streams'>,
  run: RunState,
): Promise<boolean> => {
  if ((await experiencesWaiting(ports, run)) !== null) return true
  if (run.experiences.released === null || experienceLetters(run).length > 0) return false
  return isReleased(run, (await readExperiences(ports, run)).letter)
}

/** How far a year has come: what a live display shows, and whether there is nothing left to play. */
export const makeYearProgress =
  (ports: Pick<Ports, 'streams' | 'register' | 'clock' | 'listEntries' | 'digest' | 'archive'>) =>
  async ({ year }: { readonly year: number }) => {
    const today = todayInCopenhagen(ports.clock.now())
    const { state } = await loadCase(ports, runCase, runStream(year))
    const [reviews, renegotiations] = await Promise.all([
      ports.listEntries.list(`reviews-${year}`),
      ports.listEntries.list('renegotiations'),
    ])
    const open = renegotiations.filter((entry) => {
      const summary = renegotiationListEntry.safeParse(entry.summary)
      return !summary.success || summary.data.status !== 'settled'
    })
    return {
      run: state.status,
      reviews: reviews.map(({ summary }) => ({
        ...summary,
        turn: entryTurn(entrySchema.parse(summary), today),
      })),
      openRenegotiations: open.length,
      over: state.status === 'frozen' && open.length === 0 && !(await isLetterDue(ports, state)),
    }
  }

/** The year's summary, for the command line and the end of the local run. */
export const makeSummariseYear =
  (ports: Pick<Ports, 'streams' | 'register' | 'clock'>) =>
  ({ year }: { readonly year: number }) =>
    makeYearSummary(ports)(year)
