import { describe, expect, test } from 'vitest'
import { answer, doubts, marked, read, values } from './mail.ts'

/** One line, one answer or one doubt. */
const one = (line: string): Record<string, string> => values(read(line))
describe('confirmations and wishes', () => {
  test.each([
    'OK',
    'Ok.',
    'ok!\n\nMvh\nMette',
    'OK, tallene er rigtige',
    'Bekræftet',
    'Confirmed',
    'OK\n\nM1 heraf: 62',
  ])('MAIL 124: "%s" confirms', (text) => {
    expect(read(`${text}\n\n${marked('Tak. Jonas Prøve har sendt tal.')}`).confirms).toBe(true)
  })
  test.each(['OK, men et tal er forkert', 'OK?', 'OK, jeg vender tilbage i næste uge'])(
    'MAIL 124: "%s" is asked',
    (text) => {
      const reading = read(text)
      expect(reading.confirms).toBe(false)
      expect(doubts(reading)).toEqual(['ok-but'])
    },
  )
  test.each(['Mvh\nOK Prøve', '> OK', 'Ikke OK', 'Okkulte tal'])('MAIL 124: "%s" is nothing', (text) => {
    const reading = read(text)
    expect(reading.confirms).toBe(false)
    expect(reading.doubts).toEqual([])
  })

  test('co-reporters and contacts are wishes', () => {
    expect(read('Medindberetter: jonas.proeve@svendborg-kommune.example').wishes).toEqual([
      expect.objectContaining({ wish: 'co-reporters', emails: ['jonas.proeve@svendborg-kommune.example'] }),
    ])
    expect(read('Kontakt: Jonas Prøve, konsulent, jonas.proeve@svendborg-kommune.example').wishes).toEqual([
      expect.objectContaining({ wish: 'new-contact', role: 'contact' }),
    ])
  })

  test('MAIL 121: a sentence that needs no more time is no wish', () => {
    expect(read('Vi har ikke brug for udsættelse.').wishes).toEqual([])
  })

  test('MAIL 109: their case number from the subject or the key', () => {
    expect(read('Jeres sagsnr.: 15/2207').theirCaseNumber).toBe('15/2207')
    expect(read('Vores sagsnr.: 15/2207').theirCaseNumber).toBe('15/2207')
  })
})

describe('what receipts teach people to write', () => {
  test.each([
    ['Mål 1, heraf: 62', { 'M1 heraf': '62' }],
    ['Aktivitet 1, udgift: 560.000 kr.', { 'H1 udgift': '560000' }],
    ['Bemærkning til mål 1: nyt fagsystem', { 'M1 bemærkning': 'nyt fagsystem' }],
    ['Mål 1: 62 af 134 personer = 46,3 pct.', { 'M1 i alt': '134', 'M1 heraf': '62' }],
    ['Mål 3: ja (14. november 2014)', { M3: 'ja 2014-11-14' }],
  ])('%s', (line, expected) => {
    expect(one(line)).toEqual(expected)
  })

  test('a wrapped reason is kept to the end of its paragraph', () => {
    const reading = read(
      'H1 udgift: ikke opgjort, fordi regnskabet for netværket først lukker\nden 1. april 2015 og skal revideres.\n\nM2: 24,5',
    )
    expect(answer(reading, 'H1 udgift')?.text).toBe(
      'regnskabet for netværket først lukker den 1. april 2015 og skal revideres.',
    )
    expect(values(reading)).toEqual({ 'H1 udgift': 'ikke opgjort', M2: '24.5' })
    expect(reading.freeText).toBe('')
  })

  test('MAIL 124: a greeting may stand before OK', () => {
    expect(read('Hej Sofie\n\nOK\n\nMvh\nMette').confirms).toBe(true)
    expect(read('Hej Sofie\n\nOK, men M2 er forkert').confirms).toBe(false)
  })

  test.each([
    'til d. 13.3.',
    'til den 13/3',
    'til fredag den 13. marts',
    'til 13-03-2015',
    'until 13 March 2015',
  ])('MAIL 121: more time %s', (when) => {
    expect(read(`Kan vi få udsættelse ${when}?`, { receivedOn: '2015-02-26' }).wishes).toEqual([
      expect.objectContaining({ wish: 'extension', until: '2015-03-13' }),
    ])
  })
})
