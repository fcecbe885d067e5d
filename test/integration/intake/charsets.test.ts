import { describe, expect, test } from 'vitest'
import { parser, raw, head } from './raw-mime.ts'

describe('MAIL 65: charsets', () => {
  const body = 'M1 bemærkning: Få på sprogkursus, Ærø øst'
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
