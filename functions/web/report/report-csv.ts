import { roundHalfUp, exact } from '../../domain/exact.ts'
import type {
  JointReport,
  ReportedAgreement,
  ReportedTarget,
  ShownFigure,
} from '../../domain/report/report.ts'
import {
  factCheckText,
  hiddenWords,
  kindWords,
  municipalitiesText,
  overallText,
  phaseText,
  verdictText,
} from './report-words.ts'

/**
 * The report as a table: RFC 4180 with CRLF, and semicolons between the cells because Danish numbers have a
 * decimal comma. UTF-8 without a byte order mark. One row for each target, and one for each member's part of it.
 */

/** A number cell, typed: never quoted, never marked as text. */
interface NumberCell {
  readonly number: string
}
type Cell = string | NumberCell | null

/** What a spreadsheet would take for a formula is marked as text by an apostrophe (OWASP, CSV injection). */
const asText = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)

const written = (cell: Cell): string => {
  if (cell === null) return ''
  if (typeof cell !== 'string') return cell.number
  const text = asText(cell)
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Exact to as many decimals as a reader can use; whole numbers whole. */
const number = (value: string | null, decimals = 4): NumberCell | null => {
  if (value === null) return null
  const rounded = roundHalfUp(exact(value), decimals)
  const short = rounded.includes('.') ? rounded.replace(/\.?0+$/, '') : rounded
  return { number: short.replace('.', ',') }
}
const count = (value: number): NumberCell => ({ number: String(value) })

const columns = [
  'År',
  'Aftale',
  'Titel',
  'Aftaletype',
  'Sagsnr.',
  'Parter',
  'Niveau',
  'Kommunekode',
  'Kommune',
  'Målnøgle',
  'Mål',
  'Enhed',
  'Vægt',
  'Udgangspunkt, år',
  'Udgangspunkt, heraf',
  'Udgangspunkt, i alt',
  'Udgangspunkt, værdi',
  'Målværdi',
  'Heraf',
  'I alt',
  'Værdi',
  'Tal',
  'Bedømmelse',
  'Begrundelse',
  'Ændret ved konkret vurdering',
  'Målopfyldelse for aftalen, pct.',
  'Dækning for aftalen, pct.',
  'Samlet',
  'Genforhandling',
  'Faktatjek',
  'Eksempel',
] as const

/** Of which, in all, value. */
const figureCells = (figure: ShownFigure | null): readonly [Cell, Cell, Cell] => {
  switch (figure?.is) {
    case 'share':
      return [number(figure.numerator), number(figure.denominator), number(figure.percent)]
    case 'number':
      return [null, null, number(figure.value)]
    case 'milestone':
      return [null, null, figure.met ? `ja${figure.on === null ? '' : ` ${figure.on}`}` : 'nej']
    default:
      return [null, null, null]
  }
}

/** Says whether there is a figure, and if not, why. */
const figureState = (figure: ShownFigure | null): string => {
  switch (figure?.is) {
    case undefined:
      return ''
    case 'suppressed':
      return hiddenWords
    case 'not-available':
      return 'ikke opgjort'
    case 'nothing':
      return 'intet tal modtaget'
    default:
      return 'vist'
  }
}

const yesNo = (value: boolean): string => (value ? 'ja' : 'nej')

interface Row {
  readonly level: 'aftale' | 'medlem'
  readonly municipality: string | null
  readonly figure: ShownFigure | null
}

const rowOf = (
  report: JointReport,
  agreement: ReportedAgreement,
  target: ReportedTarget,
  row: Row,
): readonly Cell[] => {
  const whole = row.level === 'aftale'
  const party = agreement.parties.find((one) => one.municipality === row.municipality)
  const checks = agreement.parties.map((one) =>
    agreement.parties.length === 1 ? factCheckText(one) : `${one.name}: ${factCheckText(one)}`,
  )
  return [
    count(report.year),
    agreement.agreement,
    agreement.title,
    kindWords[agreement.kind],
    agreement.caseNumber,
    municipalitiesText(agreement),
    row.level,
    row.municipality,
    party?.name ?? null,
    target.key,
    target.title,
    target.unit,
    count(target.weight),
    ...(whole && target.baseline !== null
      ? [count(target.baseline.year), ...figureCells(target.baseline.figure)]
      : [null, null, null, null]),
    target.measure === 'milestone' ? target.goal : number(target.goal === '' ? null : target.goal),
    ...figureCells(row.figure),
    figureState(row.figure),
    whole ? verdictText(target) : null,
    whole ? target.sentence : null,
    whole ? yesNo(target.byHand !== null) : null,
    whole ? number(agreement.overall, 1) : null,
    whole ? number(agreement.coverage, 1) : null,
    whole ? overallText(agreement) : null,
    whole ? agreement.renegotiations.map(phaseText).join('; ') : null,
    whole ? checks.join('; ') : party === undefined ? null : factCheckText(party),
    yesNo(agreement.synthetic),
  ]
}

export const reportCsv = (report: JointReport): string => {
  const rows = report.agreements.flatMap((agreement) =>
    agreement.targets.flatMap((target) => {
      const shown = (figure: ShownFigure) => (target.verdict === null ? null : figure)
      const only = agreement.parties.length === 1 ? (agreement.parties[0]?.municipality ?? null) : null
      return [
        rowOf(report, agreement, target, {
          level: 'aftale',
          municipality: only,
          figure: shown(target.figure),
        }),
        ...target.members.map((member) =>
          rowOf(report, agreement, target, {
            level: 'medlem',
            municipality: member.municipality,
            figure: shown(member.figure),
          }),
        ),
      ]
    }),
  )
  return [columns, ...rows].map((row) => `${row.map(written).join(';')}\r\n`).join('')
}
