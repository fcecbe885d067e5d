import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeMimeComposer } from '../../../functions/adapters/mime-composer.ts'
import { makeMimeParser } from '../../../functions/adapters/mime-parser.ts'
import type { OutgoingLetter } from '../../../functions/domain/letter-claim.ts'
import { findTokens, namedRequest } from '../../../functions/intake/tokens.ts'
import { readReply } from '../../../functions/intake/read-reply.ts'
import { agreementKeys, form, request, values } from '../../unit/intake/mail.ts'

const parser = makeMimeParser()
const composer = makeMimeComposer()
const raw = (lines: readonly string[], encoding: BufferEncoding = 'utf8'): Uint8Array =>
  Buffer.from(lines.join('\r\n'), encoding)

const head = [
  'From: Mette =?utf-8?Q?Pr=C3=B8ve?= <Mette.Proeve@Svendborg-Kommune.example>',
  'To: svar@svar.ministeriet.example',
  'Subject: SV: indberetning',
  'Message-ID: <a1@svendborg-kommune.example>',
  'Date: Tue, 24 Feb 2015 14:07:00 +0100',
  'MIME-Version: 1.0',
]

const letter: OutgoingLetter = {
  from: {
    name: 'Ministeriet for Børn, Ligestilling, Integration og Sociale Forhold',
    address: 'svar+k479-2014-7qx4m2p9t3vw8hnd@svar.ministeriet.example',
  },
  to: [{ name: 'Mette Prøve', address: 'mette.proeve@svendborg-kommune.example' }],
  cc: [{ name: '', address: 'post@svendborg-kommune.example' }],
  subject:
    'Resultatkontrakt: indberetning for 2014, frist 2. marts 2015 (sagsnr. 2015-0479) [#7QX4M2P9T3VW8HND]',
  text: request,
  html: '<!doctype html><html lang="da"><body><h1>Indberetning</h1></body></html>',
  date: '2015-01-15T08:00:00.000Z',
  messageId: '<letter-1@svar.ministeriet.example>',
  inReplyTo: null,
  references: [],
  autoSubmitted: 'auto-generated',
  attachments: [
    {
      filename: 'indberetning-2014-svendborg.xlsx',
      contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      content: Buffer.from('PK-sample'),
    },
  ],
}

describe('the composed letter', () => {
  test('comes back from the parser as it was given', async () => {
    const message = await parser.parse(await composer.compose(letter))
    expect(message.text?.replaceAll('\r\n', '\n').trimEnd()).toBe(request.trimEnd())
    expect(message.subject).toBe(letter.subject)
    expect(message.from).toEqual([{ name: letter.from.name, address: letter.from.address }])
    expect(message.messageId).toBe(letter.messageId)
    expect(message.date).toBe('2015-01-15T08:00:00.000Z')
    expect(message.headers.get('auto-submitted')).toEqual(['auto-generated'])
    expect(message.headers.get('x-auto-response-suppress')).toEqual(['All'])
    expect(message.headers.get('reply-to')?.[0]).toContain(letter.from.address)
    expect(message.attachments).toMatchObject([
      { filename: 'indberetning-2014-svendborg.xlsx', inline: false },
    ])
    expect(Buffer.from(message.attachments[0]?.content ?? []).toString()).toBe('PK-sample')
    expect(message.flags).toEqual([])
  })

  test('is the same bytes each time', async () => {
    expect(
      Buffer.from(await composer.compose(letter)).equals(Buffer.from(await composer.compose(letter))),
    ).toBe(true)
  })

  test('MAIL security 8: refuses line breaks in headers and ids that are none', async () => {
    await expect(composer.compose({ ...letter, subject: 'a\r\nBcc: x@y.example' })).rejects.toThrow(
      RangeError,
    )
    await expect(composer.compose({ ...letter, inReplyTo: 'no id' })).rejects.toThrow(RangeError)
    const kept = await parser.parse(
      await composer.compose({ ...letter, references: ['<a@b.example>', 'evil\r\nX: y', '<c d>'] }),
    )
    expect(kept.references).toEqual(['<a@b.example>'])
  })

  test('never lets a file name carry a path or control signs', async () => {
    const attachments = [
      {
        filename: '../a"b\r\n\u202Egpj.xlsx',
        contentType: 'application/octet-stream',
        content: Buffer.from('x'),
      },
    ]
    const message = await parser.parse(await composer.compose({ ...letter, attachments }))
    expect(message.attachments[0]?.filename).toBe('abgpj.xlsx')
  })
})

describe('MAIL 65: charsets', () => {
  const body = 'M1 bemærkning: få på sprogkursus'
  test.each([
    ['no charset, UTF-8 bytes', 'Content-Type: text/plain', 'utf8'],
    ['no charset, windows-1252 bytes', 'Content-Type: text/plain', 'latin1'],
    ['us-ascii with UTF-8 bytes', 'Content-Type: text/plain; charset=us-ascii; format=flowed', 'utf8'],
    ['us-ascii with windows-1252 bytes', 'Content-Type: text/plain;\r\n charset="us-ascii"', 'latin1'],
    ['utf-8 that is none', 'Content-Type: text/plain; charset=utf-8', 'latin1'],
    ['an unknown charset', 'Content-Type: text/plain; charset=x-nowhere', 'utf8'],
    ['no content type at all', 'X-Nothing: 1', 'utf8'],
  ] as const)('%s is repaired', async (_, type, encoding) => {
    const message = await parser.parse(
      raw([...head, type, 'Content-Transfer-Encoding: 8bit', '', body], encoding),
    )
    expect(message.text?.trim()).toBe(body)
    expect(message.flags).toContain('repaired-charset')
  })
  test.each([
    ['windows-1252', 'latin1'],
    ['iso-8859-1', 'latin1'],
    ['utf-8', 'utf8'],
  ] as const)('%s declared and right is left alone', async (charset, encoding) => {
    const message = await parser.parse(
      raw([...head, `Content-Type: text/plain; charset=${charset}`, '', body], encoding),
    )
    expect(message.text?.trim()).toBe(body)
    expect(message.flags).toEqual([])
  })
  test('in a part of a multipart mail, quoted-printable', async () => {
    const parts = [
      ...head,
      'Content-Type: multipart/alternative; boundary="b 1"',
      '',
      '--b 1',
      'Content-Type: text/plain',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'M1 bem=E6rkning: f=E5',
      '--b 1',
      'Content-Type: text/html; charset=utf-8',
      '',
      '<p>M1 bemærkning: få</p>',
      '--b 1--',
      '',
    ]
    const message = await parser.parse(raw(parts))
    expect(message.text?.trim()).toBe('M1 bemærkning: få')
    expect(message.html).toContain('bemærkning')
  })
})

describe('MIME as it comes', () => {
  test('MAIL 64: a soft line break inside a number', async () => {
    const message = await parser.parse(
      raw([
        ...head,
        'Content-Type: text/plain; charset=utf-8',
        'Content-Transfer-Encoding: quoted-printable',
        '',
        'M1 i alt: 1=',
        '34',
      ]),
    )
    const reading = readReply({
      message,
      form,
      sent: [],
      year: 2014,
      receivedOn: '2015-02-24',
      agreementKeys,
    })
    expect(values(reading)).toEqual({ 'M1 i alt': '134' })
  })

  test('an attached message stays an attachment: its figures and tokens are not read', async () => {
    const parts = [
      ...head,
      'Content-Type: multipart/mixed; boundary=x',
      '',
      '--x',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'Se vedhæftede',
      '--x',
      'Content-Type: message/rfc822',
      '',
      'From: a@b.example',
      'Subject: gammelt [#23456789ABCDEFGH]',
      '',
      'M2: 99 uger',
      '--x--',
    ]
    const message = await parser.parse(raw(parts))
    expect(message.text?.trim()).toBe('Se vedhæftede')
    expect(message.attachments).toMatchObject([{ mimeType: 'message/rfc822' }])
    expect(namedRequest(findTokens(message, []))).toEqual({ named: 'none' })
  })

  test('MAIL 21, security 16: two From headers and repeated headers are flagged', async () => {
    const message = await parser.parse(
      raw([...head, 'From: evil@elsewhere.example', 'Content-Type: text/plain', '', 'x']),
    )
    expect(message.from.map(({ address }) => address)).toEqual([
      'mette.proeve@svendborg-kommune.example',
      'evil@elsewhere.example',
    ])
    expect(message.flags).toEqual(['several-from-headers', 'repeated-header'])
  })

  test('MAIL 23: the display name is not the address', async () => {
    const message = await parser.parse(
      raw(['From: "mette.proeve@svendborg-kommune.example" <real@elsewhere.example>', 'Subject: x', '', 'x']),
    )
    expect(message.from.map(({ address }) => address)).toEqual(['real@elsewhere.example'])
  })

  test('MAIL 4: references with commas', async () => {
    const message = await parser.parse(
      raw([...head, 'References: <a@x.example>,<b@x.example>, <c@eu-west-1.amazonses.com>', '', 'x']),
    )
    expect(findTokens(message, []).messageIds).toEqual([
      '<a@x.example>',
      '<b@x.example>',
      '<c@eu-west-1.amazonses.com>',
    ])
  })

  test('MAIL 60: HTML only leaves the text null', async () => {
    const message = await parser.parse(
      raw([...head, 'Content-Type: text/html; charset=utf-8', '', '<p>M2: 24,5</p>']),
    )
    expect(message.text).toBeNull()
    expect(message.html).toContain('24,5')
  })

  test('MAIL 99, 105: no Message-ID, a long subject and NUL do not stop it', async () => {
    const message = await parser.parse(
      raw(['From: a@b.example', `Subject: ${'x'.repeat(2000)}\u0000😀`, '', 'M2: 24,5']),
    )
    expect(message.messageId).toBeNull()
    expect(message.subject.length).toBeGreaterThan(1999)
  })

  test('MAIL 106: a malformed Content-Type and a missing end boundary', async () => {
    const message = await parser.parse(
      raw([
        ...head,
        'Content-Type: multipart/mixed; boundary=x',
        '',
        '--x',
        'Content-Type: ;;;text',
        '',
        'a',
        '--x',
        'Content-Type: text/plain',
        '',
        'M2: 24,5',
      ]),
    )
    expect(message.text).toContain('M2: 24,5')
  })

  test('MAIL 107 and MIME bombs: too large, too deep, too many headers are named errors', async () => {
    await expect(parser.parse(new Uint8Array(15 * 1024 * 1024 + 1))).rejects.toMatchObject({
      name: 'MessageUnreadable',
      reason: 'too-large',
    })
    const deep: string[] = [...head]
    for (let at = 0; at < 60; at += 1)
      deep.push(`Content-Type: multipart/mixed; boundary=b${at}`, '', `--b${at}`)
    await expect(parser.parse(raw([...deep, 'Content-Type: text/plain', '', 'x']))).rejects.toMatchObject({
      reason: 'broken',
    })
    await expect(
      parser.parse(raw([...head, `X-Long: ${'y'.repeat(300_000)}`, '', 'x'])),
    ).rejects.toMatchObject({ reason: 'broken' })
  })

  test('the same content gives the same sha256', async () => {
    const one = await parser.parse(await composer.compose(letter))
    expect(one.attachments[0]?.sha256).toMatch(/^[0-9a-f]{64}$/u)
  })
})

describe('any bytes at all', () => {
  /** A mail, or a named error that keeps it held; nothing else. */
  const outcome = async (bytes: Uint8Array): Promise<string> => {
    try {
      const message = await parser.parse(bytes)
      readReply({ message, form, sent: [request], year: 2014, receivedOn: '2015-02-24', agreementKeys })
      return 'read'
    } catch (error) {
      return error instanceof Error ? error.name : 'unknown'
    }
  }

  test('are a mail or a MessageUnreadable', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), async (bytes) => {
        expect(['read', 'MessageUnreadable']).toContain(await outcome(bytes))
      }),
      { numRuns: 200 },
    )
  })

  test('also as a real mail with bytes changed, cut and doubled', async () => {
    const mail = Buffer.from(await composer.compose(letter))
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat({ max: mail.length - 1 }), fc.nat({ max: 255 })), { maxLength: 40 }),
        fc.nat({ max: mail.length }),
        fc.boolean(),
        async (changes, cut, doubled) => {
          const bytes = Buffer.from(doubled ? Buffer.concat([mail, mail]) : mail.subarray(0, cut))
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
          expect(['read', 'MessageUnreadable']).toContain(await outcome(bytes))
        },
      ),
      { numRuns: 200 },
    )
  })

  test('security 10, 11: a thousand parts and 200,000 lines of > are read or refused', async () => {
    const parts = Array.from({ length: 1000 }, (_, at) => `--x\r\nContent-Type: text/plain\r\n\r\ndel ${at}`)
    expect(
      await outcome(raw([...head, 'Content-Type: multipart/mixed; boundary=x', '', ...parts, '--x--'])),
    ).toMatch(/^(?:read|MessageUnreadable)$/u)
    expect(
      await outcome(
        raw([...head, 'Content-Type: text/plain', '', ...Array.from({ length: 200_000 }, () => '> > >')]),
      ),
    ).toBe('read')
  })
})
