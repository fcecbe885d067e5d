import { looksLikeFormula, withoutDirectionMarks, withoutEnd } from '../domain/base/text.ts'
import { stringify } from 'csv-stringify/sync'
import { exact, roundHalfUp } from '../domain/base/exact.ts'

/** Tables for other programs, as CSV or a sheet: a column is its heading and what a row says under it. */

/** A number, exact to as many decimals as a reader can use, with a decimal point. */
interface NumberCell {
  readonly number: string
}
export type Cell = string | NumberCell | null

export interface Column<Row> {
  readonly heading: string
  readonly cell: (row: Row) => Cell
}
export interface Table {
  readonly headings: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

export const tableOf = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Table => ({
  headings: columns.map(({ heading }) => heading),
  rows: rows.map((row) => columns.map(({ cell }) => cell(row))),
})

/** Exact to as many decimals as a reader can use; whole numbers whole. */
export const numberCell = (value: string | null, decimals = 4): NumberCell | null => {
  if (value === null) return null
  const rounded = roundHalfUp(exact(value), decimals)
  return {
    number: rounded.includes('.')
      ? withoutEnd(
          withoutEnd(rounded, (sign) => sign === '0'),
          (sign) => sign === '.',
        )
      : rounded,
  }
}
export const countCell = (value: number): NumberCell => ({ number: String(value) })

/**
 * What a spreadsheet would take for a formula is marked as text by an apostrophe (OWASP, CSV injection), and so is
 * what begins with a tab or a line break.
 */
const asText = (text: string): string => {
  const shown = withoutDirectionMarks(text)
  return looksLikeFormula(shown) || /^[\t\r\n]/.test(shown) ? `'${shown}` : shown
}

const written = (cell: Cell): string | null => {
  if (cell === null || typeof cell === 'string') return cell === null ? null : asText(cell)
  // Typed: never marked as text.
  return cell.number.replace('.', ',')
}

/**
 * As CSV: RFC 4180 with CRLF, and semicolons between the cells because Danish numbers have a decimal comma.
 * UTF-8 without a byte order mark.
 */
export const csvOf = ({ headings, rows }: Table): string =>
  stringify(
    [headings, ...rows].map((row) => row.map(written)),
    { delimiter: ';', record_delimiter: '\r\n' },
  )
