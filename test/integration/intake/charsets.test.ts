import { describe, expect, test } from 'vitest'
import { values } from '../../unit/intake/mail.ts'
import { parser, raw, head } from './raw-mime.ts'
import { readRaw } from './read-mime.ts'

describe('MAIL 65: charsets', () => {
  const note = 'Få på sprogkursus, Ærø øst'
  const body = `M1 i alt: 1.134\nM1 heraf: 61\nM1 bemærkning: ${note}`
  const answers = { 'M1 i alt': '1134', 'M1 heraf': '61', 'M1 bemærkning': note }
  const eightBit = 'Content-Transfer-Encoding: 8bit'
  test.each([
    ['no charset, UTF-8 bytes', 'Content-Type: text/plain', 'utf8'],
    ['no charset, windows-1252 bytes', 'Content-Type: text/plain', 'latin1'],
    ['us-ascii with UTF-8 bytes', 'Content-Type: text/plain; charset=us-ascii; format=flowed', 'utf8'],
    ['us-ascii with UTF-8 bytes, not flowed', 'Content-Type: text/plain; charset=us-ascii', 'utf8'],
    ['us-ascii with windows-1252 bytes', 'Content-Type: text/plain;\r\n charset="us-ascii"', 'latin1'],
    ['utf-8 that is none', 'Content-Type: text/plain; charset=utf-8', 'latin1'],
    ['an unknown charset', 'Content-Type: text/plain; charset=x-nowhere', 'utf8'],
    ['no content type at all', 'X-Nothing: 1', 'utf8'],
  ] as const)('%s is repaired', async (_, type, encoding) => {
    const bytes = raw([...head, type, eightBit, '', body], encoding)
    const message = await parser.parse(bytes)
    expect(message.text?.trim()).toBe(body)
    expect(message.flags).toContain('repaired-charset')
    expect(values(await readRaw(bytes))).toEqual(answers)
  })
  test.each([
    ['windows-1252', 'latin1'],
    ['iso-8859-1', 'latin1'],
    ['utf-8', 'utf8'],
  ] as const)('%s declared and right is left alone', async (charset, encoding) => {
    const type = `Content-Type: text/plain; charset=${charset}`
    const message = await parser.parse(raw([...head, type, '', body], encoding))
    expect(message.text?.trim()).toBe(body)
    expect(message.flags).toEqual([])
    expect(values(await readRaw(raw([...head, type, eightBit, '', body], encoding)))).toEqual(answers)
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
