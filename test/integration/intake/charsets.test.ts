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

describe('MAIL 283: lines of several charsets in one part', () => {
  const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8')
  const latin = (text: string): Buffer => Buffer.from(text, 'latin1')
  const footer = 'Svendborg Kommune, Ramsherred 5, Børn og Unge på Søndergården'
  const said = 'M1 bemærkning: Få på sprogkursus – »Ærø«\nUdsættelse til: 13. marts 2015'
  const answers = { 'M1 bemærkning': 'Få på sprogkursus – »Ærø«' }
  const mixes: readonly (readonly [string, Buffer])[] = [
    ['a footer in Latin-1 below UTF-8', Buffer.concat([utf8(`${said}\n\nMvh Mette\n`), latin(footer)])],
    ['a banner in Latin-1 above UTF-8', Buffer.concat([latin(`${footer}\n\n`), utf8(said)])],
    ['one bad byte at the end', Buffer.concat([utf8(`${said}\n\nMvh Mette\n`), Buffer.from([0xe5])])],
    ['one bad byte in a line of its own', Buffer.concat([Buffer.from([0x80, 0x0a]), utf8(said)])],
    [
      'a footer on the line of the last words',
      Buffer.concat([utf8(`${said}\nMvh Søren `), latin('Gråbrødre')]),
    ],
    ['Latin-1 in the midst', Buffer.concat([utf8('Kære Søren\n\n'), latin(`${footer}\n\n`), utf8(said)])],
    ['UTF-8 cut within a letter', Buffer.concat([utf8(`${said}\n\nMvh S`), Buffer.from([0xc3])])],
  ]
  const types = ['text/plain; charset=utf-8', 'text/plain', 'text/plain; charset=iso-8859-1', 'text/plain; charset=windows-1252', 'text/plain; charset=us-ascii'] // prettier-ignore
  const mail = (type: string, encoding: string, body: Buffer): Uint8Array =>
    Buffer.concat([
      raw([...head, `Content-Type: ${type}`, `Content-Transfer-Encoding: ${encoding}`, '', '']),
      encoding === 'base64'
        ? Buffer.from(body.toString('base64').replace(/.{76}/gu, '$&\r\n'))
        : encoding === 'quoted-printable'
          ? Buffer.from([...body].map((byte) => (byte >= 0x80 || byte === 0x3d ? `=${byte.toString(16).toUpperCase().padStart(2, '0')}` : String.fromCharCode(byte))).join('')) // prettier-ignore
          : body,
    ])
  test.each(mixes)('MAIL 283: %s: every line keeps its letters', async (_, body) => {
    for (const type of types)
      for (const encoding of ['8bit', 'quoted-printable', 'base64']) {
        const bytes = mail(type, encoding, body)
        const reading = await readRaw(bytes)
        expect({ type, encoding, values: values(reading) }).toEqual({ type, encoding, values: answers })
        expect(reading.wishes).toEqual([
          expect.objectContaining({ wish: 'extension', until: '2015-03-13', byKey: true }),
        ])
        expect((await parser.parse(bytes)).flags).toContain('repaired-charset')
      }
  })
  test('MAIL 283: the footer keeps its letters too, and what is Latin-1 throughout is that', async () => {
    for (const [, body] of mixes.filter((__, nth) => nth === 0 || nth === 1 || nth === 5))
      expect((await parser.parse(mail('text/plain; charset=utf-8', '8bit', body))).text).toContain(footer)
    const whole = 'SØ«R og BØRNEMILJØ«, få på'
    expect((await parser.parse(mail('text/plain; charset=utf-8', '8bit', latin(whole)))).text).toContain(
      whole,
    )
  })
  test('MAIL 283: one page of HTML on one line', async () => {
    const body = Buffer.concat([utf8(`<p>${said.replace('\n', '</p><p>')}</p>`), latin(`<p>${footer}</p>`)])
    const bytes = mail('text/html; charset=utf-8', '8bit', body)
    expect(values(await readRaw(bytes))).toEqual(answers)
    expect((await parser.parse(bytes)).html).toContain(footer)
  })
  test('MAIL 283: whatever lines are mixed, each is read as it was written', async () => {
    const words = ['Få på sprogkursus', 'Ærø og øst', 'Blåbærgrød', 'intet særligt', '100 kr.', 'Søren Ål']
    for (let mix = 0; mix < 2 ** words.length; mix += 1) {
      const lines = words.map((text, nth) =>
        (mix >> nth) % 2 === 1 ? latin(`${text}\n`) : utf8(`${text}\n`),
      )
      const { text } = await parser.parse(mail('text/plain; charset=utf-8', '8bit', Buffer.concat(lines)))
      expect(text?.trim()).toBe(words.join('\n'))
    }
  })
})
