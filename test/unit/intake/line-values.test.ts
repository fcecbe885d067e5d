import { describe, expect, test } from 'vitest'
import { answer, doubts, read, values } from './mail.ts'

/** One line, one answer or one doubt. */
const one = (line: string): Record<string, string> => values(read(line))
const asked = (line: string): readonly string[] => doubts(read(line))

describe('LETTERS 3.4: right as they stand', () => {
  test.each([
    ['M1 i alt: 134', { 'M1 i alt': '134' }],
    ['M1 heraf = 61 pers.', { 'M1 heraf': '61' }],
    ['M1 i alt 1.134', { 'M1 i alt': '1134' }],
    ['M2: 24,5', { M2: '24.5' }],
    ['M3: ja, 14/11 2014 (seks virksomheder)', { M3: 'ja 2014-11-14' }],
    ['H1 udgift: 400.000,-', { 'H1 udgift': '400000' }],
    ['H1 udgift: kr. 400.000', { 'H1 udgift': '400000' }],
    ['M2: ikke opgjort (nyt fagsystem)', { M2: 'ikke opgjort' }],
    ['Genforhandling: ja, FS2', { Genforhandling: 'ja' }],
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
    ['M1 i alt: 34\nM1 heraf: 61', ['swapped M1']],
    ['M1: 45,5 pct.', ['share-only M1']],
    ['M1 heraf: 45,5 %', ['share-only M1']],
    ['M1 i alt: ca. 130', ['hedged M1 i alt']],
    ['M1 i alt: 130 (foreløbigt)', ['hedged M1 i alt']],
    ['M1 heraf: 61-64', ['two-values M1 heraf']],
    ['M1 heraf: 61\nM1 heraf: 64', ['two-values M1 heraf']],
    ['M1 i alt: 134,5', ['not-whole M1 i alt']],
    ['M1 i alt: 1,234', ['not-whole M1 i alt']],
    ['M1 heraf: -', ['none-or-zero M1 heraf']],
    ['M1 heraf: ingen', ['none-or-zero M1 heraf']],
    ['M1 heraf: nul', ['none-or-zero M1 heraf']],
    ['M1 heraf: ?', ['none-or-zero M1 heraf']],
    ['FS2: ved Mette', ['not-a-value FS2']],
    ['FS2: kommer senere', ['not-a-value FS2']],
    ['M2: 170 dage', ['other-unit M2']],
    ['H1 udgift: 0,4', ['amount-size H1 udgift']],
    ['M1 heraf: -12', ['negative M1 heraf']],
    ['M3: ja', ['date-missing-met M3']],
    ['M3: nej', ['date-missing-not-met M3']],
    ['M3: 14. november 2014', ['not-a-value M3']],
    ['M3: ja, 14/11-14', ['short-year M3']],
    ['Udsættelse til: torsdag den 13/3', ['weekday-differs Udsættelse til']],
    ['M1 ialtt: 134', ['near-key M1 i alt']],
    ['M7: 12', ['unknown-key']],
    ['M1 i alt: 1\uFFFD4', ['unreadable-sign M1 i alt']],
    ['M1: 61', ['which-share-number M1']],
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
    expect(details('M7: 12')).toEqual({ value: '12', known: 'M1, M2, M3, FS1, FS2, H1' })
  })
})

describe('LETTERS 3.3.5-3.3.10: values (MAIL 114, 115, 118, 119, 139)', () => {
  test.each([
    ['M1: 61 ud af 134', { 'M1 i alt': '134', 'M1 heraf': '61' }],
    ['M1: 61 af 134', { 'M1 i alt': '134', 'M1 heraf': '61' }],
    ['M1: 61/134', { 'M1 i alt': '134', 'M1 heraf': '61' }],
    ['M1: 61 out of 134', { 'M1 i alt': '134', 'M1 heraf': '61' }],
    ['M1 i alt: 61\nM1 heraf: 61', { 'M1 i alt': '61', 'M1 heraf': '61' }],
    ['M3: ja, 14. november 2014', { M3: 'ja 2014-11-14' }],
    ['M3: ja, 14-11-2014', { M3: 'ja 2014-11-14' }],
    ['M3: ja 14.11.2014', { M3: 'ja 2014-11-14' }],
    ['M3: ja, den 14. nov. 2014', { M3: 'ja 2014-11-14' }],
    ['M3: nej, forventes 1. juni 2015', { M3: 'nej 2015-06-01' }],
    ['M2: kan ikke opgøres, fordi fagsystemet er nyt', { M2: 'ikke opgjort' }],
    ['M2: foreligger ikke', { M2: 'ikke opgjort' }],
    ['M2: uoplyst', { M2: 'ikke opgjort' }],
    ['M2: not available', { M2: 'ikke opgjort' }],
    ['M1: ikke opgjort, nyt system', { 'M1 i alt': 'ikke opgjort', 'M1 heraf': 'ikke opgjort' }],
    ['M1 heraf: 0', { 'M1 heraf': '0' }],
    ['H1 udgift: 0,4 mio. kr.', { 'H1 udgift': '400000' }],
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

  test('MAIL 118: the reason is kept without its "fordi", and 1/4 in it is no value', () => {
    expect(answer(read('H1 udgift: ikke opgjort, regnskabet lukker først 1/4'), 'H1 udgift')?.text).toBe(
      'regnskabet lukker først 1/4',
    )
    expect(answer(read('M2: ikke opgjort, fordi fagsystemet er nyt'), 'M2')?.text).toBe('fagsystemet er nyt')
    expect(answer(read('M2: ikke opgjort'), 'M2')?.text).toBe('')
  })

  test('MAIL 117: a note of several paragraphs and bullets is kept whole and holds no value', () => {
    const reading = read(
      'M1 bemærkning: I oktober alene kom der 22.\n\n- over 60 pct.\n- 14 i praktik\n\nM2: 24,5\n\nMvh\nMette',
    )
    expect(values(reading)).toEqual({
      'M1 bemærkning': 'I oktober alene kom der 22.\n\n- over 60 pct.\n- 14 i praktik',
      M2: '24.5',
    })
  })

  test('MAIL 120: what follows a dash or a comma is a note, a second number is asked', () => {
    expect(answer(read('FS2: 83, heraf mange i efteråret'), 'FS2')?.text).toBe('heraf mange i efteråret')
    expect(asked('FS2: 83-85')).toEqual(['two-values FS2'])
    expect(asked('FS2: ca. 83')).toEqual(['hedged FS2'])
    expect(asked('FS2: 83 eller 84')).toEqual(['two-values FS2'])
  })
})

describe('MAIL 67-79: numbers in Danish notation', () => {
  test.each([
    ['67', 'M1 i alt: 1.234', '1234'],
    ['68', 'H1 udgift: 1.234,50', '1234.5'],
    ['70', 'M1 i alt: 1 234', '1234'],
    ['70', "M1 i alt: 1'234", '1234'],
    ['70', 'M1 i alt: 1\u00A0234 personer', '1234'],
    ['62', 'M1 i alt: 1\u202F234', '1234'],
    ['62', '\uFEFFM1 i alt:\u200B 134', '134'],
    ['71', 'H1 udgift: kr. 1.234,-', '1234'],
    ['71', 'H1 udgift: 1.234 kr', '1234'],
    ['71', 'H1 udgift: 1.234 DKK', '1234'],
    ['72', 'H1 udgift: 1,2 mio. kr.', '1200000'],
    ['72', 'H1 udgift: 1.200 t.kr.', '1200000'],
  ])('MAIL %s: %s', (_, line, expected) => {
    expect(Object.values(one(line))).toEqual([expected])
  })

  test.each([
    ['69', 'M1 i alt: 1,234', 'not-whole M1 i alt'],
    ['73', 'M1 i alt: –1.234', 'negative M1 i alt'],
    ['74', 'M1 i alt: 100-110', 'two-values M1 i alt'],
    ['74', 'M1 i alt: n/a', 'none-or-zero M1 i alt'],
    ['74', 'M1 i alt: ved ikke', 'not-a-value M1 i alt'],
    ['77', 'M1 i alt: １３４', 'not-a-value M1 i alt'],
    ['77', 'M1 i alt: ١٣٤', 'not-a-value M1 i alt'],
    ['78', 'M1 i alt: 1234567890123456', 'not-a-value M1 i alt'],
    ['79', 'M1 i alt: 12 34 56 78', 'not-a-value M1 i alt'],
  ])('MAIL %s: %s is asked', (_, line, expected) => {
    expect(asked(line)).toEqual([expected])
  })
})
