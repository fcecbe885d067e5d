import { boundedText, excerpt } from '../clean-text.ts'
import { compact, type KeyIndex, type KeyTarget, type Finding } from '../line/key-index.ts'
import { matchKey } from '../line/keys.ts'
import type { SheetCell, SheetRows } from '../message.ts'
import { doubtful, type Read } from '../value/value-read.ts'
import { bareValue, readValue } from '../value/values.ts'

const keyHeader = /^(?:nøgle|key)$/iu
const valueHeader = /^(?:jeres tal|your figures?)(?:\s*\(.*\))?$/iu
const noteHeader = /^(?:bemærkning(?:er)?|notes?|comments?)$/iu

/** Where a sheet's columns are: by their headings, never by position (LETTERS 7, MAIL 81). */
interface Columns {
  readonly key: number
  readonly value: number
  readonly note: number | null
}

export const headingsOf = (rows: SheetRows['rows']): Columns | null => {
  for (const row of rows.slice(0, 40)) {
    const at = (pattern: RegExp): number => row.findIndex((cell) => pattern.test(cell.text.trim()))
    const [key, value, note] = [at(keyHeader), at(valueHeader), at(noteHeader)]
    if (value !== -1) return { key: key === -1 ? 0 : key, value, note: note === -1 ? null : note }
  }
  return null
}

/** A table of two columns without headings: key and value side by side. */
export const twoColumns = (rows: SheetRows['rows'], index: KeyIndex): Columns | null => {
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
export const keyOf = (cell: SheetCell | undefined, index: KeyIndex): KeyTarget | null => {
  if (cell === undefined || cell.type !== 'text') return null
  const match = matchKey(cell.text, index)
  return match !== null && match.label === '' && match.rest.trim() === '' ? match.target : null
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
export const cellFindings = (
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
