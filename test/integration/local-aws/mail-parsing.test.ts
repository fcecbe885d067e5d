import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readUpload } from '../../../infra/local/aws/s3-body.ts'
import { acceptMail } from '../../../infra/local/aws/ses-message.ts'
import { addressesIn, domainOf, splitMail, valuesOf } from '../../../infra/local/mail/header-block.ts'
import { receivedNotification, storedMail } from '../../../infra/local/mail/receipt-notification.ts'
import { verdictsOn } from '../../../infra/local/mail/receipt-verdicts.ts'

const line = fc.oneof(
  fc.constantFrom(
    'From: a@b.example',
    'Subject: =?utf-8?Q?=C3=A6?=',
    ' folded',
    '\tfolded',
    '',
    'no colon',
    ': empty',
    'Bcc: x@y.example',
  ),
  fc.string({ maxLength: 20 }),
)
const text = fc.array(fc.tuple(line, fc.constantFrom('\r\n', '\n', '\r')), { maxLength: 15 })
const mailBytes = text.map((lines) =>
  Buffer.from(lines.map(([content, end]) => content + end).join(''), 'latin1'),
)

test('splitting a mail loses no byte', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        mailBytes,
        fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes)),
      ),
      (raw) => {
        const { fields, rest } = splitMail(raw)
        const head = Buffer.from(fields.map((field) => field.raw).join(''), 'latin1')
        expect(Buffer.concat([head, rest]).equals(raw)).toBe(true)
      },
    ),
  )
})

test('a field is found with its folds joined, and nothing of the body is a field', () => {
  const { fields, rest } = splitMail(
    Buffer.from('References: <a>\r\n <b>\r\nTO: x@y.example\r\n\r\nFrom: body\r\n\r\nmore'),
  )
  expect(valuesOf(fields, 'references')).toEqual(['<a> <b>'])
  expect([valuesOf(fields, 'From'), valuesOf(fields, 'to')]).toEqual([[], ['x@y.example']])
  expect(rest.toString()).toBe('\r\nFrom: body\r\n\r\nmore')
})

test('an address is read from a header, never from the name before it', () => {
  expect(addressesIn('"evil@herning.example" <real@x.example>, Gruppe: a@b.example, c@d.example;')).toEqual([
    'real@x.example',
    'a@b.example',
    'c@d.example',
  ])
  expect([domainOf('a@B.Example'), domainOf('nobody'), domainOf('')]).toEqual(['b.example', '', ''])
})

test('no mail of an unlisted envelope or From domain passes, whatever its headers say', () => {
  const table = { 'svendborg.example': { spf: 'PASS', dkim: 'PASS', dmarc: 'PASS' } } as const
  const domain = fc.constantFrom(
    'svendborg.example',
    'evil.example',
    'svendborg.example.evil.example',
    '__proto__',
    'constructor',
    '',
  )
  fc.assert(
    fc.property(domain, domain, mailBytes, (envelope, header, noise) => {
      const { fields } = splitMail(
        Buffer.concat([Buffer.from(`From: "x" <a@${header}>\r\nDKIM-Signature: v=1\r\n`), noise]),
      )
      const { dmarc } = verdictsOn(table, envelope === '' ? '' : `a@${envelope}`, fields)
      const single = valuesOf(fields, 'From').flatMap(addressesIn).length === 1
      const listed = header === 'svendborg.example' && ['svendborg.example', ''].includes(envelope)
      expect(dmarc).toBe(single && listed ? 'PASS' : 'GRAY')
    }),
  )
})

test('the notification of any mail is JSON with the verdicts asked for', () => {
  fc.assert(
    fc.property(mailBytes, fc.string({ maxLength: 30 }), (raw, heloName) => {
      const verdicts = {
        spam: 'PASS',
        virus: 'PASS',
        spf: 'GRAY',
        dkim: 'GRAY',
        dmarc: 'FAIL',
        dmarcPolicy: 'reject',
      } as const
      const mail = {
        messageId: 'id',
        source: '',
        recipients: ['a@b.example'],
        receivedAt: new Date(0),
        heloName,
        raw,
        verdicts,
      }
      const stored = storedMail(mail)
      const notification = receivedNotification(mail, stored, { bucketName: 'landing', topicArn: 'arn' })
      expect(JSON.parse(JSON.stringify(notification))).toMatchObject({
        receipt: { dmarcVerdict: { status: 'FAIL' }, dmarcPolicy: 'reject' },
      })
      expect(stored.subarray(stored.length - raw.length).equals(raw)).toBe(true)
      // Nothing the sender says may add a line to what SES itself writes.
      expect(
        splitMail(stored.subarray(0, stored.length - raw.length)).fields.map(({ name }) => name),
      ).toEqual([
        'Return-Path',
        'Received',
        'X-SES-Spam-Verdict',
        'X-SES-Virus-Verdict',
        'Received-SPF',
        'Authentication-Results',
      ])
    }),
  )
})

test('an accepted mail has one Message-ID and one Date, and its body is untouched', () => {
  const field = fc.constantFrom(
    'Subject: s',
    'message-id: <x@y>',
    'DATE: now',
    'X-SES-MESSAGE-TAGS: a=b',
    'Bcc: z@y.example',
    'X-A: 1\r\n 2',
  )
  fc.assert(
    fc.property(fc.uniqueArray(field), fc.uint8Array({ maxLength: 200 }), (extra, bytes) => {
      const body = Buffer.from(bytes)
      const head = ['From: a@m.example', 'To: b@k.example', ...extra].map((f) => `${f}\r\n`).join('')
      const request = {
        raw: Buffer.concat([Buffer.from(`${head}\r\n`), body]),
        source: undefined,
        destinations: ['b@k.example'],
      }
      const { raw } = acceptMail(
        request,
        { messageId: 'id', region: 'eu-west-1', at: new Date(0) },
        undefined,
      )
      const { fields, rest } = splitMail(raw)
      expect(valuesOf(fields, 'Message-ID')).toEqual(['<id@eu-west-1.amazonses.com>'])
      expect(valuesOf(fields, 'Date')).toEqual(['Thu, 01 Jan 1970 00:00:00 +0000'])
      expect([...valuesOf(fields, 'Bcc'), ...valuesOf(fields, 'X-SES-MESSAGE-TAGS')]).toEqual([])
      expect(rest.subarray(2).equals(body)).toBe(true)
    }),
  )
})

test('any chunking of a body gives the body', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ minLength: 1, maxLength: 60 }), { maxLength: 6 }),
      fc.boolean(),
      (chunks, signed) => {
        const signature = signed ? `;chunk-signature=${'0'.repeat(64)}` : ''
        const framed = chunks.flatMap((c) => [
          Buffer.from(`${c.length.toString(16)}${signature}\r\n`),
          Buffer.from(c),
          Buffer.from('\r\n'),
        ])
        const raw = Buffer.concat([...framed, Buffer.from(`0${signature}\r\n\r\n`)])
        const headers = { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' }
        expect(readUpload(raw, headers).bytes.equals(Buffer.concat(chunks))).toBe(true)
      },
    ),
  )
})

test('a cut or garbled chunked body is refused', () => {
  const headers = { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' }
  for (const raw of ['5\r\nab', 'zz\r\nab\r\n0\r\n\r\n', '', '2\r\nab\r\n']) {
    expect(() => readUpload(Buffer.from(raw), headers)).toThrow(/chunk/)
  }
})
