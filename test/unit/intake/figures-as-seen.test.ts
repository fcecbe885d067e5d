import { describe, expect, test } from 'vitest'
import type { Reading } from '../../../functions/domain/casefile/reading.ts'
import { doubts, message, read, values } from './mail.ts'

/** Figures as their sender sees them: columns, dates, what is struck out, and the size amounts are given in. */

/** What was read and what is asked, in one line: `M1 i alt = 134`, `two-values FS2`. */
const said = (reading: Reading): readonly string[] => [
  ...Object.entries(values(reading)).map(([key, value]) => `${key} = ${value}`),
  ...doubts(reading),
]
const shown = (html: string, text: string | null = null): Reading =>
  read('', { message: message({ html, text }) })
const detailsOf = ({ doubts: asked }: Reading) => asked[0]?.details

describe('two numbers on a line', () => {
  test.each([
    'M1 i alt\t126\t134',
    'M1 i alt:\t126\t134',
    'M1 i alt: 126   134',
    'M1 i alt    126    134',
    'M1 i alt: 126 134',
    'M1 i alt | 126 | 134',
    '| M1 i alt | 126 | 134 |',
    'M1 i alt │ 126 │ 134',
    'M1 i alt;126;134',
    'M1 i alt: 126; 134',
    'M1 i alt: 126, 134',
    'M1 i alt: 126 / 134',
    'M1 i alt: 126 -> 134',
    'M1 i alt: 126 → 134',
    'M1 i alt: __126__ 134',
    'M1 i alt: 126 (134)',
    'M1 i alt: 126 (134 personer)',
    'M1 i alt: 126 personer 134 personer',
    'M1 i alt: 126 (2013), 134 (2014)',
    'M1 i alt: 126 mod 134',
  ])('MAIL 240: »%s« is never one and never chosen from', (line) => {
    const reading = read(line)
    expect(said(reading)).toEqual(['two-values M1 i alt'])
    expect(detailsOf(reading)).toMatchObject({ first: '126', second: '134' })
  })
  test.each([
    ['FS2:   60   133', 'two-values FS2'],
    ['FS2: 60 133', 'two-values FS2'],
    ['M2: 24,5 27', 'two-values M2'],
    ['M2: 27   24,5', 'two-values M2'],
    ['H1 udgift: 400 000   320 000', 'two-values H1 udgift'],
    ['M1: 61   134', 'two-values M1'],
    ['M1 heraf: 53 61', 'two-values M1 heraf'],
    ['M1 i alt: 310 134 (2013, 2014)', 'two-values M1 i alt'],
  ])('MAIL 240: »%s« is asked', (line, asked) => {
    expect(said(read(line))).toEqual([asked])
  })
  test.each([
    ['M1 i alt: 1 134', 'M1 i alt = 1134'],
    ['M1 i alt: 1\u00A0134', 'M1 i alt = 1134'],
    ['H1 udgift: 400 000 kr.', 'H1 udgift = 400000'],
    ['H1 udgift: 1 250 000,00', 'H1 udgift = 1250000'],
    ['M1 i alt: 134   personer', 'M1 i alt = 134'],
    ['M1 i alt:   134', 'M1 i alt = 134'],
    ['M1 i alt\t134\tpersoner\tfra jobcenteret', 'M1 i alt = 134'],
    ['M1 i alt: 134 (134)', 'M1 i alt = 134'],
    ['M1 i alt: 134 (45,5 pct. af alle)', 'M1 i alt = 134'],
  ])('MAIL 240: »%s« is one', (line, expected) => {
    expect(said(read(line))).toEqual([expected])
  })
  test('MAIL 240: the cells of a row are not glued, whatever the text part makes of them', () => {
    const row = '<table><tr><td>M1 i alt</td><td>155</td><td>134</td></tr></table>'
    for (const text of [null, 'M1 i alt 155 134', 'M1 i alt155134'])
      expect(said(shown(row, text))).toEqual(['two-values M1 i alt'])
  })
})

describe('columns by their headings', () => {
  test.each([
    '\t2013\t2014\nM1 i alt\t126\t134',
    'Nøgle\t2013\t2014\nM1 i alt\t126\t134',
    'Nøgle\t2014\t2013\nM1 i alt\t134\t126',
    '            2013   2014\nM1 i alt    126    134',
    '2013 2014\nM1 i alt: 126 134',
    '| Nøgle | 2013 | 2014 |\n|---|---|---|\n| M1 i alt | 126 | 134 |',
    'Nøgle | Sidste år | Jeres tal\nM1 i alt | 126 | 134',
    'Nøgle\tResultat 2013\tResultat 2014\nM1 i alt\t126\t134',
    'Nøgle\tMål 2014\tResultat 2014\nM1 i alt\t140\t134',
    'Tal for 2014:\nM1 i alt: 134',
    'M1 i alt 2014: 134',
    'M1 i alt (2014): 134',
    'M1 i alt: 134 i 2014',
  ])('MAIL 241: »%s« is this year’s', (body) => {
    expect(said(read(body))).toEqual(['M1 i alt = 134'])
  })
  test.each([
    'Tal for 2013:\nM1 i alt: 126',
    'Resultater 2013\n\nM1 i alt: 126',
    'M1 i alt (2013): 126',
    'M1 i alt 2013: 126',
    'M1 i alt: 126 (2013)',
    'M1 i alt: 126 i 2013',
    'M1 i alt: 126 (2013-tal)',
    'M1 i alt: 126 sidste år',
    'Nøgle\t2013\t2014\nM1 i alt\t126',
  ])('MAIL 241: »%s« may be another year’s, and is asked', (body) => {
    expect(said(read(body))).toEqual(['other-year M1 i alt'])
  })
  test('MAIL 241: a table headed by years gives this year’s, and asks where only another’s is filled', () => {
    const table = (...cells: readonly string[]): string =>
      `<table><tr><th></th><th>2013</th><th>2014</th></tr><tr>${['M1 i alt', ...cells].map((cell) => `<td>${cell}</td>`).join('')}</tr></table>`
    expect(said(shown(table('126', '134')))).toEqual(['M1 i alt = 134'])
    expect(said(shown(table('126', '134'), 'M1 i alt 126 134'))).toEqual(['M1 i alt = 134'])
    expect(said(shown(table('126', '')))).toEqual(['other-year M1 i alt'])
    expect(said(shown(table('126', ''), 'M1 i alt 126'))).toEqual(['other-year M1 i alt'])
  })
})

describe('a date where a number is asked', () => {
  test.each([
    ['M1 i alt: 31. december 2014', 'M1 i alt'],
    ['M1 i alt: pr. 31. december 2014', 'M1 i alt'],
    ['FS2: 3. marts 2015', 'FS2'],
    ['FS2: d. 3. marts', 'FS2'],
    ['FS2: 31.12.2014', 'FS2'],
    ['FS2: 14/11 2014', 'FS2'],
    ['FS2: 2014-12-31', 'FS2'],
    ['FS2: March 3, 2015', 'FS2'],
    ['M2: 12. uge', 'M2'],
    ['M2: uge 12', 'M2'],
    ['M2: week 12', 'M2'],
    ['M2: 2. kvartal', 'M2'],
    ['FS2: 1st', 'FS2'],
    ['M2: 3. år', 'M2'],
    ['H1 udgift: 31. december 2014', 'H1 udgift'],
    ['M1: 3. marts 2015', 'M1'],
  ])('MAIL 242: »%s« is told as a date', (line, key) => {
    expect(said(read(line))).toEqual([`a-date ${key}`])
  })
  test.each([
    ['M2: 24.5', 'M2 = 24.5'],
    ['M2: 24,5. Se bilag', 'M2 = 24.5'],
    ['M1 i alt: 134. Opgjort den 3. marts 2015', 'M1 i alt = 134'],
    ['M1 i alt: 134 (pr. 31. december 2014)', 'M1 i alt = 134'],
    ['M2: 12 uger', 'M2 = 12'],
  ])('MAIL 242: »%s« is a number', (line, expected) => {
    expect(said(read(line))).toEqual([expected])
  })
})

describe('what is struck out or raised', () => {
  test.each([
    ['<s>126</s> 134', '126 134'],
    ['<del>126</del><ins>134</ins>', '126134'],
    ['<strike>126</strike> 134', '126 134'],
    ['<span style="text-decoration:line-through">126</span> 134', '126 134'],
    ['<span style="text-decoration-line: line-through; color:red">126</span> 134', '126 134'],
    ['<span class=gone>126</span> 134', '126 134'],
    ['<u><s>126</s></u> <b>134</b>', '126 134'],
    ['134<sup>1</sup>', '1341'],
    ['134<sup>1)</sup>', '1341)'],
    ['134<sup>a</sup>', '134a'],
    ['134<sub>1</sub>', '1341'],
    ['134<span style="vertical-align:super;font-size:8pt">1</span>', '1341'],
    ['134<span style="position:relative;top:-4pt;mso-text-raise:4.0pt">1</span>', '1341'],
  ])('MAIL 243: %s is 134, though the text part says %s', (html, text) => {
    const page = `<style>.gone { text-decoration: line-through }</style><p>M1 i alt: ${html}</p>`
    expect(said(shown(page))).toEqual(['M1 i alt = 134'])
    expect(said(shown(page, `M1 i alt: ${text}`))).toEqual(['M1 i alt = 134'])
  })
  const rightToLeft = ['431', '1.431', '12', 'ca. 431 (heraf 61)']
  test.each(
    rightToLeft.flatMap(
      (written) =>
        [
          ['a sign', `M1 i alt: \u202E${written}\u202C`, null],
          ['a sign that nothing ends', `M1 i alt: \u202E${written}`, null],
          ['a sign in a page', null, `<p>M1 i alt: &#x202E;${written}</p>`],
          ['an element', null, `<p>M1 i alt: <bdo dir="RTL">${written}</bdo></p>`],
          [
            'an element, a text part beside it',
            `M1 i alt: ${written}`,
            `<p>M1 i alt: <bdo dir=rtl>${written}</bdo></p>`,
          ],
          [
            'a style',
            null,
            `<p>M1 i alt: <span style="unicode-bidi: bidi-override; direction: rtl">${written}</span></p>`,
          ],
          [
            'a cell',
            null,
            `<table><tr><td>M1 i alt</td><td><bdo dir="rtl">${written}</bdo></td></tr></table>`,
          ],
        ] as const,
    ),
  )('MAIL 213: turned round by %s, a figure is asked: %j %j', (_, text, html) => {
    expect(said(read('', { message: message({ text, html }) }))).toEqual(['unreadable-sign M1 i alt'])
  })
  test.each([
    '<p dir="rtl">M1 i alt: 134</p>',
    '<p>M1 i alt: <bdo dir="ltr">134</bdo></p>',
    '<p>M1 i alt: 134 <bdo dir="rtl">personer</bdo></p>',
  ])('MAIL 213: %s is 134', (html) => {
    expect(said(shown(html))).toEqual(['M1 i alt = 134'])
  })
  test('MAIL 243: a line struck out as a whole is withdrawn, and so is a row', () => {
    const text = 'M1 i alt: 126\nM2: 24'
    expect(said(shown('<p><s>M1 i alt: 126</s></p><p>M2: 24</p>', text))).toEqual(['M2 = 24'])
    const rows =
      '<table><tr style="text-decoration:line-through"><td>M1 i alt</td><td>126</td></tr><tr><td>M2</td><td>24</td></tr></table>'
    expect(said(shown(rows, text))).toEqual(['M2 = 24'])
    expect(
      said(shown('<p><s>M1 i alt: 126</s></p><p>M1 i alt: 134</p>', 'M1 i alt: 126\nM1 i alt: 134')),
    ).toEqual(['M1 i alt = 134'])
  })
  test('MAIL 243: what is not struck out is still compared with the text part', () => {
    expect(said(shown('<p>M1 i alt: <s>126</s> 134</p><p>M2: 24</p>', 'M1 i alt: 126 134\nM2: 25'))).toEqual([
      'M1 i alt = 134',
      'two-values M2',
    ])
  })
  test.each(['134¹', '134*', '134 personer²', '~~126~~ 134', '1\u03362\u03366\u0336 134', '134†'])(
    'MAIL 243: »%s« in text alone is 134',
    (written) => {
      expect(said(read(`M1 i alt: ${written}`))).toEqual(['M1 i alt = 134'])
    },
  )
})

describe('the size amounts are given in', () => {
  test.each([
    'H1 udgift: 1.250 (t.kr.)',
    'H1 udgift: 1.250 i t.kr.',
    'H1 udgift: 1.250 (i 1.000 kr.)',
    'H1 udgift: 1.250 (1.000 kr.)',
    'H1 udgift: t.kr. 1.250',
    'H1 udgift: TDKK 1.250',
    'H1 udgift (t.kr.): 1.250',
    'H1 udgift (i 1.000 kr.): 1.250',
    'H1 udgift: 1,25 (mio. kr.)',
    'H1 udgift (mio. kr.): 1,25',
  ])('MAIL 248: »%s« is 1.250.000 kroner', (line) => {
    expect(said(read(line))).toEqual(['H1 udgift = 1250000'])
  })
  test.each([
    'Alle beløb i 1.000 kr.',
    'Alle beløb er i 1.000 kr.',
    'Beløb i t.kr.',
    'Bemærk, at udgifterne er opgjort i tusinde kr.',
    '(i 1.000 kr.)',
    'All amounts in DKK thousands',
  ])('MAIL 249: »%s« said once holds for every amount that has no size of its own', (said_) => {
    expect(said(read(`${said_}\nM1 i alt: 1.134\nH1 udgift: 1.250`))).toEqual([
      'M1 i alt = 1134',
      'H1 udgift = 1250000',
    ])
    expect(said(read(`H1 udgift: 1.250\n\n${said_}`))).toEqual(['H1 udgift = 1250000'])
  })
  test.each([
    ['H1 udgift: 1.250 kr.', '1250', '1250000'],
    ['H1 udgift: 1.250.000', '1250000', '1250000000'],
    ['H1 udgift: kr. 1.250', '1250', '1250000'],
  ])('MAIL 249: against »%s« it is asked with both readings', (line, first, second) => {
    const reading = read(`Alle beløb i 1.000 kr.\n${line}`)
    expect(said(reading)).toEqual(['scale H1 udgift'])
    expect(detailsOf(reading)).toMatchObject({ first, second })
  })
  test('MAIL 249: a heading says it for its column, and for amounts alone', () => {
    const table = (heading: string): string =>
      `<table><tr><td>Nøgle</td><td>${heading}</td></tr><tr><td>H1 udgift</td><td>1.250</td></tr><tr><td>M1 i alt</td><td>1.134</td></tr></table>`
    for (const heading of ['Jeres tal (t.kr.)', 'Beløb (t.kr.)', 'Beløb i 1.000 kr.'])
      expect(said(shown(table(heading)))).toEqual(['H1 udgift = 1250000', 'M1 i alt = 1134'])
  })
  test('MAIL 249: what we say of sizes ourselves says nothing of theirs', () => {
    const ours = 'Alle beløb angives i 1.000 kr. i næste års aftale.'
    expect(said(read(`H1 udgift: 1.250\n\n> ${ours}`, { sent: [ours] }))).toEqual(['H1 udgift = 1250'])
  })
})

describe('something else is counted', () => {
  test.each([
    ['M1 i alt: 139 familier', 'familier'],
    ['FS2: 12 husstande', 'husstande'],
    ['FS2: 12 (husstande)', 'husstande'],
    ['M1 heraf: 61 sager.', 'sager'],
    ['M1 heraf: 61 kursister', 'kursister'],
    ['M1 i alt (familier): 139', 'familier'],
    ['M2: 3 måneder', 'måneder'],
    ['M2 (dage): 170', 'dage'],
  ])('MAIL 252: »%s« is asked in the unit that is asked for', (line, wrote) => {
    const reading = read(line)
    expect(reading.answers).toEqual([])
    expect(reading.doubts).toMatchObject([{ kind: 'other-unit', details: { wrote } }])
  })
})
