import { Temporal } from 'temporal-polyfill'

/**
 * Danish dates (`YYYY-MM-DD`) and instants (UTC ISO with `Z`), as text. Everything is pure: now is an argument.
 * Summer time is the time zone's own rule, so an hour that does not exist is moved forward by it.
 */
export const timeZone = 'Europe/Copenhagen'

/** So many answers are kept; then it starts anew. */
const mostMemoized = 20_000
/** A pure function of a text that remembers its answers: a year asks the same few hundred days again and again. */
const memoize = <T>(answer: (text: string) => T): ((text: string) => T) => {
  const known = new Map<string, T>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const found = answer(text)
    if (known.size >= mostMemoized) known.clear()
    known.set(text, found)
    return found
  }
}

const dayMs = 24 * 60 * 60 * 1000
const firstDay = Temporal.PlainDate.from('1970-01-01')
/** Days since 1 January 1970. */
const dayNumber = memoize(
  (date) => firstDay.until(Temporal.PlainDate.from(date), { largestUnit: 'days' }).days,
)
const dateOfDay = (day: number): string =>
  new Date(day * dayMs).toISOString().slice(0, -'T00:00:00.000Z'.length)

/** An instant in its one text; others are read by Temporal. */
const isInstantText = (text: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text)
/** Milliseconds since 1970. */
const instantMs = (instant: string): number => {
  const ms = isInstantText(instant) ? Date.parse(instant) : Number.NaN
  return Number.isNaN(ms) ? Temporal.Instant.from(instant).epochMilliseconds : ms
}
/** Copenhagen's distance from UTC in a given hour of UTC (`2015-03-29T01`), ms; it changes on the hour. */
const offsetInHour = memoize(
  (hour) =>
    Temporal.Instant.from(`${hour}:00:00Z`).toZonedDateTimeISO(timeZone).offsetNanoseconds / 1_000_000,
)

/** The instant's one text: UTC with `Z` and milliseconds, as `Date.toISOString` writes it. */
const instantText = (instant: Temporal.Instant): string => instant.toString({ fractionalSecondDigits: 3 })

/** The calendar date in Copenhagen at an instant. */
export const todayInCopenhagen = (instant: string): string => {
  if (isInstantText(instant) && instant >= oldestFast) {
    const ms = Date.parse(instant)
    if (!Number.isNaN(ms)) return dateOfDay(Math.floor((ms + offsetInHour(instant.slice(0, 13))) / dayMs))
  }
  return zonedDate(instant)
}

/** From here on the zone's distance from UTC changes on the hour only. */
const oldestFast = '1980-01-01T00:00:00.000Z'
const zonedDate = (instant: string): string =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString()

/** The clock in Copenhagen at an instant, `HH:MM`. */
export const clockInCopenhagen = (instant: string): string =>
  Temporal.Instant.from(instant)
    .toZonedDateTimeISO(timeZone)
    .toPlainTime()
    .toString({ smallestUnit: 'minute' })

/** The instant of a Danish date and local time `HH:MM`; a time skipped by summer time is moved an hour on. */
export const atCopenhagen = (date: string, time: string): string =>
  instantText(Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(timeZone).toInstant())

/** 24.00 on the date, that is 00.00 on the next: before it a reply is on time, from it late. */
export const endOfDay = (date: string): string => atCopenhagen(addDays(date, 1), '00:00')

/** Whether something received at `instant` is on time for a deadline on `date` (Edge case 3). */
export const isOnTime = (instant: string, date: string): boolean =>
  compareInstants(instant, endOfDay(date)) < 0

export const addDays = (date: string, days: number): string => {
  if (!Number.isInteger(days)) throw new RangeError(`Not a number of days: ${days}`)
  return dateOfDay(dayNumber(date) + days)
}

/** Calendar days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from)

/** 1 is Monday, 7 is Sunday. */
export const weekday = (date: string): number => {
  // 1 January 1970 was a Thursday.
  const sinceMonday = (dayNumber(date) + 3) % 7
  return (sinceMonday < 0 ? sinceMonday + 7 : sinceMonday) + 1
}

/** The ISO week number, 1 to 53, as printed in Danish calendars. */
export const isoWeek = memoize((date) => Temporal.PlainDate.from(date).weekOfYear ?? 0)

export const yearOf = memoize((date) => Temporal.PlainDate.from(date).year)

/** Compares two dates; ISO text of equal length sorts as dates do. */
export const compareDates = (a: string, b: string): -1 | 0 | 1 => (a < b ? -1 : a > b ? 1 : 0)
export const isBefore = (a: string, b: string): boolean => compareDates(a, b) < 0
export const isAfter = (a: string, b: string): boolean => compareDates(a, b) > 0
export const laterDate = (a: string, b: string): string => (isBefore(a, b) ? b : a)

/** Compares two instants by time, whatever their number of decimals. */
export const compareInstants = (a: string, b: string): -1 | 0 | 1 => {
  // In their one text they sort as they follow each other.
  if (isInstantText(a) && isInstantText(b)) return a < b ? -1 : a > b ? 1 : 0
  const order = Temporal.Instant.compare(Temporal.Instant.from(a), Temporal.Instant.from(b))
  return order < 0 ? -1 : order > 0 ? 1 : 0
}
export const laterInstant = (a: string, b: string): string => (compareInstants(a, b) < 0 ? b : a)

/** Whole seconds from one instant to another, rounded up; negative when `to` is earlier. */
export const secondsBetween = (from: string, to: string): number =>
  Math.ceil((instantMs(to) - instantMs(from)) / 1000)

/** The instant `ms` milliseconds later. */
export const addMs = (instant: string, ms: number): string =>
  instantText(Temporal.Instant.from(instant).add({ milliseconds: ms }))

/** A period of dates, both ends included; `to` null is open. */
export interface DatePeriod {
  readonly from: string
  readonly to: string | null
}

export const isWithin = (date: string, period: DatePeriod): boolean =>
  !isBefore(date, period.from) && (period.to === null || !isAfter(date, period.to))

/** Whether two periods have at least one day in common. */
export const overlap = (a: DatePeriod, b: DatePeriod): boolean =>
  (a.to === null || !isAfter(b.from, a.to)) && (b.to === null || !isAfter(a.from, b.to))
