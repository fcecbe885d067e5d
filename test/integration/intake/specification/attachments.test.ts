import { writeXlsx } from 'hucre/xlsx'
import { describe, expect, test } from 'vitest'
import { needsTypingIn } from '../../../../functions/intake/attachment-kind.ts'
import { makeMimeParser } from '../../../../functions/adapters/mime.ts'
import { doubts, values } from '../../../unit/intake/mail.ts'
import { compose } from '../compose-mail.ts'
import { figuresOf, ourWorkbook } from '../filled-workbook.ts'
import { rawMail, readMail, readRaw } from '../read-mime.ts'
import { attach, readFiles } from './attached-files.ts'

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
  test('MAIL 86, 285: beside figures a covering letter is named all the same', async () => {
    const reading = await readMail({
      text: 'M2: 24,5',
      attachments: [attach(Buffer.from('PK'), 'Følgebrev.docx', 'application/msword')],
    })
    expect(values(reading)).toEqual({ M2: '24.5' })
    expect(reading.doubts).toMatchObject([
      { kind: 'unreadable-attachment', written: 'Følgebrev.docx', details: { refusal: 'document' } },
    ])
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
    expect(values(beside)).toEqual({ M2: '24.5' })
    expect(beside.doubts).toMatchObject([{ written: service, details: { refusal: 'cloud-link' } }])
  })
})
