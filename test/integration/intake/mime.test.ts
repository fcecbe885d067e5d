import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findTokens, namedRequest } from '../../../functions/intake/belonging.ts'
import { readReply } from '../../../functions/intake/read-reply.ts'
import { agreementKeys, form, request } from '../../unit/intake/mail.ts'
import { composer, head, letter, parser, raw } from './raw-mime.ts'

describe('MIME as it comes', () => {
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
      '<c@eu-west-1.amazonses.com>',
      '<b@x.example>',
      '<a@x.example>',
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
