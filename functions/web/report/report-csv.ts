import type { JointReport } from '../../domain/report/report.ts'
import { reportColumns, reportRows, type Cell } from './report-rows.ts'

/** What a spreadsheet would take for a formula is marked as text by an apostrophe (OWASP, CSV injection). */
const asText = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)

const written = (cell: Cell): string => {
  if (cell === null) return ''
  // Typed: never quoted, never marked as text.
  if (typeof cell !== 'string') return cell.number.replace('.', ',')
  const text = asText(cell)
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * The report as a table: RFC 4180 with CRLF, and semicolons between the cells because Danish numbers have a
 * decimal comma. UTF-8 without a byte order mark.
 */
export const reportCsv = (report: JointReport): string => csvOf([reportColumns, ...reportRows(report)])

/** Rows of cells as such a table. */
export const csvOf = (rows: readonly (readonly Cell[])[]): string =>
  rows.map((row) => `${row.map(written).join(';')}\r\n`).join('')
