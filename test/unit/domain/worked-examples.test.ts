import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  assumptionTypes,
  assumptionTypeSchema,
  testAssumption,
} from '../../../functions/domain/agreement/assumption-rules.ts'
import type { Target } from '../../../functions/domain/agreement/content.ts'
import { landstalChange, statutoryRuleOn } from '../../support/statutory-rule.ts'
import { exact, roundHalfUp } from '../../../functions/domain/base/exact.ts'
import type { AssessmentInput } from '../../../functions/domain/judging/assessment.ts'
import { earlierFigures } from '../../../functions/domain/judging/earlier-year.ts'
import { overallText } from '../../../functions/domain/judging/verdict-labels.ts'
import { assess } from '../../../functions/domain/judging/rule.ts'
import { sampleSetSchema } from '../../../infra/local/sample/set-schema.ts'
import { agreementFileSchema } from '../../../functions/domain/agreement/content.ts'
import { inputFor, shareTarget } from './judging-input.ts'

const number = (changes: Partial<Target>) =>
  shareTarget({ measure: { type: 'number', unit: 'pct.', whole: false }, ...changes })
const judgeValue = (target: Target, value: string, rest: Partial<AssessmentInput> = {}) =>
  assess(
    inputFor(
      target,
      {},
      {
        ruleVersion: 'r2',
        figures: [
          { target: target.key, municipality: '479', given: { given: 'measured', measured: { value } } },
        ],
        ...rest,
      },
    ),
  )
const judgeShare = (target: Target, counts: Parameters<typeof inputFor>[1]) =>
  assess(inputFor(target, counts))

describe('UK Local PSA (R1 of domain/README.md): expected without 54, with 60', () => {
  const lpsa = number({
    method: 'progress-without',
    expectedWithout: '54',
    cliff: true,
    targets: [{ year: 2014, value: '60' }],
  })
  const one = (value: string) => judgeValue(lpsa, value).targets[0]!

  test('58 counts two thirds, 57 counts nothing, 62 counts whole', () => {
    expect(['58', '57', '62'].map((value) => one(value).counted)).toEqual(['2/3', '0', '1'])
    expect(['58', '57', '62'].map((value) => one(value).achieved)).toEqual(['2/3', '0.5', '4/3'])
    expect(['58', '57', '62'].map((value) => one(value).verdict)).toEqual(['partly-met', 'not-met', 'met'])
  })

  test('three fifths of the way is the floor, exactly', () => {
    expect([one('57.6').counted, one('57.599').counted]).toEqual(['0.6', '0'])
  })

  test('twelve equal targets, nine at full stretch and three below the floor, give three quarters', () => {
    const targets = Array.from({ length: 12 }, (_, index) => ({ ...lpsa, key: `M${index + 1}`, weight: 8 }))
    const figures = targets.map(({ key }, index) => ({
      target: key,
      municipality: '479',
      given: { given: 'measured' as const, measured: { value: index < 9 ? '60' : '57' } },
    }))
    expect(judgeValue(lpsa, '60', { targets, figures }).overall).toBe('75')
  })
})

describe('Simpson’s paradox', () => {
  test('both members better than before, the partnership worse: it is the sum that is judged', () => {
    const target = shareTarget({
      reportedBy: ['479', '450'],
      baseline: { year: 2012, measured: { numerator: '82', denominator: '110' }, source: 'prøve' },
      targets: [{ year: 2014, value: '90' }],
    })
    // Before: 80 of 100 and 2 of 10. Now: 9 of 10 and 30 of 100.
    const one = judgeShare(target, { 479: [9, 10], 450: [30, 100] }).targets[0]!
    expect([one.verdict, one.achieved?.startsWith('-')]).toEqual(['not-met', true])
  })
})

describe('the IEEE trap', () => {
  test('(0,56-0,50)/(0,60-0,50) is exactly 0,6, on the threshold and partly met', () => {
    expect((0.56 - 0.5) / (0.6 - 0.5)).not.toBe(0.6)
    const target = number({
      measure: { type: 'number', unit: 'indeks', whole: false },
      baseline: { year: 2012, measured: { value: '0.50' }, source: 'prøve' },
      targets: [{ year: 2014, value: '0.60' }],
      cliff: true,
    })
    const one = judgeValue(target, '0.56').targets[0]!
    expect([one.achieved, one.counted, one.verdict]).toEqual(['0.6', '0.6', 'partly-met'])
    expect(judgeValue(target, '0.5599999999999999999').targets[0]?.counted).toBe('0')
  })
})

describe('print and verdict', () => {
  const level = (value: string) =>
    shareTarget({ method: 'level', baseline: null, targets: [{ year: 2014, value }] })
  const sentence = (target: Target, pair: readonly [number, number]) =>
    judgeShare(target, { 479: pair }).targets[0]!
  const note = 'Tallene er vist med flere decimaler end ellers, fordi målet er bedømt på de uafrundede tal.'

  test('59,96 is short of 60: one more decimal, and a note says why', () => {
    const one = sentence(level('60'), [5996, 10000])
    expect(one.verdict).toBe('not-met')
    expect(sentence({ ...level('60'), rounding: 'rounded' }, [5996, 10000]).verdict).toBe('met')
    expect(one.sentence.da).toBe(
      `5.996 af 10.000 personer, 59,96 pct. mod et mål på 60,0 pct. ${note} Målet vurderes at være ikke opfyldt.`,
    )
    expect(one.sentence.en).toContain('the target was judged on the unrounded figures')
    expect(sentence(level('60'), [60, 100]).sentence.da).not.toContain(note)
    expect(sentence(level('60'), [59, 100]).sentence.da).not.toContain(note)
  })

  test('a target of two decimals is printed with them, so that 60,03 is not beside 60,0', () => {
    const one = sentence(level('60.04'), [6003, 10000])
    expect([one.verdict, one.sentence.da]).toEqual([
      'not-met',
      '6.003 af 10.000 personer, 60,03 pct. mod et mål på 60,04 pct. Målet vurderes at være ikke opfyldt.',
    ])
    expect(sentence(level('60.04'), [6004, 10000]).sentence.da).toContain(
      '60,04 pct. mod et mål på 60,04 pct.',
    )
  })

  test('99,96 pct. of the way is not printed as the whole way, nor 59,98 as the threshold', () => {
    const target = shareTarget({
      baseline: { year: 2012, measured: { numerator: '0', denominator: '10000' }, source: 'prøve' },
      targets: [{ year: 2014, value: '100' }],
    })
    expect(sentence(target, [9996, 10000]).sentence.da).toContain(
      'svarende til 99,96 pct. af den aftalte fremgang',
    )
    expect(sentence(target, [5998, 10000]).sentence.da).toContain(
      'svarende til 59,98 pct. af den aftalte fremgang',
    )
    expect(sentence(target, [5998, 10000]).sentence.da).toContain(note)
  })

  test('where the agreement says so it is judged on the rounded figure, with its own decimals', () => {
    const target = level('60')
    const judged = (changes: Partial<Target>) => sentence({ ...target, ...changes }, [5951, 10000]).verdict
    expect([
      judged({}),
      judged({ rounding: 'rounded' }),
      judged({ rounding: 'rounded', roundingDecimals: 0 }),
    ]).toEqual(['not-met', 'not-met', 'met'])
  })
})

describe('counts that run over years', () => {
  const target = shareTarget({
    measure: { type: 'number', unit: 'stillinger', whole: true },
    method: 'level',
    baseline: null,
    cumulativeFrom: 2012,
    reportedBy: ['479', '450'],
    targets: [{ year: 2014, value: '40' }],
    history: [
      { year: 2012, municipality: '479', measured: { value: '5' } },
      { year: 2012, municipality: '450', measured: { value: '6' } },
      { year: 2013, municipality: '479', measured: { value: '7' } },
      { year: 2013, municipality: '450', measured: { value: '8' } },
    ],
  })
  const figures: AssessmentInput['figures'] = [
    { target: 'M1', municipality: '479', given: { given: 'measured', measured: { value: '9' } } },
    { target: 'M1', municipality: '450', given: { given: 'measured', measured: { value: '6' } } },
  ]
  const judge = (changes: Partial<Target> = {}, rest: Partial<AssessmentInput> = {}) =>
    judgeValue({ ...target, ...changes }, '0', { figures, ...rest }).targets[0]!

  test('are the years together, and the sentence says what is the year’s own', () => {
    expect(judge()).toMatchObject({ actual: '41', verdict: 'met' })
    expect(judge().sentence.da).toBe(
      '41 stillinger siden 2012, heraf 15 i 2014, mod mindst 40 stillinger. Målet vurderes at være opfyldt.',
    )
  })

  test('an earlier year as it now stands goes before the agreement’s history; a missing one leaves no figure', () => {
    const earlier = [{ year: 2013, target: 'M1', municipality: '479', measured: { value: '5' } }]
    expect(judge({}, { earlier })).toMatchObject({ actual: '39', verdict: 'not-met' })
    expect(judge({ history: target.history.slice(1) })).toMatchObject({
      verdict: 'not-assessable',
      reason: 'earlier-year-missing',
    })
  })
})

describe('earlier years’ figures', () => {
  test('are those of their final assessments, of running counts alone', () => {
    const running = shareTarget({
      measure: { type: 'number', unit: 'stillinger', whole: true },
      method: 'level',
      cumulativeFrom: 2013,
      targets: [{ year: 2013, value: '5' }],
    })
    const figure = (target: string) => ({
      target,
      municipality: '479',
      given: { given: 'measured' as const, measured: { value: '7' } },
    })
    const final = judgeValue(running, '7', {
      year: 2013,
      targets: [running, { ...running, key: 'M2', cumulativeFrom: undefined }],
      figures: [figure('M1'), figure('M2')],
    })
    expect(earlierFigures([final])).toEqual([
      { year: 2013, target: 'M1', municipality: '479', measured: { value: '7' } },
    ])
  })
})

describe('the agreement’s minimum coverage', () => {
  test('is its own; half where it says nothing', () => {
    const targets = [shareTarget({ weight: 40 }), shareTarget({ key: 'M2', weight: 60 })]
    const judge = (minimumCoveragePct?: string) =>
      assess(
        inputFor(
          targets[0]!,
          { 479: [60, 100] },
          {
            ruleVersion: 'r2',
            targets,
            ...(minimumCoveragePct === undefined ? {} : { scoring: { minimumCoveragePct } }),
          },
        ),
      )
    expect([judge().overall, judge().coverage]).toEqual([null, '40'])
    expect([judge('40').overall, judge('40.1').overall]).toEqual(['100', null])
    expect(overallText({ ...judge('40.1'), minimumCoveragePct: '40.1' }, 'da')).toBe(
      'kan ikke bedømmes (dækning 40,0 pct.)',
    )
  })
})

describe('assumptions', () => {
  const set = join(import.meta.dirname, '../../../infra/local/sample/set')
  const json = (...path: string[]): unknown => JSON.parse(readFileSync(join(set, ...path), 'utf8'))
  const reference = (value: string) => ({ value, on: '2014-09-30', source: 'prøve', derived: false })

  test('the quotas of 2015: 30 of the 31 agreements are beyond the limit, Fanø is not', () => {
    const quotas = sampleSetSchema.parse(json('set.json')).observations.flatMap((one) => one.values)
    const tested = quotas.flatMap(({ agreement, assumption, value }) => {
      const file = agreementFileSchema.parse(json('agreements', `${agreement}.json`))
      const found = file.agreement.assumptions.find((one) => one.key === assumption && one.type === 'quota')
      return found === undefined ? [] : [{ agreement, beyond: testAssumption(found, { value }).beyond }]
    })
    expect(tested).toHaveLength(31)
    expect(tested.filter((one) => !one.beyond).map((one) => one.agreement)).toEqual(['fanoe-pa'])
  })

  test('the national figure: 4.000 to 12.000 in December 2014, and the cut of 2016, 17.000 to 7.500, material downwards', () => {
    expect(landstalChange('4000', '12000', '2014-12-15')).toMatchObject({
      must: true,
      direction: 'up',
      changePct: '200',
    })
    expect(landstalChange('17000', '7500', '2016-08-31')).toMatchObject({
      must: true,
      direction: 'down',
      limitPct: '50',
    })
    expect(roundHalfUp(exact(landstalChange('17000', '7500', '2016-08-31').changePct!), 0)).toBe('-56')
    expect(landstalChange('12000', '17000', '2015-12-11')).toMatchObject({ must: false, direction: 'up' })
    expect(
      testAssumption(
        { reference: reference('17000'), rule: assumptionTypes.quota.usualRule },
        { value: '7500' },
      ).beyond,
    ).toBe(true)
  })

  test('the statute by date and size: 50 pct. in 2013, 40 and 25 pct. today; unknown before', () => {
    const limit = (date: string, size: string) => statutoryRuleOn(date, size)?.mustChangeAtMoreThanPct ?? null
    expect([limit('2013-05-17', '4000'), limit('2015-12-11', '12000')]).toEqual(['50', '50'])
    expect([limit('2024-01-01', '8000'), limit('2024-01-01', '8001')]).toEqual(['40', '25'])
    expect(limit('2010-01-01', '4000')).toBeNull()
    expect(landstalChange('8000', '11200', '2024-05-01').must, 'exactly on the limit').toBe(false)
    expect(landstalChange('8000', '11201', '2024-05-01').must).toBe(true)
  })

  test('each type has its default materiality and its consequence', () => {
    expect(Object.keys(assumptionTypes).toSorted()).toEqual(assumptionTypeSchema.options.toSorted())
    const beyond = (type: keyof typeof assumptionTypes, from: string, to: string) =>
      testAssumption({ reference: reference(from), rule: assumptionTypes[type].usualRule }, { value: to })
        .beyond
    expect([beyond('quota', '3', '9'), beyond('quota', '111', '334'), beyond('quota', '100', '59')]).toEqual([
      false,
      true,
      true,
    ])
    expect([
      beyond('appropriation', '100', '99'),
      beyond('appropriation', '100', '110'),
      beyond('appropriation', '100', '111'),
    ]).toEqual([true, false, true])
    expect([
      beyond('business-cycle', '5.2', '7.1'),
      beyond('business-cycle', '5.2', '7.2'),
      beyond('business-cycle', '5.2', '3.2'),
    ]).toEqual([false, true, true])
    expect([
      beyond('target-group-size', '100', '125'),
      beyond('target-group-size', '100', '126'),
      beyond('target-group-size', '100', '74'),
    ]).toEqual([false, true, true])
    expect([beyond('law', '0', '1'), beyond('law', '0', '0'), beyond('definition', '1', '2')]).toEqual([
      true,
      false,
      true,
    ])
  })

  test('a change of the ministry’s remit leaves the verdict; one observation of it raises no question', () => {
    const assumption = {
      key: 'FS1',
      type: 'ministry-remit' as const,
      title: 'Ressort',
      titleEn: 'Remit',
      unit: 'ministerium',
      observedBy: 'ministry' as const,
      reference: reference('0'),
      rule: assumptionTypes['ministry-remit'].usualRule,
      bearsOn: ['M1'],
      years: [2014],
    }
    const observation = {
      assumption: 'FS1',
      value: '1',
      knownOn: '2014-02-03',
      validFrom: '2014-01-01',
      validTo: '2014-12-31',
      source: 'prøve',
    }
    const judge = (type: 'ministry-remit' | 'local') =>
      assess(
        inputFor(
          shareTarget(),
          { 479: [50, 100] },
          {
            ruleVersion: 'r2',
            assumptions: [{ ...assumption, type }],
            observations: [observation],
          },
        ),
      ).targets[0]?.verdict
    expect([judge('ministry-remit'), judge('local')]).toEqual(['not-met', 'not-met-assumption-failed'])
  })
})
