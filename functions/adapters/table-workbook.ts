import type { CellStyle, WriteSheet } from 'hucre'
import { writeXlsx } from 'hucre/xlsx'
import type { ReportFormats } from '../web/report/report-files.ts'
import type { Cell } from '../web/columns.ts'
import type { TableSheet } from '../web/report/report-workbook.ts'
import { finishedWorkbook, partTime } from './workbook-file.ts'

const heading: CellStyle = { font: { bold: true }, alignment: { wrapText: true, vertical: 'top' } }
/** Characters; longer texts wrap where the reader widens nothing. */
const widths = { least: 10, most: 50 }

/** Typed: a number is a number. What looks like a formula is text, since its cell says so. */
const valueOf = (cell: Cell): string | number | null => {
  if (cell === null || cell === '') return null
  return typeof cell === 'string' ? cell : Number(cell.number)
}

const columnName = (at: number): string =>
  at < 26
    ? String.fromCodePoint(65 + at)
    : `${columnName(Math.floor(at / 26) - 1)}${String.fromCodePoint(65 + (at % 26))}`

const sheetOf = (sheet: TableSheet, at: number): WriteSheet => ({
  name: sheet.name,
  columns: sheet.headings.map((title, column) => ({
    width: Math.min(
      widths.most,
      Math.max(
        widths.least,
        title.length,
        ...sheet.rows.map((row) => String(valueOf(row[column] ?? null) ?? '').length),
      ),
    ),
  })),
  rows: [[...sheet.headings], ...sheet.rows.map((row) => row.map(valueOf))],
  cells: new Map(sheet.headings.map((title, column) => [`0,${column}`, { value: title, style: heading }])),
  freezePane: { rows: 1 },
  a11y: { headerRow: 0 },
  tables: [
    {
      name: `Tabel${at + 1}`,
      range: `A1:${columnName(sheet.headings.length - 1)}${sheet.rows.length + 1}`,
      columns: sheet.headings.map((name) => ({ name })),
      showRowStripes: false,
    },
  ],
})

/** Tables as a workbook: one sheet each, headings marked, no merged cells. Equal values give equal bytes. */
export const makeTableWorkbookWriter = (): ReportFormats['workbook'] => async (workbook) =>
  finishedWorkbook(
    await writeXlsx({
      sheets: workbook.sheets.map(sheetOf),
      properties: { title: workbook.title, created: partTime, modified: partTime },
    }),
    (edit) => {
      edit('docProps/core.xml', '</dc:title>', `</dc:title><dc:language>${workbook.language}</dc:language>`)
    },
  )
