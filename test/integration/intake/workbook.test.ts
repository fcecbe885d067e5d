import * as XLSX from '@e965/xlsx'
import { writeXlsx } from 'hucre/xlsx'
import { writeOds } from 'hucre/ods'
import { describe, expect, test } from 'vitest'
import { readReply } from '../../../functions/intake/read-reply.ts'
import {
  agreementKeys,
  answer,
  doubts,
  fixture,
  form,
  message,
  request,
  values,
} from '../../unit/intake/mail.ts'
import { type Row, headings, figuresOf } from './filled-workbook.ts'
import { title, entry, filled, open, refusal, read, hucre, sheetJs } from './workbook-files.ts'

describe('LETTERS 6.4: reply 3, the records system', () => {
  test('gives exactly its table', async () => {
    const reading = readReply({
      message: message({ text: fixture('reply-3.txt'), subject: 'Svar på jeres henvendelse - vores sagsnr. 15/2207 (dok. 884113)' }),
      form, sent: [request], year: 2014, receivedOn: '2015-02-27', agreementKeys, workbook: await open(await hucre(filled)),
    }) // prettier-ignore
    expect(values(reading)).toEqual(figuresOf)
    expect(reading.doubts).toEqual([])
    expect(reading.theirCaseNumber).toBe('15/2207')
    expect(answer(reading, 'M1 heraf')?.at).toEqual({
      part: 'workbook',
      file: 0,
      sheet: 'Indberetning',
      cell: 'F6',
    })
    expect(reading.freeText).toBe('Se venligst vedhæftede.')
  })
})

describe('MAIL 80-85, 137: the same figures from every program', () => {
  test.each([
    ['hucre xlsx', () => hucre(filled)],
    [
      'hucre ods',
      async () => writeOds({ sheets: [{ name: 'Indberetning', rows: filled.map((row) => [...row]) }] }),
    ],
    ['sheetjs xlsx', async () => sheetJs(filled)],
    ['sheetjs ods', async () => sheetJs(filled, 'ods')],
    ['sheetjs xls', async () => sheetJs(filled, 'biff8')],
  ])('%s', async (name, make) => {
    const filename = name.endsWith('ods') ? 'a.ods' : name.endsWith('xls') ? 'a.xls' : 'a.xlsx'
    const reading = read(await open(await make(), filename))
    expect(values(reading)).toEqual(figuresOf)
    expect(reading.doubts).toEqual([])
  })

  test('the second reader sees the same cells', async () => {
    const bytes = await hucre(filled)
    const second = XLSX.utils.sheet_to_json<Row>(XLSX.read(bytes).Sheets['Indberetning']!, { header: 1 })
    const shown = (await open(bytes))[0]!.rows.map((row) => row.map(({ text }) => text.replace(',', '.')))
    second.forEach((row, at) => {
      row.forEach((value, column) => {
        if (value !== null && value !== undefined)
          expect(shown[at]?.[column]).toBe(String(value).replace(',', '.'))
      })
    })
    expect(second.length).toBe(filled.length)
  })

  const csv = filled.map((row) => row.map((cell) => (typeof cell === 'number' ? String(cell).replace('.', ',') : (cell ?? ''))).join(';')).join('\r\n') // prettier-ignore
  test.each([
    ['UTF-8', Buffer.from(csv)],
    ['with BOM', Buffer.from(`\uFEFF${csv}`)],
    ['windows-1252', Buffer.from(csv, 'latin1')],
    ['with sep=', Buffer.from(`sep=;\r\n${csv}`)],
    ['UTF-16 from Excel, tabs', Buffer.from(`\uFEFF${csv.replaceAll(';', '\t')}`, 'utf16le')],
  ])('MAIL 83: csv %s', async (_, bytes) => {
    expect(values(read(await open(bytes, 'indberetning.csv')))).toEqual(figuresOf)
  })
  test('MAIL 84: an .xls that is CSV is read, one that is HTML is refused', async () => {
    expect(values(read(await open(Buffer.from(csv), 'a.xls')))).toEqual(figuresOf)
    expect(await refusal(Buffer.from('<html><table></table></html>'), 'a.xls')).toBe('not-a-spreadsheet')
  })

  test('MAIL 81: rows sorted, inserted and deleted, columns added, the sheet renamed', async () => {
    const shuffled = [
      ['noter'],
      [null, ...headings],
      ...filled
        .slice(4)
        .toReversed()
        .map((row) => ['x', ...row]),
      ['', 'i alt', 7],
    ]
    expect(values(read(await open(await hucre(shuffled, '__proto__'))))).toEqual(figuresOf)
  })
  test('a table of their own: two columns without headings', async () => {
    expect(
      values(read(await open(await hucre([['Tallene'], ['M1 i alt', 134], ['M1 heraf', '61 personer']])))),
    ).toEqual({ 'M1 i alt': '134', 'M1 heraf': '61' })
  })
  test('an empty workbook says nothing', async () => {
    const empty = filled.map((row, at) =>
      at > 3 ? entry(String(row[0]), null, '', String(row[4] ?? '')) : row,
    )
    expect(read(await open(await hucre(empty)))).toMatchObject({ answers: [], doubts: [] })
  })
})

describe('MAIL 91-94, 137: what is asked', () => {
  test('MAIL 92: mail and workbook that differ; equal is fine', async () => {
    const workbook = await open(await hucre(filled))
    const reading = read(workbook, 'M1 heraf: 62\nM2: 24,5')
    expect(doubts(reading)).toEqual(['body-sheet M1 heraf'])
    expect(reading.doubts[0]?.details).toEqual({ first: '62', second: '61' })
    expect(values(reading)['M2']).toBe('24.5')
  })
  test('MAIL 91: two workbooks, the same and different', async () => {
    const [one] = await open(await hucre(filled))
    const [other] = await open(await hucre(filled.map((row) => (row[0] === 'M2' ? entry('M2', 25) : row))))
    expect(doubts(read([one!, { ...one!, file: 1 }]))).toEqual([])
    expect(doubts(read([one!, { ...other!, file: 1 }]))).toEqual(['two-values M2'])
  })
  test('MAIL 93: the workbook of another year is not read', async () => {
    const old = filled.map((row, at) =>
      at === 0 ? ['Indberetning for 2013, resultatkontrakt, Svendborg'] : row,
    )
    const reading = read(await open(await hucre(old)))
    expect(reading.answers).toEqual([])
    expect(doubts(reading)).toEqual(['last-year-sheet'])
    expect(reading.doubts[0]?.details).toMatchObject({ year: '2013', asked: '2014' })
    const hidden = await writeXlsx({ sheets: [{ name: 'x', rows: filled.slice(3).map((row) => [...row]) }], namedRanges: [{ name: 'aarshjul', range: '"7QX4M2P9T3VW8HND 2013 1"' }] }) // prettier-ignore
    expect(doubts(read(await open(hidden)))).toEqual(['last-year-sheet'])
  })
  test('MAIL 94: formulas with and without a saved value, errors, percentages, dates, texts', async () => {
    const sheet = await open(
      sheetJs(filled, 'xlsx', (cells) => {
        cells['F5'] = { t: 'n', f: '100+34', v: 134 }
        cells['F6'] = { t: 'n', v: 0.455, z: '0.0%' }
        cells['F7'] = { t: 'e', v: 0x17 }
        cells['F8'] = { t: 'd', v: new Date(Date.UTC(2014, 10, 14)) }
        cells['F9'] = { t: 'n', f: '80+3' }
        cells['F10'] = { t: 's', v: 'ikke opgjort, regnskabet lukker 1/4' }
      }),
    )
    const reading = read(sheet)
    expect(values(reading)).toEqual({
      'M1 i alt': '134',
      'H1 udgift': 'ikke opgjort',
      Formidling: 'Erfaringsbasen, juni 2015',
    })
    expect(doubts(reading).toSorted()).toEqual([
      'cell-error M2',
      'cell-formula FS2',
      'not-a-value M3',
      'share-only M1',
    ])
    expect(reading.doubts.find(({ kind }) => kind === 'cell-formula')?.details).toEqual({ cell: 'F9' })
    expect(reading.doubts.find(({ kind }) => kind === 'share-only')?.details).toEqual({ percent: '45.5' })
  })
  test('MAIL 137: a note in »Jeres tal« is read as a line, a value in »Bemærkning« is a note', async () => {
    const reading = read(
      await open(
        await hucre([
          title,
          headings,
          entry('M2', '24,5 uger (median)'),
          entry('FS2', null, '83'),
          entry('M1 i alt', 134, 'mange nye'),
        ]),
      ),
    )
    expect(values(reading)).toEqual({
      M2: '24.5',
      'M1 i alt': '134',
      'M1 bemærkning': 'mange nye',
      'FS2 bemærkning': '83',
    })
    expect(answer(reading, 'M2')?.text).toBe('median')
  })
  test('hidden sheets are not read, CPR numbers in cells set the mail aside', async () => {
    const hidden = await writeXlsx({
      sheets: [
        { name: 'a', rows: [['hej']] },
        { name: 'b', hidden: true, rows: filled.map((row) => [...row]) },
      ],
    })
    expect(read(await open(hidden)).answers).toEqual([])
    expect(read(await open(await hucre([...filled, ['Borger 010190-1234']])))).toMatchObject({
      citizenData: true,
      answers: [],
    })
  })
  test('a number cell with three decimals is not in doubt', async () => {
    expect(values(read(await open(await hucre([headings, entry('M2', 1.234)]))))).toEqual({ M2: '1.234' })
  })
})
