import { withoutNumber } from '../../domain/base/text.ts'
import type { SourceGrid } from '../../domain/casefile/reading.ts'
import { htmlToText, type HtmlTable } from '../html-text.ts'
import { type ParsedMessage, sheetPlace, type SheetRows } from '../message.ts'
import { splitLines } from '../clean-text.ts'

/** What was read, and where. */
export interface CellRead {
  readonly key: string
  /** As it stood. */
  readonly written: string
  readonly at:
    | { readonly part: 'workbook'; readonly file: number; readonly sheet: string; readonly cell: string }
    | { readonly part: 'table'; readonly row: number }
}

/** Rows above and beneath, columns before and behind a cell: a form's key and heading stand before its value. */
const around = { rows: 3, before: 7, behind: 2 } as const
const longestCell = 200

interface Mark {
  readonly key: string
  readonly row: number
  readonly column: number
}

const cut = (text: string): string => (text.length > longestCell ? `${text.slice(0, longestCell)} …` : text)

const gridOf = (
  from: SourceGrid['from'],
  rows: readonly (readonly string[])[],
  nameOf: (column: number) => string,
  marks: readonly Mark[],
): SourceGrid => {
  const near = new Set<number>([0])
  for (const { row } of marks) for (let at = row - around.rows; at <= row + around.rows; at += 1) near.add(at)
  const shown = [...near].filter((at) => at >= 0 && at < rows.length).toSorted((a, b) => a - b)
  const width = Math.max(0, ...shown.map((at) => rows[at]?.length ?? 0))
  const columns = marks.map(({ column }) => column)
  const first = Math.max(0, Math.min(...columns) - around.before)
  const last = Math.min(width - 1, Math.max(...columns) + around.behind)
  const within = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at)
  return {
    from,
    columns: within.map(nameOf),
    rows: shown.map((at, nth) => ({
      number: at + 1,
      afterGap: nth > 0 && shown[nth - 1] !== at - 1,
      cells: within.map((column) => ({
        text: cut(rows[at]?.[column] ?? ''),
        keys: marks.flatMap((mark) => (mark.row === at && mark.column === column ? [mark.key] : [])),
      })),
    })),
  }
}

const lettersOf = (sheet: SheetRows, column: number): string =>
  sheet.rows.map((row) => withoutNumber(row[column]?.address ?? '')).find((name) => name !== '') ?? ''

const inSheet = (sheet: SheetRows, place: string, read: readonly CellRead[]): SourceGrid | null => {
  const marks = read.flatMap(({ key, at }): readonly Mark[] => {
    if (at.part !== 'workbook' || at.file !== sheet.file || at.sheet !== place) return []
    const row = sheet.rows.findIndex((cells) => cells.some(({ address }) => address === at.cell))
    const column = sheet.rows[row]?.findIndex(({ address }) => address === at.cell) ?? -1
    return column < 0 ? [] : [{ key, row, column }]
  })
  const { file, filename, sheet: name } = sheet
  return marks.length === 0
    ? null
    : gridOf(
        { is: 'sheet', file, filename, sheet: name },
        sheet.rows.map((row) => row.map(({ text }) => text)),
        (column) => lettersOf(sheet, column),
        marks,
      )
}

/** The sheets in which something was read, each around it. Sheets that are not shown were not read. */
export const gridsOfSheets = (
  sheets: readonly SheetRows[],
  read: readonly CellRead[],
): readonly SourceGrid[] =>
  sheets.flatMap((sheet) => (sheet.hidden ? [] : (inSheet(sheet, sheetPlace(sheet, sheets), read) ?? [])))

const bare = (text: string): string => text.replaceAll(/[\s_*]+/gu, '').toLowerCase()

const cellsOf = (table: HtmlTable, row: number): readonly string[] => table.rows[row - 1]?.cells ?? []

/**
 * The cell of a table's row that holds what was written; -1 where none does. Of several it is the one beneath its
 * key (a table whose keys stand in one row and values in the next), otherwise the last: values follow their keys.
 */
const columnOf = (
  table: HtmlTable,
  row: number,
  { key, written }: Pick<CellRead, 'key' | 'written'>,
): number => {
  const wanted = bare(written)
  if (wanted === '') return -1
  const cells = cellsOf(table, row)
  const whole = cells.flatMap((cell, column) => (bare(cell) === wanted ? [column] : []))
  const above = cellsOf(table, row - 1)
  const beneath = whole.find((column) => bare(above[column] ?? '').includes(bare(key)))
  return beneath ?? whole.at(-1) ?? cells.findLastIndex((cell) => bare(cell).includes(wanted))
}

/**
 * The table in which an answer was read. The record names the row and not the table: it is one that has the words
 * in that row, with their key in it or above it where several do.
 */
const tableWith = (tables: readonly HtmlTable[], row: number, read: CellRead): HtmlTable | undefined => {
  const holding = tables.filter((table) => columnOf(table, row, read) >= 0)
  const named = (table: HtmlTable): boolean =>
    bare([...cellsOf(table, row - 1), ...cellsOf(table, row)].join('')).includes(bare(read.key))
  return holding.find(named) ?? holding[0]
}

/** The tables of an HTML body in which something was read, each around it. */
export const gridsOfTables = (
  tables: readonly HtmlTable[],
  read: readonly CellRead[],
): readonly SourceGrid[] => {
  const found = read.flatMap((one) => {
    if (one.at.part !== 'table') return []
    const { row } = one.at
    const table = tableWith(tables, row, one)
    return table === undefined
      ? []
      : [{ table, mark: { key: one.key, row: row - 1, column: columnOf(table, row, one) } }]
  })
  return tables.flatMap((table) => {
    const marks = found.flatMap((one) => (one.table === table ? [one.mark] : []))
    const rows = table.rows.map(({ cells }) => cells)
    return marks.length === 0 ? [] : [gridOf({ is: 'table' }, rows, (column) => String(column + 1), marks)]
  })
}

/** A mail's words as they were read, for a person to follow a figure back to its line. */
interface MailText {
  /** In order; the first is line 1 of what provenance counts. */
  readonly lines: readonly string[]
  /** The lines of each row of its tables, by the row's number from 1: one a table. */
  readonly rows: ReadonlyMap<number, readonly number[]>
}

const plainOf = (message: ParsedMessage): MailText | null =>
  message.text === null ? null : { lines: splitLines(message.text), rows: new Map() }

const shownOf = (message: ParsedMessage): MailText | null => {
  if (message.html === null) return null
  const { body, tables } = htmlToText(message.html)
  const rows = new Map<number, number[]>()
  for (const table of tables)
    for (const [at, { line }] of table.rows.entries()) rows.set(at + 1, [...(rows.get(at + 1) ?? []), line])
  return { lines: splitLines(body), rows }
}

/** What was read and where: the line it is looked for in. */
interface ReadAt {
  readonly line: number | null
  readonly row: number | null
  readonly written: string
}

/**
 * The line of a body that something read stands in; null when it has no such line. Of the rows of several tables
 * it is the first that holds the words.
 */
export const lineOf = ({ rows, lines }: MailText, { line, row, written }: ReadAt): number | null => {
  if (line !== null || row === null) return line
  const those = rows.get(row) ?? []
  return those.find((at) => bare(lines[at - 1] ?? '').includes(bare(written))) ?? those[0] ?? null
}

const holds = (text: MailText, read: ReadAt): boolean => {
  const at = lineOf(text, read)
  if (at === null) return false
  // A value may stand on the line beneath its key.
  const near = [text.lines[at - 1] ?? '', text.lines[at] ?? ''].join('')
  return bare(near).includes(bare(read.written.slice(0, 20)))
}

/**
 * The body that was read: text or HTML, the one in which what was read stands at its place; the text part where
 * both do. Null when the mail has neither.
 */
export const mailTextOf = (message: ParsedMessage, read: readonly ReadAt[]): MailText | null => {
  const [plain, shown] = [plainOf(message), shownOf(message)]
  if (plain === null || shown === null) return plain ?? shown
  const found = (text: MailText): number => read.filter((one) => holds(text, one)).length
  const isBlank = plain.lines.every((line) => line.trim() === '')
  return isBlank || found(shown) > found(plain) ? shown : plain
}
