import { expect, test } from 'vitest'
import { agreementFileSchema } from '../../../functions/domain/agreement/content.ts'
import { assess } from '../../../functions/domain/judging/rule.ts'
import { draftSection } from '../../../functions/web/review/judging-forms.ts'
import { rulesSection } from '../../../functions/web/review/rules-section.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { foldReview } from '../../fixtures/report/folding.ts'
import { reviewEvents } from '../../fixtures/report/review-events.ts'
import { textOf } from './page-parts.ts'

const [share, weeks, milestone] = svendborg.agreement.targets
const [quota, arrivals] = svendborg.agreement.assumptions
const own = agreementFileSchema.parse({
  ...svendborg,
  agreement: {
    ...svendborg.agreement,
    scoring: { minimumCoveragePct: '60' },
    targets: [
      { ...share, capPct: '120', cliff: true },
      {
        ...weeks,
        rounding: 'rounded',
        roundingDecimals: 0,
        earliestAvailable: [{ year: 2014, on: '2015-05-04' }],
      },
      milestone,
    ],
    assumptions: [
      {
        ...quota,
        rule: { kind: 'relative', limit: '25', limitDown: '10', minAbsolute: '5', direction: 'up' },
      },
      arrivals,
    ],
  },
})
const review = (file: typeof svendborg) =>
  foldReview(
    reviewEvents(file, {
      figures: { '479': { 'M1 i alt': '134', 'M1 heraf': '61', M3: 'ja, 14. november 2014' } },
      until: 'hearing',
    }),
  )
const flat = async (markup: Parameters<typeof textOf>[0]) =>
  (await textOf(markup)).replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')

test('every rule that judges is on the review’s page: method, value, weight, and the particulars of each target', async () => {
  const text = await flat(rulesSection(review(own), []))
  expect(text).toContain('Regler, der bedømmer')
  expect(text).toContain('fremgang fra udgangspunktet')
  expect(text).toContain(
    'delvist opfyldt fra 60 pct. af vejen; tæller intet under grænsen; tæller højst 120 pct.',
  )
  expect(text).toContain('bedømmes ikke under 10 i målgruppen')
  expect(text).toContain(
    'afrundet til 0 decimaler; opgøres den 31. december 2014; findes tidligst den 4. maj 2015',
  )
  expect(text).toContain(
    'Er mindre end 60 pct. af vægten bedømt, kan helheden ikke bedømmes (aftalens egen grænse).',
  )
})

test('an assumption’s limit stands beside the default of its type', async () => {
  const text = await flat(rulesSection(review(own), []))
  expect(text).toContain('ændring på mere end 25 pct. (ned: mere end 10), mindst 5 personer, op')
  expect(text).toContain('standard: ændring på mere end 40 pct., mindst 10 personer, begge veje')
  expect(text).toContain('afledt')
  const usual = await flat(rulesSection(review(svendborg), []))
  expect(usual).toContain('standarden')
  expect(usual).toContain('Er mindre end 50 pct. af vægten bedømt, kan helheden ikke bedømmes.')
})

test('a target that a rider has taken out is told with its rider and day', async () => {
  const text = await flat(
    rulesSection(review(svendborg), [
      { target: { ...weeks!, title: 'Uger i alt' }, version: 1, riderNumber: 1, lapsedOn: '2014-07-01' },
    ]),
  )
  expect(text).toContain(
    'Mål 2, Uger i alt: bortfaldet den 1. juli 2014 ved tillæg nr. 1 (sidst i version 1).',
  )
})

test('the draft tells what the weights have become, and what is to be said of the whole', async () => {
  const state = review(svendborg)
  const { draft } = state
  const input = {
    ...draft!.assessment.input,
    ruleVersion: 'r2',
    targets: draft!.assessment.input.targets.filter(({ key }) => key !== 'M2'),
  }
  const text = await flat(draftSection({ ...state, draft: { ...draft!, assessment: assess(input) } }))
  expect(text).toContain('Vægt 40, 57,1 pct. af årets mål.')
  expect(text).toContain('Vægtene er beregnet på ny')
})
