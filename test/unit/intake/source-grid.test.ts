import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { htmlToText } from '../../../functions/intake/html-text.ts'
import type { SheetRows } from '../../../functions/intake/message.ts'
import { gridsOfSheets, gridsOfTables } from '../../../functions/intake/table/source-grid.ts'
import type { SourceGrid } from '../../../functions/domain/casefile/reading.ts'

const sheetOf = (rows: readonly (readonly string[])[], changes: Partial<SheetRows> = {}): SheetRows => ({
  file: 0,
  filename: 'tal.xlsx',
  sheet: 'Indberetning',
  hidden: false,
  identity: null,
  rows: rows.map((row, at) =>
    row.map((text, column) => ({
      address: `${String.fromCharCode(65 + column)}${at + 1}`,
      text,
      type: text === '' ? 'empty' : 'text',
    })),
  ),
  ...changes,
})
const cell = (key: string, address: string, sheet = 'Indberetning') => ({
  key,
  written: '',
  at: { part: 'workbook' as const, file: 0, sheet, cell: address },
})
const marked = (grid: SourceGrid | undefined) =>
  (grid?.rows ?? []).flatMap((row) =>
    row.cells.flatMap((one, at) =>
      one.keys.map((key) => `${key} ${grid?.columns[at] ?? ''}${row.number} ${one.text}`),
    ),
  )

describe('the corner of a sheet around what was read', () => {
  const rows = Array.from({ length: 40 }, (_, at) => [`nøgle ${at + 1}`, '', '', `${at + 1}`, 'note'])
  it('marks the cells, shows rows and columns around them and the first row, and says where rows are left out', () => {
    const [grid] = gridsOfSheets([sheetOf(rows)], [cell('M2', 'D20'), cell('M1 i alt', 'D21')])
    expect(grid?.columns).toEqual(['A', 'B', 'C', 'D', 'E'])
    expect(grid?.rows.map(({ number, afterGap }) => (afterGap ? `… ${number}` : String(number)))).toEqual([
      '1', '… 17', '18', '19', '20', '21', '22', '23', '24',
    ]) // prettier-ignore
    expect(marked(grid)).toEqual(['M2 D20 20', 'M1 i alt D21 21'])
  })
  it('shows nothing of a hidden sheet, of another file or sheet, or of a cell that is not there', () => {
    expect(gridsOfSheets([sheetOf(rows, { hidden: true })], [cell('M2', 'D20')])).toEqual([])
    expect(gridsOfSheets([sheetOf(rows, { file: 1 })], [cell('M2', 'D20')])).toEqual([])
    expect(gridsOfSheets([sheetOf(rows)], [cell('M2', 'D20', 'Andet'), cell('M2', 'Z99')])).toEqual([])
  })
  it('cuts a long text, and marks every cell that exists exactly once', () => {
    const [grid] = gridsOfSheets([sheetOf([['x'.repeat(500), '1']])], [cell('M2', 'B1')])
    expect(grid?.rows[0]?.cells[0]?.text).toHaveLength(202)
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.string({ maxLength: 5 }), { maxLength: 8 }), { minLength: 1, maxLength: 30 }),
        fc.nat(30),
        fc.nat(8),
        (some, row, column) => {
          const exists = some[row]?.[column] !== undefined
          const address = `${String.fromCharCode(65 + column)}${row + 1}`
          const [found] = gridsOfSheets([sheetOf(some)], [cell('M2', address)])
          expect(marked(found)).toEqual(exists ? [`M2 ${address} ${some[row]?.[column] ?? ''}`] : [])
        },
      ),
    )
  })
})

describe('the table of an HTML body in which something was read', () => {
  const inRow = (key: string, row: number, written: string) => ({
    key,
    written,
    at: { part: 'table' as const, row },
  })
  const table = (...rows: readonly (readonly string[])[]): string =>
    `<table>${rows.map((row) => `<tr>${row.map((text) => `<td>${text}</td>`).join('')}</tr>`).join('')}</table>`
  const grids = (html: string, ...read: ReturnType<typeof inRow>[]) =>
    gridsOfTables(htmlToText(html).tables, read)

  it('marks the value in its row, in the table that has it', () => {
    const html = `${table(['Punkt', 'Hvem'], ['Møde', '24,5'])}<p>og</p>${table(['M1 i alt', '134 personer'], ['M2', '24,5'])}`
    const found = grids(html, inRow('M2', 2, '24,5'), inRow('M1 i alt', 1, '134'))
    expect(found).toHaveLength(1)
    expect(marked(found[0])).toEqual(['M1 i alt 21 134 personer', 'M2 22 24,5'])
  })
  it('marks the value beneath its key where keys stand in one row and values in the next', () => {
    const html = table(['M1 i alt', 'M1 heraf', 'FS2'], ['134', '61', '61'])
    expect(marked(grids(html, inRow('M1 heraf', 2, '61'), inRow('FS2', 2, '61'))[0])).toEqual([
      'M1 heraf 22 61',
      'FS2 32 61',
    ])
  })
  it('shows no table where none holds what was written', () => {
    expect(grids(table(['M2', '25']), inRow('M2', 1, '24,5'), inRow('M2', 1, ''))).toEqual([])
  })
})
