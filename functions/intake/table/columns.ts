import { boundedText, excerpt } from '../clean-text.ts'
import { compact, type KeyIndex, type KeyTarget, type Finding } from '../line/key-index.ts'
import { matchKey } from '../line/keys.ts'
import type { SheetCell, SheetRows } from '../message.ts'
import { scaleInHeading, type Scale } from '../value/scale.ts'
import { doubtful, type Read } from '../value/value-read.ts'
import { bareValue, readValue, type ReadOn } from '../value/values.ts'
import { figureColumns, headingOf, isHeadingRow, namesColumns, yearsIn, type Heading } from './headings.ts'

type Rows = SheetRows['rows']

/** What heads the columns of a row: the nearest row of headings above it. */
interface Headed {
  readonly texts: readonly string[]
  readonly headings: readonly Heading[]
}

const textsOf = (row: readonly SheetCell[]): readonly string[] =>
  row.map((cell) => (cell.hidden === true ? '' : cell.text))

const headedBy = (row: readonly SheetCell[], year: number): Headed | null => {
  const texts = textsOf(row)
  return isHeadingRow(texts, year) || namesColumns(texts, year)
    ? { texts, headings: texts.map((text) => headingOf(text, year)) }
    : null
}

const hasKey = (row: readonly SheetCell[], index: KeyIndex): boolean =>
  row.some((cell) => keyOf(cell, index) !== null)

/** Whether a row above keys heads a table's columns: with »Jeres tal«, or with a year. */
export const hasHeadings = (rows: Rows, index: KeyIndex, year: number): boolean => {
  const lastKey = rows.findLastIndex((row) => hasKey(row, index))
  return rows
    .slice(0, Math.max(0, lastKey))
    .some((row) => !hasKey(row, index) && headedBy(row, year) !== null)
}

/** The key a cell holds and nothing else. */
export const keyOf = (cell: SheetCell | undefined, index: KeyIndex): KeyTarget | null => {
  if (cell === undefined || cell.type !== 'text') return null
  const match = matchKey(cell.text, index)
  return match !== null && match.label === '' && match.rest.trim() === '' ? match.target : null
}

const readCell = (cell: SheetCell, target: KeyTarget, on: ReadOn): Read => {
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
    case 'text': {
      const read = readValue(bareValue(cell.text), target.shape, on)
      const meant = cell.type === 'date' ? decimalOf(cell.text) : null
      return read.as === 'doubt' && read.kind === 'a-date' && meant !== null
        ? { ...read, details: { ...read.details, suggestion: meant } }
        : read
    }
    default:
      return cell.type satisfies never
  }
}

/** The number that a program takes for a date: `24.5` becomes 24 May. */
const decimalOf = (date: string): string | null => {
  const [, month, day] = /^\d{4}-(\d\d)-(\d\d)$/u.exec(date) ?? []
  return month === undefined || day === undefined ? null : `${Number(day)}.${Number(month)}`
}

const figures: ReadonlySet<string> = new Set(['count', 'number', 'amount', 'pair'])

/** Whether a cell may be meant as the value: it reads as one, or as a doubt about one. */
const mayBeValue = (cell: SheetCell, target: KeyTarget, on: ReadOn): boolean => {
  if (cell.type === 'empty' || cell.hidden === true) return false
  if (!figures.has(target.shape.type) || cell.type !== 'text') return true
  return (
    /^[^\p{L}]{0,3}(?:kr\.?|dkk|ca\.?|ikke|\d|[-–?])/iu.test(cell.text.trim()) ||
    readsAsValue(cell, target, on)
  )
}

const readsAsValue = (cell: SheetCell, target: KeyTarget, on: ReadOn): boolean => {
  const read = readCell(cell, target, on)
  return read.as === 'value' || read.as === 'pair'
}

interface Place {
  readonly place: (cell: SheetCell) => Finding['at']
  readonly level: number
}

/** The cells of one row in which its figure may stand, and the heading they stand under. */
const valueCells = (
  row: readonly SheetCell[],
  at: number,
  {
    target,
    headed,
    index,
    on,
  }: {
    readonly target: KeyTarget
    readonly headed: Headed | null
    readonly index: KeyIndex
    readonly on: ReadOn
  },
): {
  readonly cells: readonly SheetCell[]
  readonly columns: readonly number[]
  readonly isOther: boolean
} => {
  const next = row.findIndex((cell, column) => column > at && keyOf(cell, index) !== null)
  const end = next === -1 ? Math.max(row.length, headed?.headings.length ?? 0) : next
  const beside = Array.from({ length: Math.max(0, end - at - 1) }, (_, nth) => at + 1 + nth)
  const headings = headed === null ? [] : beside.map((column) => headed.headings[column] ?? 'none')
  const isNamed = headings.includes('ours') || headings.includes('this-year')
  const of = headed === null ? beside : figureColumns(headings).map((nth) => beside[nth] ?? 0)
  const filled = (columns: readonly number[]): readonly number[] =>
    columns.filter((column) => {
      const cell = row[column]
      return (
        cell !== undefined &&
        (isNamed ? cell.type !== 'empty' && cell.hidden !== true : mayBeValue(cell, target, on))
      )
    })
  const found = filled(of)
  // Of a form that is not filled in yet nothing is asked: its other columns are ours.
  const others =
    found.length > 0 || headings.includes('ours') || headed === null
      ? []
      : filled(beside.filter((column) => yearsIn(headed.texts[column] ?? '').length > 0))
  const columns = found.length > 0 ? found : others
  return {
    columns,
    cells: columns.flatMap((column) => row[column] ?? []),
    isOther: found.length === 0 && others.length > 0,
  }
}

const readBeside = (cells: readonly SheetCell[], isOther: boolean, target: KeyTarget, on: ReadOn): Read => {
  const [first, ...rest] = cells
  if (first === undefined) return { as: 'empty' }
  // Text that equals the cell before it may be the other half of a number: `M2,6,6` is 6,6 to its sender.
  const second = rest.find(({ text, type }) => type === 'text' || text.trim() !== first.text.trim())
  if (second !== undefined)
    return doubtful('two-values', `${first.text} ${second.text}`, { first: first.text, second: second.text })
  if (isOther) return doubtful('other-year', first.text)
  return readCell(first, target, on)
}

/** What one row says: its value under its key, and its note. */
const rowFindings = (
  row: readonly SheetCell[],
  at: number,
  target: KeyTarget,
  {
    headed,
    index,
    on,
    place,
    level,
  }: Place & {
    readonly headed: Headed | null
    readonly index: KeyIndex
    readonly on: ReadOn
  },
): readonly Finding[] => {
  const { cells, columns, isOther } = valueCells(row, at, { target, headed, index, on })
  const heading = columns
    .map((column) => scaleInHeading(headed?.texts[column] ?? ''))
    .find((scale) => scale !== null)
  const read = readBeside(cells, isOther, target, heading === undefined ? on : { ...on, scale: heading })
  const noteAt = headed?.headings.findIndex((heading_, column) => column > at && heading_ === 'note') ?? -1
  const note = noteAt === -1 ? undefined : row[noteAt]
  const noteText = note?.hidden === true ? '' : (note?.text.trim() ?? '')
  const found: Finding[] = []
  const noteTarget =
    noteText === '' ? null : (index.byCompact.get(compact(`${baseOf(target.key)} bemærkning`)) ?? null)
  const [value] = cells
  if (value !== undefined && read.as !== 'empty')
    found.push({
      target,
      read: noteTarget === null ? withNote(read, noteText) : read,
      at: place(value),
      level,
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
      at: place(note),
      level,
    })
  return found
}

const baseOf = (key: string): string => /^(?:M|FS|H)\d+/u.exec(key)?.[0] ?? key

const withNote = <R extends Read>(read: R, note: string): R =>
  read.as === 'value' && note !== '' && read.text !== note
    ? { ...read, text: [read.text, note].filter((part) => part !== '').join(' – ') }
    : read

/** The size that a cell of a sheet gives for all amounts, where no key stands in its row. */
const scaleOfSheet = (rows: Rows, index: KeyIndex): Scale | null => {
  for (const row of rows)
    for (const cell of row) {
      if (cell.type !== 'text' || cell.hidden === true || hasKey(row, index)) continue
      const scale = scaleInHeading(cell.text)
      if (scale !== null && !/^(?:jeres tal|your figure)/iu.test(cell.text)) return scale
    }
  return null
}

/**
 * What the rows of a sheet or a table say. A figure stands in the column named as theirs or as this year's; where
 * none is named and two are filled it is asked, and nothing is read in what is not shown (MAIL 81, 246).
 */
export const findingsIn = (
  rows: Rows,
  index: KeyIndex,
  given: ReadOn,
  at: (row: number) => Place,
): readonly Finding[] => {
  const scale = given.scale ?? scaleOfSheet(rows, index)
  const on = { ...given, scale }
  let headed: Headed | null = null
  const found: Finding[] = []
  rows.forEach((row, nth) => {
    const keys = row.flatMap((cell, column) => {
      const target = keyOf(cell, index)
      return target === null ? [] : [{ target, column }]
    })
    if (keys.length === 0) headed = headedBy(row, on.year) ?? headed
    for (const { target, column } of keys)
      found.push(...rowFindings(row, column, target, { headed, index, on, ...at(nth) }))
  })
  return found
}
