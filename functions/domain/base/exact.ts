import { Fraction } from 'fraction.js'
import { exactPattern } from './values.ts'

/**
 * Exact rational arithmetic from the mail to the report. At rest a number is text (`exactSchema`); here it is
 * a fraction of two bigints. Nothing in the domain computes with an IEEE double.
 */
export type Exact = Fraction

/** The number a text stands for. Throws a `RangeError` when the text is no `exactSchema` text. */
export const exact = (text: string): Exact => {
  const read = exactPattern.exec(text)
  if (read === null) throw new RangeError(`not an exact number: "${text}"`)
  const [, digits = '0', decimals = '', under = '1'] = read
  if (decimals === '' && under === '1') return new Fraction(BigInt(digits))
  return new Fraction(BigInt(`${digits}${decimals}`), BigInt(under) * 10n ** BigInt(decimals.length))
}

/** A whole number (JavaScript safe integer or bigint) as an exact one. */
export const whole = (value: number | bigint): Exact => new Fraction(BigInt(value))

const isTerminating = (denominator: bigint): boolean => {
  let rest = denominator
  while (rest % 2n === 0n) rest /= 2n
  while (rest % 5n === 0n) rest /= 5n
  return rest === 1n
}

/**
 * The one text of a number, the same for equal numbers: a decimal when it ends (`45.5`), otherwise the
 * reduced fraction (`61/134`).
 */
export const exactText = (value: Exact): string => {
  const sign = value.s < 0n ? '-' : ''
  if (value.d === 1n) return `${sign}${value.n}`
  if (!isTerminating(value.d)) return `${sign}${value.n}/${value.d}`
  let decimals = 0
  let scaled = value.n
  while (scaled % value.d !== 0n) {
    scaled *= 10n
    decimals += 1
  }
  const digits = (scaled / value.d).toString().padStart(decimals + 1, '0')
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

/** -1, 0 or 1. */
export const compareExact = (a: Exact, b: Exact): -1 | 0 | 1 => {
  const order = a.compare(b)
  return order < 0 ? -1 : order > 0 ? 1 : 0
}

export const add = (a: Exact, b: Exact): Exact => a.add(b)
export const sub = (a: Exact, b: Exact): Exact => a.sub(b)
export const mul = (a: Exact, b: Exact): Exact => a.mul(b)
/** Throws a `RangeError` on division by zero: a caller asks before it divides. */
export const div = (a: Exact, b: Exact): Exact => {
  if (b.n === 0n) throw new RangeError('division by zero')
  return a.div(b)
}
export const abs = (a: Exact): Exact => a.abs()
export const sum = (values: readonly Exact[]): Exact =>
  values.reduce((total, one) => total.add(one), whole(0))
export const isZero = (a: Exact): boolean => a.n === 0n
export const isWhole = (a: Exact): boolean => a.d === 1n

/**
 * Text with exactly `decimals` decimals and a point, half away from zero: 2.345 gives 2.35 and -2.345 gives
 * -2.35 (fraction.js rounds halves towards plus infinity). Never `-0.0`.
 */
export const roundHalfUp = (value: Exact, decimals: number): string => {
  const scale = 10n ** BigInt(decimals)
  const doubled = 2n * value.n * scale + value.d
  const digits = (doubled / (2n * value.d)).toString().padStart(decimals + 1, '0')
  const negative = value.s < 0n && /[1-9]/.test(digits)
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
  return negative ? `-${text}` : text
}
