import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { headerSection } from '../../../functions/intake/message.ts'

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

describe('the header of a mail too large to be read', () => {
  it.each([
    ['From: a@b.example\r\nSubject: tal\r\n\r\nM2: 24,5', 'From: a@b.example\r\nSubject: tal\r\n\r\n'],
    ['From: a@b.example\n\nM2: 24,5\n\n', 'From: a@b.example\n\n'],
    ['From: a@b.example', 'From: a@b.example'],
  ])('ends with the first empty line: %j', (raw, header) => {
    expect(text(headerSection(Buffer.from(raw)))).toBe(header)
  })

  it('is the beginning of the mail, bounded, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (raw) => {
        const header = headerSection(raw)
        expect(text(raw).startsWith(text(header))).toBe(true)
        expect(text(header).slice(0, -2)).not.toMatch(/\n\r?\n/u)
      }),
    )
    expect(headerSection(Buffer.alloc(16 * 1024 * 1024, 'x'))).toHaveLength(256 * 1024)
  })
})
