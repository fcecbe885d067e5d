import {
  addDays,
  isAfter,
  isBefore,
  isoWeek,
  weekday,
  yearOf,
  addMs,
  atCopenhagen,
  compareInstants,
  todayInCopenhagen,
} from './time.ts'
import { keysOf } from './values.ts'

/**
 * Working days and the deadlines counted in them (domain/README.md, "Deadlines", LETTERS 8). The holidays are the
 * law's; which days a deadline may fall on is the product's own rule.
 */

/** Easter Sunday by the anonymous Gregorian computus. */
const easterSunday = (year: number): string => {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const g = Math.floor((8 * b + 13) / 25)
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const ordinal = h + l - 7 * m + 114
  const month = Math.floor(ordinal / 31)
  return `${year}-${String(month).padStart(2, '0')}-${String((ordinal % 31) + 1).padStart(2, '0')}`
}

const known = new Map<number, ReadonlyMap<string, string>>()

/** The public holidays (helligdage) of a year, by date, with their Danish names. */
export const holidays = (year: number): ReadonlyMap<string, string> => {
  const before = known.get(year)
  if (before !== undefined) return before
  const made = holidaysOf(year)
  known.set(year, made)
  return made
}

const holidaysOf = (year: number): ReadonlyMap<string, string> => {
  const easter = easterSunday(year)
  const list: readonly (readonly [string, string])[] = [
    [`${year}-01-01`, 'nytårsdag'],
    [addDays(easter, -3), 'skærtorsdag'],
    [addDays(easter, -2), 'langfredag'],
    [easter, 'påskedag'],
    [addDays(easter, 1), '2. påskedag'],
    // Abolished from 2024.
    ...(year <= 2023 ? ([[addDays(easter, 26), 'store bededag']] as const) : []),
    [addDays(easter, 39), 'Kristi himmelfartsdag'],
    [addDays(easter, 49), 'pinsedag'],
    [addDays(easter, 50), '2. pinsedag'],
    [`${year}-12-25`, 'juledag'],
    [`${year}-12-26`, '2. juledag'],
  ]
  return new Map(list)
}

/**
 * Days that are no holidays and on which no deadline falls either. The Friday after Kristi himmelfartsdag is
 * not among them: banks are closed then, authorities are not.
 */
const closedDays = ['06-05', '12-24', '12-31']

/** Monday to Friday, no holiday, not Grundlovsdag, 24 or 31 December. */
export const isWorkingDay = (date: string): boolean =>
  weekday(date) <= 5 && !closedDays.includes(date.slice(5)) && !holidays(yearOf(date)).has(date)

const stepToWorkingDay = (date: string, step: 1 | -1): string => {
  let day = addDays(date, step)
  while (!isWorkingDay(day)) day = addDays(day, step)
  return day
}

/** The first working day after the date. */
export const nextWorkingDay = (date: string): string => stepToWorkingDay(date, 1)

/** The date itself when it is a working day, otherwise the next one: a deadline is moved so. */
export const moveDeadline = (date: string): string => (isWorkingDay(date) ? date : nextWorkingDay(date))

/** `count` working days after the date (before it when negative), the date itself not counted. */
export const addWorkingDays = (date: string, count: number): string => {
  let day = date
  for (let left = Math.abs(count); left > 0; left -= 1) day = stepToWorkingDay(day, count < 0 ? -1 : 1)
  return day
}

/** Working days after `from` up to and including `to`; negative when `to` is earlier. */
export const workingDaysBetween = (from: string, to: string): number => {
  if (isAfter(from, to)) return -workingDaysBetween(to, from)
  let count = 0
  for (let day = addDays(from, 1); !isAfter(day, to); day = addDays(day, 1)) if (isWorkingDay(day)) count += 1
  return count
}

/** Monday before Easter to Easter Monday. */
const isEasterWeek = (date: string): boolean => {
  const easter = easterSunday(yearOf(date))
  return !isBefore(date, addDays(easter, -6)) && !isAfter(date, addDays(easter, 1))
}

/** Winter (7, 8), summer (28 to 30) and autumn (42): municipalities are empty, and no hearing ends then. */
const quietWeeks = [7, 8, 28, 29, 30, 42]

const isQuiet = (date: string): boolean => quietWeeks.includes(isoWeek(date)) || isEasterWeek(date)

/** At least two weeks: domain/README.md, "Hearing and silence". */
const hearingDays = 14

/**
 * When a hearing that runs from the delivery day ends: after 14 days, on a working day. An end in a quiet week
 * moves five working days, and again while it still is in one (2 April 2015 becomes 13 April).
 */
export const hearingEnd = (startOn: string): string => {
  let end = addDays(startOn, hearingDays)
  for (;;) {
    if (isQuiet(end)) end = addWorkingDays(end, 5)
    else if (!isWorkingDay(end)) end = nextWorkingDay(end)
    else return end
  }
}

/**
 * The day of the courtesy notice: 14 days before the due date, on a working day; a notice that would fall in
 * week 7 goes on the first working day of week 8.
 */
export const courtesyNoticeDay = (dueOn: string): string => {
  let day = moveDeadline(addDays(dueOn, -14))
  while (isoWeek(day) === 7) day = nextWorkingDay(day)
  return day
}

/** First working day on or after 15 January of the year after: the requests for `runYear` go at 9.00. */
export const requestDay = (runYear: number): string => moveDeadline(`${runYear + 1}-01-15`)
/** 1 March of the year after, moved to a working day. */
export const dueDay = (runYear: number): string => moveDeadline(`${runYear + 1}-03-01`)
/** 1 December of the results' year: the run opens and contacts are asked to confirm. */
export const openingDay = (runYear: number): string => moveDeadline(`${runYear}-12-01`)
/** By when contacts are asked to have confirmed. */
export const confirmationDueDay = (runYear: number): string => moveDeadline(`${runYear}-12-15`)
/** The joint report is frozen and published. */
export const reportingDay = (runYear: number): string => moveDeadline(`${runYear + 1}-09-01`)
/** 16 working days before the report: the fact check goes out, finished or not. */
export const factCheckDay = (runYear: number): string => addWorkingDays(reportingDay(runYear), -16)
/** First working day of August: those who still owe the dissemination's link are asked. */
export const disseminationDay = (runYear: number): string => moveDeadline(`${runYear + 1}-08-01`)

/** Working days to each step after the due date (LETTERS 8). */
export const workingDaysFor = {
  question: 5,
  afterRelease: 5,
  finishedReply: 5,
  factCheck: 10,
  extensionByCaseworker: 10,
  /** A person looks at what could not be taken in by itself (intake/README.md, "When nothing is answered"). */
  heldMail: 2,
  /** A municipality's wish to renegotiate is answered; past them it would be told why not (Edge case 55). */
  wish: 20,
} as const

/**
 * The reminders after the due date in the order they go, and the working days that each gives. One more is a row
 * and its words.
 */
export const reminderDays = { 'reminder-1': 10, 'reminder-2': 5 } as const

export const isReminder = (kind: string): kind is keyof typeof reminderDays =>
  Object.hasOwn(reminderDays, kind)
export const reminderKinds = keysOf(reminderDays)

/** At least six weeks: a committee may have to meet (domain/README.md, "Who signs"). */
export const proposalEnd = (sentOn: string): string => moveDeadline(addDays(sentOn, 42))

/** From so many working days before, the daily mail says until when a hearing must go out. */
const pressingDays = 15

/**
 * The last day on which a hearing can go out so that it has ended before the fact check. A hearing moves out of
 * the quiet weeks, so the day is found by stepping back.
 * @param runYear the results' year
 */
export const latestHearingDay = (runYear: number): string => {
  const factCheckOn = factCheckDay(runYear)
  let day = addWorkingDays(factCheckOn, -1)
  while (!isBefore(hearingEnd(day), factCheckOn)) day = addWorkingDays(day, -1)
  return day
}

/** The latest hearing day when it presses today or is over already; null when there is time. */
export const pressingHearingDay = (runYear: number, today: string): string | null => {
  const latest = latestHearingDay(runYear)
  return isBefore(today, addWorkingDays(latest, -pressingDays)) ? null : latest
}

/** What the ministry sends of its own accord goes at 9.00 on a working day (LETTERS 1.5). */
export const sendingHour = '09:00'
/** A wake-up may come some seconds or minutes late: the hour from 9.00 still is "9.00". */
const windowMs = 60 * 60 * 1000

export const nineOn = (date: string): string => atCopenhagen(date, sendingHour)

/** May a letter of the ministry's own accord go now? */
export const mayGoNow = (now: string): boolean => {
  const today = todayInCopenhagen(now)
  if (!isWorkingDay(today)) return false
  const nine = nineOn(today)
  return compareInstants(now, nine) >= 0 && compareInstants(now, addMs(nine, windowMs)) < 0
}

/**
 * When a letter that may not go before a date goes: `now` itself inside the sending hour, otherwise the next
 * 9.00 of a working day.
 */
export const sendingTime = (notBeforeOn: string, now: string): string => {
  const first = nineOn(moveDeadline(notBeforeOn))
  if (compareInstants(now, first) < 0) return first
  if (mayGoNow(now)) return now
  const today = todayInCopenhagen(now)
  const nine = nineOn(today)
  return isWorkingDay(today) && compareInstants(now, nine) < 0 ? nine : nineOn(nextWorkingDay(today))
}
