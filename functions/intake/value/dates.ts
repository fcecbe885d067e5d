import { Temporal } from 'temporal-polyfill'

/** A date as somebody wrote it. */
export interface WrittenDate {
  readonly day: number
  readonly month: number
  /** Null when no year was written. */
  readonly year: number | null
  /** Two digits of a year: asked, never assumed (LETTERS 3.4 `short-year`). */
  readonly short: boolean
  /** 1 is Monday; null when no weekday was written. */
  readonly weekday: number | null
  readonly written: string
  readonly index: number
  readonly rest: string
}

const months: readonly (readonly string[])[] = [
  ['januar', 'january', 'januari', 'jan'],
  ['februar', 'february', 'februari', 'feb', 'febr'],
  ['marts', 'march', 'mars', 'märz', 'mar'],
  ['april', 'apr'],
  ['maj', 'may', 'mai'],
  ['juni', 'june', 'jun'],
  ['juli', 'july', 'jul'],
  ['august', 'augusti', 'aug'],
  ['september', 'sept', 'sep'],
  ['oktober', 'october', 'okt', 'oct'],
  ['november', 'nov'],
  ['december', 'dezember', 'desember', 'dec', 'dez', 'des'],
]
const monthNumber = new Map(
  months.flatMap((words, at) => words.map((word): [string, number] => [word, at + 1])),
)
const monthWords = [...monthNumber.keys()].sort((a, b) => b.length - a.length).join('|')
const weekdays = new Map([
  ['mandag', 1], ['tirsdag', 2], ['onsdag', 3], ['torsdag', 4], ['fredag', 5], ['lørdag', 6], ['søndag', 7],
  ['monday', 1], ['tuesday', 2], ['wednesday', 3], ['thursday', 4], ['friday', 5], ['saturday', 6], ['sunday', 7],
]) // prettier-ignore
const lead = `(?:(?<weekday>${[...weekdays.keys()].join('|')})(?: d\\.| den|,)?\\s+|(?:den|d\\.|the)\\s+)?`
const edge = '(?<![\\p{L}\\p{N}./-])'
/** What stands in every date of a form: most texts have none of it, and are spared the form. */
const hasMonth = new RegExp(monthWords, 'iu')
const hasDash = /\d-\d/u
const hasSlash = /\d\s?\//u
const hasPoint = /\d\./u
const hasSign = /\d\s?[./-]/u
const forms: readonly (readonly [needs: RegExp, form: RegExp])[] = [
  [hasDash, new RegExp(`${edge}${lead}(?<year>\\d{4})-(?<month>\\d{1,2})-(?<day>\\d{1,2})(?!\\d)`, 'giu')],
  [
    hasMonth,
    new RegExp(
      `${edge}${lead}(?<day>\\d{1,2})(?:\\.|st|nd|rd|th)?\\s*(?<name>${monthWords})\\.?(?![\\p{L}])(?:,?\\s+(?<year>\\d{4}|\\d{2}(?![\\p{L}\\d.,/]))(?!\\d))?`,
      'giu',
    ),
  ],
  [
    hasMonth,
    new RegExp(
      `${edge}${lead}(?<name>${monthWords})\\.?\\s+(?<day>\\d{1,2})(?:st|nd|rd|th)?,?\\s+(?<year>\\d{4})(?!\\d)`,
      'giu',
    ),
  ],
  [
    hasSign,
    new RegExp(
      `${edge}${lead}(?<day>\\d{1,2})\\s?[./-]\\s?(?<month>\\d{1,2})\\.?(?:\\s?[./-]\\s?|\\s+)(?<year>\\d{4}|\\d{2})(?![\\d])`,
      'giu',
    ),
  ],
  [hasSlash, new RegExp(`${edge}${lead}(?<day>\\d{1,2})\\s?/\\s?(?<month>\\d{1,2})(?![\\d/])`, 'giu')],
  [
    hasPoint,
    new RegExp(`(?<!kl\\.? ?)${edge}${lead}(?<day>\\d{1,2})\\.\\s?(?<month>\\d{1,2})\\.?(?![\\d/.,])`, 'giu'),
  ],
]

/** A month, or an end of one, with its year and no day: `marts 2015`, `ultimo 2014`, `end of March 2015`. */
export const monthOfYear = new RegExp(
  `^(?:(?:i|in|pr\\.?|per|ultimo|primo|medio|udgangen af|slutningen af|starten af|end of|start of|mid|early|late) ){0,2}(?:${monthWords})\\.?,? (?:20)?\\d{2}(?!\\d)|^(?:ultimo|primo|medio|udgangen af|slutningen af|starten af|end of|start of) (?:20)?\\d{2}(?!\\d)`,
  'iu',
)

/** The year such a date has: the one written, for two digits the century's. */
export const dateText = (year: number, month: number, day: number): string | null => {
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null
  return [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join(
    '-',
  )
}

/** By the Gregorian calendar. */
const daysIn = (year: number, month: number): number => {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

const toWritten = (match: RegExpExecArray, text: string): WrittenDate | null => {
  const groups = match.groups ?? {}
  const day = Number(groups['day'])
  const month =
    groups['name'] === undefined
      ? Number(groups['month'])
      : (monthNumber.get(groups['name'].toLowerCase()) ?? 0)
  const yearDigits = groups['year']
  const short = yearDigits?.length === 2
  const year = yearDigits === undefined ? null : short ? 2000 + Number(yearDigits) : Number(yearDigits)
  if (dateText(year ?? 2000, month, day) === null) return null
  return {
    day,
    month,
    year,
    short,
    weekday: weekdays.get(groups['weekday']?.toLowerCase() ?? '') ?? null,
    written: match[0].trim(),
    index: match.index,
    rest: text.slice(match.index + match[0].length),
  }
}

/** The first date in a text, in any of the shapes of LETTERS 3.3.7; null when there is none. */
export const findDate = (text: string): WrittenDate | null => {
  if (!/\d/u.test(text)) return null
  let first: WrittenDate | null = null
  for (const [needs, form] of forms) {
    if (!needs.test(text)) continue
    form.lastIndex = 0
    for (let match = form.exec(text); match !== null; match = form.exec(text)) {
      const found = toWritten(match, text)
      if (found === null) continue
      if (
        first === null ||
        found.index < first.index ||
        (found.index === first.index && found.written.length > first.written.length)
      )
        first = found
      break
    }
  }
  return first
}

/** The date, with the year nearest to come after `after` when none was written (MAIL 121). */
export const comingDate = (date: WrittenDate, after: string): string | null => {
  if (date.year !== null) return dateText(date.year, date.month, date.day)
  const from = Temporal.PlainDate.from(after)
  for (let year = from.year; year <= from.year + 8; year += 1) {
    const text = dateText(year, date.month, date.day)
    if (text !== null && text >= after) return text
  }
  return null
}

/** Whether a written weekday is another than the date's. */
export const weekdayDiffers = (date: WrittenDate, on: string): boolean =>
  date.weekday !== null && Temporal.PlainDate.from(on).dayOfWeek !== date.weekday
