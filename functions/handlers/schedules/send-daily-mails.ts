import * as z from 'zod'
import { isWorkingDay } from '../../domain/base/calendar.ts'
import type { Directory, MinistryPerson } from '../../domain/directory/directory.ts'
import { resultsYearOn } from '../../domain/renegotiation/grounds.ts'
import { runStream } from '../../domain/base/stream-id.ts'
import { todayInCopenhagen } from '../../domain/base/time.ts'
import type { Head, Ports } from '../../ports/ports.ts'
import { mailsFor, type Today } from './daily-mails/compose-for.ts'
import {
  allRuns,
  releaseWaitingIn,
  waitingCorrections,
  waitingExperiences,
  waitingInInboxes,
  waitingInRun,
  yearsOf,
} from './daily-mails/waiting-elsewhere.ts'
import { waitingInRenegotiations } from './daily-mails/waiting-renegotiations.ts'
import { waitingInReviews } from './daily-mails/waiting-reviews.ts'
import { sendStaffMail, type StaffMailPorts } from '../letters/send-staff-mail.ts'

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
    const heads = await readHeads(ports)
    // Before the first agreement there is nothing to tell, and perhaps nobody to tell it to.
    if (heads.runs.length + heads.renegotiations.length + heads.inboxes.length === 0) return { sent: 0 }
    const directory = await ports.directory.read()
    const waiting = await whatWaits(ports, heads, directory, on)
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

/** The heads that say where to look; the reviews' own lists are found by the runs. */
interface HeadLists {
  readonly runs: readonly Head[]
  readonly renegotiations: readonly Head[]
  readonly inboxes: readonly Head[]
}

const readHeads = async ({ heads }: Pick<Ports, 'heads'>): Promise<HeadLists> => {
  const [runs, renegotiations, inboxes] = await Promise.all(
    ['runs', 'renegotiations', 'inboxes'].map((list) => heads.list(list)),
  )
  return { runs: runs ?? [], renegotiations: renegotiations ?? [], inboxes: inboxes ?? [] }
}

const whatWaits = async (
  ports: DailyMailPorts,
  heads: HeadLists,
  directory: Directory,
  on: string,
): Promise<Pick<Today, 'lines' | 'releases'>> => {
  const [runs, inboxes, renegotiations, reviews] = await Promise.all([
    allRuns(ports, heads.runs),
    waitingInInboxes(ports, heads.inboxes),
    waitingInRenegotiations(ports, heads.renegotiations, directory),
    waitingInReviews(ports, { years: yearsOf(heads.runs), directory, today: on }),
  ])
  const releases = await Promise.all(runs.map((run) => releaseWaitingIn(ports, run, on)))
  const experiences = await Promise.all(runs.map((run) => waitingExperiences(ports, run, directory)))
  return {
    lines: [
      ...inboxes,
      ...renegotiations,
      ...reviews,
      ...runs.flatMap((run) => waitingInRun(run, ports.clock.now())),
      ...runs.flatMap(waitingCorrections),
      ...experiences.flat(),
    ],
    releases: releases.filter((release) => release !== null),
  }
}
