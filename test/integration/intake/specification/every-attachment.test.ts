import { beforeEach, describe, expect, test } from 'vitest'
import { makeMimeParser } from '../../../../functions/adapters/mime.ts'
import { needsTypingIn } from '../../../../functions/intake/attachment-kind.ts'
import { openTasks } from '../../../../functions/domain/review/open-tasks.ts'
import type { ReviewState } from '../../../../functions/domain/review/state.ts'
import { values } from '../../../unit/intake/mail.ts'
import { complete, compose } from '../compose-mail.ts'
import { figuresOf, ourWorkbook } from '../filled-workbook.ts'
import { bmp, gif, jpeg, png, webp } from '../pictures.ts'
import { openPostOffice, words, type PostOffice } from '../post-office.ts'
import { rawMail, readMail, readRaw } from '../read-mime.ts'
import { attach, csv, xlsx } from './attached-files.ts'

const openReviewTasks = (state: ReviewState) =>
  openTasks(state, '2015-02-24').map(({ kind, mailKey }) => [kind, mailKey])
const parser = makeMimeParser()
const see = 'Se venligst vedhæftede.'
const lines = 'M1 i alt: 134\nM1 heraf: 61\nM2: 24,5'
const read3 = { 'M1 i alt': '134', 'M1 heraf': '61', M2: '24.5' }
const page = `<html><head><meta charset="utf-8"></head><body><p>Fortsat:</p><p>${lines.replaceAll('\n', '</p><p>')}</p></body></html>`
const table = `<table><tr><td>M1 i alt</td><td>134</td></tr><tr><td>M1 heraf</td><td>61</td></tr><tr><td>M2</td><td>24,5</td></tr></table>`
const excel2003 = (rows: string): string =>
  `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Ark1"><Table>${rows}</Table></Worksheet></Workbook>`
const cell = (text: string | number): string =>
  `<Cell><Data ss:Type="${typeof text === 'number' ? 'Number' : 'String'}">${text}</Data></Cell>`
const row = (...cells: readonly (string | number)[]): string => `<Row>${cells.map(cell).join('')}</Row>`
const refusals = (reading: { doubts: readonly { written: string; details: Readonly<Record<string, string>> }[] }) =>
  reading.doubts.map(({ written, details }) => [written, details['refusal']]) // prettier-ignore

describe('MAIL 284: what can be read is read', () => {
  test.each([
    ['ATT00001.htm, a page', attach(Buffer.from(page), 'ATT00001.htm', 'text/html')],
    ['ATT00001.txt', attach(Buffer.from(lines), 'ATT00001.txt', 'text/plain')],
    ['a text, Latin-1', attach(Buffer.from(`Hej Søren\n${lines}`, 'latin1'), 'tal.txt', 'text/plain')],
    ['a text in UTF-16', attach(Buffer.from(`\uFEFF${lines.replaceAll(': ', '\t')}`, 'utf16le'), 'tal.txt', 'text/plain')],
    ['a text with a byte order mark', attach(Buffer.from(`\uFEFF${lines}`), 'tal.txt', 'application/octet-stream')],
    ['a page with a table', attach(Buffer.from(`<html><body>${table}</body></html>`), 'tal.html', 'text/html')],
    ['a page without a head', attach(Buffer.from(table), 'tal.htm', 'text/html')],
    ['a text without a name', attach(Buffer.from(lines), '', 'text/plain')],
    ['markdown', attach(Buffer.from('| M1 i alt | 134 |\n| M1 heraf | 61 |\n| M2 | 24,5 |'), 'tal.md', 'text/markdown')],
    ['Excel 2003', attach(Buffer.from(excel2003(row('M1 i alt', 134) + row('M1 heraf', 61) + row('M2', 24.5))), 'tal.xml', 'text/xml')],
    ['Excel 2003 by another name', attach(Buffer.from(excel2003(row('M1 i alt', 134) + row('M1 heraf', 61) + row('M2', 24.5))), 'tal.xml', 'application/octet-stream')],
    ['Excel 2003 with rows left out', attach(Buffer.from(excel2003(`<Row ss:Index="4">${cell('M1 i alt')}<Cell ss:Index="4"><Data ss:Type="Number">134</Data></Cell></Row><Row ss:Index="9">${cell('M1 heraf')}<Cell ss:Index="4"><Data ss:Type="Number">61</Data></Cell></Row><Row>${cell('M2')}<Cell ss:Index="4"><Data ss:Type="Number">24.5</Data></Cell></Row>`)), 'tal.xml', 'text/xml')],
  ])('MAIL 284: %s', async (_, file) => {
    const reading = await readMail({ text: see, attachments: [file] })
    expect(values(reading)).toEqual(read3)
    expect(reading.doubts).toEqual([])
    expect(reading.answers.every(({ at }) => at.part === 'workbook' && at.file === 0)).toBe(true)
  }) // prettier-ignore
  test('MAIL 284: our workbook saved as "Unicode-tekst"', async () => {
    const file = attach(Buffer.from(`\uFEFF${csv('\t')}`, 'utf16le'), 'indberetning.txt', 'text/plain')
    const reading = await readMail({ text: see, attachments: [file] })
    expect(values(reading)).toEqual(figuresOf)
  })
  test('MAIL 284: hidden rows, columns and sheets of Excel 2003 are not seen, a formula without a value is asked', async () => {
    const hidden = excel2003(
      `<Column/><Column ss:Hidden="1"/><Column/><Row>${cell('M2')}${cell(99)}${cell(24.5)}</Row><Row ss:Hidden="1">${cell('M1 i alt')}${cell('')}${cell(134)}</Row><Row>${cell('FS2')}${cell('')}<Cell ss:Formula="=1+1"/></Row>`,
    )
    const reading = await readMail({ text: see, attachments: [attach(Buffer.from(hidden), 'tal.xml', 'text/xml')] })
    expect(values(reading)).toEqual({ M2: '24.5' })
    expect(reading.doubts.map(({ kind, key }) => [kind, key])).toEqual([['cell-formula', 'FS2']])
  }) // prettier-ignore
  test('MAIL 284: a workbook with a Content-ID in multipart/related is no picture', async () => {
    const content = Buffer.from(await ourWorkbook())
      .toString('base64')
      .replace(/.{76}/gu, '$&\r\n')
    for (const disposition of ['inline', 'attachment', 'inline; filename="tal.xlsx"'])
      for (const type of [xlsx, 'application/octet-stream']) {
        const raw = rawMail([
          'Content-Type: multipart/related; boundary=r', '', '--r', 'Content-Type: text/html; charset=utf-8', '', '<p>Se vedhæftede</p>', '--r',
          `Content-Type: ${type}; name="tal.xlsx"`, 'Content-ID: <tal@svendborg>', `Content-Disposition: ${disposition}`, 'Content-Transfer-Encoding: base64', '', content, '--r--', '',
        ]) // prettier-ignore
        expect(values(await readRaw(raw))).toEqual(figuresOf)
      }
  })
  test('MAIL 284: what an attached text asks is asked: more time, another value, a quotation in it is none', async () => {
    const file = (text: string) => [attach(Buffer.from(text), 'ATT00001.htm', 'text/html')]
    const wish = await readMail({ text: 'M2: 24,5', attachments: file('<p>Kan vi få udsættelse til den 13. marts?</p>') })
    expect(wish.wishes).toMatchObject([{ wish: 'extension', until: '2015-03-13' }])
    const other = await readMail({ text: 'M2: 24,5', attachments: file('<p>M2: 25,5</p>') })
    expect(other.doubts).toMatchObject([{ kind: 'two-values', key: 'M2' }])
    const quoted = await readMail({ text: 'M2: 24,5', attachments: file('<p>Fra: Jonas Prøve<br>Sendt: 1. februar 2014 10:00<br>Til: Mette<br>Emne: tal</p><p>FS2: 60</p>') })
    expect(values(quoted)).toEqual({ M2: '24.5' })
    expect(quoted.doubts).toMatchObject([{ kind: 'quoted', key: 'FS2' }])
  }) // prettier-ignore
})

describe('MAIL 285: what could not be read is named, every time', () => {
  test.each([
    ['tal.numbers', 'application/vnd.apple.numbers', 'numbers'],
    ['tal.numbers', 'application/zip', 'numbers'],
    ['noter.one', 'application/onenote', 'document'],
    ['data.xml', 'text/xml', 'unknown-kind'],
    ['tal.parquet', 'application/octet-stream', 'unknown-kind'],
    ['tal.7z', 'application/x-7z-compressed', 'archive'],
    ['brev.pdf', 'application/pdf', 'pdf'],
    ['tal.docm', 'application/octet-stream', 'document'],
  ])('MAIL 285: %s (%s) beside figures', async (filename, type, refusal) => {
    const content = filename.endsWith('.xml') ? Buffer.from('<?xml version="1.0"?><a>1</a>') : Buffer.from('PK\u0003\u0004 x')
    const reading = await readMail({ text: lines, attachments: [attach(content, filename, type)] })
    expect(values(reading)).toEqual(read3)
    expect(refusals(reading)).toEqual([[filename, refusal]])
  }) // prettier-ignore
  test.each([
    ['a text of words', attach(Buffer.from('Vi har brugt en ny metode i år.'), 'metode.txt', 'text/plain'), 'text'],
    ['a page of words', attach(Buffer.from('<p>Vi har brugt en ny metode.</p>'), 'ATT00002.htm', 'text/html'), 'text'],
    ['a table of other things', attach(Buffer.from('Afdeling;Antal\nNord;12\nSyd;9'), 'oversigt.csv', 'text/csv'), 'no-keys'],
  ])('MAIL 285: %s is named', async (_, file, refusal) => {
    const reading = await readMail({ text: lines, attachments: [file] })
    expect(values(reading)).toEqual(read3)
    expect(refusals(reading)).toEqual([[file.filename, refusal]])
  })
  test('MAIL 285: a text that holds nothing is not named: blanks, a signature, our own words', async () => {
    for (const text of ['', '\n\n', '<html><body><br></body></html>', 'Med venlig hilsen\nMette Prøve', '-- \nMette'])
      expect((await readMail({ text: lines, attachments: [attach(Buffer.from(text), 'ATT00001.htm', 'text/html')] })).doubts.filter(({ details }) => details['refusal'] !== 'empty')).toEqual([])
  }) // prettier-ignore
  test('MAIL 285: the 21st attachment is named, and a workbook among many pictures is read', async () => {
    const files = Array.from({ length: 25 }, (_, nth) => attach(Buffer.from('%PDF-1.4'), `bilag ${nth}.pdf`, 'application/pdf'))
    const many = await readMail({ text: lines, attachments: files })
    // Ten by name, the rest by their number (MAIL 207).
    expect(refusals(many).slice(0, 10)).toEqual(files.slice(0, 10).map(({ filename }) => [filename, 'pdf']))
    expect(many.doubts.slice(10)).toMatchObject([{ kind: 'more-unread', details: { count: '15' } }])
    expect((await readMail({ text: lines, attachments: [...files.slice(0, 20).map((file) => ({ ...file, content: png(20, 20), filename: 'a.png', contentType: 'image/png' })), attach(Buffer.from('%PDF-1.4'), 'bilag 21.pdf', 'application/pdf')] })).doubts).toMatchObject([{ written: 'bilag 21.pdf' }, { written: 'a.png', details: { refusal: 'too-many' } }]) // prettier-ignore
    const photos = Array.from({ length: 25 }, (_, nth) => attach(jpeg(1200, 900), `image${nth}.jpeg`, 'image/jpeg'))
    const last = await readMail({ text: see, attachments: [...photos, attach(await ourWorkbook())] })
    expect(values(last)).toEqual(figuresOf)
    expect(refusals(last).slice(0, 10).every(([, refusal]) => refusal === 'picture')).toBe(true)
    expect(last.doubts.slice(10)).toMatchObject([{ kind: 'more-unread', details: { count: '15' } }])
  }) // prettier-ignore

  const link = 'https://svendborg.sharepoint.com/:x:/s/integration/Eabc?e=1&web=1'
  const encoded = encodeURIComponent(link)
  test.each([
    ['Safe Links', `https://eur01.safelinks.protection.outlook.com/?url=${encoded}&data=05%7C01%7C&sdata=x%3D&reserved=0`],
    ['Safe Links, another region', `https://nam12.safelinks.protection.outlook.com/ap/x-59584e83/?url=${encoded}&data=05`],
    ['Safe Links twice', `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(`https://eur02.safelinks.protection.outlook.com/?url=${encoded}`)}`],
    ['Proofpoint 2', `https://urldefense.proofpoint.com/v2/url?u=https-3A__svendborg.sharepoint.com_-3Ax-3A_s_integration_Eabc&d=DwMF&c=x`],
    ['Proofpoint 3', `https://urldefense.com/v3/__${link}__;!!abc!def$`],
    ['Mimecast', 'https://protect-eu.mimecast.com/s/AbCdEfGh?domain=svendborg.sharepoint.com'],
    ['Barracuda', `https://linkprotect.cudasvc.com/url?a=${encoded}&c=E,1,x&typo=1`],
    ['Cisco', `https://secure-web.cisco.com/1AbC-dEf/${encoded}`],
    ['Sophos', `https://eu-west-1.protection.sophos.com/?d=sharepoint.com&u=${Buffer.from(link).toString('base64url')}&i=x`],
    ['Trend Micro', `https://tmase.trendmicro.com:443/wis/clicktime/v1/query?url=${encoded}&umid=x`],
    ['FortiMail', `https://fortimail.example/fmlurlsvc/?fewReq=x&url=${encoded}`],
    ['Google', `https://www.google.com/url?q=${encoded}&sa=D`],
  ])('MAIL 285: a link wrapped by %s is named', async (_, wrapped) => {
    for (const parts of [
      { text: `Tallene ligger her: ${wrapped}` },
      { text: `${lines}\nResten: <${wrapped}>` },
      { text: `Her: <${wrapped.slice(0, 60)}\n${wrapped.slice(60)}>` },
      { html: `<p>Her: <a href="${wrapped.replaceAll('&', '&amp;')}">indberetning.xlsx</a></p>` },
    ])
      expect(refusals(await readMail(parts))).toEqual([['SharePoint', 'cloud-link']])
  })
  test.each([
    'https://www.svendborg.dk/nyheder',
    'https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.svendborg.dk%2F',
    'https://svendborg.example/?ref=sharepoint.company.example',
    'https://notsharepoint.com.example/a',
  ])('MAIL 285: %s is no file', async (other) => {
    expect((await readMail({ text: `${lines}\nSe ${other}` })).doubts).toEqual([])
  })
}) // prettier-ignore

describe('MAIL 286: signature graphics by their content', () => {
  const formats = { png, jpeg, gif, bmp, webp } as const
  const inline = (content: Buffer, filename: string) =>
    compose({
      html: `<p>Se her</p><img src="cid:a@x">`,
      attachments: [
        { filename, content, cid: 'a@x', contentType: 'image/png', contentDisposition: 'inline' },
      ],
    })
  const loose = (content: Buffer, filename: string) =>
    compose({ text: 'Se her', attachments: [attach(content, filename, 'image/jpeg')] })
  test.each(Object.entries(formats))('MAIL 286: a page as %s is for a person, whatever its name', async (_, draw) => {
    for (const filename of ['image001.png', 'image0.jpeg', 'logo.png', 'Outlook-abc.png', 'Skærmbillede.png', ''])
      for (const [width, height] of [[1200, 900], [640, 400], [400, 150]] as const)
        for (const make of [inline, loose])
          expect(needsTypingIn((await parser.parse(await make(draw(width, height), filename))).attachments)).toBe(true)
  }) // prettier-ignore
  test.each(Object.entries(formats))('MAIL 286: a logo as %s is not', async (_, draw) => {
    for (const [width, height] of [[1, 1], [24, 24], [250, 80], [200, 200], [900, 40]] as const)
      for (const make of [inline, loose]) {
        const raw = await make(draw(width, height), 'Skærmbillede.png')
        expect(needsTypingIn((await parser.parse(raw)).attachments)).toBe(false)
        expect((await readRaw(raw)).doubts).toEqual([])
      }
  }) // prettier-ignore
  test('MAIL 286: a banner that stands there for every mail of the thread is none; a page sent twice is one', async () => {
    const twice = (width: number, height: number) =>
      compose({ text: 'Se her', attachments: ['a.png', 'b.png'].map((name) => attach(png(width, height), name, 'image/png')) }) // prettier-ignore
    expect(needsTypingIn((await parser.parse(await twice(600, 150))).attachments)).toBe(false)
    expect(needsTypingIn((await parser.parse(await twice(1200, 900))).attachments)).toBe(true)
  })
})

describe('MAIL 285: the receipt names it and a person looks at it', () => {
  let office: PostOffice
  beforeEach(async () => {
    office = await openPostOffice()
  })
  const pdf = { filename: 'brev.pdf', content: Buffer.from('%PDF-1.4'), contentType: 'application/pdf' }
  test('MAIL 285: figures count, the letter beside them is named and a task until it is read', async () => {
    const { mail, answers } = await office.reply({ text: complete, attachments: [pdf] })
    expect(mail?.standing).toBe('counts')
    const said = words(answers[0]!.message)
    expect(said).toContain('En medarbejder ser på det, vi ikke kunne læse:')
    expect(said).toContain('»brev.pdf«')
    expect(said).not.toContain('ikke gøre mere')
    expect(openReviewTasks(await office.state())).toContainEqual(['words', mail!.mailKey])
    await office.decide({ do: 'mark-read', mailKey: mail!.mailKey })
    expect(openReviewTasks(await office.state())).not.toContainEqual(['words', mail!.mailKey])
  })
  test('MAIL 285: a pasted photo alone is held for typing in', async () => {
    const { mail, answers } = await office.reply({
      html: '<p>Her er skemaet</p><img src="cid:a@x">',
      attachments: [{ filename: 'image0.jpeg', content: jpeg(1600, 1200), cid: 'a@x', contentType: 'image/jpeg' }],
    }) // prettier-ignore
    expect(mail).toMatchObject({ standing: 'held', reason: 'typing-in' })
    expect(answers.map(({ kind }) => kind)).toEqual(['pdf-notice'])
  })
  test.each([
    ['a request for more time', { text: 'Kan vi få udsættelse til den 13. marts?' }, []],
    ['a figure in words', { text: 'M1 i alt blev 134 personer i år.' }, []],
    ['a workbook that cannot be read', { text: see }, [attach(Buffer.from('PK'), 'tal.xlsm', 'application/octet-stream')]],
  ])('MAIL 285: a PDF beside %s is named, and a task', async (_, parts, beside) => {
    const { mail, answers } = await office.reply({ ...parts, attachments: [...beside, pdf] })
    expect(words(answers[0]!.message)).toContain('»brev.pdf«')
    expect(openReviewTasks(await office.state())).toContainEqual(['words', mail!.mailKey])
  }) // prettier-ignore
  test('MAIL 285: a link alone is named, and a task', async () => {
    const { mail, answers } = await office.reply({ text: 'Tallene: https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2F1drv.ms%2Fx' }) // prettier-ignore
    expect(words(answers[0]!.message)).toContain('»OneDrive«')
    expect(openReviewTasks(await office.state())).toContainEqual(['words', mail!.mailKey])
  })
  test('MAIL 285: without anything unread there is nothing more to do', async () => {
    const { answers } = await office.reply({ text: complete })
    expect(words(answers[0]!.message)).toContain('I skal ikke gøre mere.')
  })
})
