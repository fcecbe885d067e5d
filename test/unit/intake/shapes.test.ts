import { describe, expect, test } from 'vitest'
import { labelLines } from '../../../functions/intake/quotation/segments.ts'
import { marked, outlookQuote, read, request, values } from './mail.ts'

const own = 'Kære Sofie\n\nM1 i alt: 134\nM1 heraf: 61\n\nMvh Mette'

describe('the lines of a mail', () => {
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
    const body = `${own}\n\n${outlookQuote(request)}`
    expect(labelLines(body).map(({ number }) => number)).toEqual(body.split('\n').map((_, at) => at + 1))
  })
})
