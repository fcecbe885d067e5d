import { cleanText } from '../clean-text.ts'
import type { HtmlTable } from '../html-text.ts'
import type { Finding, KeyIndex, KeyTarget } from '../line/key-index.ts'
import type { SheetCell } from '../message.ts'
import type { LabelledLine } from '../quotation/segments.ts'
import type { SentTexts } from '../quotation/sent.ts'
import type { ReadOn } from '../value/values.ts'
import { findingsIn, hasHeadings, keyOf } from './columns.ts'

interface TableContext extends Pick<ReadOn, 'year' | 'receivedOn' | 'scale'> {
  readonly index: KeyIndex
  readonly sent: SentTexts
}

interface TablesRead {
  readonly findings: readonly Finding[]
  /** Lines of the body that belong to these tables and are not read as lines. */
  readonly lines: ReadonlySet<number>
}

const asCell = (text: string): SheetCell => ({
  address: '',
  text: cleanText(text),
  type: text.trim() === '' ? 'empty' : 'text',
})

/** The rows of values below a row of keys: as far as anything stands under one of the keys, and no key. */
const valueRows = (
  cells: readonly (readonly SheetCell[])[],
  at: number,
  keys: readonly (KeyTarget | null)[],
  index: KeyIndex,
): readonly number[] => {
  const rows: number[] = []
  for (let row = at + 1; row < cells.length; row += 1) {
    const found = cells[row] ?? []
    if (!keys.some((key, column) => key !== null && (found[column]?.text.trim() ?? '') !== '')) break
    if (found.some((cell) => keyOf(cell, index) !== null)) break
    rows.push(row)
  }
  return rows
}

/**
 * Tables that lines cannot tell: with columns headed »Jeres tal« or by year, or transposed, keys in one row and values in
 * the next ones (MAIL 58). Every other table is read row by row, its cells set apart by tabs (MAIL 57).
 */
export const readTables = (
  tables: readonly HtmlTable[],
  lines: readonly LabelledLine[],
  context: TableContext,
): TablesRead => {
  const findings: Finding[] = []
  const used = new Set<number>()
  for (const { rows } of tables) {
    const levelOf = (line: number): number => lines[line - 1]?.level ?? 0
    const cells = rows.map((row) => row.cells.map(asCell))
    if (hasHeadings(cells, context.index, context.year)) {
      findings.push(
        ...findingsIn(cells, context.index, context, (at) => ({
          place: () => ({ part: 'table', row: at + 1 }),
          level: levelOf(rows[at]?.line ?? 0),
        })),
      )
      for (const { line } of rows) used.add(line)
    } else
      for (let at = 0; at + 1 < rows.length; at += 1) {
        const keys = (cells[at] ?? []).map((cell) => keyOf(cell, context.index))
        if (keys.filter((key) => key !== null).length < 2) continue
        const below = valueRows(cells, at, keys, context.index)
        const isOurs = context.sent.has([at, at + 1].map((row) => rows[row]?.cells.join('') ?? '').join(''))
        // Turned round it is a table like others: its first column heads the values, a year among them (MAIL 258).
        const turned = keys.map((_, column) =>
          [at, ...below].map((row) => cells[row]?.[column] ?? asCell('')),
        )
        if (!isOurs)
          findings.push(
            ...findingsIn(turned, context.index, context, () => ({
              place: () => ({ part: 'table', row: at + 2 }),
              level: levelOf(rows[at + 1]?.line ?? 0),
            })),
          )
        for (const row of [at, ...below]) used.add(rows[row]?.line ?? 0)
        at += below.length
      }
  }
  return { findings, lines: used }
}
