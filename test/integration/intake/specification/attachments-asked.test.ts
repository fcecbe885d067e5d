import * as sheetjs from '@e965/xlsx'
import { describe, expect, test } from 'vitest'
import { makeWorkbookWriter } from '../../../../functions/adapters/workbook-writer.ts'
import { sampleRequest } from '../../../fixtures/letters/sample-request.ts'
import { answer, doubts, values } from '../../../unit/intake/mail.ts'
import { figuresOf, filledRows, ourWorkbook, type Row } from '../filled-workbook.ts'
import { rawMail, readMail, readRaw } from '../read-mime.ts'
import { xlsx, attach, readFiles, written, byKey } from './attached-files.ts'

describe('what is asked', () => {
  const withM2 = (value: Row[number]): readonly Row[] =>
    filledRows.map((row) => (row[0] === 'M2' ? row.with(5, value) : row))
  test('MAIL 91: two workbooks: the same is fine, different is asked', async () => {
    const one = attach(await written(filledRows))
    expect(values(await readFiles(one, attach(await written(filledRows), 'kopi.xlsx')))).toEqual(figuresOf)
    const differ = await readFiles(one, attach(await written(withM2(25)), 'ny.xlsx'))
    expect(doubts(differ)).toEqual(['two-values M2'])
    expect(differ.doubts[0]?.details).toEqual({ first: '24.5', second: '25' })
  })
  test('MAIL 92: mail and workbook', async () => {
    const reading = await readMail({
      text: 'M1 heraf: 62\nM2: 24,5 uger',
      attachments: [attach(await written(filledRows))],
    })
    expect(doubts(reading)).toEqual(['body-sheet M1 heraf'])
    expect(values(reading)['M2']).toBe('24.5')
  })
  test('MAIL 93: the workbook of another year', async () => {
    const rows = filledRows.map((row, at) =>
      at === 0 ? ['Indberetning for 2013, resultatkontrakt, Svendborg'] : row,
    )
    const reading = await readFiles(attach(await written(rows)))
    expect(reading.answers).toEqual([])
    expect(reading.doubts).toMatchObject([
      { kind: 'last-year-sheet', details: { year: '2013', asked: '2014' } },
    ])
  })
  test('MAIL 94: texts, formulas, errors, merged cells, hidden rows and sheets, by the cell', async () => {
    const sheet = sheetjs.utils.aoa_to_sheet(filledRows.map((row) => [...row]))
    const at = (key: string): string => `F${byKey(key) + 1}`
    sheet[at('M1 i alt')] = { t: 's', v: '134 personer' }
    sheet[at('M1 heraf')] = { t: 'n', f: 'SUM(60,1)', v: 61 }
    sheet[at('M2')] = { t: 'e', v: 0x17 }
    sheet[at('FS2')] = { t: 'n', f: 'A1' }
    sheet['!merges'] = [{ s: { r: 0, c: 0 }, e: { r: 0, c: 6 } }]
    sheet['!rows'] = filledRows.map((_, row) => ({ hidden: row === byKey('H1 udgift') }))
    const book = sheetjs.utils.book_new()
    sheetjs.utils.book_append_sheet(book, sheet, 'Ark1')
    sheetjs.utils.book_append_sheet(
      book,
      sheetjs.utils.aoa_to_sheet([
        ['Nøgle', 'Jeres tal'],
        ['M2', 99],
      ]),
      'Skjult',
    )
    book.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 1 }] }
    const reading = await readFiles(
      attach(new Uint8Array(sheetjs.write(book, { type: 'buffer', bookType: 'xlsx' }))),
    )
    expect(values(reading)).toMatchObject({ 'M1 i alt': '134', 'M1 heraf': '61', 'H1 udgift': '400000' })
    expect(reading.doubts).toMatchObject([
      { kind: 'cell-error', key: 'M2', details: { cell: at('M2') } },
      { kind: 'cell-formula', key: 'FS2', details: { cell: at('FS2') } },
    ])
  })
  test('MAIL 95: an empty file and one that was cut', async () => {
    const whole = Buffer.from(await ourWorkbook())
    expect((await readFiles(attach(Buffer.alloc(0)))).doubts).toMatchObject([
      { details: { refusal: 'empty' } },
    ])
    expect((await readFiles(attach(whole.subarray(0, whole.length / 2)))).doubts).toMatchObject([
      { details: { refusal: 'broken' } },
    ])
    const cut = rawMail([
      'Content-Type: multipart/mixed; boundary=x', '', '--x', 'Content-Type: text/plain', '', 'Se vedhæftede', '--x',
      `Content-Type: ${xlsx}; name=a.xlsx`, 'Content-Transfer-Encoding: base64', 'Content-Disposition: attachment; filename=a.xlsx', '', whole.toString('base64').slice(0, 4001),
    ]) // prettier-ignore
    expect((await readRaw(cut)).doubts).toMatchObject([
      { kind: 'unreadable-attachment', details: { refusal: 'broken' } },
    ])
  })
  test('MAIL 96: the workbook alone, without a word', async () => {
    const file = attach(await ourWorkbook())
    for (const parts of [
      { attachments: [file] },
      { text: '', attachments: [file] },
      { html: '', attachments: [file] },
    ])
      expect(values(await readMail(parts))).toEqual(figuresOf)
  })
  test('MAIL 137: notes in the column of figures, figures in the column of notes, a percentage', async () => {
    const rows = filledRows.map((row) => {
      if (row[0] === 'M2') return row.with(5, '24,5 uger – median')
      if (row[0] === 'FS2') return [...row.slice(0, 5), null, '83']
      return row
    })
    const reading = await readFiles(attach(await written(rows), 'Kopi af Kopi (3).xlsx'))
    expect(values(reading)).toMatchObject({ M2: '24.5', 'FS2 bemærkning': '83' })
    expect(answer(reading, 'M2')?.text).toBe('median')
    expect(answer(reading, 'FS2')).toBeUndefined()
    const sheet = sheetjs.utils.aoa_to_sheet(filledRows.map((row) => [...row]))
    sheet[`F${byKey('M1 heraf') + 1}`] = { t: 'n', v: 0.455, z: '0.0%' }
    const book = sheetjs.utils.book_new()
    sheetjs.utils.book_append_sheet(book, sheet, 'Ark1')
    const percent = await readFiles(
      attach(new Uint8Array(sheetjs.write(book, { type: 'buffer', bookType: 'xlsx' }))),
    )
    expect(doubts(percent)).toEqual(['share-only M1'])
  })
})

test('MAIL 80: sent back untouched our workbook says nothing', async () => {
  const reading = await readFiles(attach(await makeWorkbookWriter().write(sampleRequest().workbook)))
  expect(reading).toMatchObject({ answers: [], doubts: [] })
})
