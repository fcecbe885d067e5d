import { cleanText } from '../clean-text.ts'
import type { HtmlTable } from '../html-text.ts'
import type { KeyIndex, Finding } from '../line/key-index.ts'
import type { SheetCell } from '../message.ts'
import type { LabelledLine } from '../quotation/segments.ts'
import type { SentTexts } from '../quotation/sent.ts'
import { bareValue, readValue, type ReadOn } from '../value/values.ts'
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

/**
 * Tables that lines cannot tell: with columns headed »Jeres tal« or by year, or transposed, keys in one row and values in
 * the next (MAIL 58). Every other table is read row by row, its cells set apart by tabs (MAIL 57).
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
        const [keyRow, valueRow] = [rows[at]?.line ?? 0, rows[at + 1]?.line ?? 0]
        keys.forEach((target, column) => {
          const value = cells[at + 1]?.[column]?.text ?? ''
          if (
            target === null ||
            context.sent.has(`${rows[at]?.cells.join('') ?? ''}${rows[at + 1]?.cells.join('') ?? ''}`)
          )
            return
          const read = readValue(bareValue(value), target.shape, context)
          if (read.as !== 'empty')
            findings.push({ target, read, at: { part: 'table', row: at + 2 }, level: levelOf(valueRow) })
        })
        used.add(keyRow).add(valueRow)
      }
  }
  return { findings, lines: used }
}
