import { describe, expect, test } from 'vitest'
import { doubts, read } from './mail.ts'

const date = 'DATO'
/** People's words for more time, with a place for the date. */
const wordings = [
  `Vi kan først svare den ${date}.`,
  `Desværre kan vi først sende tallene den ${date}.`,
  `Tallene er først klar den ${date}.`,
  `Vi svarer først den ${date}, da vores controller er syg.`,
  `Vi får først tallene den ${date}.`,
  `Kan fristen udsættes til ${date}?`,
  `Kan fristen flyttes til den ${date}?`,
  `Kan fristen eventuelt rykkes til ${date}?`,
  `Er det muligt at få skubbet fristen til ${date}?`,
  `Vi vil bede om at få fristen forlænget til ${date}.`,
  `Må vi sende tallene den ${date} i stedet?`,
  `Må vi svare senere, fx den ${date}?`,
  `Kan vi vente med at sende til den ${date}?`,
  `Er det ok, hvis vi sender den ${date}?`,
  `Er det i orden, at vi svarer den ${date}?`,
  `Vent venligst med at rykke for svar til ${date}.`,
  `I bedes vente med rykkere til den ${date}.`,
  `Vi kan ikke nå at svare før den ${date}.`,
  `Vi når det desværre ikke før ${date}.`,
  `Vi har brug for lidt længere tid, til den ${date}.`,
  `Giv os lige til den ${date}.`,
  `Vi ansøger om henstand til ${date}.`,
  `We can only reply on ${date}.`,
  `We cannot answer before ${date}.`,
  `Could the deadline be moved to ${date}?`,
  `Is it possible to postpone the deadline until ${date}?`,
  `May we send the figures on ${date} instead?`,
  `Please wait with the reminder until ${date}.`,
  `We need until ${date} to finish.`,
  `The figures are not ready before ${date}.`,
  `Could we have a few more days, until ${date}?`,
  `Can you push the due date to ${date}?`,
]

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
