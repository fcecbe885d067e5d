import * as sheetjs from '@e965/xlsx'
import { writeOds } from 'hucre/ods'
import { writeXlsx } from 'hucre/xlsx'
import { describe, expect, test } from 'vitest'
import { makeWorkbookWriter } from '../../../../functions/adapters/workbook-writer.ts'
import { needsTypingIn } from '../../../../functions/intake/attachment-kind.ts'
import { makeMimeParser } from '../../../../functions/adapters/mime-parser.ts'
import { sampleRequest } from '../../../fixtures/letters/sample-request.ts'
import { answer, doubts, values } from '../../../unit/intake/mail.ts'
import { compose } from '../compose-mail.ts'
import { figuresOf, filledRows, ourWorkbook, type Row } from '../filled-workbook.ts'
import { rawMail, readMail, readRaw } from '../read-mime.ts'
import { secondReading } from '../second-reader.ts'

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const attach = (content: Uint8Array, filename = 'indberetning-2014-svendborg.xlsx', contentType = xlsx) => ({
  filename,
  contentType,
  content: Buffer.from(content),
})
const read = (...attachments: readonly ReturnType<typeof attach>[]) =>
  readMail({ text: 'Se venligst vedhæftede.', attachments })
/** Reads the files of a mail; what was read in a workbook is read by the second reader too, and must be the same. */
const readFiles = async (...attachments: readonly ReturnType<typeof attach>[]) => {
  const reading = await read(...attachments)
  const [file] = attachments
  const unreadable = reading.doubts.some(
    ({ kind }) => kind === 'unreadable-attachment' || kind === 'last-year-sheet',
  )
  if (file !== undefined && attachments.length === 1 && !unreadable) {
    const workbook = secondReading(file.content, file.filename)
    const second = await readMail({ text: 'Se venligst vedhæftede.' }, { workbook })
    expect(values(second)).toEqual(values(reading))
    expect(doubts(second)).toEqual(doubts(reading))
  }
  return reading
}
const written = async (rows: readonly Row[], name = 'Indberetning'): Promise<Uint8Array> =>
  writeXlsx({ sheets: [{ name, rows: rows.map((row) => [...row]) }] })
const byKey = (key: string): number => filledRows.findIndex((row) => row[0] === key)
const csv = (separator: string): string =>
  filledRows
    .map((row) =>
      row
        .map((cell) => (typeof cell === 'number' ? String(cell).replace('.', ',') : (cell ?? '')))
        .join(separator),
    )
    .join('\r\n')

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

describe('files that are refused by name', () => {
  test.each([
    ['tal.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'document'],
    ['winmail.dat', 'application/ms-tnef', 'rich-text'],
    ['svar.msg', 'application/vnd.ms-outlook', 'attached-mail'],
    ['møde.ics', 'text/calendar', 'calendar'],
    ['tal.xlsm', 'application/octet-stream', 'macros'],
    ['tal.xlsb', 'application/octet-stream', 'xlsb'],
    ['tal.zip', 'application/zip', 'archive'],
  ])('MAIL 86: %s', async (filename, type, refusal) => {
    const reading = await readFiles(attach(Buffer.from('PK\u0003\u0004 sample'), filename, type))
    expect(reading.answers).toEqual([])
    expect(reading.doubts).toMatchObject([
      { kind: 'unreadable-attachment', written: filename, details: { refusal } },
    ])
  })
  test('MAIL 86: an attached mail is named, and its figures are not read', async () => {
    const inner = 'From: a@b.example\r\nSubject: tal\r\n\r\nM2: 24,5'
    const reading = await readFiles(attach(Buffer.from(inner), 'svar.eml', 'message/rfc822'))
    expect(reading.answers).toEqual([])
    expect(reading.doubts).toMatchObject([
      { kind: 'unreadable-attachment', details: { refusal: 'attached-mail' } },
    ])
  })
  test('MAIL 86: a PDF, a scan and a picture are typed in by a person: nothing is refused', async () => {
    const parser = makeMimeParser()
    for (const [filename, type] of [
      ['brev.pdf', 'application/pdf'],
      ['scan.tif', 'image/tiff'],
      ['foto.jpg', 'image/jpeg'],
    ] as const) {
      const raw = await compose({
        text: 'Se vedhæftede',
        attachments: [attach(Buffer.alloc(40_000, 7), filename, type)],
      })
      expect((await readRaw(raw)).doubts).toEqual([])
      expect(needsTypingIn((await parser.parse(raw)).attachments)).toBe(true)
    }
  })
  test('MAIL 86: beside figures a covering letter is asked about by nobody', async () => {
    const reading = await readMail({
      text: 'M2: 24,5',
      attachments: [attach(Buffer.from('PK'), 'Følgebrev.docx', 'application/msword')],
    })
    expect(values(reading)).toEqual({ M2: '24.5' })
    expect(reading.doubts).toEqual([])
  })
  test('MAIL 87: a password, IRM and S/MIME encryption', async () => {
    const locked = await writeXlsx({
      sheets: [{ name: 'a', rows: [['x']] }],
      encryption: { password: 'x', spinCount: 1000 },
    })
    const refusals = async (file: ReturnType<typeof attach>): Promise<readonly (string | undefined)[]> =>
      (await readFiles(file)).doubts.map(({ details }) => details['refusal'])
    expect(await refusals(attach(locked))).toEqual(['encrypted'])
    expect(
      await refusals(attach(Buffer.from('x'), 'message_v2.rpmsg', 'application/x-microsoft-rpmsg-message')),
    ).toEqual(['encrypted-mail'])
    const sealed = rawMail([
      'Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m',
      'Content-Transfer-Encoding: base64',
      '',
      'MIAGCSqGSIb3DQEHA6CA',
    ])
    const reading = await readRaw(sealed)
    expect(reading.answers).toEqual([])
    expect(reading.doubts).toMatchObject([
      { kind: 'unreadable-attachment', details: { refusal: 'encrypted-mail' } },
    ])
  })
  test('MAIL 87: a signed mail is read', async () => {
    const signed = rawMail([
      'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256; boundary=s', '',
      '--s', 'Content-Type: text/plain; charset=utf-8', '', 'M2: 24,5', '--s',
      'Content-Type: application/pkcs7-signature; name=smime.p7s', 'Content-Transfer-Encoding: base64', 'Content-Disposition: attachment; filename=smime.p7s', '', 'MIAGCSqGSIb3DQEHAqCA', '--s--', '',
    ]) // prettier-ignore
    const reading = await readRaw(signed)
    expect(values(reading)).toEqual({ M2: '24.5' })
    expect(reading.doubts).toEqual([])
    expect(doubts(await readRaw(Buffer.from(signed.toString().replace('M2: 24,5', 'Tak'))))).toEqual([])
  })
  test('MAIL 88: no file name, and names encoded in every way', async () => {
    const content = Buffer.from(await ourWorkbook())
    for (const disposition of [
      'Content-Disposition: attachment',
      "Content-Disposition: attachment; filename*=UTF-8''indberetning%20%C3%A6%C3%B8%C3%A5.xlsx",
      'Content-Disposition: attachment; filename="=?utf-8?B?aW5kYmVyZXRuaW5nIMOmLnhsc3g=?="',
      "Content-Disposition: attachment; filename*0*=UTF-8''indberet; filename*1*=ning%C3%A6.xlsx",
      'Content-Disposition: attachment; filename="../../etc/indberetning.xlsx"',
    ]) {
      const raw = rawMail([
        'Content-Type: multipart/mixed; boundary=x', '', '--x', 'Content-Type: text/plain', '', 'Se vedhæftede', '--x',
        'Content-Type: application/octet-stream', 'Content-Transfer-Encoding: base64', disposition, '', content.toString('base64').replace(/.{76}/gu, '$&\r\n'), '--x--', '',
      ]) // prettier-ignore
      expect(values(await readRaw(raw))).toEqual(figuresOf)
    }
  })
  test('MAIL 89: logos of a signature are neither read nor typed in', async () => {
    const parser = makeMimeParser()
    const logo = Buffer.alloc(3000, 1)
    const inline = await compose({
      html: '<p>M2: 24,5</p><img src="cid:logo@x">',
      attachments: [{ filename: 'logo.png', content: logo, cid: 'logo@x', contentType: 'image/png' }],
    })
    const loose = await compose({ text: 'Tak', attachments: [attach(logo, 'image001.png', 'image/png')] })
    expect(values(await readRaw(inline))).toEqual({ M2: '24.5' })
    for (const raw of [inline, loose]) {
      expect((await readRaw(raw)).doubts).toEqual([])
      expect(needsTypingIn((await parser.parse(raw)).attachments)).toBe(false)
    }
  })
  test.each([
    ['SharePoint', 'https://svendborg.sharepoint.com/:x:/s/integration/Eabc?e=1'],
    ['OneDrive', 'https://1drv.ms/x/s!Ab'],
    ['OneDrive', 'https://onedrive.live.com/edit.aspx?resid=1'],
    ['Google Drev', 'https://docs.google.com/spreadsheets/d/1/edit'],
    ['Dropbox', 'https://www.dropbox.com/s/1/tal.xlsx'],
    ['WeTransfer', 'https://we.tl/t-1'],
  ])('MAIL 90: a link to %s in place of the file', async (service, link) => {
    for (const parts of [
      { text: `Tallene ligger her: ${link}` },
      { html: `<p>Her: <a href="${link}">indberetning.xlsx</a></p>` },
    ]) {
      const reading = await readMail(parts)
      expect(reading.doubts).toMatchObject([
        { kind: 'unreadable-attachment', written: service, details: { refusal: 'cloud-link' } },
      ])
    }
    const beside = await readMail({ text: `M2: 24,5\nBaggrund: ${link}` })
    expect(beside.doubts).toEqual([])
  })
})

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
