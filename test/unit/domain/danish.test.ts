import { describe, expect, test } from 'vitest'
import {
  compareDanish,
  decimalsAgainst,
  joinWords,
  numberWord,
  printChangePct,
  printClock,
  printDate,
  printDecimals,
  printKroner,
  printNumber,
  printPct,
  printPoints,
  printWeekdayDate,
  printWholePct,
} from '../../../functions/domain/base/danish.ts'

describe('printing as the letters do', () => {
  test('numbers, percent and money', () => {
    expect(printNumber('1234')).toBe('1.234')
    expect(printNumber('24.5')).toBe('24,5')
    expect(printNumber('26.0')).toBe('26')
    expect(printNumber('61/134')).toBe('0,5')
    expect(printNumber('-2325750')).toBe('-2.325.750')
    expect(printPct('6100/134')).toBe('45,5 pct.')
    expect(printWholePct('84.4')).toBe('84 pct.')
    expect(printPoints('7')).toBe('7,0 procentpoint')
    expect(printKroner('400000')).toBe('400.000 kr.')
    expect(printKroner('0.4')).toBe('0,40 kr.')
    expect(printChangePct('115/3')).toBe('+38 pct.')
    expect(printChangePct('-56')).toBe('-56 pct.')
  })

  test('dates and clock', () => {
    expect(printDate('2014-11-14')).toBe('14. november 2014')
    expect(printWeekdayDate('2015-03-02')).toBe('mandag den 2. marts 2015')
    expect(printClock('2015-02-24T13:07:00Z')).toBe('kl. 14.07')
  })

  test('the English twins', () => {
    expect(printNumber('1234', 'en')).toBe('1,234')
    expect(printPct('45.5', 'en')).toBe('45.5 per cent')
    expect(printPoints('7', 'en')).toBe('7.0 percentage points')
    expect(printKroner('400000', 'en')).toBe('DKK 400,000')
    expect(printDate('2015-03-02', 'en')).toBe('2 March 2015')
    expect(printWeekdayDate('2015-03-02', 'en')).toBe('Monday 2 March 2015')
  })

  test('a value short of its target is never printed as the target', () => {
    const print = (value: string, misses: boolean) =>
      printDecimals(value, decimalsAgainst(value, '60', misses))
    expect(print('59.96', true)).toBe('59,96')
    expect(print('59.996', true)).toBe('59,996')
    expect(print('59.9', true)).toBe('59,9')
    expect(print('60', false)).toBe('60,0')
    expect(print('60.04', false)).toBe('60,0')
    expect(print('60.04', true)).toBe('60,04')
  })

  test('numbers to ten are words in prose, with their gender', () => {
    expect([
      numberWord(1),
      numberWord(1, 'da', 'neuter'),
      numberWord(2),
      numberWord(10),
      numberWord(11),
    ]).toEqual(['én', 'ét', 'to', 'ti', '11'])
    expect(numberWord(0, 'en')).toBe('zero')
    expect(numberWord(1134)).toBe('1.134')
  })

  test('lists are joined with og', () => {
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map((list) => joinWords(list))).toEqual([
      '',
      'a',
      'a og b',
      'a, b og c',
    ])
    expect(joinWords(['a', 'b'], 'en')).toBe('a and b')
  })

  test('Danish order puts æ, ø, å and aa last', () => {
    expect(['Aarhus', 'Ærø', 'Vejle', 'Ølstykke', 'Albertslund'].sort(compareDanish)).toEqual([
      'Albertslund',
      'Vejle',
      'Ærø',
      'Ølstykke',
      'Aarhus',
    ])
  })
})
