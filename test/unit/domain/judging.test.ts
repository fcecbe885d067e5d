import { readFile } from 'node:fs/promises'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Target } from '../../../functions/domain/agreement/content.ts'
import { compareExact, exact, roundHalfUp } from '../../../functions/domain/base/exact.ts'
import { assessmentSchema } from '../../../functions/domain/judging/assessment.ts'
import type { AssessmentInput } from '../../../functions/domain/judging/assessment.ts'
import { canonicalJson } from '../../../functions/domain/judging/canonical.ts'
import { overallText } from '../../../functions/domain/judging/verdict-labels.ts'
import { assess, isReproducible } from '../../../functions/domain/judging/rule.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { inputFor, shareTarget, svendborgInput } from './judging-input.ts'

const only = (input: AssessmentInput) => assess(input).targets[0]!
const number = (changes: Partial<Target>) =>
  shareTarget({ measure: { type: 'number', unit: 'uger', whole: false }, ...changes })
const withValue = (target: Target, value: string, rest: Partial<AssessmentInput> = {}) =>
  inputFor(
    target,
    {},
    {
      figures: [
        { target: target.key, municipality: '479', given: { given: 'measured', measured: { value } } },
      ],
      ...rest,
    },
  )

describe('the sample of the letters', () => {
  const assessment = assess(svendborgInput())
  const [m1, m2, m3] = assessment.targets

  test('M1 has gone 0,610 of the way and is partly met, M2 and M3 are met', () => {
    expect(roundHalfUp(exact(m1!.achieved!), 3)).toBe('0.610')
    expect([m1!.verdict, m2!.verdict, m3!.verdict]).toEqual(['partly-met', 'met', 'met'])
  })

  test('the whole is 84 pct. with full coverage', () => {
    expect(overallText(assessment, 'da')).toBe('målopfyldelse 84 pct. (dækning 100 pct.)')
    expect(overallText(assessment, 'en')).toBe('overall achievement 84 per cent (coverage 100 per cent)')
  })

  test('the sentences are the hearing letter’s', () => {
    expect(m1!.sentence.da).toBe(
      '61 af 134 personer, 45,5 pct. mod et mål på 50,0 pct. Fremgangen siden 2012 er 7,0 procentpoint, svarende til 61,0 pct. af den aftalte fremgang. Målet vurderes at være delvist opfyldt. Det er indgået i vurderingen, at følgende har ændret sig ud over den aftalte grænse i 2014: forudsætning 2 (83 mod 60 personer).',
    )
    expect(m2!.sentence).toEqual({
      da: '24,5 uger mod højst 26 uger. Målet vurderes at være opfyldt.',
      en: '24.5 weeks against at most 26 weeks. The target is assessed as met.',
    })
    expect(m3!.sentence.da).toBe('Milepælen blev nået den 14. november 2014. Målet vurderes at være opfyldt.')
  })

  test('the result satisfies its schema and is redone byte for byte', () => {
    expect(assessmentSchema.parse(assessment)).toEqual(assessment)
    expect(isReproducible(JSON.parse(JSON.stringify(assessment)))).toBe(true)
    expect(isReproducible({ ...assessment, overall: '85' })).toBe(false)
  })
})

describe('assumptions', () => {
  const half = { M1: { 479: [50, 100] as const } }
  const fs2 = svendborg.agreement.assumptions[1]!
  const observed = (value: string, year: number) => ({
    assumption: 'FS2',
    value,
    knownOn: '2015-02-24',
    validFrom: `${year}-01-01`,
    validTo: `${year}-12-31`,
    source: 'prøve',
  })
  const judge = (observations: AssessmentInput['observations'], changes = {}) =>
    only(inputFor(shareTarget(), half.M1, { assumptions: [{ ...fs2, ...changes }], observations }))

  test('an unmet target whose assumption failed in the year has a verdict of its own', () => {
    const result = judge([observed('83', 2014)])
    expect(result.verdict).toBe('not-met-assumption-failed')
    expect(result.failedAssumptions).toEqual(['FS2'])
    expect(result.sentence.da).toContain('Målet er bedømt som »ikke opfyldt – ændrede forudsætninger«.')
  })

  test('within the limit, by another year or superseded by a later value it is just not met', () => {
    expect(judge([observed('74', 2014)]).verdict).toBe('not-met')
    expect(judge([observed('83', 2015)]).verdict).toBe('not-met')
    const corrected = { ...observed('61', 2014), knownOn: '2015-03-01' }
    expect(judge([corrected, observed('83', 2014)]).verdict).toBe('not-met')
  })
})

describe('the methods', () => {
  test('to maintain is to be no worse', () => {
    const target = shareTarget({ method: 'maintain', targets: [{ year: 2014, value: '40' }] })
    expect(only(inputFor(target, { 479: [40, 100] })).verdict).toBe('met')
    expect(only(inputFor(target, { 479: [39, 100] })).verdict).toBe('not-met')
  })

  test('a milestone reached late or not at all is not met', () => {
    const target = svendborg.agreement.targets[2]!
    const stage = (met: boolean, on: string | null) =>
      only(
        inputFor(
          target,
          {},
          {
            figures: [
              { target: 'M3', municipality: '479', given: { given: 'measured', measured: { met, on } } },
            ],
          },
        ),
      )
    expect(stage(true, '2014-12-31').verdict).toBe('met')
    expect(stage(true, '2015-01-02').verdict).toBe('not-met')
    expect(stage(false, '2015-06-01').sentence.da).toContain('den ventes nået den 1. juni 2015')
    expect(stage(true, null).verdict).toBe('not-assessable')
  })
})

describe('what cannot be judged', () => {
  const two = shareTarget({ reportedBy: ['479', '480'] })
  const reason = (input: AssessmentInput) => [only(input).verdict, only(input).reason]

  test('is told by its reason', () => {
    expect(reason(inputFor(two, { 479: [9, 10] }))).toEqual(['not-assessable', 'no-figures'])
    expect(reason(inputFor(two, { 479: [9, 10], 480: 'not-available' }))).toEqual([
      'not-assessable',
      'not-available',
    ])
    expect(reason(inputFor(two, { 479: [0, 0], 480: [0, 0] }))).toEqual([
      'not-assessable',
      'empty-target-group',
    ])
    const small = { ...two, minimumDenominator: 10 }
    expect(reason(inputFor(small, { 479: [1, 4], 480: [2, 5] }))).toEqual([
      'not-assessable',
      'below-minimum-denominator',
    ])
    expect(reason(inputFor(shareTarget({ baseline: null }), { 479: [1, 4] }))).toEqual([
      'not-assessable',
      'no-baseline',
    ])
    expect(reason(inputFor(shareTarget(), { 479: [1, 4] }, { year: 2016 }))).toEqual([
      'not-assessable',
      'no-target-this-year',
    ])
  })

  test('below half coverage the whole is not assessable', () => {
    const input = svendborgInput()
    const m1 = input.figures.filter((one) => one.target === 'M1')
    const one = assess({ ...input, figures: m1 })
    expect([one.overall, one.coverage]).toEqual([null, '40'])
    expect(overallText(one, 'da')).toBe('kan ikke bedømmes (dækning 40 pct.)')
    const twoOfThree = assess({ ...input, figures: input.figures.filter((figure) => figure.target !== 'M1') })
    expect([twoOfThree.overall, twoOfThree.coverage]).toEqual(['100', '60'])
  })

  test('an unknown rule is refused', () => {
    expect(() => assess({ ...svendborgInput(), ruleVersion: 'r9' })).toThrow(RangeError)
  })
})

test('the rule gives what it gave on its release, byte for byte', async () => {
  const released = await readFile(new URL('../../fixtures/judging/r2.jsonl', import.meta.url), 'utf8')
  const lines = released.trimEnd().split('\n')
  expect(lines.length).toBeGreaterThanOrEqual(79)
  for (const line of lines) {
    const stored = assessmentSchema.parse(JSON.parse(line))
    expect(stored.ruleVersion).toBe('r2')
    expect(canonicalJson(assess(stored.input))).toBe(line)
  }
})

describe('for every input', () => {
  const counts = fc
    .integer({ min: 1, max: 400 })
    .chain((all) => fc.tuple(fc.integer({ min: 0, max: all }), fc.constant(all)))
  const tenths = fc.integer({ min: -900, max: 900 }).map((one) => String(one / 10))

  test('a falling target is the mirror of a rising one', () => {
    fc.assert(
      fc.property(tenths, tenths, tenths, (from, goal, actual) => {
        const mirror = (text: string) => (text.startsWith('-') ? text.slice(1) : `-${text}`)
        const target = (direction: 'rising' | 'falling', start: string, end: string) =>
          number({
            direction,
            baseline: { year: 2012, measured: { value: start }, source: 'prøve' },
            targets: [{ year: 2014, value: end }],
          })
        const rising = only(withValue(target('rising', from, goal), actual))
        const falling = only(withValue(target('falling', mirror(from), mirror(goal)), mirror(actual)))
        expect([falling.verdict, falling.achieved, falling.counted]).toEqual([
          rising.verdict,
          rising.achieved,
          rising.counted,
        ])
      }),
    )
  })

  test('what counts is between 0 and 1, the whole between 0 and 100', () => {
    fc.assert(
      fc.property(counts, fc.boolean(), (pair, cliff) => {
        const result = assess(inputFor(shareTarget({ cliff }), { 479: pair }))
        for (const [text, most] of [
          [result.targets[0]!.counted!, '1'],
          [result.overall!, '100'],
        ] as const) {
          expect(compareExact(exact(text), exact('0'))).not.toBe(-1)
          expect(compareExact(exact(text), exact(most))).not.toBe(1)
        }
      }),
    )
  })
})
