import type { FormField } from '../domain/form/field.ts'
import type { Language } from '../domain/base/values.ts'
import { printDate, printNumber, printPct, unitIn } from '../domain/base/danish.ts'
import type { Measured, Target } from '../domain/agreement/content.ts'
import { compareExact, div, exact, mul, whole } from '../domain/base/exact.ts'
import { keyLine, type Block } from './block.ts'

/** A field's key as printed in a language. */
export const fieldKey = (field: FormField, language: Language): string =>
  language === 'da' ? field.key : field.english

/** `M1 i alt: ____ personer`: a key with its blank, never with a value (LETTERS 3.2). */
export const fieldLine = (field: FormField, language: Language): string =>
  `${fieldKey(field, language)}: ____${field.unit === '' ? '' : ` ${unitIn(field.unit, language)}`}`

/** The fields' lines to be filled in, each on its own. */
export const fieldLines = (fields: readonly FormField[], language: Language): readonly Block[] =>
  fields.map((field) => keyLine(fieldLine(field, language)))

/** A share in per cent, one decimal: `45,5 pct.`; an empty group has none. */
export const sharePercent = (numerator: string, denominator: string, language: Language): string | null => {
  const group = exact(denominator)
  if (compareExact(group, whole(0)) === 0) return null
  return printPct(mul(div(exact(numerator), group), whole(100)), language)
}

const yesNo = (met: boolean, language: Language): string =>
  language === 'da' ? (met ? 'ja' : 'nej') : met ? 'yes' : 'no'

/** `47 af 122 (38,5 pct.)`, `34`, `ja, 14. november 2014`: an earlier figure, without its unit. */
export const earlierFigure = (measured: Measured, language: Language): string => {
  if ('met' in measured) {
    const on = measured.on === null ? '' : `, ${printDate(measured.on, language)}`
    return `${yesNo(measured.met, language)}${on}`
  }
  if ('value' in measured) return printNumber(measured.value, language)
  const { numerator, denominator } = measured
  const percent = sharePercent(numerator, denominator, language)
  const of = language === 'da' ? 'af' : 'of'
  const counts = `${printNumber(numerator, language)} ${of} ${printNumber(denominator, language)}`
  return percent === null ? counts : `${counts} (${percent})`
}

/** `53 af 126`, as the workbook prints last year. */
export const earlierCounts = (measured: Measured, language: Language): string =>
  earlierFigure(measured, language).replace(/ \(.*\)$/, '')

/** Last year's share alone (`42,1 pct.`), or the figure. */
export const earlierShort = (measured: Measured, language: Language): string =>
  'numerator' in measured
    ? (sharePercent(measured.numerator, measured.denominator, language) ?? earlierFigure(measured, language))
    : earlierFigure(measured, language)

export const lastYearOf = (target: Target, year: number, municipality: string): Measured | null =>
  target.history.find((entry) => entry.year === year - 1 && entry.municipality === municipality)?.measured ??
  null

const bound = (target: Target, language: Language): string => {
  if (target.measure.type === 'share' && target.direction === 'rising') return ''
  if (target.direction === 'falling') return language === 'da' ? 'højst ' : 'at most '
  return language === 'da' ? 'mindst ' : 'at least '
}

/** What the year's target is, without its unit for a number: `50,0 pct.`, `højst 26`; null when none is set. */
export const targetShort = (target: Target, year: number, language: Language): string | null => {
  const value = target.targets.find((entry) => entry.year === year)?.value
  if (value === undefined) return null
  switch (target.measure.type) {
    case 'milestone':
      return printDate(value, language)
    case 'share':
      return bound(target, language) + printPct(value, language)
    case 'number':
      return bound(target, language) + printNumber(value, language)
  }
}

/** The same with its unit: `højst 26 uger`. */
export const targetWords = (target: Target, year: number, language: Language): string | null => {
  const short = targetShort(target, year, language)
  if (short === null || target.measure.type !== 'number') return short
  return `${short} ${unitIn(target.measure.unit, language)}`
}
