import { cleanText } from '../intake/clean-text.ts'
import type { SheetCell } from '../intake/message.ts'

/** How the cells of a sheet are called and written, whatever kind of file they stand in. */

/** `A`, `Z`, `AA`: a column by its number from 0. */
export const columnName = (column: number): string => {
  let letters = ''
  for (let rest = column; rest >= 0; rest = Math.floor(rest / 26) - 1)
    letters = String.fromCodePoint(65 + (rest % 26)) + letters
  return letters
}

/** `B3`: row and column from 0. */
export const cellAddress = (row: number, column: number): string => `${columnName(column)}${row + 1}`

/** A cell of a file that holds texts alone. */
export const plainCell = (text: string, row: number, column: number): SheetCell => ({
  address: cellAddress(row, column),
  text: cleanText(text),
  type: text.trim() === '' ? 'empty' : 'text',
})

/**
 * A number as Danish text: at most 15 digits, as the cell shows it. Three decimals get a zero behind, since
 * `1,234` typed by hand is asked about and a number cell is not in doubt.
 */
export const danishNumber = (value: number): string => {
  const text = String(Number(value.toPrecision(15)))
  if (text.includes('e')) return text
  const [whole = '', decimals] = text.split('.')
  return decimals === undefined ? whole : `${whole},${decimals}${decimals.length === 3 ? '0' : ''}`
}
