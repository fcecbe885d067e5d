import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { labelLines } from '../../../functions/intake/quotation/segments.ts'
import { anySigns, fixture, marked, outlookQuote, read, request, values } from './mail.ts'

/** What replies are made of, and what breaks readers. */
const fragment = fc.oneof(
  fc.constantFrom(
    'M1 i alt', 'M1 heraf', 'M1', 'M2', 'M3', 'FS2', 'H1 udgift', 'H1 status', 'Formidling', 'Bemærkninger', 'M1 bemærkning', 'Færdig', 'Genforhandling', 'Udsættelse til',
    'Kontakt', 'Jeres sagsnr.', 'OK', ': ', '= ', ' - ', '\t', '\n', '\n\n', '> ', '____', ' personer', ' uger', ' kr.', ' mio. kr.', ' pct.', 'ca. ', 'ja', 'nej', 'ikke opgjort', ' af ', ' eller ',
    ', ', ' – ', '(', ')', '.', ',', 'Fra: x@y.example\nSendt: 1. januar 2015\n', 'Den 1. jan. 2015 kl. 9 skrev x@y.example:\n', 'Med venlig hilsen\n', '-- \n', '14/11 2014', '14. november 2014', '\uFFFD', '\u0000', '１２', '𝟙',
  ),
  fc.integer({ min: -99_999, max: 9_999_999 }).map(String),
  fc
    .tuple(
      fc.constantFrom('\n', '\n> ', ' ', '\n- '),
      fc.constantFrom('M1 i alt', 'M1 heraf', 'M1', 'M2', 'FS2', 'H1 udgift'),
      fc.constantFrom(': ', ' = ', ' ', ' - ', ':\n'),
      fc.integer({ min: -50, max: 999_999 }),
      fc.constantFrom('', ' personer', ' uger', ' mio. kr.', ' t.kr.', ',5', '.500', '-7', ' af 9', ' (fint)', ' %'),
    )
    .map((parts) => parts.join('')),
  fc.string({ maxLength: 12 }),
) // prettier-ignore
const anyText = fc.array(fragment, { maxLength: 60 }).map((parts) => parts.join(''))

const digitsOf = (text: string): string => text.replace(/\D+/gu, '')

describe('any text at all', { timeout: 60_000 }, () => {
  test('never throws, and labels every line', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, anySigns(400)), (text) => {
        const reading = read(text)
        expect(reading.doubts.every(({ written }) => written.length <= 80)).toBe(true)
        expect(
          reading.answers.every(({ written, text: note }) => written.length <= 80 && note.length <= 4000),
        ).toBe(true)
        expect(labelLines(text).length).toBeGreaterThan(0)
      }),
      { numRuns: 400 },
    )
  })

  test('gives no figure that does not stand in it', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const invented = read(text).answers.filter(
          ({ value }) =>
            value.is === 'number' &&
            !digitsOf(text).includes(digitsOf(value.value).replace(/^0+(?=\d)|0+$/gu, '')),
        )
        expect(invented).toEqual([])
      }),
      { numRuns: 400 },
    )
  })

  test('one answer a key, and never an answer and a doubt about the same', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { answers, doubts } = read(text)
        const keys = answers.map(({ key }) => key)
        expect(new Set(keys).size).toBe(keys.length)
        const asked = new Set(
          doubts.filter(({ kind }) => kind !== 'near-key' && kind !== 'outside-form').map(({ key }) => key),
        )
        expect(keys.filter((key) => asked.has(key))).toEqual([])
      }),
      { numRuns: 400 },
    )
  })
})

interface Entered {
  readonly key: string
  readonly label: string
  readonly shown: string
  readonly value: string
}
const dots = (value: number): string => String(value).replace(/\B(?=(?:\d{3})+(?!\d))/gu, '.')
const count = (key: string, labels: readonly string[], units: readonly string[]): fc.Arbitrary<Entered> =>
  fc
    .record({
      value: fc.integer({ min: 0, max: 99_999 }),
      label: fc.constantFrom(...labels),
      unit: fc.constantFrom(...units),
      style: fc.constantFrom(dots, String),
    })
    .map(({ value, label, unit, style }) => ({
      key,
      label,
      shown: `${style(value)}${unit}`,
      value: String(value),
    }))
const weeks = fc
  .record({
    whole: fc.integer({ min: 0, max: 80 }),
    tenth: fc.integer({ min: 0, max: 9 }),
    label: fc.constantFrom('M2', 'm2', 'Mål 2'),
    unit: fc.constantFrom('', ' uger', ' weeks'),
  })
  .map(({ whole, tenth, label, unit }): Entered => ({
    key: 'M2',
    label,
    shown: `${whole},${tenth}${unit}`,
    value: tenth === 0 ? String(whole) : `${whole}.${tenth}`,
  }))
const kroner = fc
  .record({
    thousands: fc.integer({ min: 1, max: 9999 }),
    label: fc.constantFrom('H1 udgift', 'H1 cost', 'h1  Udgift'),
    form: fc.constantFrom('plain', 'before', 'dash', 't'),
  })
  .map(({ thousands, label, form }): Entered => {
    const full = dots(thousands * 1000)
    const shown =
      { plain: `${full} kr.`, before: `kr. ${full}`, dash: `${full},-`, t: `${dots(thousands)} t.kr.` }[
        form
      ] ?? full
    return { key: 'H1 udgift', label, shown, value: String(thousands * 1000) }
  })
const inOurReceipt = new Set(fixture('receipt-1.txt').match(/\d[\d.,]*\d/gu))
const oursSay = (shown: string): boolean => inOurReceipt.has(/\d[\d.,]*/u.exec(shown)?.[0] ?? '')
const entries = fc
  .tuple(
    count(
      'M1 i alt',
      ['M1 i alt', 'm1 ialt', 'M1 total', 'M1 nævner', 'Mål 1 i alt'],
      ['', ' personer', ' pers.', ' persons'],
    ),
    weeks,
    count('FS2', ['FS2', 'fs2', 'Forudsætning 2'], ['', ' personer']),
    kroner,
  )
  // What our own letters say is no answer (LETTERS 3.3.11): a figure drawn that our receipt has is another test's.
  .filter((all) => all.every(({ shown }) => !oursSay(shown)))
  .chain((all) => fc.shuffledSubarray([...all], { minLength: 1 }))
const separator = fc.constantFrom(': ', ':', ' = ', '\t', ': ____ ', ':  ')
const bullet = fc.constantFrom('', '- ', '• ', '* ', '  ', '\u00A0')
const gap = fc.constantFrom('\n', '\n\n', '\r\n')
const greeting = fc.constantFrom(
  '',
  'Kære Sofie\n\n',
  'Hej\n\nHer er vores tal for 2014.\n\n',
  'Dear Sofie,\n\n',
)
const closing = fc.constantFrom(
  '',
  '\n\nMvh\nMette',
  '\n\nMed venlig hilsen\n\nMette Prøve\nTlf. 12 34 56 78\nEAN: 5790000000000',
  '\n\n-- \nMette',
  '\n\nSendt fra min iPhone',
)
const below = fc.constantFrom('', `\n\n${outlookQuote(request)}`, `\n\nDen tor. 15. jan. 2015 kl. 09.00 skrev Ministeriet <svar@svar.ministeriet.example>:\n\n${marked(request)}`, `\n\n${marked(fixture('receipt-1.txt'))}`) // prettier-ignore

describe('replies in every layout', { timeout: 60_000 }, () => {
  test('every figure entered is found with its value, none is invented', () => {
    fc.assert(
      fc.property(
        entries,
        separator,
        bullet,
        gap,
        greeting,
        closing,
        below,
        (figures, sep, mark, between, hello, bye, quoted) => {
          const body = figures.map(({ label, shown }) => `${mark}${label}${sep}${shown}`).join(between)
          const reading = read(`${hello}${body}${bye}${quoted}`, {
            sent: [request, fixture('receipt-1.txt')],
          })
          expect(values(reading)).toEqual(Object.fromEntries(figures.map(({ key, value }) => [key, value])))
          expect(reading.doubts).toEqual([])
        },
      ),
      { numRuns: 1000 },
    )
  })

  test('also inside our own lines, quoted with marks, as Outlook does and without', () => {
    const inside = (body: string, figures: readonly Entered[]): string =>
      figures.reduce(
        (text, { key, shown }) => text.replace(new RegExp(`^${key}: ____.*$`, 'mu'), `${key}: ${shown}`),
        body,
      )
    fc.assert(
      fc.property(
        entries,
        fc.constantFrom(marked, outlookQuote, (text: string) => text),
        greeting,
        (figures, quote, hello) => {
          const reading = read(`${hello}${quote(inside(request, figures))}`)
          expect(values(reading)).toEqual(Object.fromEntries(figures.map(({ key, value }) => [key, value])))
          expect(reading.doubts).toEqual([])
        },
      ),
      { numRuns: 300 },
    )
  })
})
