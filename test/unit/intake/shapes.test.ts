import { describe, expect, test } from 'vitest'
import { labelLines } from '../../../functions/intake/segments.ts'
import { marked, read, request, values } from './mail.ts'

const from = 'Ministeriet for Børn <svar+k479-2014-7qx4m2p9t3vw8hnd@svar.ministeriet.example>'
const header = (...lines: string[]): string => `${lines.join('\n')}\n\n${request}`
const own = 'Kære Sofie\n\nM1 i alt: 134\nM1 heraf: 61\n\nMvh Mette'

/** The shapes of MAIL 33-44: what stands below the own text is the request, quoted that way. */
const shapes: readonly (readonly [string, string])[] = [
  [
    'header block without divider',
    header(`Fra: ${from}`, 'Sendt: 15. januar 2015 09:00', 'Til: Mette Prøve', 'Emne: Resultatkontrakt'),
  ],
  [
    'after a ruler',
    `________________________________\n${header(`Fra: ${from}`, 'Sendt: 15. januar 2015 09:00', 'Til: Mette Prøve', 'Emne: Resultatkontrakt')}`,
  ],
  [
    'bold turned into asterisks',
    header(
      `*Fra:* ${from}`,
      '*Sendt:* 15. januar 2015 09:00',
      '*Til:* Mette Prøve',
      '*Emne:* Resultatkontrakt',
    ),
  ],
  [
    'Oprindelig meddelelse',
    `-----Oprindelig meddelelse-----\n${header(`Fra: ${from}`, 'Sendt: 15. januar 2015 09:00')}`,
  ],
  ['Apple, unquoted attribution', `Den 15. jan. 2015 kl. 09.00 skrev ${from}:\n\n${marked(request)}`],
  [
    'Gmail over two lines',
    `Den tor. 15. jan. 2015 kl. 09.00 skrev Ministeriet for Børn <\nsvar@svar.ministeriet.example>:\n\n${marked(request)}`,
  ],
  ['Thunderbird', `Den 15-01-2015 kl. 09:00 skrev Ministeriet for Børn:\n${marked(request)}`],
  ['Notes', header(`Fra: ${from}`, 'Til: Mette Prøve', 'Dato: 15-01-2015 09:00', 'Emne: Resultatkontrakt')],
  ['iOS without marks', `Sendt fra min iPhone\n\nDen 15. jan. 2015 kl. 09.00 skrev ${from}:\n\n${request}`],
  [
    'Norwegian',
    header(
      `Fra: ${from}`,
      'Sendt: torsdag 15. januar 2015 09:00',
      'Til: Mette Prøve',
      'Emne: Resultatkontrakt',
    ),
  ],
  [
    'Swedish',
    header(
      `Från: ${from}`,
      'Skickat: den 15 januari 2015 09:00',
      'Till: Mette Prøve',
      'Ämne: Resultatkontrakt',
    ),
  ],
  ['English', `On 15 Jan 2015, at 09:00, ${from} wrote:\n\n${marked(request)}`],
  [
    'German',
    header(
      `Von: ${from}`,
      'Gesendet: Donnerstag, 15. Januar 2015 09:00',
      'An: Mette Prøve',
      'Betreff: Resultatkontrakt',
    ),
  ],
  [
    'forwarded',
    `Start på videresendt besked:\n\n${header(`Fra: ${from}`, 'Dato: 15. januar 2015', 'Til: Mette')}`,
  ],
]

describe('MAIL 33-44: every way of quoting', () => {
  test.each(shapes)('%s: own figures above it', (_, quoted) => {
    const reading = read(`${own}\n\n${quoted}`)
    expect(values(reading)).toEqual({ 'M1 i alt': '134', 'M1 heraf': '61' })
    expect(reading.doubts).toEqual([])
    expect(reading.freeText).toBe('')
  })
  test.each(shapes)('%s: filled in inside', (_, quoted) => {
    const reading = read(
      `Se nedenfor.\n\n${quoted.replace('M1 i alt: ____', 'M1 i alt: 134').replace('M1 heraf: ____', 'M1 heraf: 61')}`,
    )
    expect(values(reading)).toEqual({ 'M1 i alt': '134', 'M1 heraf': '61' })
    expect(reading.doubts).toEqual([])
  })
  test('MAIL 42: prose that looks like an attribution loses nothing', () => {
    expect(
      values(
        read(
          'Den 1. oktober fik vi tallene, som skolechefen skrev om i sin mail:\n\nM1 i alt: 134\nM1 heraf: 61',
        ),
      ),
    ).toEqual({ 'M1 i alt': '134', 'M1 heraf': '61' })
  })
  test('MAIL 44: a ruler between two figures loses nothing', () => {
    expect(values(read('M1 i alt: 134\n-----------\nM1 heraf: 61\n___________\nM2: 24,5'))).toEqual({
      'M1 i alt': '134',
      'M1 heraf': '61',
      M2: '24.5',
    })
  })
  test('MAIL 50: interleaved answers', () => {
    const body = marked(request)
      .replace('> M1 i alt: ____ personer', '> M1 i alt: ____ personer\n134 personer')
      .replace('> M1 heraf: ____ personer', '> M1 heraf: ____ personer\n\n61\n')
      .replace('> M3: ____', '> M3: ____\nja, 14. november 2014')
      .replace('> Bemærkninger: ____', '> Bemærkninger: ____\nVi har fået nyt fagsystem.\n\nDet tog tid.\n')
    expect(values(read(`Svar er indsat.\n\n${body}`))).toEqual({
      'M1 i alt': '134',
      'M1 heraf': '61',
      M3: 'ja 2014-11-14',
      Bemærkninger: 'Vi har fået nyt fagsystem.\n\nDet tog tid.',
    })
  })
  test('a form field called "Tilskud fra:" is no header block', () => {
    expect(
      labelLines('Tilskud fra: staten\nFra: 1. januar\nTil: 31. december\nM2: 24,5').map(
        ({ segment }) => segment,
      ),
    ).toEqual(['new', 'new', 'new', 'new'])
  })
  test('banners are labelled and answer nothing', () => {
    const lines = labelLines('[EKSTERN] Denne mail kommer udefra\nM2: 24,5')
    expect(lines.map(({ segment }) => segment)).toEqual(['banner', 'new'])
    expect(
      values(
        read("ADVARSEL: Denne e-mail kommer udefra\nYou don't often get email from x@y.example\nM2: 24,5"),
      ),
    ).toEqual({ M2: '24.5' })
  })
  test('nothing is cut away: every line comes back with its number', () => {
    const body = `${own}\n\n${shapes[1]?.[1] ?? ''}`
    expect(labelLines(body).map(({ number }) => number)).toEqual(body.split('\n').map((_, at) => at + 1))
  })
})
