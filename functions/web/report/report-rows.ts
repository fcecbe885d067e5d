import { roundHalfUp, exact } from '../../domain/base/exact.ts'
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
import { themeName } from './theme-section.ts'

/** The report as rows: one for each target, and one for each member's part of it. For the CSV and the workbook. */

/** A number, exact to as many decimals as a reader can use, with a decimal point. */
export interface NumberCell {
  readonly number: string
}
export type Cell = string | NumberCell | null

/** Exact to as many decimals as a reader can use; whole numbers whole. */
export const numberCell = (value: string | null, decimals = 4): NumberCell | null => {
  if (value === null) return null
  const rounded = roundHalfUp(exact(value), decimals)
  return { number: rounded.includes('.') ? rounded.replace(/\.?0+$/, '') : rounded }
}
export const countCell = (value: number): NumberCell => ({ number: String(value) })

export const reportColumns = [
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
  'Tema',
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
      return [numberCell(figure.numerator), numberCell(figure.denominator), numberCell(figure.percent)]
    case 'number':
      return [null, null, numberCell(figure.value)]
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
    countCell(report.year),
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
    target.theme === undefined ? null : themeName(target.theme),
    target.unit,
    countCell(target.weight),
    ...(whole && target.baseline !== null
      ? [countCell(target.baseline.year), ...figureCells(target.baseline.figure)]
      : [null, null, null, null]),
    target.measure === 'milestone' ? target.goal : numberCell(target.goal === '' ? null : target.goal),
    ...figureCells(row.figure),
    figureState(row.figure),
    whole ? verdictText(target) : null,
    whole ? target.sentence : null,
    whole ? yesNo(target.byHand !== null) : null,
    whole ? numberCell(agreement.overall, 1) : null,
    whole ? numberCell(agreement.coverage, 1) : null,
    whole ? overallText(agreement) : null,
    whole ? agreement.renegotiations.map(phaseText).join('; ') : null,
    whole ? checks.join('; ') : party === undefined ? null : factCheckText(party),
    yesNo(agreement.synthetic),
  ]
}

/** Every target of the report, and every member's part of it. */
export const reportRows = (report: JointReport): readonly (readonly Cell[])[] =>
  report.agreements.flatMap((agreement) =>
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
