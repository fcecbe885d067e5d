import * as sheetjs from '@e965/xlsx'
import { writeOds } from 'hucre/ods'
import { describe, expect, test } from 'vitest'
import { answer, values } from '../../../unit/intake/mail.ts'
import { figuresOf, filledRows, ourWorkbook } from '../filled-workbook.ts'
import { attach, readFiles, written, csv } from './attached-files.ts'

describe('workbooks that are read', () => {
  test('MAIL 80: ours, filled in, read by the key of each row', async () => {
    const reading = await readFiles(attach(await ourWorkbook()))
    expect(values(reading)).toEqual(figuresOf)
    expect(reading.doubts).toEqual([])
    expect(answer(reading, 'M1 i alt')?.at).toMatchObject({ part: 'workbook', sheet: 'Indberetning' })
  })
  test('MAIL 81: rows moved, deleted and inserted, columns added, the sheet renamed, protection gone', async () => {
    const rows = [
      ['noter'],
      ...filledRows.slice(3, 4),
      ...filledRows.slice(4).toReversed(),
      ['', 'sum', 9],
    ].map((row) => ['x', ...row])
    expect(
      values(await readFiles(attach(await written(rows, 'Ark1'), 'Kopi af indberetning (2).xlsx'))),
    ).toEqual(figuresOf)
  })
  test('MAIL 82: ODS', async () => {
    const ods = await writeOds({
      sheets: [{ name: 'Indberetning', rows: filledRows.map((row) => [...row]) }],
    })
    expect(
      values(
        await readFiles(attach(ods, 'indberetning.ods', 'application/vnd.oasis.opendocument.spreadsheet')),
      ),
    ).toEqual(figuresOf)
    expect(values(await readFiles(attach(ods, '', 'application/octet-stream')))).toEqual(figuresOf)
  })
  test.each([
    ['semicolons in latin1', () => Buffer.from(csv(';'), 'latin1')],
    ['UTF-8', () => Buffer.from(csv(';'))],
    ['with a byte order mark', () => Buffer.from(`\uFEFF${csv(';')}`)],
    ['UTF-16, "Unicode text" of Excel', () => Buffer.from(`\uFEFF${csv('\t')}`, 'utf16le')],
    ['with sep=;', () => Buffer.from(`sep=;\r\n${csv(';')}`)],
    ['tabs', () => Buffer.from(csv('\t'))],
  ])('MAIL 83: CSV, %s', async (_, bytes) => {
    const reading = await readFiles(attach(bytes(), 'indberetning.csv', 'text/csv'))
    expect(values(reading)).toEqual(figuresOf)
    expect(reading.doubts).toEqual([])
  })
  test('MAIL 84: an .xls that is CSV is read, one that is HTML is refused by name', async () => {
    expect(
      values(await readFiles(attach(Buffer.from(csv(';')), 'a.xls', 'application/vnd.ms-excel'))),
    ).toEqual(figuresOf)
    const html = await readFiles(
      attach(Buffer.from('<html><body><table></table></body></html>'), 'a.xls', 'application/vnd.ms-excel'),
    )
    expect(html.doubts).toMatchObject([
      { kind: 'unreadable-attachment', written: 'a.xls', details: { refusal: 'not-a-spreadsheet' } },
    ])
  })
  test('MAIL 85: a real .xls', async () => {
    const book = sheetjs.utils.book_new()
    sheetjs.utils.book_append_sheet(
      book,
      sheetjs.utils.aoa_to_sheet(filledRows.map((row) => [...row])),
      'Ark1',
    )
    const bytes = new Uint8Array(sheetjs.write(book, { type: 'buffer', bookType: 'biff8' }))
    expect(values(await readFiles(attach(bytes, 'indberetning.xls', 'application/vnd.ms-excel')))).toEqual(
      figuresOf,
    )
  })
})
