import type { JointReport, Tally } from '../../domain/report/report.ts'
import { verdictNames, verdictOrder } from './charts.ts'
import { reportTitle } from './report-content.ts'
import { countCell, numberCell, reportColumns, reportRows, type Cell } from './report-rows.ts'
import {
  factCheckText,
  kindPlural,
  kindWords,
  leftOutText,
  municipalitiesText,
  overallText,
  phaseText,
} from './report-words.ts'

/** A sheet that is one table: headings in its first row. */
export interface TableSheet {
  readonly name: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}
export interface TableWorkbook {
  readonly title: string
  readonly language: 'da-DK' | 'en-GB'
  readonly sheets: readonly TableSheet[]
}

const tallyRow = (name: string, tally: Tally): readonly Cell[] => [
  name,
  countCell(tally.agreements),
  countCell(tally.assessed),
  countCell(tally.targets),
  ...verdictOrder.map((verdict) => countCell(tally.verdicts[verdict])),
  numberCell(tally.coverage, 1),
]

const overview = (report: JointReport): TableSheet => ({
  name: 'I alt',
  columns: [
    'Aftaler',
    'Antal',
    'Endeligt bedømt',
    'Mål',
    ...verdictOrder.map((verdict) => verdictNames[verdict]),
    'Dækning, pct.',
  ],
  rows: [
    tallyRow('I alt', report.totals),
    ...report.byKind.map(({ kind, tally }) => tallyRow(kindPlural[kind], tally)),
  ],
})

const agreements = (report: JointReport): TableSheet => ({
  name: 'Aftaler',
  columns: [
    'Aftale',
    'Titel',
    'Aftaletype',
    'Sagsnr.',
    'Parter',
    'Målopfyldelse, pct.',
    'Dækning, pct.',
    'Samlet',
    'Genforhandling',
    'Faktatjek',
  ],
  rows: report.agreements.map((one) => [
    one.agreement,
    one.title,
    kindWords[one.kind],
    one.caseNumber,
    municipalitiesText(one),
    numberCell(one.overall, 1),
    numberCell(one.coverage, 1),
    overallText(one),
    one.renegotiations.map(phaseText).join('; ') || 'ingen',
    one.parties.map((party) => `${party.name}: ${factCheckText(party)}`).join('; '),
  ]),
})

const leftOut = (report: JointReport): TableSheet => ({
  name: 'Ikke spurgt',
  columns: ['Aftale', 'Titel', 'Parter', 'Sagsnr.', 'Hvorfor'],
  rows: report.leftOut.map((one) => [
    one.agreement,
    one.title,
    one.municipalities.join(', '),
    one.caseNumber,
    leftOutText(one, report.year),
  ]),
})

/** The report as a workbook of tables with typed numbers; a sheet without rows is left out. */
export const reportWorkbook = (report: JointReport): TableWorkbook => ({
  title: reportTitle(report),
  language: 'da-DK',
  sheets: [
    overview(report),
    agreements(report),
    { name: 'Mål', columns: reportColumns, rows: reportRows(report) },
    leftOut(report),
  ].filter((sheet) => sheet.rows.length > 0),
})
