import { excerpt } from '../clean-text.ts'
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
  const fraction = (decimals ?? '').replace(/0+$/u, '')
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
  const bracketed = /^\(\s*(\d[\d.,'’ ]*?)\s*\)/u.exec(text)
  const signed = /^([-–−+])?\s?(\d+(?:[.,'’ ]\d+)*)/u.exec(text)
  const chunk = bracketed?.[1] ?? signed?.[2]
  const written = bracketed?.[0] ?? signed?.[0]
  if (chunk === undefined || written === undefined) return { kind: 'none' }
  const rest = text.slice(written.length)
  if (/^\p{Nd}/u.test(rest)) return { kind: 'malformed' }
  const number = understand(chunk)
  if (number === null) return { kind: 'malformed' }
  const negative = bracketed !== null || (signed?.[1] !== undefined && signed[1] !== '+')
  return { kind: 'number', ...number, negative, written: written.trim(), rest }
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
  unitOf('kr', 3, `(?:t\\.?\\s?kr\\.?|tusinde?\\s*${kr}|1\\.?000\\s*${kr}|thousand(?:\\s*${kr})?)`),
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

const leadingKroner = new RegExp(`^\\s*${kr}\\s*(?=\\d)`, 'iu')

/** `kr. 400.000`, `DKK 400.000`: the unit before the number. */
export const scanLeadingKroner = (text: string): string | null => {
  const match = leadingKroner.exec(text)
  return match === null ? null : text.slice(match[0].length)
}

/** A share asked for by one key: both numbers in one line (LETTERS 3.3.6). */
export const readPair = (text: string): Read => {
  const missing = reasonNotAvailable(text)
  if (missing !== null) return understood({ is: 'not-available' }, missing, text)
  const bare = afterHedge(text)
  const part = scanNumber(bare ?? text)
  if (part.kind !== 'number')
    return isNoneOrZero(text) ? doubtful('none-or-zero', text) : doubtful('not-a-value', text)
  const { rest } = afterUnit(part.rest, 'personer')
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
  const after = afterUnit(whole.rest, 'personer').rest.replace(
    /^\s*(?:=|dvs\.?|svarende til)\s*\d+(?:,\d+)?\s*(?:%|pct\.?|procent)/iu,
    '',
  )
  const note = noteAfter(after)
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

/** A whole number, a number in the unit, or kroner (LETTERS 3.3.5, 3.3.10). */
export const readNumber = (text: string, shape: ValueShape): Read => {
  const missing = reasonNotAvailable(text)
  if (missing !== null) return understood({ is: 'not-available' }, missing, text)
  const hedge = afterHedge(text)
  if (hedge !== null && /^(?:kr\.?\s*|dkk\s*)?\d/iu.test(hedge)) return doubtful('hedged', text)
  const kroner = shape.type === 'amount' ? scanLeadingKroner(text) : null
  const number = scanNumber(kroner ?? text)
  if (number.kind === 'malformed') return doubtful('not-a-value', text)
  if (number.kind === 'none') return notANumber(text, shape)
  const second = secondValue(number.rest)
  const other = second === null ? null : scanNumber(second)
  if (other !== null)
    return doubtful('two-values', text, {
      first: number.value,
      second: other.kind === 'number' ? other.value : '',
    })
  if (hedgeFollows(number.rest)) return doubtful('hedged', text)
  const { unit, rest } = afterUnit(number.rest, shape.unit)
  const asked = familyOf(shape.unit)
  if (unit !== null && unit.family !== asked) {
    if (shape.share && unit.family === 'percent')
      return doubtful('share-only', text, { percent: number.value })
    return doubtful('other-unit', text, { value: number.value, wrote: unit.written, asked: shape.unit })
  }
  const afterSecond = secondValue(rest)
  if (afterSecond !== null)
    return doubtful('two-values', text, { first: number.value, second: afterSecond.trim().slice(0, 20) })
  if (hedgeFollows(rest)) return doubtful('hedged', text)
  const note = noteAfter(rest)
  if (note === null) return doubtful('not-a-value', text)
  const written = text.slice(0, text.length - rest.length)
  if (number.perhaps !== null && (unit?.power ?? 0) === 0)
    return doubtful('not-whole', written, { suggestion: number.perhaps })
  const value = shiftPoint(number.value, unit?.power ?? 0)
  if (shape.whole && !isWholeNumber(value)) return doubtful('not-whole', written)
  const bracketed = number.written.startsWith('(')
  if (number.negative && !shape.mayBeNegative && !bracketed)
    return doubtful('negative', written, { value: `-${value}` })
  if (number.negative && shape.mayBeNegative && bracketed)
    return doubtful('negative', written, { value: `-${value}` })
  if (
    shape.type === 'amount' &&
    unit === null &&
    kroner === null &&
    Number(value) > 0 &&
    Number(value) < 1000
  ) {
    const power = isWholeNumber(value) && Number(value) >= 10 ? 3 : 6
    return doubtful('amount-size', written, {
      suggestion: shiftPoint(value, power),
      size: power === 3 ? 't.kr.' : 'mio. kr.',
    })
  }
  const signed = number.negative && shape.mayBeNegative && value !== '0' ? `-${value}` : value
  return understood({ is: 'number', value: signed }, note, written, rest.trim() === '' || rest.trim() === '.')
}
