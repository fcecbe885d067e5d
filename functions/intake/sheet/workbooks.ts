import type { Doubt } from '../../domain/casefile/reading.ts'
import { excerpt } from '../clean-text.ts'
import type { KeyIndex, Finding } from '../line/key-index.ts'
import { mergeFindings, type PartRead } from '../merge.ts'
import { type SheetCell, sheetPlace, type SheetRows } from '../message.ts'
import { findingsIn, keyOf } from '../table/columns.ts'
import type { ReadOn } from '../value/values.ts'

/** The results' year a workbook of ours is for: from its hidden name, or from its title. */
const yearOf = (sheet: SheetRows): string | null => {
  const hidden = /(?:^|[\s"])(20\d\d)(?=[\s"]|$)/u.exec(sheet.identity ?? '')?.[1]
  const title = sheet.rows
    .slice(0, 3)
    .flatMap((row) => row.map(({ text }) => text))
    .join(' ')
  return hidden ?? /\b(?:Indberetning|Return) (?:for|af resultater for) (20\d\d)\b/iu.exec(title)?.[1] ?? null
}

/**
 * What the attached workbooks say, rows by key. Sheets that are not shown are not read; a workbook for another
 * year is named and left (MAIL 93); two workbooks with different values are asked (MAIL 91).
 */
export const readWorkbooks = (
  sheets: readonly SheetRows[],
  index: KeyIndex,
  on: Pick<ReadOn, 'year' | 'receivedOn'>,
): PartRead & {
  /** Files in which no key of ours stands: named, since nothing in them was read (MAIL 285). */
  readonly withoutKeys: readonly string[]
} => {
  const doubts: Doubt[] = []
  const keyed = new Set<number>()
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
    if (sheet.rows.some((row) => row.some((cell) => keyOf(cell, index) !== null))) keyed.add(sheet.file)
    const place = (cell: SheetCell): Finding['at'] => ({
      part: 'workbook',
      file: sheet.file,
      sheet: sheetPlace(sheet, sheets),
      cell: cell.address,
    })
    findings.push(...findingsIn(sheet.rows, index, on, () => ({ place, level: 0 })))
  }
  const read = mergeFindings(findings, [], new Set())
  const unkeyed = sheets.filter(
    ({ file, rows }) => !keyed.has(file) && !otherYears.has(file) && holdsWords(rows),
  )
  return {
    answers: read.answers,
    doubts: [...read.doubts, ...doubts],
    withoutKeys: [...new Map(unkeyed.map(({ file, filename }) => [file, filename])).values()],
  }
}

const holdsWords = (rows: SheetRows['rows']): boolean =>
  rows.some((row) => row.some(({ type }) => type !== 'empty'))
