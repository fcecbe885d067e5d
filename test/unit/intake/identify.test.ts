import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { agreementIdSchema } from '../../../functions/domain/base/values.ts'
import { makeTokenSigner } from '../../../functions/adapters/signing.ts'
import {
  normaliseToken,
  printToken,
  subjectToken,
  tokenAddress,
  tokenMessage,
  tokenOf,
} from '../../../functions/domain/base/token.ts'
import { keyInputs } from '../../../functions/intake/message.ts'
import { findTokens, namedRequest } from '../../../functions/intake/belonging.ts'
import { message } from './mail.ts'

const token = '7QX4M2P9T3VW8HND'
const other = '8RY5N3Q2U4WX9JPE'
const found = (
  part: Parameters<typeof message>[0],
  envelope: readonly string[] = [],
): ReturnType<typeof namedRequest> => namedRequest(findTokens(message({ subject: '', ...part }), envelope))

describe('the token', () => {
  test('is 16 signs of the alphabet, the same in any case and grouping', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 10, maxLength: 32 }), (bytes) => {
        const made = tokenOf(bytes)
        expect(made).toMatch(/^[23456789A-HJ-NP-Z]{16}$/u)
        expect(normaliseToken(printToken(made).toLowerCase())).toBe(made)
      }),
    )
    expect(() => tokenOf(new Uint8Array(9))).toThrow(RangeError)
    expect(normaliseToken('7QX4M2P9T3VW8HN0')).toBeNull()
  })

  test('two byte strings that differ in the first ten bytes give two tokens', () => {
    const bytes = fc.uint8Array({ minLength: 10, maxLength: 10 })
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        expect(tokenOf(a) === tokenOf(b)).toBe(Buffer.from(a).equals(Buffer.from(b)))
      }),
    )
  })

  test('prints as in the letters', () => {
    expect(printToken(token)).toBe('7QX4 M2P9 T3VW 8HND')
    expect(subjectToken(token)).toBe('[#7QX4M2P9T3VW8HND]')
    const address = tokenAddress(token, {
      municipality: '479',
      year: 2014,
      domain: 'svar.ministeriet.example',
    })
    expect(address).toBe('svar+k479-2014-7qx4m2p9t3vw8hnd@svar.ministeriet.example')
    expect(address.split('@')[0]?.length).toBeLessThanOrEqual(64)
  })

  test('is signed, versioned and checked against its subject (MAIL 9)', () => {
    const agreement = agreementIdSchema.parse('svendborg-rk')
    const names = { stream: 'REVIEW#2014#svendborg-rk', agreement, year: 2014, municipality: '479' } as const
    const older = new Map([[1, 'an older secret, sample']])
    const now = makeTokenSigner(new Map([...older, [2, 'a newer secret, sample']]))
    const printed = makeTokenSigner(older).token(names)
    expect(now.keyVersion).toBe(2)
    expect(now.verify(printed.toLowerCase(), names, 1)).toBe(true)
    expect(now.verify(printed, names, 2)).toBe(false)
    expect(now.verify(printed, { ...names, municipality: '480' }, 1)).toBe(false)
    expect(now.verify('nonsense', names, 1)).toBe(false)
    expect(now.verify(printed, names, 3)).toBe(false)
    expect(tokenMessage(names, 1)).not.toBe(tokenMessage({ ...names, municipality: '' }, 1))
    expect(() => makeTokenSigner(new Map())).toThrow(/no secret/u)
  })
})

describe('whose it is', () => {
  test('MAIL 1, 6, 7: the envelope address names the request, in any case', () => {
    expect(found({}, ['SVAR+K479-2014-7qx4M2p9T3vw8HND@svar.ministeriet.example'])).toEqual({
      named: 'one',
      token,
      by: 'envelope',
    })
  })
  test('MAIL 2, 12: the subject does, however changed', () => {
    expect(found({ subject: `[EKSTERN] SV: SV: VS: noget andet [#${token.toLowerCase()}]` })).toEqual({
      named: 'one',
      token,
      by: 'subject',
    })
  })
  test('the form in the body does, also quoted and wrapped', () => {
    expect(found({ text: '> Sagsnr. 2015-0479   Svarnr. 7QX4 M2P9\n> T3VW 8HND\n' })).toEqual({
      named: 'one',
      token,
      by: 'body',
    })
    expect(found({ html: '<p>Svarnr.&nbsp;7QX4 <b>M2P9</b> T3VW 8HND</p>' })).toEqual({
      named: 'one',
      token,
      by: 'body',
    })
  })
  test('MAIL 8, 131: two different tokens are a conflict', () => {
    expect(found({ subject: `[#${other}]` }, [`svar+k479-2014-${token}@svar.ministeriet.example`])).toEqual({
      named: 'conflict',
      tokens: [token, other],
    })
  })
  test('MAIL 3, 5: without a token the references stay for the register', () => {
    const tokens = findTokens(
      message({
        subject: 'x',
        inReplyTo: '<0102@eu-west-1.amazonses.com>',
        references: ['<letter-1@svar.ministeriet.example>'],
      }),
      ['svar@svar.ministeriet.example'],
    )
    expect(namedRequest(tokens)).toEqual({ named: 'none' })
    expect(tokens.messageIds).toEqual([
      '<0102@eu-west-1.amazonses.com>',
      '<letter-1@svar.ministeriet.example>',
    ])
  })
})

describe('MAIL 97-100: the dedupe key', () => {
  test('is the same for the same mail and another for other content under the same Message-ID', () => {
    const one = message({ text: 'M2: 24,5\r\n', date: '2015-02-24' })
    expect(keyInputs(message({ text: 'M2: 24,5\n', date: '2015-02-24' })).mail).toBe(keyInputs(one).mail)
    expect(keyInputs(message({ text: 'M2: 25', date: '2015-02-24' })).mail).not.toBe(keyInputs(one).mail)
  })
  test('its text stays as it is, part by part: keys of years ago are compared with it', () => {
    const one = message({ text: 'M2: 24,5 \r\nM3: ja\r\n', messageId: '<1@x.example>', date: '2015-02-24' })
    const from = one.from.map(({ address }) => address)
    expect(keyInputs(one)).toEqual({
      mail: JSON.stringify([
        'mail',
        '<1@x.example>',
        from,
        '2015-02-24',
        one.subject,
        'M2: 24,5\nM3: ja',
        null,
        [],
      ]),
      body: JSON.stringify(['body', from, 'M2: 24,5\nM3: ja', null, []]),
    })
  })
  test('the body key knows the same content in a new mail', () => {
    const again = message({ text: 'M2: 24,5', messageId: '<2@x.example>', date: '2015-02-25' })
    expect(keyInputs(again).body).toBe(keyInputs(message({ text: 'M2: 24,5' })).body)
    expect(keyInputs(again).mail).not.toBe(keyInputs(message({ text: 'M2: 24,5' })).mail)
  })
})
