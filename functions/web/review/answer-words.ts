import type { Measured, Target } from '../../domain/agreement/content.ts'
import { printDate, printNumber, printPct } from '../../domain/base/danish.ts'
import { div, exact, isZero, mul, whole } from '../../domain/base/exact.ts'
import type { FormField } from '../../domain/form/field.ts'
import type { AnswerValue, Provenance } from '../../domain/casefile/reading.ts'

/** Figures as the pages print them: exact values in Danish notation with their unit. */

const yesNo = (yes: boolean): string => (yes ? 'ja' : 'nej')

const statusWords = {
  'not-started': 'ikke begyndt',
  'in-progress': 'i gang',
  completed: 'gennemført',
} as const
const proposalWords = {
  accepted: 'tiltrædes',
  declined: 'tiltrædes ikke',
  'counter-proposal': 'ændringsforslag',
} as const

/** What was answered under a key; `text` is the free text beside it. */
export const answerText = (value: AnswerValue, text: string, unit: string): string => {
  switch (value.is) {
    case 'number':
      return `${printNumber(value.value)}${unit === '' ? '' : ` ${unit}`}`
    case 'milestone':
      return `${yesNo(value.met)}, ${printDate(value.on)}`
    case 'not-available':
      return text === '' ? 'ikke opgjort' : `ikke opgjort: ${text}`
    case 'yes-no':
      return text === '' ? yesNo(value.yes) : `${yesNo(value.yes)}, ${text}`
    case 'status':
      return statusWords[value.status]
    case 'date':
      return printDate(value.on)
    case 'text':
      return text === '' ? '(slettet)' : text
    case 'hearing-reply':
      return value.comments ? 'bemærkninger' : 'ingen bemærkninger'
    case 'proposal-answer':
      return proposalWords[value.answer]
    case 'fact-check':
      return value.ok ? 'OK' : 'rettelser'
    default:
      return value satisfies never
  }
}

/** Where in the mail it stood. */
export const provenanceText = (at: Provenance): string => {
  switch (at.part) {
    case 'text':
      return `linje ${at.line}${at.segment === 'quoted' ? ' (i citatet)' : at.segment === 'signature' ? ' (i underskriften)' : ''}`
    case 'table':
      return `tabel, række ${at.row}`
    case 'workbook':
      // A file of values separated by signs has no sheets.
      return `regneark${at.sheet === '' ? '' : `, ark ${at.sheet}`}, celle ${at.cell}`
    case 'typed':
      return `tastet af ministeriet: ${at.page}`
    default:
      return at satisfies never
  }
}

const share = (numerator: string, denominator: string): string => {
  const group = exact(denominator)
  const counts = `${printNumber(numerator)} af ${printNumber(denominator)}`
  return isZero(group) ? counts : `${counts} (${printPct(mul(div(exact(numerator), group), whole(100)))})`
}

/** `47 af 122 (38,5 pct.)`, `34`, `ja, 14. november 2014`. */
export const measuredText = (measured: Measured): string => {
  if ('met' in measured)
    return measured.on === null ? yesNo(measured.met) : `${yesNo(measured.met)}, ${printDate(measured.on)}`
  return 'value' in measured ? printNumber(measured.value) : share(measured.numerator, measured.denominator)
}

/** The part of an earlier figure that a key asks for: one of a share's two numbers, or the figure itself. */
export const lastYearText = (field: FormField, year: number, municipality: string): string => {
  if (field.subject.of !== 'target') return '–'
  const { target, part } = field.subject
  const earlier = target.history.find((one) => one.year === year - 1 && one.municipality === municipality)
  if (earlier === undefined || part === 'note' || part === 'new-target') return '–'
  const { measured } = earlier
  if (!('numerator' in measured)) return measuredText(measured)
  return printNumber(part === 'total' ? measured.denominator : measured.numerator)
}

/** The year's value to reach: `mindst 50,0 pct.`, `højst 26 personer`, `senest 31. december 2014`. */
export const targetText = (target: Target, year: number): string => {
  const value = target.targets.find((one) => one.year === year)?.value
  if (value === undefined) return '–'
  if (target.measure.type === 'milestone') return `senest ${printDate(value)}`
  const bound = target.direction === 'falling' ? 'højst' : 'mindst'
  return target.measure.type === 'share'
    ? `${bound} ${printPct(value)}`
    : `${bound} ${printNumber(value)} ${target.measure.unit}`
}
