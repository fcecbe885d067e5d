import type { JointReport, ReportedAgreement, ReportedLeftOut, Tally } from '../../domain/report/report.ts'
import { countCell, numberCell, tableOf, type Column, type Table } from '../columns.ts'
import { verdictNames, verdictOrder } from './charts.ts'
import { reportTitle } from './report-content.ts'
import { reportTable } from './report-rows.ts'
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
export interface TableSheet extends Table {
  readonly name: string
}
export interface TableWorkbook {
  readonly title: string
  readonly language: 'da-DK' | 'en-GB'
  readonly sheets: readonly TableSheet[]
}

const tallies: readonly Column<{ readonly name: string; readonly tally: Tally }>[] = [
  { heading: 'Aftaler', cell: ({ name }) => name },
  { heading: 'Antal', cell: ({ tally }) => countCell(tally.agreements) },
  { heading: 'Endeligt bedømt', cell: ({ tally }) => countCell(tally.assessed) },
  { heading: 'Mål', cell: ({ tally }) => countCell(tally.targets) },
  ...verdictOrder.map((verdict) => ({
    heading: verdictNames[verdict],
    cell: ({ tally }: { readonly tally: Tally }) => countCell(tally.verdicts[verdict]),
  })),
  { heading: 'Dækning, pct.', cell: ({ tally }) => numberCell(tally.coverage, 1) },
]

const agreements: readonly Column<ReportedAgreement>[] = [
  { heading: 'Aftale', cell: ({ agreement }) => agreement },
  { heading: 'Titel', cell: ({ title }) => title },
  { heading: 'Aftaletype', cell: ({ kind }) => kindWords[kind] },
  { heading: 'Sagsnr.', cell: ({ caseNumber }) => caseNumber },
  { heading: 'Parter', cell: municipalitiesText },
  { heading: 'Målopfyldelse, pct.', cell: ({ overall }) => numberCell(overall, 1) },
  { heading: 'Dækning, pct.', cell: ({ coverage }) => numberCell(coverage, 1) },
  { heading: 'Samlet', cell: overallText },
  {
    heading: 'Genforhandling',
    cell: ({ renegotiations }) => renegotiations.map(phaseText).join('; ') || 'ingen',
  },
  {
    heading: 'Faktatjek',
    cell: ({ parties }) => parties.map((party) => `${party.name}: ${factCheckText(party)}`).join('; '),
  },
]

const leftOut = (year: number): readonly Column<ReportedLeftOut>[] => [
  { heading: 'Aftale', cell: ({ agreement }) => agreement },
  { heading: 'Titel', cell: ({ title }) => title },
  { heading: 'Parter', cell: ({ municipalities }) => municipalities.join(', ') },
  { heading: 'Sagsnr.', cell: ({ caseNumber }) => caseNumber },
  { heading: 'Hvorfor', cell: (one) => leftOutText(one, year) },
]

/** The report as a workbook of tables with typed numbers; a sheet without rows is left out. */
export const reportWorkbook = (report: JointReport): TableWorkbook => ({
  title: reportTitle(report),
  language: 'da-DK',
  sheets: [
    {
      name: 'I alt',
      ...tableOf(tallies, [
        { name: 'I alt', tally: report.totals },
        ...report.byKind.map(({ kind, tally }) => ({ name: kindPlural[kind], tally })),
      ]),
    },
    { name: 'Aftaler', ...tableOf(agreements, report.agreements) },
    { name: 'Mål', ...reportTable(report) },
    { name: 'Ikke spurgt', ...tableOf(leftOut(report.year), report.leftOut) },
  ].filter((sheet) => sheet.rows.length > 0),
})
