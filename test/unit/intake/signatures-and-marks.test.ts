import { describe, expect, test } from 'vitest'
import { answer, doubts, read, values } from './mail.ts'

describe('what stands below the closing words', () => {
  const closings = ['Med venlig hilsen\nMette Prøve\nTlf. 62 23 30 00', 'Mvh Mette', '-- \nMette Prøve\nSvendborg Kommune', 'Kind regards\nMette', 'Sendt fra min iPhone', 'Mvh Mette\n\nSendt fra min Samsung Galaxy', 'Hent Outlook til Android'] // prettier-ignore
  test.each(closings)('MAIL 287: after »%s« a PS asks for more time', (closing) => {
    for (const ps of ['PS: Kan vi få udsættelse til den 13. marts?', 'P.S. Vi kan først sende FS2 den 13. marts 2015.', 'NB: may we send the rest on 13 March instead?', 'PS. Kan fristen rykkes til 13/3?'])
      expect(read(`M2: 24,5\n\n${closing}\n\n${ps}`)).toMatchObject({
        answers: [{ key: 'M2' }],
        wishes: [{ wish: 'extension', until: '2015-03-13' }],
      })
  }) // prettier-ignore
  test.each(closings)('MAIL 287: after »%s« a wish without any PS', (closing) => {
    expect(read(`M2: 24,5\n\n${closing}\n\nVi kan desværre først svare på resten den 13. marts.`).wishes).toEqual([
      expect.objectContaining({ wish: 'extension', until: '2015-03-13' }),
    ])
  }) // prettier-ignore
  test.each(closings)('MAIL 287: after »%s« a figure counts, a telephone number does not', (closing) => {
    expect(values(read(`${closing}\n\nM2: 24,5\nTlf: 62 23 30 00`))).toEqual({ M2: '24.5' })
  })
  test.each([
    'Sendt fra min iPhone',
    'Sendt fra Outlook til Android',
    'Sent from my iPad',
    'Sendt fra Mail til Windows',
    'Get Outlook for iOS',
    'Skickat från min iPhone',
  ])('MAIL 287: a note below »%s« is kept whole', (device) => {
    const reading = read(
      `${device}\n\nM2: 24,5\nM1 bemærkning: Vi fik mange nye i efteråret.\nDe er endnu på sprogkursus, og det tager tid.\nI oktober alene kom der 22.`,
    )
    expect(answer(reading, 'M1 bemærkning')?.text).toBe(
      'Vi fik mange nye i efteråret.\nDe er endnu på sprogkursus, og det tager tid.\nI oktober alene kom der 22.',
    )
    expect(values(reading)['M2']).toBe('24.5')
  })
  test('MAIL 287: a note ends at the closing words all the same, and a name is no free text', () => {
    const reading = read(
      'M1 bemærkning: Vi fik mange nye.\n\nSendt fra min iPhone\nMette Prøve\nUdviklingskonsulent\nTlf. 62 23 30 00',
    )
    expect(answer(reading, 'M1 bemærkning')?.text).toBe('Vi fik mange nye.')
    expect(reading.freeText).toBe('')
  })
  test('MAIL 287: a postscript is shown to a person', () => {
    expect(read('M2: 24,5\n\nMvh Mette\n\nPS: Jonas er min afløser fra april.').freeText).toBe(
      'PS: Jonas er min afløser fra april.',
    )
  })
})

describe('marks before a key and around it', () => {
  test.each([
    '| M1 i alt | 134 |\n| M2 | 24,5 |',
    '| Nøgle | Tal |\n|---|---|\n| M1 i alt | 134 |\n| M2 | 24,5 |',
    '| Nøgle    |  Tal |\n|:---------|-----:|\n| M1 i alt |  134 |\n| M2       | 24,5 |',
    '+----------+------+\n| M1 i alt | 134  |\n+----------+------+\n| M2       | 24,5 |\n+----------+------+',
    '┌──────────┬──────┐\n│ M1 i alt │ 134  │\n├──────────┼──────┤\n│ M2       │ 24,5 │\n└──────────┴──────┘',
    '║ M1 i alt ║ 134 ║\n║ M2 ║ 24,5 ║',
    '|M1 i alt|134 personer|\n|M2|24,5 uger|',
    '  | M1 i alt | 134 |  \n  | M2 | 24,5 |  ',
  ])('MAIL 288: a drawn table is a table, no quotation: %j', (table) => {
    const reading = read(`Hej Sofie\n\n${table}\n\nMvh Mette`)
    expect(values(reading)).toEqual({ 'M1 i alt': '134', M2: '24.5' })
    expect(doubts(reading)).toEqual([])
    expect(reading.answers.every(({ at }) => at.part === 'text' && at.segment === 'new')).toBe(true)
  })
  test('MAIL 288: a stroke before every line is a quotation as before', () => {
    const reading = read('Se nedenfor\n\n| M2: 30 uger\n| Tlf. 62 23 30 00', { received: ['M2: 30 uger'] })
    expect(reading.answers).toEqual([])
  })
  test.each(['§ ', '§\t', '\uF0B7 ', '\uF0A7\t', '· ', '·       ', 'o   ', 'o\t', 'Ø  ', 'ü ', '– ', '— ', '► ', '➢ ', '✓ ', '→ ', '■ ', '‣ ', '* ', '-\t', '1. ', '· 1) ', '\uF0D8\t', '●\u00A0'])(
    'MAIL 288: %j before a key is a bullet',
    (bullet) => {
      const reading = read(`Hej\n\n${bullet}M1 i alt: 134\n${bullet}M2: 24,5`)
      expect(values(reading)).toEqual({ 'M1 i alt': '134', M2: '24.5' })
      expect(doubts(reading)).toEqual([])
    },
  ) // prettier-ignore
})
