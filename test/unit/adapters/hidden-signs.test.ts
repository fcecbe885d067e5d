import { createHash } from 'node:crypto'
import { readXlsx } from 'hucre/xlsx'
import { html } from 'hono/html'
import { describe, expect, test } from 'vitest'
import { makeMimeComposer, makeMimeParser } from '../../../functions/adapters/mime.ts'
import { makeSpreadsheetReader } from '../../../functions/adapters/spreadsheet-reader.ts'
import { makeTableWorkbookWriter } from '../../../functions/adapters/workbook-writer.ts'
import { page, plainPage } from '../../../functions/web/page.ts'
import { frame, reader, textOf } from '../web/page-parts.ts'

const marks = ['\u061C', '\u200E', '\u200F', '\u202A', '\u202D', '\u202E', '\u2066', '\u2068', '\u2069']
const turned = `faktura${marks.join('')}fdp.exe`

describe('marks that turn the direction of a text', () => {
  test('stand on no page, in no heading, name, subject or verbatim text', async () => {
    const who = { ...reader('caseworker'), name: turned }
    const content = html`<p>${turned}</p>
      <pre>${turned}</pre>
      <input value="${turned}" />`
    const pages = [
      await textOf(page(frame(who), { title: turned, path: '/', content })),
      await textOf(plainPage({ title: turned, content }, frame(who).links)),
    ]
    for (const text of pages) {
      expect(text).toContain('fakturafdp.exe')
      for (const mark of marks) expect(text).not.toContain(mark)
    }
  })

  test('leave with no letter: subject, addressee and text are read as they are written', async () => {
    const raw = await makeMimeComposer().compose({
      from: { name: 'Ministeriet', address: 'svar@svar.ministeriet.example' },
      to: [{ name: turned, address: 'lene@kommune.example' }],
      cc: [{ name: turned, address: 'bo@kommune.example' }],
      subject: `SV: ${turned}`,
      text: turned,
      html: `<p>${turned}</p>`,
      date: '2015-03-01T10:00:00.000Z',
      messageId: '<a@svar.ministeriet.example>',
      inReplyTo: null,
      references: [],
      autoSubmitted: 'auto-replied',
      attachments: [],
    })
    const mail = await makeMimeParser().parse(raw)
    expect(mail.subject).toBe('SV: fakturafdp.exe')
    expect(mail.to.map(({ name }) => name)).toEqual(['fakturafdp.exe'])
    expect(mail.text).toContain('fakturafdp.exe')
    for (const mark of marks)
      expect(JSON.stringify({ ...mail, attachments: [] }).includes(mark), mark).toBe(false)
  })
})

test('a cell of a workbook is a text whatever it begins with, and hides no sign of a formula', async () => {
  const headings = ['a', 'b', 'c', 'd', 'e']
  const rows = [['=1+1', '\u200B=1+1', ' ＝1+1', '\u202E-1', 'et mål']]
  const bytes = await makeTableWorkbookWriter()({
    title: 'Tal',
    language: 'da-DK',
    sheets: [{ name: 'Ark', headings, rows }],
  })
  const { sheets } = await readXlsx(bytes)
  expect(sheets[0]?.rows[1]).toEqual(['=1+1', '=1+1', '＝1+1', '-1', 'et mål'])
  expect([...(sheets[0]?.cells ?? [])].filter(([, cell]) => cell.formula !== undefined)).toEqual([])
})

describe('a CSV file of delimiters', () => {
  const read = (text: string) => {
    const content = new TextEncoder().encode(text)
    const sha256 = createHash('sha256').update(content).digest('hex')
    return makeSpreadsheetReader()(
      { filename: 'tal.csv', mimeType: 'text/csv', content, sha256, inline: false },
      0,
    )
  }
  const megabytes = 4.9 * 1024 * 1024

  test.each([
    ['on one line', ';'.repeat(megabytes)],
    ['on lines as long as a record may be', `${';'.repeat(99_000)}\n`.repeat(megabytes / 99_001)],
    ['on many short lines', `${';'.repeat(150)}\r\n`.repeat(megabytes / 152)],
    ['tabs', '\t'.repeat(megabytes)],
    ['quoted cells', '"";'.repeat(megabytes / 3)],
    ['under a delimiter of its own', `sep=|\r\n${'|'.repeat(megabytes)}`],
  ])('of 4.9 MB is refused before it is taken apart: %s', async (_what, text) => {
    expect(await read(text)).toEqual({ ok: false, refusal: 'too-large' })
  })

  test('with as many cells as a form has a hundred times over is read', async () => {
    const rows = await read(`M1 i alt;134${';'.repeat(98)}\n`.repeat(2000))
    expect(rows).toMatchObject({ ok: true })
    expect(rows?.ok === true && rows.sheets[0]?.rows[1999]?.[1]?.text).toBe('134')
  })
})
