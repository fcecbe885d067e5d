import { compareDanish } from '../../domain/base/danish.ts'
import type { Directory, MinistryPerson } from '../../domain/directory/directory.ts'
import { senderAddress } from '../../domain/directory/senders.ts'
import {
  isWarningDay,
  toldDaily,
  waitingDays,
  warnedOf,
  workingDaysWaited,
} from '../../domain/casefile/waiting.ts'
import {
  decisionsWaiting,
  heldUntouched,
  releaseWaiting,
  waitingTooLong,
  type MinistryMail,
  type WaitingMatter,
} from '../../mail/ministry-mails.ts'
import {
  type ReleaseWaiting,
  type WaitingLine,
  lastYears,
  linesOf,
  releaseWaitingIn,
} from './waiting-lines.ts'
import type { LetterClaim } from '../../domain/casefile/letter-claim.ts'
import { ministryOn } from '../../domain/directory/ministry.ts'
import { type StreamId, runStream } from '../../domain/base/stream-id.ts'
import type { Ports } from '../../ports/ports.ts'
import { claimAndSend, type ClaimPorts } from '../letters/claim-and-send.ts'
import * as z from 'zod'
import { isWorkingDay } from '../../domain/base/calendar.ts'
import { resultsYearOn } from '../../domain/renegotiation/grounds.ts'
import { everyTask, type WaitingCases } from '../../web/every-task.ts'
import { waitingCases } from '../streams/waiting-cases.ts'
import { owedToDay, type ScheduledInput } from './owed-to-day.ts'

/** What all of today's mails are made from. */
interface Today {
  readonly on: string
  readonly directory: Directory
  readonly lines: readonly WaitingLine[]
  readonly releases: readonly ReleaseWaiting[]
  /** The console's address without a trailing slash. */
  readonly consoleUrl: string
}

interface ComposedMail {
  readonly mail: MinistryMail
  /** Tells two of a kind on one day apart; empty where there is one. */
  readonly about: string
}

const includes = (people: readonly MinistryPerson[], person: MinistryPerson): boolean =>
  people.some((one) => one.id === person.id)

const inOrder = (lines: readonly WaitingLine[]): readonly WaitingLine[] =>
  lines.toSorted(
    (a, b) =>
      (a.sinceOn < b.sinceOn ? -1 : a.sinceOn > b.sinceOn ? 1 : 0) ||
      compareDanish(a.municipality, b.municipality),
  )

/** Today's mails to one person, none of a kind in which there is nothing to say. */
const mailsFor = (person: MinistryPerson, today: Today): readonly ComposedMail[] => [
  ...decisions(person, today),
  ...releasesOf(person, today),
  ...tooLong(person, today, 'caseworker'),
  ...tooLong(person, today, 'approver'),
  ...tooLong(person, today, 'head-of-department'),
  ...untouched(person, today),
]

/** A1. */
const decisions = (
  person: MinistryPerson,
  { on, directory, lines, consoleUrl }: Today,
): readonly ComposedMail[] => {
  const own = inOrder(lines.filter((line) => includes(toldDaily(directory, line, on), person)))
  const mail = decisionsWaiting({
    on,
    cases: own.filter((line) => line.matter === null),
    matters: mattersOf(own),
    page: `${consoleUrl}/`,
  })
  return mail === null ? [] : [{ mail, about: '' }]
}

/** Questions raised by one observation are one line. */
const mattersOf = (lines: readonly WaitingLine[]): readonly (WaitingMatter & { readonly id: string })[] => {
  const matters = new Map<string, { id: string; title: string; agreements: number }>()
  for (const { matter } of lines) {
    if (matter === null) continue
    const known = matters.get(matter.id)
    matters.set(matter.id, { ...matter, agreements: (known?.agreements ?? 0) + 1 })
  }
  return [...matters.values()]
}

/** A2: the approver, and from the day the requests should go the deputy too. */
const releasesOf = (person: MinistryPerson, today: Today): readonly ComposedMail[] => {
  if (!person.roles.includes('approver')) return []
  const alone = !today.directory.people.some((one) => one.roles.includes('approver') && !one.deputy)
  return today.releases
    .filter((release) => !person.deputy || release.overdue || alone)
    .map(({ year, ready, lacking }) => ({
      mail: releaseWaiting({ year, ready, lacking, page: `${today.consoleUrl}/runs/${year}/preparation` }),
      about: String(year),
    }))
}

/** A3: told when the time is reached and then once a week, with everything that has waited as long. */
const tooLong = (
  person: MinistryPerson,
  { on, directory, lines, consoleUrl }: Today,
  waitingFor: WaitingLine['waitsFor'],
): readonly ComposedMail[] => {
  const over = lines
    .filter((line) => line.waitsFor === waitingFor)
    .flatMap((line) => {
      const afterDays = warnedOf(directory, line).find((warned) => warned.person.id === person.id)?.afterDays
      const days = workingDaysWaited(line, on)
      return afterDays === undefined || days < afterDays ? [] : [{ line, days, afterDays }]
    })
  if (!over.some(({ days, afterDays }) => isWarningDay(days, afterDays))) return []
  const single = over.filter(({ line }) => line.matter === null)
  const cases = [
    ...mattersOf(over.map(({ line }) => line)).map(({ id, title, agreements }) => ({
      municipality: title,
      what: agreements === 1 ? '1 aftale' : `${agreements} aftaler`,
      workingDays: Math.max(...over.filter(({ line }) => line.matter?.id === id).map(({ days }) => days)),
    })),
    ...single.map(({ line, days }) => ({
      municipality: line.municipality,
      what: line.what,
      workingDays: days,
    })),
  ].toSorted((a, b) => b.workingDays - a.workingDays || compareDanish(a.municipality, b.municipality))
  return [{ mail: waitingTooLong({ waitingFor, cases, page: `${consoleUrl}/` }), about: waitingFor }]
}

/** A4. */
const untouched = (
  person: MinistryPerson,
  { on, directory, lines, consoleUrl }: Today,
): readonly ComposedMail[] => {
  const own = lines.flatMap((line) => {
    const { held } = line
    const days = workingDaysWaited(line, on)
    return held !== null && days >= waitingDays.heldMail && includes(toldDaily(directory, line, on), person)
      ? [{ municipality: line.municipality, ...held, days }]
      : []
  })
  if (!own.some(({ days }) => isWarningDay(days, waitingDays.heldMail))) return []
  const mails = own.map(({ municipality, receivedOn, why }) => ({ municipality, receivedOn, why }))
  return [{ mail: heldUntouched({ mails, page: `${consoleUrl}/` }), about: '' }]
}

type StaffMailPorts = ClaimPorts & Pick<Ports, 'composer'>

interface StaffMail {
  readonly mail: MinistryMail
  readonly person: Pick<MinistryPerson, 'id' | 'name' | 'email'>
  /** What makes it another mail than the person's others of the kind on that day; mostly empty. */
  readonly about: string
  readonly directory: Directory
  /** The day it is for, Danish date. */
  readonly on: string
  /** The run that it belongs to; its claim names it. */
  readonly stream: StreamId
}

/**
 * Sends a mail to one of the ministry's own people: once per person, day and kind, archived and claimed as every
 * letter, but on no case's record.
 * @throws LetterUncertain while it may have gone
 */
const sendStaffMail = async (ports: StaffMailPorts, staff: StaffMail): Promise<LetterClaim> => {
  const { mail, person, directory, on, stream } = staff
  const letterKey = ports.digest(`staff|${mail.kind}|${staff.about}|${person.id}|${on}`)
  const { address: from, domain } = senderAddress(directory, on, 'staff')
  const raw = await ports.composer.compose({
    from: { name: ministryOn(on).name, address: from },
    to: [{ name: person.name, address: person.email }],
    cc: [],
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    date: ports.clock.now(),
    messageId: `<${letterKey.slice(0, 40)}@${domain}>`,
    inReplyTo: null,
    references: [],
    autoSubmitted: 'auto-generated',
    attachments: [],
  })
  return claimAndSend(ports, { letterKey, stream, raw, from, to: [person.email], sheet: null })
}

type DailyMailPorts = StaffMailPorts &
  Pick<Ports, 'contacts' | 'directory' | 'listEntries' | 'outbox' | 'streams'> & {
    readonly settings: Pick<Ports['settings'], 'consoleUrl'>
  }

/**
 * The mails to the ministry's own people at 7.30 on working days (LETTERS 4.8): what waits for a decision, for
 * release, too long, or untouched. EventBridge calls Monday to Friday; on holidays nothing is done. Safe to
 * repeat: each mail goes once per person, day and kind. One that fails does not keep the others back.
 */
export const makeSendDailyMails = (ports: DailyMailPorts) => (input: ScheduledInput) =>
  owedToDay(ports, 'SendDailyMails', input, makeMailsOfDay(ports))

/** The mails of a day, or those left of them: what is settled meanwhile waits for nobody any more, and is not told. */
export const makeMailsOfDay =
  (ports: DailyMailPorts) =>
  async (on: string): Promise<{ sent: number }> => {
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
    // Tried again by whoever called; what has gone stays gone.
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
