import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { holdsCitizenNumber } from '../../../functions/intake/citizen-data.ts'

const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length })

describe('a CPR number in a text', () => {
  test.each([
    '010203-1234',
    'CPR 0102031234.',
    'cpr010203-1234',
    'Borgeren (010203 1234) er flyttet',
    'borger 010203-1234-sagen',
    '<fald-010203-1234@kommune.example>',
  ])('is found: %s', (text) => {
    expect(holdsCitizenNumber(text)).toBe(true)
  })

  test.each([
    '<01020149c0a41f2e-ab010203-1234-4cde-9f01-aabbccddeeff-000000@eu-west-1.example>',
    'Message-ID: <7f010203-1234-4CDE-9F01-AABBCCDDEEFF@kommune.example>',
    'boundary="e0102031234f9c8b7a6d5e"',
  ])('is none inside an id of a mail: %s', (text) => {
    expect(holdsCitizenNumber(text)).toBe(false)
  })

  test('is none in any id that UUIDs are made of, wherever date and digits fall', () => {
    fc.assert(
      fc.property(fc.constantFrom('a', 'ab', 'c9e'), hex(4), hex(12), (first, third, last) => {
        const id = `${first.padStart(2, 'f').slice(0, 2)}010203-1234-${third}-8abc-${last}`
        expect(holdsCitizenNumber(`Message-ID: <${id}@kommune.example>`)).toBe(false)
      }),
    )
  })

  test('is none in a run of hexadecimal digits of any length, such as a SHA-512, wherever it stands', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 200 }), fc.integer({ min: 0, max: 200 }), (before, after) => {
        const id = `${'c'.repeat(before)}f0102031234e${'9b'.repeat(after)}`
        expect(holdsCitizenNumber(`sha512=${id}`)).toBe(false)
      }),
    )
  })

  test('is found in a long word that is none of hexadecimal digits', () => {
    expect(holdsCitizenNumber(`${'sag-'.repeat(40)}010203-1234-${'fald-'.repeat(40)}`)).toBe(true)
  })
})
