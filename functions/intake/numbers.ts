/** A number as it stands at the start of a text, in Danish notation (MAIL 67-78). */
export type ScannedNumber =
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
  const understood = understand(chunk)
  if (understood === null) return { kind: 'malformed' }
  const negative = bracketed !== null || (signed?.[1] !== undefined && signed[1] !== '+')
  return { kind: 'number', ...understood, negative, written: written.trim(), rest }
}

/** `0.4` times ten to the power of six is `400000`: exact, by moving the point. */
export const shiftPoint = (value: string, power: number): string => {
  const [whole = '', decimals = ''] = value.split('.')
  const padded = decimals.padEnd(power, '0')
  return tidy(whole + padded.slice(0, power), padded.slice(power))
}

/** Whether an exact decimal text has no decimals. */
export const isWholeNumber = (value: string): boolean => !value.includes('.')
