import { expect, it } from 'vitest'
import { compileReport } from '../../../functions/domain/report/compile.ts'
import { reportContent } from '../../../functions/web/report/report-content.ts'
import { figuresSection, resultPath } from '../../../functions/web/review/figures.ts'
import { mailContent } from '../../../functions/web/review/mail-page.ts'
import { sampleFacts } from '../../fixtures/report/sample-year.ts'
import { busyReview, mailOf } from './page-parts.ts'

const report = compileReport(sampleFacts())
const linksOf = (html: string): readonly string[] =>
  [...html.matchAll(/href="([^"]*)"/gu)].map((match) => match[1] ?? '')

it('leads from every result of the report on the console to the review’s row, and nowhere in what is published', async () => {
  const published = (await reportContent(report)).toString()
  expect(linksOf(published).filter((href) => href.includes('/reviews/'))).toEqual([])
  const followed = (
    await reportContent(report, (agreement, target, party) =>
      resultPath(report.year, agreement, target, party),
    )
  ).toString()
  const links = linksOf(followed).filter((href) => href.startsWith('/reviews/'))
  expect(links.length).toBeGreaterThan(0)
  const assessed = report.agreements.find((agreement) => agreement.assessed !== null)
  expect(links).toContain(`/reviews/2014/${assessed?.agreement ?? ''}#maal-M1`)
})

it('leads from a figure of the review to its line, by the place it was read at', async () => {
  const review = busyReview('svendborg-rk', {})
  const [party] = review.parties
  if (party === undefined) throw new Error('no party')
  const figure = (key: string, at: object) => ({
    key,
    value: { is: 'number' as const, value: '61' },
    text: '',
    written: '61',
    mailKey: 'figures-1',
    receivedAt: '2015-02-24T13:07:00.000Z',
    at: at as { part: 'text'; line: number; segment: 'new' },
    before: null,
  })
  const figures = {
    'M1 i alt': figure('M1 i alt', { part: 'workbook', file: 1, sheet: 'Indberetning', cell: 'F4' }),
    'M1 heraf': figure('M1 heraf', { part: 'text', line: 7, segment: 'new' }),
  }
  const page = (
    await figuresSection({ ...review, parties: [{ ...party, figures }] }, '/reviews/2014/svendborg-rk')
  ).toString()
  expect(page).toContain('id="maal-M1"')
  expect(page).toContain(`id="maal-${party.municipality}-M1"`)
  expect(linksOf(page)).toContain('/reviews/2014/svendborg-rk/mails/figures-1#linje-7')
  expect(linksOf(page)).toContain('/reviews/2014/svendborg-rk/mails/figures-1#celle-M1-i-alt')

  const mail = {
    ...mailOf('figures-1', 'counts', ''),
    values: Object.values(figures).map(({ key, value, at }) => ({ key, value, at })),
  }
  const shown = {
    lines: ['Hej <b>', '', '', '', '', '', 'M1 heraf: 61'],
    places: new Map([['M1 heraf', 7]]),
    files: [{ at: 1, name: 'indberetning.xlsx' }],
    grids: [],
  }
  const text = (await mailContent(mail, review, shown, '/m', (id) => id)).toString()
  expect(text).toContain('indberetning.xlsx: regneark, ark Indberetning, celle F4')
  expect(text).toMatch(/<mark id="linje-7" data-read="M1 heraf">M1 heraf: 61<\/mark\s*>/u)
  expect(text).toContain('Hej &lt;b&gt;')
  expect(linksOf(text)).toEqual(['/m/raw', '#linje-7'])
  // A cell that cannot be shown any more: the link from the review leads to the answer itself.
  expect(text).toContain('id="celle-M1-i-alt"')
})
