import { describe, expect, test } from 'vitest'
import { doubts, read, values } from './mail.ts'

/** One line, its answers. */
const one = (line: string): Record<string, string> => values(read(line))

describe('LETTERS 3.4: right as they stand', () => {
  test.each([
    ['M1 i alt: 134', { 'M1 i alt': '134' }],
    ['M1 heraf = 61 pers.', { 'M1 heraf': '61' }],
    ['M1 i alt 1.134', { 'M1 i alt': '1134' }],
    ['H1 udgift: 400.000,-', { 'H1 udgift': '400000' }],
    ['H1 udgift: kr. 400.000', { 'H1 udgift': '400000' }],
    ['M2: ikke opgjort (nyt fagsystem)', { M2: 'ikke opgjort' }],
  ])('%s', (line, expected) => {
    const reading = read(line)
    expect(values(reading)).toEqual(expected)
    expect(reading.doubts).toEqual([])
  })

  test('MAIL 122: Udsættelse til: 13-03-2015 is a wish with its date, beside figures', () => {
    const reading = read('M2: 24,5\nUdsættelse til: 13-03-2015')
    expect(reading.wishes).toEqual([
      { wish: 'extension', until: '2015-03-13', written: '13-03-2015', byKey: true },
    ])
    expect(values(reading)).toEqual({ M2: '24.5' })
  })
})

describe('LETTERS 3.4: what is asked back (MAIL 69, 74, 114, 115, 119, 139, 141)', () => {
  test.each([
    ['M1 heraf: 45,5 %', ['share-only M1']],
    ['M1 i alt: ca. 130', ['hedged M1 i alt']],
    ['M1 i alt: 130 (foreløbigt)', ['hedged M1 i alt']],
    ['M1 heraf: 61-64', ['two-values M1 heraf']],
    ['M1 heraf: 61\nM1 heraf: 64', ['two-values M1 heraf']],
    ['M1 i alt: 134,5', ['not-whole M1 i alt']],
    ['M1 heraf: ?', ['none-or-zero M1 heraf']],
    ['M2: 170 dage', ['other-unit M2']],
    ['H1 udgift: 0,4', ['amount-size H1 udgift']],
    ['M1 heraf: -12', ['negative M1 heraf']],
    ['M3: 14. november 2014', ['not-a-value M3']],
    ['Udsættelse til: torsdag den 13/3', ['weekday-differs Udsættelse til']],
  ])('%s', (line, expected) => {
    const reading = read(line)
    expect(doubts(reading)).toEqual(expected)
    expect(reading.answers).toEqual([])
  })

  test('carries what the question needs', () => {
    const details = (line: string): Readonly<Record<string, string>> | undefined =>
      read(line).doubts[0]?.details
    expect(details('M1 i alt: 34\nM1 heraf: 61')).toEqual({ total: '34', ofWhich: '61' })
    expect(details('M1 heraf: 61-64')).toEqual({ first: '61', second: '64' })
    expect(details('M1 i alt: 1,234')).toEqual({ suggestion: '1234' })
    expect(details('M2: 170 dage')).toEqual({ value: '170', wrote: 'dage', asked: 'uger' })
    expect(details('H1 udgift: 0,4')).toEqual({ suggestion: '400000', size: 'mio. kr.' })
    expect(details('M3: ja, 14/11-14')).toEqual({ suggestion: '2014-11-14' })
    expect(details('M7: 12')).toEqual({ value: '12' })
  })
})

describe('LETTERS 3.3.5-3.3.10: values (MAIL 114, 115, 118, 119, 139)', () => {
  test.each([
    ['M1: 61 out of 134', { 'M1 i alt': '134', 'M1 heraf': '61' }],
    ['M3: ja 14.11.2014', { M3: 'ja 2014-11-14' }],
    ['M3: ja, den 14. nov. 2014', { M3: 'ja 2014-11-14' }],
    ['M2: kan ikke opgøres, fordi fagsystemet er nyt', { M2: 'ikke opgjort' }],
    ['M1: ikke opgjort, nyt system', { 'M1 i alt': 'ikke opgjort', 'M1 heraf': 'ikke opgjort' }],
    ['H1 udgift: 400 t.kr.', { 'H1 udgift': '400000' }],
    ['H1 udgift: DKK 400.000', { 'H1 udgift': '400000' }],
    ['H1 cost: 400.000 kr.', { 'H1 udgift': '400000' }],
    ['H1 udgift: 400.000 kr. inkl. løn', {}],
    ['H1 udgift: 400.000 kr., inkl. løn', { 'H1 udgift': '400000' }],
    ['H1 status: i gang', { 'H1 status': 'in-progress' }],
    ['H1 status: ikke begyndt', { 'H1 status': 'not-started' }],
    ['Færdig: ja', { Færdig: 'ja' }],
    ['Erfaring må deles: nej', { 'Erfaring må deles': 'nej' }],
    ['Godkendt af: Inger Prøvedal, direktør', { 'Godkendt af': 'Inger Prøvedal, direktør' }],
  ])('%s', (line, expected) => {
    expect(one(line)).toEqual(expected)
  })
})
