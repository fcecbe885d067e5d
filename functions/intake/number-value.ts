import { excerpt } from './clean-text.ts'
import { isWholeNumber, scanNumber, shiftPoint } from './numbers.ts'
import { familyOf, scanLeadingKroner, scanUnit } from './units.ts'
import type { Read, ValueShape } from './value-read.ts'
import { doubtful, understood } from './value-read.ts'
import {
  afterHedge,
  hedgeFollows,
  isNoneOrZero,
  noteAfter,
  reasonNotAvailable,
  secondValue,
} from './value-words.ts'

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
