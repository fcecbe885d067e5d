import fc from 'fast-check'
import { expect, it } from 'vitest'
import { lineOf, mailTextOf } from '../../../functions/intake/table/source-grid.ts'
import { message } from './mail.ts'

const read = (line: number, written: string) => ({ line, row: null, written })

it('shows the body in which what was read stands at its line', () => {
  const both = message({ text: 'Se nedenfor', html: '<p>Hej</p><p>M2: 24,5</p>' })
  const html = mailTextOf(both, [read(2, '24,5')])
  expect(html?.lines.filter((line) => line !== '')).toContain('M2: 24,5')
  const same = message({ text: 'Hej\nM2: 24,5', html: '<p>Hej</p><p>M2: 24,5</p>' })
  expect(mailTextOf(same, [read(2, '24,5')])?.lines).toEqual(['Hej', 'M2: 24,5'])
})

it('shows the HTML of a mail whose text part is blank, and nothing of one with neither', () => {
  expect(mailTextOf(message({ text: ' \n', html: '<p>Hej</p>' }), [])?.lines).toContain('Hej')
  expect(mailTextOf(message({ text: null, html: null }), [])).toBeNull()
})

it('finds the line of a table’s row', () => {
  const html =
    '<p>Tal</p><table><tr><td>M1 i alt</td><td>134</td></tr><tr><td>M2</td><td>24,5</td></tr></table>'
  const text = mailTextOf(message({ text: null, html }), [])
  const line = text === null ? null : lineOf(text, { line: null, row: 2, written: '24,5' })
  expect(text?.lines[(line ?? 0) - 1]).toContain('24,5')
})

it('names a line for every text line of any mail', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(40), (text, line) => {
      const shown = mailTextOf(message({ text }), [read(line, 'x')])
      expect(shown?.lines.length).toBeGreaterThan(0)
    }),
  )
})
