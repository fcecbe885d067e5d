import { describe, expect, test } from 'vitest'
import { request } from '../../unit/intake/mail.ts'
import { parser, composer, letter } from './raw-mime.ts'

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
