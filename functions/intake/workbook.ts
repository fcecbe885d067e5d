import type { Doubt } from '../domain/casefile/reading.ts'
import { boundedText, cleanText, excerpt } from './clean-text.ts'
import { bareValue, readValue } from './values.ts'
import { compact, type KeyIndex, type KeyTarget, type Finding } from './key-index.ts'
import { matchKey } from './keys.ts'
import { doubtful, type Read } from './value-read.ts'
import { mergeFindings, type PartRead } from './merge.ts'
import type { SheetCell, SheetRows } from './message.ts'
import type { HtmlTable } from './html-text.ts'
import type { LabelledLine } from './segments.ts'
import type { SentTexts } from './sent.ts'

const keyHeader = /^(?:nøgle|key)$/iu
const valueHeader = /^(?:jeres tal|your figures?)(?:\s*\(.*\))?$/iu
const noteHeader = /^(?:bemærkning(?:er)?|notes?|comments?)$/iu

/** Where a sheet's columns are: by their headings, never by position (LETTERS 7, MAIL 81). */
interface Columns {
  readonly key: number
  readonly value: number
  readonly note: number | null
}

const headingsOf = (rows: SheetRows['rows']): Columns | null => {
  for (const row of rows.slice(0, 40)) {
    const at = (pattern: RegExp): number => row.findIndex((cell) => pattern.test(cell.text.trim()))
    const [key, value, note] = [at(keyHeader), at(valueHeader), at(noteHeader)]
    if (value !== -1) return { key: key === -1 ? 0 : key, value, note: note === -1 ? null : note }
  }
  return null
}

/** A table of two columns without headings: key and value side by side. */
const twoColumns = (rows: SheetRows['rows'], index: KeyIndex): Columns | null => {
  const key = Math.min(
    ...rows.flatMap((row) => row.flatMap((cell, at) => (keyOf(cell, index) === null ? [] : [at]))),
  )
  if (!Number.isFinite(key)) return null
  const beside = rows.filter((row) => keyOf(row[key], index) !== null)
  const filled = new Set(
    beside.flatMap((row) => row.flatMap((cell, at) => (at > key && cell.type !== 'empty' ? [at] : []))),
  )
  const [value] = [...filled].sort((a, b) => a - b)
  return value !== undefined && filled.size <= 2 ? { key, value, note: null } : null
}

/** The key a cell holds and nothing else. */
const keyOf = (cell: SheetCell | undefined, index: KeyIndex): KeyTarget | null => {
  if (cell === undefined || cell.type !== 'text') return null
  const match = matchKey(cell.text, index)
  return match !== null && match.label === '' && match.rest.trim() === '' ? match.target : null
}

/** The results' year a workbook of ours is for: from its hidden name, or from its title. */
const yearOf = (sheet: SheetRows): string | null => {
  const hidden = /(?:^|[\s"])(20\d\d)(?=[\s"]|$)/u.exec(sheet.identity ?? '')?.[1]
  const title = sheet.rows
    .slice(0, 3)
    .flatMap((row) => row.map(({ text }) => text))
    .join(' ')
  return hidden ?? /\b(?:Indberetning|Return) (?:for|af resultater for) (20\d\d)\b/iu.exec(title)?.[1] ?? null
}

const readCell = (cell: SheetCell, target: KeyTarget, on: { year: number; receivedOn: string }): Read => {
  switch (cell.type) {
    case 'empty':
      return { as: 'empty' }
    case 'error':
      return doubtful('cell-error', cell.text, { cell: cell.address })
    case 'formula-without-value':
      return doubtful('cell-formula', cell.text, { cell: cell.address })
    case 'number':
    case 'percent':
    case 'date':
    case 'boolean':
    case 'text':
      return readValue(bareValue(cell.text), target.shape, on)
    default:
      return cell.type satisfies never
  }
}

/** What one row says: its value under its key, and its note. */
const cellFindings = (
  row: readonly SheetCell[],
  columns: Columns,
  index: KeyIndex,
  on: { readonly year: number; readonly receivedOn: string },
  at: { readonly place: (cell: SheetCell) => Finding['at']; readonly level: number },
): readonly Finding[] => {
  const target = keyOf(row[columns.key], index)
  if (target === null) return []
  const value = row[columns.value]
  const note = columns.note === null ? undefined : row[columns.note]
  const noteText = note?.text.trim() ?? ''
  const read = value === undefined ? null : readCell(value, target, on)
  const found: Finding[] = []
  const noteTarget =
    noteText === '' ? null : (index.byCompact.get(compact(`${baseOf(target.key)} bemærkning`)) ?? null)
  if (value !== undefined && read !== null && read.as !== 'empty')
    found.push({
      target,
      read: noteTarget === null ? withNote(read, noteText) : read,
      at: at.place(value),
      level: at.level,
    })
  if (noteTarget !== null && note !== undefined)
    found.push({
      target: noteTarget,
      read: {
        as: 'value',
        value: { is: 'text' },
        text: boundedText(noteText),
        written: excerpt(noteText),
        whole: false,
      },
      at: at.place(note),
      level: at.level,
    })
  return found
}

const baseOf = (key: string): string => /^(?:M|FS|H)\d+/u.exec(key)?.[0] ?? key

const withNote = <R extends Read>(read: R, note: string): R =>
  read.as === 'value' && note !== '' && read.text !== note
    ? { ...read, text: [read.text, note].filter((part) => part !== '').join(' – ') }
    : read

/**
 * What the attached workbooks say, rows by key. Sheets that are not shown are not read; a workbook for another
 * year is named and left (MAIL 93); two workbooks with different values are asked (MAIL 91).
 */
export const readWorkbooks = (
  sheets: readonly SheetRows[],
  index: KeyIndex,
  on: { readonly year: number; readonly receivedOn: string },
): PartRead => {
  const doubts: Doubt[] = []
  const findings: Finding[] = []
  const otherYears = new Set<number>()
  for (const sheet of sheets) {
    const year = yearOf(sheet)
    if (year !== null && year !== String(on.year)) otherYears.add(sheet.file)
  }
  for (const sheet of sheets) {
    if (otherYears.has(sheet.file)) {
      const year = yearOf(sheet)
      if (year !== null && doubts.every(({ details }) => details['file'] !== String(sheet.file)))
        doubts.push({
          kind: 'last-year-sheet',
          key: '',
          written: excerpt(sheet.filename),
          details: { year, asked: String(on.year), file: String(sheet.file) },
          at: null,
        })
      continue
    }
    if (sheet.hidden) continue
    const columns = headingsOf(sheet.rows) ?? twoColumns(sheet.rows, index)
    if (columns === null) continue
    const place = (cell: SheetCell): Finding['at'] => ({
      part: 'workbook',
      file: sheet.file,
      sheet: sheet.sheet,
      cell: cell.address,
    })
    for (const row of sheet.rows) findings.push(...cellFindings(row, columns, index, on, { place, level: 0 }))
  }
  const read = mergeFindings(findings, [], new Set())
  return { answers: read.answers, doubts: [...read.doubts, ...doubts] }
}

interface TableContext {
  readonly index: KeyIndex
  readonly sent: SentTexts
  readonly year: number
  readonly receivedOn: string
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
 * Tables that lines cannot tell: with a column headed »Jeres tal«, or transposed, keys in one row and values in
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
    const columns = headingsOf(cells)
    if (columns !== null)
      cells.forEach((row, at) => {
        const line = rows[at]?.line ?? 0
        findings.push(
          ...cellFindings(row, columns, context.index, context, {
            place: () => ({ part: 'table', row: at + 1 }),
            level: levelOf(line),
          }),
        )
        used.add(line)
      })
    else
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
