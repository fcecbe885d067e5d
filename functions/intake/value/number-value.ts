import { withoutEnd } from '../../domain/base/text.ts'
import { excerpt } from '../clean-text.ts'
import {
  dateInstead,
  isAsOfThisYear,
  isOfOtherYear,
  isOfThisYear,
  isYearAlone,
  namesTwoYears,
  nounAfter,
  withoutMarks,
} from './beside-number.ts'
import type { Scale } from './scale.ts'
import { doubtful, understood, type Read, type ValueShape } from './value-read.ts'
import {
  afterHedge,
  hedgeFollows,
  isNoneOrZero,
  noteAfter,
  reasonNotAvailable,
  secondValue,
} from './value-words.ts'

/** A number as it stands at the start of a text, in Danish notation (MAIL 67-78). */
type ScannedNumber =
  | {
      readonly kind: 'number'
      /** Exact decimal text without sign, e.g. `24.5`. */
      readonly value: string
      readonly negative: boolean
      readonly written: string
      readonly rest: string
      /** A whole number it may have been meant as: `1,234` may be 1234 (MAIL 69). */
      readonly perhaps: string | null
    }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'none' }

const grouped = (separator: string): RegExp => new RegExp(`^\\d{1,3}(?:${separator}\\d{3})+(?:,\\d+)?$`, 'u')
const dotted = grouped('\\.')
const spaced = grouped(' ')
const apostrophed = grouped("['’]")
const plain = /^\d+(?:,\d+)?$/u
const englishDecimal = /^\d+\.\d+$/u
const englishGrouped = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/u
const maxDigits = 15

const tidy = (whole: string, decimals: string | undefined): string => {
  const integer = whole.replace(/^0+(?=\d)/u, '')
  const fraction = withoutEnd(decimals ?? '', (sign) => sign === '0')
  return fraction === '' ? integer : `${integer}.${fraction}`
}

const danish = (chunk: string): string => {
  const [whole = '', decimals] = chunk.split(',')
  return tidy(whole.replace(/\D/gu, ''), decimals)
}

interface Understood {
  readonly value: string
  readonly perhaps: string | null
}

/** A chunk of digits and separators as one number; null when it is none in any notation we accept. */
const understand = (chunk: string): Understood | null => {
  if (chunk.replace(/\D/gu, '').length > maxDigits) return null
  if (/^[1-9]\d{0,2},\d{3}$/u.test(chunk)) return { value: danish(chunk), perhaps: chunk.replace(',', '') }
  if (/^0\d*[. '’]/u.test(chunk) && !englishDecimal.test(chunk)) return null
  if (/^0\.\d{3}$/u.test(chunk)) return null
  if (dotted.test(chunk) || spaced.test(chunk) || apostrophed.test(chunk) || plain.test(chunk))
    return { value: danish(chunk), perhaps: null }
  if (englishDecimal.test(chunk)) {
    const [whole = '', decimals] = chunk.split('.')
    return { value: tidy(whole, decimals), perhaps: null }
  }
  if (englishGrouped.test(chunk)) {
    const whole = tidy(chunk.split('.')[0]?.replaceAll(',', '') ?? '', chunk.split('.')[1])
    return { value: whole, perhaps: whole }
  }
  return null
}

/**
 * Reads the number a text begins with. A sign, or brackets around the whole number, make it negative: what
 * that means depends on the field. Digits other than 0-9 are no number (MAIL 77).
 */
export const scanNumber = (text: string): ScannedNumber => {
  const bracketed = /^\(\s*(\d[\d.,'’\s]*)\)/u.exec(text)
  const signed = /^([-–−+])?\s?(\d+(?:[.,'’ ]\d+)*)/u.exec(text)
  const chunk = bracketed?.[1]?.trim() ?? signed?.[2]
  const written = bracketed?.[0] ?? signed?.[0]
  if (chunk === undefined || written === undefined) return { kind: 'none' }
  const rest = text.slice(written.length)
  if (/^\p{Nd}/u.test(rest)) return { kind: 'malformed' }
  const number = understand(chunk)
  const negative = bracketed !== null || (signed?.[1] !== undefined && signed[1] !== '+')
  if (number !== null) return { kind: 'number', ...number, negative, written: written.trim(), rest }
  return bracketed === null
    ? (beforeBlank(text, chunk, written) ?? { kind: 'malformed' })
    : { kind: 'malformed' }
}

/** The first of two numbers that a blank sets apart: `24,5 27` is no one number, and neither is `126 1340`. */
const beforeBlank = (text: string, chunk: string, written: string): ScannedNumber | null => {
  const blank = chunk.indexOf(' ')
  const end = written.length - chunk.length + blank
  const first = blank === -1 || blank !== chunk.lastIndexOf(' ') ? null : understand(chunk.slice(0, blank))
  if (first === null) return null
  const isNegative = /^[-–−]/u.test(written)
  return {
    kind: 'number',
    ...first,
    negative: isNegative,
    written: text.slice(0, end),
    rest: text.slice(end),
  }
}

/** No figure is so many times as large as any that both sides know, where its half is near one of them. */
const implausible = { whole: 20, half: 10 } as const
/** So many groups of three digits are no amount of a municipality's, but two. */
const mostGroups = 3

/** Whether a number that blanks have made is beyond all that is known of it, and one of its halves is not (MAIL 290). */
const isBeyond = (whole: string, halves: readonly string[], known: readonly string[]): boolean => {
  const sizes = known.map(Number).filter((size) => size > 0)
  return (
    sizes.length > 0 &&
    Number(whole) >= implausible.whole * Math.max(...sizes) &&
    halves.some((half) =>
      sizes.some((size) => {
        const times = Number(half) / size
        return times <= implausible.half && times >= 1 / implausible.half
      }),
    )
  )
}

/**
 * Whether blanks in a number set two numbers apart and no thousands: one of the halves is a figure that both sides
 * know already, or two years are named behind them (MAIL 240); or the whole is too large to be meant, and both
 * readings are asked (MAIL 290).
 */
const halvesOf = (
  { written, rest }: { readonly written: string; readonly rest: string },
  known: readonly string[],
): { readonly first: string; readonly second: string; readonly whole?: string } | null => {
  const groups = written.split(' ')
  const whole = danish(groups.join(''))
  const split = (at: number): readonly [string, string] => [
    danish(groups.slice(0, at).join('')),
    danish(groups.slice(at).join('')),
  ]
  const splits = groups.slice(1).map((_, at) => split(at + 1))
  const plainly = splits.find((halves) => halves.some((half) => known.includes(half)) || namesTwoYears(rest))
  if (plainly !== undefined) return { first: plainly[0], second: plainly[1] }
  const beyond =
    groups.length > mostGroups
      ? split(Math.floor(groups.length / 2))
      : // Nobody writes the second of two as `000` or `061`.
        splits.find(
          (halves, at) => groups[at + 1]?.startsWith('0') === false && isBeyond(whole, halves, known),
        )
  return beyond === undefined ? null : { first: beyond[0], second: beyond[1], whole }
}

/** `0.4` times ten to the power of six is `400000`: exact, by moving the point. */
export const shiftPoint = (value: string, power: number): string => {
  const [whole = '', decimals = ''] = value.split('.')
  const padded = decimals.padEnd(power, '0')
  return tidy(whole + padded.slice(0, power), padded.slice(power))
}

/** Whether an exact decimal text has no decimals. */
export const isWholeNumber = (value: string): boolean => !value.includes('.')

/** Units a number may be followed by. Sizes of one family are converted, other families are asked (LETTERS 3.3.10). */
interface ScannedUnit {
  readonly family: string
  /** The power of ten that turns it into the family's first unit. */
  readonly power: number
  readonly written: string
  readonly rest: string
}

interface Unit {
  readonly family: string
  readonly power: number
  readonly pattern: RegExp
}

const unitOf = (family: string, power: number, words: string): Unit => ({
  family,
  power,
  pattern: new RegExp(`^\\s*(?:${words})(?![\\p{L}\\p{N}])`, 'iu'),
})

const kr = '(?:kr\\.?|kroner|dkk|dkr\\.?)'
const units: readonly Unit[] = [
  unitOf('kr', 9, `(?:mia\\.?|milliarder|milliard|billion)(?:\\s*${kr})?`),
  unitOf('kr', 6, `(?:mio\\.?|mill\\.?|millioner|million)(?:\\s*${kr})?`),
  unitOf(
    'kr',
    3,
    `(?:t\\.?\\s?kr\\.?|tdkk|tusinde?\\s*${kr}|1\\.?000\\s*${kr}|i 1\\.?000(?:\\s*${kr})?|thousand(?:\\s*${kr})?)`,
  ),
  { family: 'kr', power: 0, pattern: /^\s*[,.][-–]+(?:\s*kr\.?)?/iu },
  unitOf('kr', 0, kr),
  unitOf('persons', 0, 'personer|persons?|people|pers\\.?|borgere|mennesker|stk\\.?|deltagere'),
  unitOf('days', 0, 'dage?|days?|kalenderdage|arbejdsdage'),
  unitOf('weeks', 0, 'uger?|weeks?'),
  unitOf('months', 0, 'måneder|måned|mdr\\.?|md\\.?|months?'),
  unitOf('years', 0, 'år|years?'),
  unitOf('hours', 0, 'timer?|hours?'),
  unitOf('points', 0, '(?:procentpoint|pct\\.?-?\\s?point|percentage points?)'),
  { family: 'percent', power: 0, pattern: /^\s*%/u },
  unitOf('percent', 0, 'pct\\.?|procent|percent|per cent'),
  // What is counted in place of what is asked for, each a family of its own.
  unitOf('families', 0, 'familier|familie|families|family'),
  unitOf('households', 0, 'husstande|husstand|husholdninger|households?'),
  unitOf('children', 0, 'børn|barn|children'),
  unitOf('cases', 0, 'sager|cases'),
  unitOf('companies', 0, 'virksomheder|virksomhed|companies'),
  unitOf('courses', 0, 'forløb|kurser|hold|courses'),
]

/** Families of the units that forms print: a bounded number of them, asked for at every value. */
const families = new Map<string, string>()
const mostFamilies = 500

/** The family of the unit the form prints. A unit of its own is its own family. */
export const familyOf = (printed: string): string => {
  const before = families.get(printed)
  if (before !== undefined) return before
  const text = printed.trim()
  const known = units.find(({ pattern }) => pattern.exec(text)?.[0].length === text.length)
  const family = known?.family ?? text.toLowerCase()
  if (families.size < mostFamilies) families.set(printed, family)
  return family
}

const wordGoesOn = /^[\p{L}\p{N}]/u

/** The length of the printed unit at the start of a text with the blanks before it; 0 when it is not there. */
const ownLength = (text: string, own: string): number => {
  if (own === '') return 0
  const start = text.length - text.trimStart().length
  const end = start + own.length
  const same = text.slice(start, end).toLowerCase() === own.toLowerCase()
  return same && !wordGoesOn.test(text.slice(end, end + 2)) ? end : 0
}

const knownUnit = (
  text: string,
): { readonly family: string; readonly power: number; readonly match: string } | null => {
  for (const { family, power, pattern } of units) {
    const match = pattern.exec(text)
    if (match !== null) return { family, power, match: match[0] }
  }
  return null
}

/** The unit a text begins with: the printed one, a known one, or null. */
export const scanUnit = (text: string, printed: string): ScannedUnit | null => {
  if (text === '' || text.trim() === '') return null
  const known = knownUnit(text)
  const own = printed.trim()
  const length = ownLength(text, own)
  if (length > (known?.match.length ?? 0))
    return {
      family: familyOf(own),
      power: 0,
      written: text.slice(0, length).trim(),
      rest: text.slice(length),
    }
  if (known === null) return null
  const { family, power, match } = known
  return { family, power, written: match.trim(), rest: text.slice(match.length) }
}

const leadingUnits: readonly { readonly power: number; readonly pattern: RegExp }[] = [
  { power: 6, pattern: /^\s*(?:mio\.? ?(?:kr\.?|dkk)|dkk ?mio\.?|mdkk)\s*(?=\d)/iu },
  { power: 3, pattern: /^\s*(?:t\.? ?kr\.?|tkr\.?|tdkk|t\.? ?dkk|1\.?000 kr\.?:)\s*(?=\d)/iu },
  { power: 0, pattern: new RegExp(`^\\s*${kr}\\s*(?=\\d)`, 'iu') },
]

/** `kr. 400.000`, `DKK 400.000`, `t.kr. 400`: the unit before the number, and what follows it. */
const scanLeadingAmount = (text: string): ScannedUnit | null => {
  for (const { power, pattern } of leadingUnits) {
    const match = pattern.exec(text)
    if (match !== null)
      return { family: 'kr', power, written: match[0].trim(), rest: text.slice(match[0].length) }
  }
  return null
}

/** What follows the unit before the number, `kr. 400.000`; null when none stands there. */
export const scanLeadingKroner = (text: string): string | null => scanLeadingAmount(text)?.rest ?? null

/** A share asked for by one key: both numbers in one line (LETTERS 3.3.6). */
export const readPair = (text: string, on: NumberContext & { readonly unit: string }): Read => {
  const missing = reasonNotAvailable(text)
  if (missing !== null) return understood({ is: 'not-available' }, missing, text)
  const date = dateInstead(text)
  if (date !== null) return doubtful('a-date', text, { date })
  if (isOfOtherYear(on.label ?? '', on.year)) return doubtful('other-year', text)
  const bare = afterHedge(text)
  const part = scanNumber(bare ?? text)
  if (part.kind !== 'number')
    return isNoneOrZero(text) ? doubtful('none-or-zero', text) : doubtful('not-a-value', text)
  const { rest, unit: partUnit } = afterUnit(part.rest, on.unit)
  const joined = /^\s*(?:ud af|ud over|af|of|out of|\/)\s*(?:i alt\s*)?/iu.exec(rest)
  const whole = joined === null ? null : scanNumber(rest.slice(joined[0].length))
  if (joined === null || whole?.kind !== 'number') {
    const unit = scanUnit(part.rest, '')
    if (unit?.family === 'percent') return doubtful('share-only', text, { percent: part.value })
    const second = secondValue(part.rest)
    const other = second === null ? null : scanNumber(second)
    if (other?.kind === 'number')
      return doubtful('two-values', text, { first: part.value, second: other.value })
    return noteAfter(rest) === null
      ? doubtful('not-a-value', text)
      : doubtful('which-share-number', text, { value: part.value })
  }
  if (bare !== null) return doubtful('hedged', text)
  if (
    part.perhaps !== null ||
    whole.perhaps !== null ||
    !isWholeNumber(part.value) ||
    !isWholeNumber(whole.value)
  )
    return doubtful('not-whole', text)
  if (part.negative || whole.negative) return doubtful('negative', text)
  const { rest: wholeRest, unit: wholeUnit } = afterUnit(whole.rest, on.unit)
  const other = [wholeUnit, partUnit].find((unit) => unit !== null && unit.family !== familyOf(on.unit))
  if (other?.family === 'percent') return doubtful('share-only', text, { percent: part.value })
  if (other != null)
    return doubtful('other-unit', text, { value: whole.value, wrote: other.written, asked: on.unit })
  const after = wholeRest.replace(/^\s*(?:=|dvs\.?|svarende til)\s*\d+(?:,\d+)?\s*(?:%|pct\.?|procent)/iu, '')
  if (isOfOtherYear(after, on.year)) return doubtful('other-year', text)
  const note = isOfThisYear(after, on.year) ? '' : noteAfter(after)
  const noun = note === null ? nounAfter(after) : null
  if (noun !== null) return doubtful('other-unit', text, { value: whole.value, wrote: noun, asked: on.unit })
  if (note === null) return doubtful('not-a-value', text)
  return {
    as: 'pair',
    total: whole.value,
    ofWhich: part.value,
    note,
    written: excerpt(text),
    whole: after.trim() === '',
  }
}

const afterUnit = (rest: string, printed: string): { rest: string; unit: ReturnType<typeof scanUnit> } => {
  const unit = scanUnit(rest, printed)
  return { rest: unit?.rest ?? rest, unit }
}

/** A percentage somewhere in prose under a share's key: "den er 45,5 %" (MAIL 113). */
const percentInside = (text: string): string | null => {
  const match = /(?<![\d.,])(\d{1,3}(?:[.,]\d+)?)\s*(?:%|pct\b|procent|per ?cent)/iu.exec(text)
  const scanned = match?.[1] === undefined ? null : scanNumber(match[1])
  return scanned?.kind === 'number' ? scanned.value : null
}

const notANumber = (text: string, shape: ValueShape): Read => {
  if (isNoneOrZero(text)) return doubtful('none-or-zero', text)
  const percent = shape.share ? percentInside(text) : null
  if (percent !== null) return doubtful('share-only', text, { percent })
  return doubtful('not-a-value', text)
}

/** What is known where a number stands. */
interface NumberContext {
  readonly year: number
  readonly scale?: Scale | null
  readonly label?: string
}

/** The unit that a label in brackets gives: `H1 udgift (t.kr.): 1.250`. */
const unitOfLabel = (label: string, printed: string): ScannedUnit | null => {
  const inside = label
    .replace(/^[\s([]+/u, '')
    .replace(/[)\]:.]{1,3}$/u, '')
    .trim()
  for (const words of [inside, inside.replace(/^(?:i|in|angivet i) /iu, '')]) {
    const unit = words === '' ? null : scanUnit(words, printed)
    if (unit !== null && /^[.\s]*$/u.test(unit.rest)) return unit
  }
  return null
}

/** The unit at a number, in brackets too: `1.250 (t.kr.)`, `1.250 i t.kr.` (MAIL 248). */
const unitAfter = (rest: string, printed: string): { rest: string; unit: ScannedUnit | null } => {
  const direct = afterUnit(rest, printed)
  if (direct.unit !== null) return direct
  const inBrackets = /^\s*[([]([^()[\]]{1,30})[)\]]/u.exec(rest)
  const ofBrackets = inBrackets === null ? null : unitOfLabel(inBrackets[1] ?? '', printed)
  if (inBrackets !== null && ofBrackets !== null && ofBrackets.family !== 'percent')
    return { rest: rest.slice(inBrackets[0].length), unit: ofBrackets }
  const joined = /^\s*,?\s?(?:angivet |opgjort |målt )?(?:i|in) (?:hele )?(?=\S)/iu.exec(rest)
  const ofWords = joined === null ? null : scanUnit(rest.slice(joined[0].length), '')
  return ofWords === null ? direct : { rest: ofWords.rest, unit: ofWords }
}

interface NumberBefore {
  readonly value: string
  /** Family of the unit that is asked for. */
  readonly asked: string
}

/** What behind a number speaks for two of them: another after a sign or in brackets, or further on in the row. */
const secondFigure = (rest: string, { value, asked }: NumberBefore): string | null => {
  const joined = secondValue(rest)
  if (joined !== null) return joined.trim().slice(0, 20)
  const bracketed = /^\s*[([]([^()[\]]{0,80})[)\]](.*)$/u.exec(rest)
  const inside = bracketed === null ? null : scanNumber((bracketed[1] ?? '').trim())
  if (bracketed !== null && inside?.kind === 'number' && !/^20\d\d$/u.test((bracketed[1] ?? '').trim())) {
    const other = scanUnit(inside.rest, '')
    const isBare = (other?.rest ?? inside.rest).trim() === ''
    const isSameKind = other === null || other.family === asked
    if (isBare && isSameKind && inside.value !== value) return inside.written.slice(0, 20)
  }
  const behind =
    bracketed === null ? null : /^(?:og|and|[,;/–-])?\s*(\d[\d.,]*)/iu.exec((bracketed[2] ?? '').trim())
  return behind?.[1] ?? null
}

/** The size in which an amount was given for all, against what stands at this one. */
const scaled = (value: string, hasUnit: boolean, scale: Scale | null, text: string): Read | string => {
  if (scale === null || value === '0') return value
  const shifted = shiftPoint(value, scale.power)
  const isSure = !hasUnit && Number(value) < 100_000
  return isSure
    ? shifted
    : doubtful('scale', text, { first: value, second: shifted, said: excerpt(scale.written) })
}

/** A whole number, a number in the unit, or kroner (LETTERS 3.3.5, 3.3.10). */
export const readNumber = (text: string, shape: ValueShape, on: NumberContext): Read => {
  const missing = reasonNotAvailable(text)
  if (missing !== null) return understood({ is: 'not-available' }, missing, text)
  const hedge = afterHedge(text)
  if (hedge !== null && /^(?:kr\.?\s*|dkk\s*)?\d/iu.test(hedge)) return doubtful('hedged', text)
  const date = dateInstead(text)
  if (date !== null) return doubtful('a-date', text, { date })
  const leading = shape.type === 'amount' ? scanLeadingAmount(text) : null
  const number = scanNumber(leading?.rest ?? text)
  if (number.kind === 'malformed') return doubtful('not-a-value', text)
  if (number.kind === 'none') return notANumber(text, shape)
  return readScanned(text, { ...number, rest: withoutMarks(number.rest) }, { shape, on, leading })
}

const readScanned = (
  text: string,
  number: Extract<ScannedNumber, { kind: 'number' }>,
  {
    shape,
    on,
    leading,
  }: {
    readonly shape: ValueShape
    readonly on: NumberContext
    readonly leading: ScannedUnit | null
  },
): Read => {
  const halves = halvesOf(number, shape.known)
  if (halves !== null) return doubtful('two-values', text, halves)
  if (isYearAlone(text, on.year, shape.known)) return doubtful('a-date', text, { date: text.trim() })
  const two = (second: string): Read => {
    const other = scanNumber(second)
    return doubtful('two-values', text, {
      first: number.value,
      second: other.kind === 'number' ? other.value : second,
    })
  }
  const second = secondValue(number.rest)
  if (second !== null) return two(second.trim().slice(0, 20))
  if (hedgeFollows(number.rest)) return doubtful('hedged', text)
  const found = unitAfter(number.rest, shape.unit)
  const unit = found.unit ?? leading ?? unitOfLabel(on.label ?? '', shape.unit)
  const { rest } = found
  if (unit !== null && unit.family !== familyOf(shape.unit)) {
    if (shape.share && unit.family === 'percent')
      return doubtful('share-only', text, { percent: number.value })
    return doubtful('other-unit', text, { value: number.value, wrote: unit.written, asked: shape.unit })
  }
  const another = secondFigure(rest, { value: number.value, asked: familyOf(shape.unit) })
  if (another !== null) return two(another)
  if (hedgeFollows(rest)) return doubtful('hedged', text)
  if (isOfOtherYear(rest, on.year) || isOfOtherYear(on.label ?? '', on.year))
    return doubtful('other-year', text)
  const note = isOfThisYear(rest, on.year) || isAsOfThisYear(rest, on.year) ? '' : noteAfter(rest)
  if (note === null) {
    const noun = unit === null && shape.unit.trim() !== '' ? nounAfter(rest) : null
    return noun === null
      ? doubtful('not-a-value', text)
      : doubtful('other-unit', text, { value: number.value, wrote: noun, asked: shape.unit })
  }
  return sized(text, { ...number, rest, unit, note }, { shape, on })
}

/** The number in the field's own size, or what is asked of it. */
const sized = (
  text: string,
  number: Extract<ScannedNumber, { kind: 'number' }> & {
    readonly unit: ScannedUnit | null
    readonly note: string
  },
  { shape, on }: { readonly shape: ValueShape; readonly on: NumberContext },
): Read => {
  const { note, rest, unit } = number
  const written = text.slice(0, text.length - rest.length)
  if (number.perhaps !== null && (unit?.power ?? 0) === 0)
    return doubtful('not-whole', written, { suggestion: number.perhaps })
  const own = shiftPoint(number.value, unit?.power ?? 0)
  const isPlain = unit === null || unit.power === 0
  const value =
    shape.type === 'amount' && isPlain ? scaled(own, unit !== null, on.scale ?? null, written) : own
  if (typeof value !== 'string') return value
  if (shape.whole && !isWholeNumber(value)) return doubtful('not-whole', written)
  const bracketed = number.written.startsWith('(')
  if (number.negative && !shape.mayBeNegative && !bracketed)
    return doubtful('negative', written, { value: `-${value}` })
  if (number.negative && shape.mayBeNegative && bracketed)
    return doubtful('negative', written, { value: `-${value}` })
  if (shape.type === 'amount' && unit === null && Number(value) > 0 && Number(value) < 1000) {
    const power = isWholeNumber(value) && Number(value) >= 10 ? 3 : 6
    return doubtful('amount-size', written, {
      suggestion: shiftPoint(value, power),
      size: power === 3 ? 't.kr.' : 'mio. kr.',
    })
  }
  const signed = number.negative && shape.mayBeNegative && value !== '0' ? `-${value}` : value
  return understood({ is: 'number', value: signed }, note, written, rest.trim() === '' || rest.trim() === '.')
}
