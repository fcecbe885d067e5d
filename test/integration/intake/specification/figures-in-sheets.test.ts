import * as sheetjs from '@e965/xlsx'
import { readFileSync } from 'node:fs'
import { writeXlsx } from 'hucre/xlsx'
import { describe, expect, test } from 'vitest'
import { makeSpreadsheetReader } from '../../../../functions/adapters/spreadsheet-reader.ts'
import { doubts, values } from '../../../unit/intake/mail.ts'
import { attach, read, readFiles, written } from './attached-files.ts'

/** Figures in workbooks as their sender sees them. */

type Value = string | number | Date | null
type Sheet = Parameters<typeof writeXlsx>[0]['sheets'][number]
type Cells = NonNullable<Sheet['cells']>
type Cell = Cells extends Map<string, infer C> ? C : never

const rowsOf = (rows: readonly (readonly Value[])[]): Value[][] => rows.map((row) => [...row])
const styled = async (
  rows: readonly (readonly Value[])[],
  cells: Readonly<Record<string, Cell>>,
  more: Partial<Sheet> = {},
) =>
  attach(
    await writeXlsx({
      sheets: [{ name: 'Tal', rows: rowsOf(rows), cells: new Map(Object.entries(cells)), ...more }],
    }),
    'tal.xlsx',
  )
const of = async (rows: readonly (readonly Value[])[]) => attach(await written(rows), 'tal.xlsx')
const csv = (text: string) => attach(Buffer.from(text), 'tal.csv', 'text/csv')

describe('struck out and raised cells', () => {
  test('MAIL 244: a struck-out cell is no value, and neither is a struck-out key', async () => {
    const struck = { style: { font: { strikethrough: true } } }
    const file = await styled(
      [
        ['Nøgle', 'Jeres tal'],
        ['M1 i alt', 126],
        ['M2', 24.5],
        ['FS2', 'cirka 60'],
      ],
      { '1,1': { value: 126, ...struck }, '3,0': { value: 'FS2', ...struck } },
    )
    const reading = await read(file)
    expect(values(reading)).toEqual({ M2: '24.5' })
    expect(doubts(reading)).toEqual([])
  })
  test.each<[string, readonly { text: string; font?: Record<string, unknown> }[], string]>([
    [
      'a struck-out run before',
      [
        { text: '126', font: { strikethrough: true } },
        { text: ' 134', font: {} },
      ],
      '134',
    ],
    [
      'a struck-out run behind',
      [
        { text: '134 ', font: {} },
        { text: '126', font: { strikethrough: true } },
      ],
      '134',
    ],
    [
      'a raised run',
      [
        { text: '134', font: {} },
        { text: '1', font: { vertAlign: 'superscript' } },
      ],
      '134',
    ],
    [
      'a lowered run',
      [
        { text: '134', font: {} },
        { text: '1', font: { vertAlign: 'subscript' } },
      ],
      '134',
    ],
    [
      'a raised run behind the unit',
      [{ text: '134 personer' }, { text: '2', font: { vertAlign: 'superscript' } }],
      '134',
    ],
  ])('MAIL 244: %s is not part of the figure', async (_, richText, expected) => {
    const value = richText.map(({ text }) => text).join('')
    const file = await styled(
      [
        ['Nøgle', 'Jeres tal'],
        ['M1 i alt', value],
      ],
      { '1,1': { value, type: 'richText', richText: [...richText] } },
    )
    const reading = await read(file)
    expect(values(reading)).toEqual({ 'M1 i alt': expected })
    expect(doubts(reading)).toEqual([])
  })
})

/** Saved by LibreOffice from the same cells in both formats. */
describe('an old workbook', () => {
  const saved = (type: string): Buffer =>
    readFileSync(new URL(`../../../fixtures/workbooks/looks.${type}`, import.meta.url))
  const cellsOf = async (content: Buffer, filename: string) => {
    const result = await makeSpreadsheetReader()({ filename, mimeType: '', content, sha256: '', inline: false }, 0) // prettier-ignore
    return result?.ok === true
      ? result.sheets.map(({ sheet, hidden, rows }) => ({ sheet, hidden, rows }))
      : result
  }
  test('MAIL 299: its cells look as those of a new one: struck out, raised, hidden, with the words of their format', async () => {
    const old = await cellsOf(saved('xls'), 'tal.xls')
    expect(old).toEqual(await cellsOf(saved('xlsx'), 'tal.xlsx'))
    const reading = await read(attach(saved('xls'), 'tal.xls', 'application/vnd.ms-excel'))
    // 126 and 77 are struck out, a column and a sheet are hidden, a mark is raised, kroner are in thousands.
    expect(values(reading)).toEqual({ 'M1 i alt': '134', 'M1 heraf': '61', M2: '24.5', 'H1 udgift': '1250000', 'Godkendt af': 'Inger Prøvedal' }) // prettier-ignore
    expect(reading.doubts.map((doubt) => [doubt.key, doubt.written])).toEqual([['M3', '45,5 %']])
  })
  test('MAIL 299: with a password it is refused, and nothing is read of what it says', async () => {
    const content = Buffer.from(saved('xls'))
    const record = content.indexOf(Buffer.from([0xe1, 0, 2, 0]))
    content[record] = 0x2f
    expect(await cellsOf(content, 'tal.xls')).toEqual({ ok: false, refusal: 'encrypted' })
  })
  test('MAIL 299: cut off, or with any byte changed, it is read or refused, never more than it holds', async () => {
    const whole = saved('xls')
    for (let at = 0; at < whole.length; at += 131) {
      for (const content of [whole.subarray(0, at), Buffer.from(whole).fill(0xff, at, at + 3)]) {
        const reading = await read(attach(content, 'tal.xls', 'application/vnd.ms-excel'))
        expect(reading.answers.length).toBeLessThanOrEqual(6)
      }
    }
  })
})

describe('which column is theirs', () => {
  test('MAIL 245: a column that is not shown holds no figure, wherever the key stands', async () => {
    const rows = [
      ['Nøgle', 'Gammelt', 'Tal'],
      ['M1 i alt', 126, 134],
      ['M2', 27, null],
    ]
    const hidden = await readFiles(await styled(rows, {}, { columns: [{}, { hidden: true }, {}] }))
    expect(values(hidden)).toEqual({ 'M1 i alt': '134' })
    expect(doubts(hidden)).toEqual([])
    const keys = await readFiles(await styled([['M1 i alt', 134]], {}, { columns: [{ hidden: true }, {}] }))
    expect(values(keys)).toEqual({ 'M1 i alt': '134' })
    const named = [['Nøgle', 'Jeres tal'], ['M1 i alt', 126]] // prettier-ignore
    const unseen = await readFiles(await styled(named, {}, { columns: [{}, { hidden: true }] }))
    expect(values(unseen)).toEqual({})
  })
  test.each<[string, readonly (readonly Value[])[]]>([
    ['no headings', [['M1 i alt', 126, 134]]],
    ['headings that say nothing', [['Nøgle', 'Tal', 'Nye tal'], ['M1 i alt', 126, 134]]],
    ['two columns of this year', [['Nøgle', '2014', '2014'], ['M1 i alt', 126, 134]]],
    ['two columns of theirs', [['Nøgle', 'Jeres tal', 'Jeres tal'], ['M1 i alt', 126, 134]]],
    ['a school year', [['Nøgle', '2013-2014', 'Antal'], ['M1 i alt', 126, 134]]],
    ['text and number', [['M1 i alt', '126 personer', 134]]],
  ])('MAIL 246: two filled columns under %s are asked', async (_, rows) => {
    const reading = await readFiles(await of(rows))
    expect(values(reading)).toEqual({})
    expect(doubts(reading)).toEqual(['two-values M1 i alt'])
  }) // prettier-ignore
  test.each<[string, readonly (readonly Value[])[]]>([
    ['by year', [['Nøgle', '2013', '2014'], ['M1 i alt', 126, 134]]],
    ['by year as numbers', [['Nøgle', 2013, 2014], ['M1 i alt', 126, 134]]],
    ['by year in words', [['', 'Resultat 2013', 'Resultat 2014'], ['M1 i alt', 126, 134]]],
    ['by year, the target beside', [['Nøgle', 'Mål 2014', 'Resultat 2014'], ['M1 i alt', 140, 134]]],
    ['as theirs', [['Nøgle', '2014', 'Jeres tal'], ['M1 i alt', 126, 134]]],
    ['as last year’s beside one without a name', [['Nøgle', 'Sidste år', 'Nu'], ['M1 i alt', 126, 134]]],
    ['in words, with a unit and a note', [['Nøgle', 'Tal', 'Enhed', 'Note'], ['M1 i alt', 134, 'personer', 'fra jobcenteret']]],
    ['by year far down, our form above', [['Indberetning for 2014'], [], ['Nøgle', 'Hvad', '2013', '2014'], ['M1 i alt', 'Antal', 126, 134]]],
  ])('MAIL 246: a column named %s is taken', async (_, rows) => {
    const reading = await readFiles(await of(rows))
    expect(values(reading)).toMatchObject({ 'M1 i alt': '134' })
    expect(doubts(reading)).toEqual([])
  }) // prettier-ignore
  test('MAIL 246: figures of another year alone are asked', async () => {
    const reading = await readFiles(await of([['Nøgle', '2013'], ['M1 i alt', 126]])) // prettier-ignore
    expect(values(reading)).toEqual({})
    expect(doubts(reading)).toEqual(['other-year M1 i alt'])
  })
  test.each([
    ['M2,24,5', ['two-values M2']],
    ['"M2","24,5"', []],
    ['M2;24,5', []],
    ['Nøgle,Tal\nM1 i alt,134\nM2,24,5', ['two-values M2']],
    ['M2\t24,5\t27', ['two-values M2']],
    ['sep=,\nM2,24,5', ['two-values M2']],
    ['M1 i alt,1,134', ['two-values M1 i alt']],
  ])('MAIL 246: of the CSV line »%s« nothing is taken that may be half a number', async (text, asked) => {
    const reading = await read(csv(text))
    expect(doubts(reading)).toEqual(asked)
    expect(values(reading)['M2'] ?? '24.5').toBe('24.5')
    expect(values(reading)['M1 i alt'] ?? '134').toBe('134')
  })
})

describe('what a cell’s format shows', () => {
  test.each([
    ['#,##0 "t.kr."', 1250, 'H1 udgift', { 'H1 udgift': '1250000' }, []],
    ['#,##0\\ \\t\\.\\k\\r\\.', 1250, 'H1 udgift', { 'H1 udgift': '1250000' }, []],
    ['"t.kr. "#,##0', 1250, 'H1 udgift', { 'H1 udgift': '1250000' }, []],
    ['#,##0.00 "mio. kr."', 1.25, 'H1 udgift', { 'H1 udgift': '1250000' }, []],
    ['#,##0, "t.kr."', 1250000, 'H1 udgift', { 'H1 udgift': '1250000' }, []],
    ['#,##0,', 1250000, 'H1 udgift', { 'H1 udgift': '1250000' }, []],
    ['_-* #,##0.00\\ "kr."_-;-* #,##0.00\\ "kr."_-', 400000, 'H1 udgift', { 'H1 udgift': '400000' }, []],
    ['[$kr.-406] #,##0', 400000, 'H1 udgift', { 'H1 udgift': '400000' }, []],
    ['0 "personer"', 134, 'M1 i alt', { 'M1 i alt': '134' }, []],
    ['0 "familier"', 134, 'M1 i alt', {}, ['other-unit M1 i alt']],
    ['0 "dage"', 170, 'M2', {}, ['other-unit M2']],
    ['0.0" %"', 45.5, 'M1 heraf', {}, ['share-only M1']],
    ['0.0\\%', 45.5, 'M1 heraf', {}, ['share-only M1']],
    ['0.0%', 0.455, 'M1 heraf', {}, ['share-only M1']],
    ['0.0_ ;[Red]-0.0', 24.5, 'M2', { M2: '24.5' }, []],
  ] as const)('MAIL 250: in the format %s', async (numFmt, value, key, expected, asked) => {
    const file = await styled(
      [
        ['Nøgle', 'Jeres tal'],
        [key, value],
      ],
      { '1,1': { value, style: { numFmt } } },
    )
    const reading = await read(file)
    expect(values(reading)).toEqual(expected)
    expect(doubts(reading)).toEqual(asked)
    for (const { details } of reading.doubts.filter(({ kind }) => kind === 'share-only'))
      expect(details).toEqual({ percent: '45.5' })
  })
  test('MAIL 249: a note in the sheet, or the heading of the column, gives all amounts their size', async () => {
    for (const rows of [
      [['Alle beløb i 1.000 kr.'], ['Nøgle', 'Jeres tal'], ['H1 udgift', 1250], ['M1 i alt', 1134]],
      [
        ['Nøgle', 'Jeres tal (t.kr.)'],
        ['H1 udgift', 1250],
        ['M1 i alt', 1134],
      ],
      [
        ['Nøgle', 'Jeres tal'],
        ['', '1.000 kr.'],
        ['H1 udgift', 1250],
        ['M1 i alt', 1134],
      ],
    ])
      // prettier-ignore
      expect(values(await readFiles(await of(rows)))).toEqual({ 'H1 udgift': '1250000', 'M1 i alt': '1134' })
  })
  test('MAIL 251: what a program made of 24.5 is told as a date, with the number it was', async () => {
    const date = new Date('2015-05-24T00:00:00Z')
    const reading = await read(await of([['Nøgle', 'Jeres tal'], ['M2', date], ['FS2', date]])) // prettier-ignore
    expect(values(reading)).toEqual({})
    expect(reading.doubts).toMatchObject([
      { kind: 'a-date', key: 'M2', details: { date: '2015-05-24', suggestion: '24.5' } },
      { kind: 'a-date', key: 'FS2', details: { date: '2015-05-24' } },
    ])
  })
  test('MAIL 251: another program’s date cells are told as such too', async () => {
    const sheet = sheetjs.utils.aoa_to_sheet([['Nøgle', 'Jeres tal'], ['M2', 42148]]) // prettier-ignore
    sheet['B2'] = { t: 'n', v: 42148, z: 'd/m/yyyy' }
    const book = sheetjs.utils.book_new()
    sheetjs.utils.book_append_sheet(book, sheet, 'Ark1')
    const content = new Uint8Array(sheetjs.write(book, { type: 'buffer', bookType: 'xlsx' }))
    expect(doubts(await read(attach(content)))).toEqual(['a-date M2'])
  })
})
