import { looksLikeFormula, withoutDirectionMarks, withoutUnseenStart } from '../domain/base/text.ts'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import type { Cell, CellStyle, DataValidation, WriteSheet } from 'hucre'
import { writeXlsx } from 'hucre/xlsx'
import type { ReportFormats } from '../web/report/report-files.ts'
import type { Cell as TableCell } from '../web/columns.ts'
import type { TableSheet } from '../web/report/report-workbook.ts'
import {
  inputColumn,
  type WorkbookCell,
  type WorkbookSheet,
  type WorkbookSheets,
  type WorkbookValidation,
} from '../mail/workbook.ts'
import type { WorkbookWriter } from '../ports/mail.ts'
import { columnName } from './sheet-cell.ts'

/** Every part carries this time, so that equal values give equal bytes and a retried letter is the same letter. */
const partTime = new Date('2000-01-01T12:00:00Z')

/**
 * A written workbook with what its writer has no option for.
 * @param finish edits a part by name: `find` must be in it
 * @throws Error when a part is not as the writer made it until now
 */
const finishedWorkbook = (
  written: Uint8Array,
  finish: (edit: (name: string, find: string, replacement: string) => void) => void,
): Uint8Array => {
  const parts = unzipSync(written)
  finish((name, find, replacement) => {
    const part = parts[name]
    const text = part === undefined ? '' : strFromU8(part)
    if (!text.includes(find)) throw new Error(`${name} of a workbook holds no ${find}`)
    parts[name] = strToU8(text.replace(find, () => replacement))
  })
  return zipSync(parts, { mtime: partTime })
}

const heading: CellStyle = { font: { bold: true }, alignment: { wrapText: true, vertical: 'top' } }
/** Characters; longer texts wrap where the reader widens nothing. */
const widths = { least: 10, most: 50 }

/**
 * Typed: a number is a number. What looks like a formula is text, since its cell says so; signs that hide before one
 * are left out, so that nobody who edits the cell sets it free unseen.
 */
const valueOf = (cell: TableCell): string | number | null => {
  if (cell === null || cell === '') return null
  if (typeof cell !== 'string') return Number(cell.number)
  const shown = withoutDirectionMarks(cell)
  return looksLikeFormula(shown) ? withoutUnseenStart(shown) : shown
}

const reportSheet = (sheet: TableSheet, at: number): WriteSheet => ({
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
      sheets: workbook.sheets.map(reportSheet),
      properties: { title: workbook.title, created: partTime, modified: partTime },
    }),
    (edit) => {
      edit('docProps/core.xml', '</dc:title>', `</dc:title><dc:language>${workbook.language}</dc:language>`)
    },
  )

/** The name by which an attached workbook is known again. */
const identityName = 'aarshjul'

const thin = { style: 'thin', color: { rgb: '7F7F7F' } } as const
const wrapped = { wrapText: true, vertical: 'top' } as const

const styles: Readonly<Record<WorkbookCell['as'], CellStyle>> = {
  title: { font: { bold: true, size: 14 } },
  header: { font: { bold: true }, alignment: wrapped, border: { bottom: thin } },
  text: { alignment: wrapped },
  input: {
    alignment: wrapped,
    border: { top: thin, bottom: thin, left: thin, right: thin },
    fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'FFF2CC' } },
    protection: { locked: false },
  },
  note: {
    alignment: wrapped,
    border: { top: thin, bottom: thin, left: thin, right: thin },
    protection: { locked: false },
  },
}

const cellsOf = (sheet: WorkbookSheet): Map<string, Partial<Cell>> =>
  new Map(
    sheet.rows.flatMap((row, at) =>
      row.map((cell, column): [string, Partial<Cell>] => [
        `${at},${column}`,
        { value: cell.text === '' ? null : cell.text, style: styles[cell.as] },
      ]),
    ),
  )

/** Warns and never refuses: what cannot be counted is written as text, and the reader asks. */
const validationOf = ({ row, rule, message }: WorkbookValidation): DataValidation => {
  const shared = {
    range: `${columnName(inputColumn - 1)}${row}`,
    allowBlank: true,
    showErrorMessage: true,
    errorStyle: 'warning',
    errorMessage: message,
  } as const
  switch (rule.type) {
    case 'whole-from-zero':
      return { ...shared, type: 'whole', operator: 'greaterThanOrEqual', formula1: '0' }
    case 'number':
      return { ...shared, type: 'decimal', operator: 'greaterThanOrEqual', formula1: '-999999999' }
    case 'list':
      return { ...shared, type: 'list', values: [...rule.values] }
  }
}

/** The key table as a table of the format, so that a screen reader announces its headers. */
const tableOf = (sheet: WorkbookSheet): Pick<WriteSheet, 'tables' | 'freezePane' | 'a11y'> => {
  const { headerRow } = sheet
  const headers = headerRow === null ? undefined : sheet.rows[headerRow - 1]
  if (headerRow === null || headers === undefined) return {}
  return {
    freezePane: { rows: headerRow },
    a11y: { headerRow: headerRow - 1 },
    tables: [
      {
        name: sheet.name,
        range: `A${headerRow}:${columnName(headers.length - 1)}${sheet.rows.length}`,
        columns: headers.map((header) => ({ name: header.text })),
        showAutoFilter: false,
        showRowStripes: false,
      },
    ],
  }
}

const sheetOf = (sheet: WorkbookSheet): WriteSheet => ({
  name: sheet.name,
  columns: sheet.widths.map((width) => ({ width })),
  rows: sheet.rows.map((row) => row.map((cell) => (cell.text === '' ? null : cell.text))),
  cells: cellsOf(sheet),
  dataValidations: sheet.validations.map(validationOf),
  // No password: protection guides the hand and keeps nobody out.
  protection: { sheet: true },
  ...tableOf(sheet),
})

/** The name is hidden and the document states its language; without either the file would lose its identity. */
const finished = (written: Uint8Array, language: string): Uint8Array =>
  finishedWorkbook(written, (edit) => {
    edit(
      'xl/workbook.xml',
      `<definedName name="${identityName}"`,
      `<definedName name="${identityName}" hidden="1"`,
    )
    edit('docProps/core.xml', '</dc:title>', `</dc:title><dc:language>${language}</dc:language>`)
  })

/** hucre behind one file: XLSX with protection, validation, the hidden name and the document's language. */
export const makeWorkbookWriter = (): WorkbookWriter => ({
  write: async (workbook: WorkbookSheets): Promise<Uint8Array> => {
    const written = await writeXlsx({
      sheets: workbook.sheets.map(sheetOf),
      properties: { title: workbook.title, created: partTime, modified: partTime },
      namedRanges: [{ name: identityName, range: `"${workbook.identity}"` }],
    })
    return finished(written, workbook.language === 'da' ? 'da-DK' : 'en-GB')
  },
})
