import { compareDanish } from '../../../domain/base/danish.ts'
import type { Directory, MinistryPerson } from '../../../domain/directory/directory.ts'
import {
  isWarningDay,
  toldDaily,
  waitingDays,
  warnedOf,
  workingDaysWaited,
} from '../../../domain/casefile/waiting.ts'
import {
  decisionsWaiting,
  heldUntouched,
  releaseWaiting,
  waitingTooLong,
  type MinistryMail,
  type WaitingMatter,
} from '../../../mail/ministry-mails.ts'
import type { ReleaseWaiting, WaitingLine } from './waiting-lines.ts'

/** What all of today's mails are made from. */
export interface Today {
  readonly on: string
  readonly directory: Directory
  readonly lines: readonly WaitingLine[]
  readonly releases: readonly ReleaseWaiting[]
  /** The console's address without a trailing slash. */
  readonly consoleUrl: string
}

export interface ComposedMail {
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
export const mailsFor = (person: MinistryPerson, today: Today): readonly ComposedMail[] => [
  ...decisions(person, today),
  ...releases(person, today),
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
const releases = (person: MinistryPerson, today: Today): readonly ComposedMail[] => {
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
