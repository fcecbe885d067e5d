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
import { countCell, csvOf, numberCell, tableOf, type Cell, type Column, type Table } from '../columns.ts'

/** The report as a table: a row for each target, and one for each member's part of it. For the CSV and the workbook. */

/** A row and what it is about. */
interface Row {
  readonly report: JointReport
  readonly agreement: ReportedAgreement
  readonly target: ReportedTarget
  readonly level: 'aftale' | 'medlem'
  readonly municipality: string | null
  readonly figure: ShownFigure | null
}

const numerator = (figure: ShownFigure | null): Cell =>
  figure?.is === 'share' ? numberCell(figure.numerator) : null
const denominator = (figure: ShownFigure | null): Cell =>
  figure?.is === 'share' ? numberCell(figure.denominator) : null
const figureValue = (figure: ShownFigure | null): Cell => {
  switch (figure?.is) {
    case 'share':
      return numberCell(figure.percent)
    case 'number':
      return numberCell(figure.value)
    case 'milestone':
      return figure.met ? `ja${figure.on === null ? '' : ` ${figure.on}`}` : 'nej'
    default:
      return null
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

/** What is said of the agreement's target as a whole, and not again beside a member's part. */
const ofWhole =
  (cell: Column<Row>['cell']): Column<Row>['cell'] =>
  (row) =>
    row.level === 'aftale' ? cell(row) : null

const partyOf = ({ agreement, municipality }: Row) =>
  agreement.parties.find((one) => one.municipality === municipality)

const factChecks = (row: Row): Cell => {
  const { parties } = row.agreement
  const party = partyOf(row)
  if (row.level === 'medlem') return party === undefined ? null : factCheckText(party)
  return parties
    .map((one) => (parties.length === 1 ? factCheckText(one) : `${one.name}: ${factCheckText(one)}`))
    .join('; ')
}

const columns: readonly Column<Row>[] = [
  { heading: 'År', cell: ({ report }) => countCell(report.year) },
  { heading: 'Aftale', cell: ({ agreement }) => agreement.agreement },
  { heading: 'Titel', cell: ({ agreement }) => agreement.title },
  { heading: 'Aftaletype', cell: ({ agreement }) => kindWords[agreement.kind] },
  { heading: 'Sagsnr.', cell: ({ agreement }) => agreement.caseNumber },
  { heading: 'Parter', cell: ({ agreement }) => municipalitiesText(agreement) },
  { heading: 'Niveau', cell: ({ level }) => level },
  { heading: 'Kommunekode', cell: ({ municipality }) => municipality },
  { heading: 'Kommune', cell: (row) => partyOf(row)?.name ?? null },
  { heading: 'Målnøgle', cell: ({ target }) => target.key },
  { heading: 'Mål', cell: ({ target }) => target.title },
  { heading: 'Tema', cell: ({ target }) => (target.theme === undefined ? null : themeName(target.theme)) },
  { heading: 'Enhed', cell: ({ target }) => target.unit },
  { heading: 'Vægt', cell: ({ target }) => countCell(target.weight) },
  {
    heading: 'Udgangspunkt, år',
    cell: ofWhole(({ target: { baseline } }) => (baseline === null ? null : countCell(baseline.year))),
  },
  {
    heading: 'Udgangspunkt, heraf',
    cell: ofWhole(({ target }) => numerator(target.baseline?.figure ?? null)),
  },
  {
    heading: 'Udgangspunkt, i alt',
    cell: ofWhole(({ target }) => denominator(target.baseline?.figure ?? null)),
  },
  {
    heading: 'Udgangspunkt, værdi',
    cell: ofWhole(({ target }) => figureValue(target.baseline?.figure ?? null)),
  },
  {
    heading: 'Målværdi',
    cell: ({ target: { measure, goal } }) =>
      measure === 'milestone' ? goal : numberCell(goal === '' ? null : goal),
  },
  { heading: 'Heraf', cell: ({ figure }) => numerator(figure) },
  { heading: 'I alt', cell: ({ figure }) => denominator(figure) },
  { heading: 'Værdi', cell: ({ figure }) => figureValue(figure) },
  { heading: 'Tal', cell: ({ figure }) => figureState(figure) },
  { heading: 'Bedømmelse', cell: ofWhole(({ target }) => verdictText(target)) },
  { heading: 'Begrundelse', cell: ofWhole(({ target }) => target.sentence) },
  { heading: 'Ændret ved konkret vurdering', cell: ofWhole(({ target }) => yesNo(target.byHand !== null)) },
  {
    heading: 'Målopfyldelse for aftalen, pct.',
    cell: ofWhole(({ agreement }) => numberCell(agreement.overall, 1)),
  },
  {
    heading: 'Dækning for aftalen, pct.',
    cell: ofWhole(({ agreement }) => numberCell(agreement.coverage, 1)),
  },
  { heading: 'Samlet', cell: ofWhole(({ agreement }) => overallText(agreement)) },
  {
    heading: 'Genforhandling',
    cell: ofWhole(({ agreement }) => agreement.renegotiations.map(phaseText).join('; ')),
  },
  { heading: 'Faktatjek', cell: factChecks },
  { heading: 'Eksempel', cell: ({ agreement }) => yesNo(agreement.synthetic) },
]

/** Every target of the report, and every member's part of it. */
export const reportTable = (report: JointReport): Table =>
  tableOf(
    columns,
    report.agreements.flatMap((agreement) =>
      agreement.targets.flatMap((target): readonly Row[] => {
        const shown = (figure: ShownFigure) => (target.verdict === null ? null : figure)
        const only = agreement.parties.length === 1 ? (agreement.parties[0]?.municipality ?? null) : null
        const of = { report, agreement, target }
        return [
          { ...of, level: 'aftale', municipality: only, figure: shown(target.figure) },
          ...target.members.map(({ municipality, figure }): Row => ({
            ...of,
            level: 'medlem',
            municipality,
            figure: shown(figure),
          })),
        ]
      }),
    ),
  )

export const reportCsv = (report: JointReport): string => csvOf(reportTable(report))
