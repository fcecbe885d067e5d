import * as z from 'zod'
import { isWorkingDay } from '../domain/calendar.ts'
import type { Directory } from '../domain/directory.ts'
import { resultsYearOn } from '../domain/renegotiation/grounds.ts'
import { runStream } from '../domain/stream-id.ts'
import { todayInCopenhagen } from '../domain/time.ts'
import type { Ports } from '../ports.ts'
import { mailsFor, type Today } from './daily-mails/compose-for.ts'
import {
  knownYears,
  openRuns,
  releaseWaitingIn,
  waitingInInboxes,
  waitingInRun,
  type ReleaseWaiting,
} from './daily-mails/waiting-elsewhere.ts'
import type { WaitingLine } from './daily-mails/waiting-line.ts'
import { waitingInRenegotiations } from './daily-mails/waiting-renegotiations.ts'
import { waitingInReviews } from './daily-mails/waiting-reviews.ts'
import { sendStaffMail, type StaffMailPorts } from './letters/send-staff-mail.ts'

/** What the schedule passes is not needed: the day is the clock's. */
export const dailyMailsInputSchema = z.object({}).nullish()

export type DailyMailPorts = StaffMailPorts &
  Pick<Ports, 'contacts' | 'directory' | 'heads' | 'streams'> & {
    readonly settings: Pick<Ports['settings'], 'consoleUrl'>
  }

/**
 * The mails to the ministry's own people at 7.30 on working days (LETTERS.md 4.8): what waits for a decision, for
 * release, too long, or untouched. EventBridge calls Monday to Friday; on holidays nothing is done. Safe to
 * repeat: each mail goes once per person, day and kind. One that fails does not keep the others back.
 */
export const makeSendDailyMails =
  (ports: DailyMailPorts) =>
  async (_input: unknown): Promise<{ sent: number }> => {
    const on = todayInCopenhagen(ports.clock.now())
    if (!isWorkingDay(on)) return { sent: 0 }
    const directory = await ports.directory.read()
    const today: Today = {
      on,
      directory,
      ...(await whatWaits(ports, directory, on)),
      consoleUrl: ports.settings.consoleUrl,
    }
    const stream = runStream(resultsYearOn(on))
    const failures: unknown[] = []
    let sent = 0
    for (const person of directory.people)
      for (const { mail, about } of mailsFor(person, today)) {
        try {
          await sendStaffMail(ports, { mail, person, about, directory, on, stream })
          sent += 1
        } catch (error) {
          failures.push(error)
        }
      }
    // The schedule tries again; what has gone stays gone.
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} daily mails have not gone`)
    return { sent }
  }

const whatWaits = async (
  ports: DailyMailPorts,
  directory: Directory,
  on: string,
): Promise<Pick<Today, 'lines' | 'releases'>> => {
  const [years, runs, inboxes, renegotiations] = await Promise.all([
    knownYears(ports),
    openRuns(ports),
    waitingInInboxes(ports),
    waitingInRenegotiations(ports, directory),
  ])
  const lines: WaitingLine[] = [...inboxes, ...renegotiations]
  for (const year of years) lines.push(...(await waitingInReviews(ports, year, directory, on)))
  const releases: ReleaseWaiting[] = []
  for (const run of runs) {
    lines.push(...waitingInRun(run, ports.clock.now()))
    const release = await releaseWaitingIn(ports, run, on)
    if (release !== null) releases.push(release)
  }
  return { lines, releases }
}
