import { describe, expect, test } from 'vitest'
import { doubts, read } from './mail.ts'
import { date, wordings } from './people-words.ts'

describe('more time, in words', () => {
  test.each(wordings)('MAIL 289: »%s« stops the reminders, with its date', (wording) => {
    for (const written of ['13. marts', '13/3', '13. marts 2015', '13-03-2015', '13 March 2015'])
      for (const frame of [(text: string) => text, (text: string) => `Hej Sofie\n\nM2: 24,5\n${text}\n\nMvh Mette`]) {
        const reading = read(frame(wording.replace(date, written)))
        expect(reading.wishes).toEqual([expect.objectContaining({ wish: 'extension', until: '2015-03-13', byKey: false })])
        expect(reading.doubts).toEqual([])
      }
  }) // prettier-ignore
  test.each(wordings)('MAIL 289: »%s« with a weekday that does not fit is asked', (wording) => {
    const english = /\b(?:we|the|is|may|please|could|can you)\b/iu.test(wording) && !/[æøå]/u.test(wording)
    const reading = read(wording.replace(date, english ? 'Thursday 13 March' : 'torsdag d. 13/3').replace('den torsdag', 'torsdag')) // prettier-ignore
    expect(reading.wishes).toEqual([expect.objectContaining({ wish: 'extension', until: null })])
    expect(doubts(reading)).toEqual(['weekday-differs Udsættelse til'])
  })
  test.each(wordings)('MAIL 289: »%s« without a date stops the reminders', (wording) => {
    for (const vague of ['næste uge', 'midten af marts', 'uge 11'])
      expect(read(wording.replace(date, vague)).wishes).toEqual([
        expect.objectContaining({ wish: 'extension', until: null }),
      ])
  })
  test.each([
    ['Kan vi få udsættelse fra 2. marts til 13. marts?', '2015-03-13'],
    ['Udvalget mødes 10. marts, så vi kan først svare den 13. marts.', '2015-03-13'],
    ['Vi kan først svare den 12. marts eller den 13. marts.', null],
    ['Kan fristen udsættes til 13. marts 2014?', null],
  ])('MAIL 289: »%s« is until %s', (text, until) => {
    expect(read(text).wishes).toEqual([expect.objectContaining({ wish: 'extension', until })])
  })
  test.each([
    ['Sygdom gør, at tallene kommer fredag den 13. marts.', '2015-03-13'],
    ['Vi sender tallene i næste uge.', null],
    ['Vi eftersender resten den 13. marts 2015', '2015-03-13'],
    ['M2: 24,5\n\nResten følger om et par dage.', null],
    ['Opgørelsen fremsendes senere.', null],
    ['The figures will follow on 13 March.', '2015-03-13'],
    ['We will send the rest next week.', null],
    ['We will send the figures as soon as possible.', null],
  ])('MAIL 289: »%s« announces figures, until %s', (text, until) => {
    expect(read(text).wishes).toEqual([expect.objectContaining({ wish: 'extension', until })])
  })
  test.each([
    'Tallene følger hermed, 13. marts.',
    'Vi sender tallene her.',
    'Tallene kommer fra vores fagsystem den 13. marts.',
    'Tallene er sendt den 13. februar 2015.',
    'Vi sender vedhæftet tallene for 31. december 2014.',
    'Resten kommer vi aldrig til at kende.',
  ])('MAIL 289: »%s« announces nothing that is to come', (text) => {
    expect(read(text).wishes).toEqual([])
  })
  test.each([
    'Tak for udsættelsen til 13. marts.',
    'Vi har ikke brug for mere tid.',
    'Vi har fået udsættelse til 13. marts.',
    'Først og fremmest tak for jeres tålmodighed.',
    'Vi sender først og fremmest vores tal her.',
    'Borgerne kommer først i job efter et år.',
    'Det var først i oktober 2014, at vi begyndte.',
    'Aftalen blev først underskrevet den 14. november 2014.',
    'Vi fik først tal fra fagsystemet i januar.',
    'OK, vi sender resten i morgen.',
    'Ventetiden er 26 uger.',
    'The figures were first reported in March.',
    'We do not need more time.',
    'Thanks for the extension until 13 March.',
  ])('MAIL 289: »%s« asks for no more time', (text) => {
    expect(read(text).wishes).toEqual([])
  })
})
