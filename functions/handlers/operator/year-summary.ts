import { inboxStream, runStream } from '../../domain/base/stream-id.ts'
import { summarise, type YearSummary } from '../../domain/report/summary.ts'
import { openingDay } from '../../domain/base/calendar.ts'
import { addDays, atCopenhagen, isBefore, todayInCopenhagen } from '../../domain/base/time.ts'
import { reportFileNames } from '../../web/report/report-files.ts'
import type { Ports } from '../../ports/ports.ts'
import { inboxCase } from '../streams/inbox-case.ts'
import { runCase } from '../streams/run-case.ts'
import { loadCase } from '../record/perform.ts'
import { loadStream } from '../report/load-stream.ts'
import { readAgreement } from '../report/read-year.ts'

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
