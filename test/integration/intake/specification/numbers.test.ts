import { describe, expect, test } from 'vitest'
import { answer, doubts, form, marked, request, values } from '../../../unit/intake/mail.ts'
import { asParagraphs, page } from '../quoted-shapes.ts'
import { readMail } from '../read-mime.ts'

/** The same line as text, as HTML and inside the quoted form says the same. */
const everyWay = (line: string): readonly { text?: string; html?: string }[] => {
  const [key = ''] = line.split(/[:=]/u)
  return [
    { text: line },
    { html: page(asParagraphs(line)) },
    {
      text: `Se nedenfor\n\n${marked(request).replace(new RegExp(`^> ${key}: ____.*$`, 'mu'), `> ${line}`)}`,
    },
  ]
}

test.each([
  ['67', 'M1 i alt: 1.234', '1234'],
  ['67', 'M1 i alt: 12.345', '12345'],
  ['67', 'M1 i alt: 1.234.567 personer', '1234567'],
  ['67', 'M1 i alt: 1234', '1234'],
  ['68', 'H1 udgift: 1.234,50', '1234.5'],
  ['68', 'H1 udgift: 1.234,50 kr.', '1234.5'],
  ['68', 'M2: 24,5', '24.5'],
  ['70', 'M1 i alt: 1 234', '1234'],
  ['70', 'M1 i alt: 1\u00A0234 personer', '1234'],
  ['70', "M1 i alt: 1'234", '1234'],
  ['70', 'M1 i alt: 1’234 personer', '1234'],
  ['71', 'H1 udgift: kr. 1.234,-', '1234'],
  ['71', 'H1 udgift: 1.234,00 kr.', '1234'],
  ['71', 'H1 udgift: 1.234 kr', '1234'],
  ['71', 'H1 udgift: DKK 1.234', '1234'],
  ['71', 'H1 udgift: 1.234 DKK', '1234'],
  ['72', 'H1 udgift: 1,2 mio. kr.', '1200000'],
  ['72', 'H1 udgift: 1.200 t.kr.', '1200000'],
  ['72', 'H1 udgift: 400 tkr.', '400000'],
  ['73', 'M1 i alt: (1.234)', '1234'],
])('MAIL %s: %s', async (_, line, expected) => {
  for (const parts of everyWay(line)) {
    const reading = await readMail(parts)
    expect(Object.values(values(reading))).toEqual([expected])
    expect(reading.doubts).toEqual([])
  }
})

test.each([
  ['69', 'M1 i alt: 1,234', 'not-whole M1 i alt'],
  ['69', 'H1 udgift: 1,234', 'not-whole H1 udgift'],
  ['72', 'M1 i alt: 1,2 mio.', 'other-unit M1 i alt'],
  ['73', 'M1 i alt: -1.234', 'negative M1 i alt'],
  ['73', 'M1 i alt: –1.234', 'negative M1 i alt'],
  ['73', 'M1 i alt: −1.234', 'negative M1 i alt'],
  ['74', 'M1 i alt: ca. 100', 'hedged M1 i alt'],
  ['74', 'M1 i alt: 100-110', 'two-values M1 i alt'],
  ['74', 'M1 i alt: ?', 'none-or-zero M1 i alt'],
  ['74', 'M1 i alt: -', 'none-or-zero M1 i alt'],
  ['74', 'M1 i alt: nul', 'none-or-zero M1 i alt'],
  ['74', 'M1 i alt: ingen', 'none-or-zero M1 i alt'],
  ['74', 'M1 i alt: n/a', 'none-or-zero M1 i alt'],
  ['74', 'M1 i alt: ved ikke', 'not-a-value M1 i alt'],
  ['75', 'M1 heraf: 45,5 pct.', 'share-only M1'],
  ['75', 'M1 i alt: 45,5 %', 'share-only M1'],
  ['77', 'M1 i alt: １２３', 'not-a-value M1 i alt'],
  ['77', 'M1 i alt: ١٢٣', 'not-a-value M1 i alt'],
  ['77', 'M1 i alt: 1２3', 'not-a-value M1 i alt'],
  ['77', 'M1 i alt: 𝟏𝟐𝟑', 'not-a-value M1 i alt'],
  ['78', 'M1 i alt: 1234567890123456', 'not-a-value M1 i alt'],
  ['78', 'H1 udgift: 1.234.567.890.123.456 kr.', 'not-a-value H1 udgift'],
  ['79', 'M1 i alt: 12 34 56 78', 'not-a-value M1 i alt'],
])('MAIL %s: %s is asked', async (_, line, expected) => {
  for (const parts of everyWay(line)) {
    const reading = await readMail(parts)
    expect(doubts(reading)).toEqual([expected])
    expect(reading.answers).toEqual([])
  }
})

describe('what is nearly a number', () => {
  test('MAIL 72: the amount is converted and what they wrote is kept beside it', async () => {
    const reading = await readMail({ text: 'H1 udgift: 0,4 mio. kr.' })
    expect(answer(reading, 'H1 udgift')).toMatchObject({
      value: { is: 'number', value: '400000' },
      written: '0,4 mio. kr.',
    })
  })
  test('MAIL 73: a negative where it may be one is kept with its sign, brackets are asked', async () => {
    const signed = form.map((field) => (field.key === 'M2' ? { ...field, unit: 'procentpoint' } : field))
    expect(values(await readMail({ text: 'M2: -1,5' }, { form: signed }))).toEqual({ M2: '-1.5' })
    expect(values(await readMail({ text: 'M2: – 1,5 procentpoint' }, { form: signed }))).toEqual({
      M2: '-1.5',
    })
    expect(doubts(await readMail({ text: 'M2: (1,5)' }, { form: signed }))).toEqual(['negative M2'])
  })
  test('MAIL 74: zero is only 0', async () => {
    expect(values(await readMail({ text: 'M1 heraf: 0' }))).toEqual({ 'M1 heraf': '0' })
    expect(values(await readMail({ text: 'M1 heraf: 0 personer' }))).toEqual({ 'M1 heraf': '0' })
  })
  test('MAIL 75: the question about a percentage carries it', async () => {
    const reading = await readMail({ text: 'M1: 45,5 pct.' })
    expect(reading.doubts).toMatchObject([{ kind: 'share-only', key: 'M1', details: { percent: '45.5' } }])
  })
  test.each([
    ['ja, 14-11-2014', 'ja 2014-11-14'],
    ['ja, 14.11.2014', 'ja 2014-11-14'],
    ['ja, 14/11 2014', 'ja 2014-11-14'],
    ['ja, 14/11-2014', 'ja 2014-11-14'],
    ['ja, 2014-11-14', 'ja 2014-11-14'],
    ['ja, den 14. november 2014', 'ja 2014-11-14'],
    ['ja, 01-10-2014', 'ja 2014-10-01'],
  ])('MAIL 76: the date of "%s"', async (written, expected) => {
    expect(values(await readMail({ text: `M3: ${written}` }))).toEqual({ M3: expected })
  })
  test.each(['ja, 1/10-14', 'ja, 14/11', 'ja, 01-10-14', 'ja, 14.11.14'])(
    'MAIL 76: the year of "%s" is asked',
    async (written) => {
      expect(doubts(await readMail({ text: `M3: ${written}` }))).toEqual(['short-year M3'])
    },
  )
  test.each(['ja, 31-02-2014', 'ja, 14/13 2014'])('MAIL 76: "%s" is no date', async (written) => {
    const reading = await readMail({ text: `M3: ${written}` })
    expect(reading.answers).toEqual([])
    expect(reading.doubts).toHaveLength(1)
  })
  test('MAIL 79: numbers of a signature are no values', async () => {
    const signature =
      'Med venlig hilsen\n\nMette Prøve\nUdviklingskonsulent\nTlf. 62 23 30 00 | Mobil: 20 30 40 50\nCVR 29189730\nEAN: 5798007970000\nRamsherred 5, 5700 Svendborg\n24.02.2015'
    for (const parts of [
      { text: `M2: 24,5\n\n${signature}` },
      { text: `M2:\n\n${signature}` },
      { html: page(asParagraphs(`M2: 24,5\n\n${signature}`)) },
      { text: `M1 bemærkning:\n${signature}` },
    ]) {
      const reading = await readMail(parts)
      expect(reading.answers.filter(({ key, value }) => key !== 'M2' || value.is !== 'number')).toEqual([])
      expect(reading.doubts).toEqual([])
      expect(reading.freeText).toBe('')
    }
  })
})
