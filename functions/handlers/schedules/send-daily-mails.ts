import * as z from 'zod'
import { isWorkingDay } from '../../domain/base/calendar.ts'
import type { Directory, MinistryPerson } from '../../domain/directory/directory.ts'
import { resultsYearOn } from '../../domain/renegotiation/grounds.ts'
import { runStream } from '../../domain/base/stream-id.ts'
import { todayInCopenhagen } from '../../domain/base/time.ts'
import type { Ports } from '../../ports/ports.ts'
import { mailsFor, type Today } from './daily-mails/compose-for.ts'
import { lastYears, linesOf, releaseWaitingIn } from './daily-mails/waiting-lines.ts'
import { everyTask, type WaitingCases } from '../../web/every-task.ts'
import { waitingCases } from '../streams/waiting-cases.ts'
import { sendStaffMail, type StaffMailPorts } from '../letters/send-staff-mail.ts'

/** What the schedule passes is not needed: the day is the clock's. */
export const dailyMailsInputSchema = z.object({}).nullish()

export type DailyMailPorts = StaffMailPorts &
  Pick<Ports, 'contacts' | 'directory' | 'listEntries' | 'streams'> & {
    readonly settings: Pick<Ports['settings'], 'consoleUrl'>
  }

/**
 * The mails to the ministry's own people at 7.30 on working days (LETTERS 4.8): what waits for a decision, for
 * release, too long, or untouched. EventBridge calls Monday to Friday; on holidays nothing is done. Safe to
 * repeat: each mail goes once per person, day and kind. One that fails does not keep the others back.
 */
export const makeSendDailyMails =
  (ports: DailyMailPorts) =>
  async (_input: unknown): Promise<{ sent: number }> => {
    const on = todayInCopenhagen(ports.clock.now())
    if (!isWorkingDay(on)) return { sent: 0 }
    const years = await yearsOf(ports)
    const cases = await waitingCases(ports, years)
    // Before the first agreement there is nothing to tell, and perhaps nobody to tell it to.
    if (Object.values(cases).every(({ length }) => length === 0)) return { sent: 0 }
    const directory = await ports.directory.read()
    const waiting = await whatWaits(ports, { cases, years, directory, on })
    const today: Today = { on, directory, ...waiting, consoleUrl: ports.settings.consoleUrl }
    const stream = runStream(resultsYearOn(on))
    const failures: unknown[] = []
    let sent = 0
    const sendTo = async (person: MinistryPerson): Promise<void> => {
      for (const { mail, about } of mailsFor(person, today)) {
        try {
          await sendStaffMail(ports, { mail, person, about, directory, on, stream })
          sent += 1
        } catch (error) {
          failures.push(error)
        }
      }
    }
    await Promise.all(directory.people.map(sendTo))
    // The schedule tries again; what has gone stays gone.
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} daily mails have not gone`)
    return { sent }
  }

/** Years that have a run. */
const yearsOf = async ({ listEntries }: Pick<Ports, 'listEntries'>): Promise<readonly number[]> => {
  const runs = await listEntries.list('runs')
  return runs.flatMap(({ summary }) => z.object({ year: z.int() }).safeParse(summary).data?.year ?? [])
}

const whatWaits = async (
  ports: DailyMailPorts,
  {
    cases,
    years,
    directory,
    on,
  }: {
    readonly cases: WaitingCases
    readonly years: readonly number[]
    readonly directory: Directory
    readonly on: string
  },
): Promise<Pick<Today, 'lines' | 'releases'>> => {
  const [lastYear, releases] = await Promise.all([
    lastYears(ports, cases.reviews, years),
    Promise.all(cases.runs.map(({ state }) => releaseWaitingIn(ports, state, on))),
  ])
  return {
    // The release has a mail of its own, from the day it is asked for.
    lines: everyTask(cases, directory, on)
      .filter(({ kind }) => kind !== 'release')
      .flatMap((task) => linesOf(task, on, lastYear)),
    releases: releases.filter((release) => release !== null),
  }
}
