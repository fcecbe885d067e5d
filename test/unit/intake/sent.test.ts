import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hiddenSelectors } from '../../../functions/intake/html-text.ts'
import { sentencesOf } from '../../../functions/intake/words/proposals.ts'
import { sentTexts } from '../../../functions/intake/quotation/sent.ts'
import { anySigns, request } from './mail.ts'

const letter =
  'Mål for 2014: højst 26 uger. Udgangspunkt 2012: 34.\nM2: ____ uger\n\nSkriv ja og datoen, eller nej.'

describe('what is ours', () => {
  test('is every line of a letter and every piece from word to word, whatever the blanks, marks and case', () => {
    const sent = sentTexts([letter])
    for (const text of [
      'højst 26 uger.',
      '> MÅL FOR 2014:  højst',
      '26 uger. Udgangspunkt\n2012: 34.',
      '*Skriv ja* og',
      'M2: uger',
    ])
      expect(sent.has(text)).toBe(true)
    for (const text of ['øjst 26', 'højst 26 ug', 'M2: 26 uger', '', '>', '____'])
      expect(sent.has(text)).toBe(false)
  })
  test('a short piece is ours by chance, a whole line or a long piece is not', () => {
    const sent = sentTexts([letter])
    expect(sent.hasLine('26 uger')).toBe(false)
    expect(sent.hasLine('M2: ____ uger')).toBe(true)
    expect(sent.hasLine('højst 26 uger. Udgangspunkt 2012:')).toBe(true)
  })
  test('every line and every run of words of any letter is found in it', () => {
    const words = request.split(/\s+/u).filter((word) => /[^_>|*]/u.test(word))
    const sent = sentTexts([request])
    fc.assert(
      fc.property(
        fc.nat({ max: words.length - 1 }),
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom(' ', '\n', '  \n> '),
        (from, count, gap) => {
          expect(sent.has(words.slice(from, from + count).join(gap))).toBe(true)
        },
      ),
    )
    expect(request.split('\n').filter((line) => line.trim() !== '' && !sent.isLine(line))).toEqual([])
  })
})

describe('sentences and styles of any text', () => {
  const at = { part: 'text', line: 1, segment: 'new' } as const
  test('no sign of a text is lost between its sentences', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(anySigns(30), fc.constantFrom('Vi har 12.', 'Det er 45,5 pct. Og mere', '- punkt')),
          { maxLength: 12 },
        ),
        (lines) => {
          const joined = sentencesOf(lines.map((text) => ({ text, at })))
            .map(({ text }) => text)
            .join('')
          expect(joined.replace(/\s+/gu, '')).toBe(lines.join('').replace(/\s+/gu, ''))
        },
      ),
    )
  })
  test('a style sheet hides what it hides everywhere, and nothing it hides on some screens', () => {
    const html =
      '<style>.a{display:none} p.b , #c { visibility: hidden; } @media (max-width:480px){.d{display:none}} .e{color:red} .f .g{display:none}</style><style><!-- .h{font-size:0} --></style>'
    const { classes, ids } = hiddenSelectors(html)
    expect([...classes].sort()).toEqual(['a', 'b', 'h'])
    expect([...ids]).toEqual(['c'])
    fc.assert(
      fc.property(anySigns(400), (text) => {
        expect(hiddenSelectors(`<style>${text}`).classes).toBeInstanceOf(Set)
      }),
    )
  })
})
