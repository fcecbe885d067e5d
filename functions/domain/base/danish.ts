import { compareExact, exact, exactText, roundHalfUp, type Exact } from './exact.ts'
import { clockInCopenhagen, weekday } from './time.ts'
import type { Language } from './values.ts'

/**
 * Numbers, dates and lists as the letters print them (domain/README.md, "Dates, numbers, money"): `1.234`, `45,5
 * pct.`, `400.000 kr.`,
 * `mandag den 2. marts 2015`; with `en` the English twin. Numbers come as exact text or exact values.
 */
export type Printable = Exact | string

const value = (number: Printable): Exact => (typeof number === 'string' ? exact(number) : number)

/** Decimal text with a point into the language's notation, thousands grouped from four digits. */
const localised = (text: string, language: Language): string => {
  const negative = text.startsWith('-')
  const [integer = '0', fraction] = (negative ? text.slice(1) : text).split('.')
  const [group, point] = language === 'da' ? ['.', ','] : [',', '.']
  const grouped = Array.from({ length: Math.ceil(integer.length / 3) }, (_, at) =>
    integer.slice(Math.max(0, integer.length - 3 * (at + 1)), integer.length - 3 * at),
  )
    .reverse()
    .join(group)
  return `${negative ? '-' : ''}${grouped}${fraction === undefined ? '' : `${point}${fraction}`}`
}

/** With exactly this many decimals, half away from zero: `45,5`. */
export const printDecimals = (number: Printable, decimals: number, language: Language = 'da'): string =>
  localised(roundHalfUp(value(number), decimals), language)

/** As it stands when it ends within three decimals (`26`, `24,5`, `1.234`); otherwise one decimal. */
export const printNumber = (number: Printable, language: Language = 'da'): string => {
  const text = exactText(value(number))
  return /^-?\d+(\.\d{1,3})?$/.test(text) ? localised(text, language) : printDecimals(number, 1, language)
}

/**
 * Decimals to print a judged value with: one, or as many more as it takes to show that it misses the target
 * (59,96 against 60 is printed `59,96`, never `60,0`; R8 of domain/README.md).
 * @param misses whether the value was judged short of the target
 * @param least decimals to begin with
 */
export const decimalsAgainst = (
  number: Printable,
  target: Printable,
  misses: boolean,
  least: number = 1,
): number => {
  const [a, b] = [value(number), value(target)]
  if (!misses || compareExact(a, b) === 0) return least
  let decimals = least
  while (roundHalfUp(a, decimals) === roundHalfUp(b, decimals)) decimals += 1
  return decimals
}

/** Decimals that a percentage to be reached is printed with: its own, one at the least (`50,0`, `47,25`). */
export const goalDecimals = (goal: Printable): number => {
  const text = exactText(value(goal))
  const own = text.includes('/') ? 0 : (text.split('.')[1]?.length ?? 0)
  return own > 3 ? 1 : Math.max(1, own)
}

const per: Readonly<Record<Language, string>> = { da: 'pct.', en: 'per cent' }

/** `45,5 pct.`; the number is in percent. */
export const printPct = (number: Printable, language: Language = 'da', decimals = 1): string =>
  `${printDecimals(number, decimals, language)} ${per[language]}`

/** `84 pct.`: an overall result, without decimals. */
export const printWholePct = (number: Printable, language: Language = 'da'): string =>
  printPct(number, language, 0)

/** `7,0 procentpoint`: a difference of percentages, never a relative change. */
export const printPoints = (number: Printable, language: Language = 'da', decimals = 1): string => {
  const printed = printDecimals(number, decimals, language)
  return language === 'da' ? `${printed} procentpoint` : `${printed} percentage points`
}

/** A relative change with its sign: `+38 pct.`, `-56 pct.` */
export const printChangePct = (number: Printable, language: Language = 'da'): string => {
  const printed = printWholePct(number, language)
  return /^0\b/.test(printed) || value(number).s < 0n ? printed : `+${printed}`
}

/** `400.000 kr.`; whole kroner unless the amount has øre. */
export const printKroner = (number: Printable, language: Language = 'da'): string => {
  const amount = value(number)
  const printed = printDecimals(amount, amount.d === 1n ? 0 : 2, language)
  return language === 'da' ? `${printed} kr.` : `DKK ${printed}`
}

const months: Readonly<Record<Language, readonly string[]>> = {
  da: 'januar februar marts april maj juni juli august september oktober november december'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
}
const weekdays: Readonly<Record<Language, readonly string[]>> = {
  da: 'mandag tirsdag onsdag torsdag fredag lørdag søndag'.split(' '),
  en: 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' '),
}

export const monthName = (month: number, language: Language = 'da'): string =>
  months[language][month - 1] ?? ''
/** 1 is Monday. */
export const weekdayName = (day: number, language: Language = 'da'): string =>
  weekdays[language][day - 1] ?? ''

const dayAndMonth = (date: string, language: Language): string => {
  const [, month = 0, day = 0] = date.split('-').map(Number)
  return language === 'da' ? `${day}. ${monthName(month, 'da')}` : `${day} ${monthName(month, 'en')}`
}

/** `2. marts 2015` / `2 March 2015`. */
export const printDate = (date: string, language: Language = 'da'): string =>
  `${dayAndMonth(date, language)} ${date.slice(0, 4)}`

/** `mandag den 2. marts 2015` / `Monday 2 March 2015`. */
export const printWeekdayDate = (date: string, language: Language = 'da'): string => {
  const day = weekdayName(weekday(date), language)
  return language === 'da' ? `${day} den ${printDate(date, 'da')}` : `${day} ${printDate(date, 'en')}`
}

/** `kl. 14.07` / `at 14.07`, Copenhagen time of an instant. */
export const printClock = (instant: string, language: Language = 'da'): string => {
  const clock = clockInCopenhagen(instant).replace(':', '.')
  return language === 'da' ? `kl. ${clock}` : `at ${clock}`
}

const words: Readonly<Record<Language, readonly string[]>> = {
  da: 'nul én to tre fire fem seks syv otte ni ti'.split(' '),
  en: 'zero one two three four five six seven eight nine ten'.split(' '),
}

/** 0 to 10 in words in prose, digits from 11; `ét tal` needs the neuter, `én ting` the common gender. */
export const numberWord = (
  number: number,
  language: Language = 'da',
  gender: 'common' | 'neuter' = 'common',
): string => {
  if (language === 'da' && gender === 'neuter' && number === 1) return 'ét'
  return words[language][number] ?? printNumber(String(number), language)
}

const lists: Readonly<Record<Language, Intl.ListFormat>> = {
  da: new Intl.ListFormat('da'),
  en: new Intl.ListFormat('en-GB'),
}

/** `a, b og c` / `a, b and c`. */
export const joinWords = (list: readonly string[], language: Language = 'da'): string =>
  lists[language].format(list)

const collator = new Intl.Collator('da')

/** Danish order: æ, ø, å last, and aa as å (Aarhus after Ærø). */
export const compareDanish = (a: string, b: string): number => collator.compare(a, b)

/** English for the units that agreements use; a unit not here is printed as the agreement has it. */
const english: Readonly<Record<string, string>> = {
  personer: 'persons',
  borgere: 'citizens',
  elever: 'pupils',
  børn: 'children',
  unge: 'young people',
  familier: 'families',
  husstande: 'households',
  virksomheder: 'enterprises',
  stillinger: 'positions',
  forløb: 'courses',
  timer: 'hours',
  dage: 'days',
  uger: 'weeks',
  måneder: 'months',
  år: 'years',
  antal: 'number',
  indeks: 'index',
  'kr.': 'DKK',
  'pct.': 'per cent',
  procentpoint: 'percentage points',
}

/** A unit's word in a language. */
export const unitIn = (unit: string, language: Language): string =>
  language === 'da' ? unit : (english[unit] ?? unit)
