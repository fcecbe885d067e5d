import { readFile } from 'node:fs/promises'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Target } from '../../../functions/domain/agreement/content.ts'
import { compareExact, exact, roundHalfUp } from '../../../functions/domain/base/exact.ts'
import { assessmentSchema } from '../../../functions/domain/judging/assessment.ts'
import type { AssessmentInput } from '../../../functions/domain/judging/assessment.ts'
import { canonicalJson } from '../../../functions/domain/judging/canonical.ts'
import { correctEarlierYear } from '../../../functions/domain/judging/earlier-year.ts'
import { finalAssessment, onlyInFavour } from '../../../functions/domain/judging/verdicts.ts'
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

describe('at the edges', () => {
  const [lead, member] = ['479', '450'] as const
  const verdictOf = (input: AssessmentInput) => {
    const { verdict, reason } = only(input)
    return reason ?? verdict
  }
  /** Each municipality's figure, in the order given. */
  const measured = (
    target: Target,
    figures: readonly (readonly [municipality: string, given: object])[],
    rest: Partial<AssessmentInput> = {},
  ) => {
    const given = figures.map(([municipality, one]) => ({
      target: target.key,
      municipality,
      given: { given: 'measured', measured: one },
    }))
    return inputFor(target, {}, { figures: given as never, ...rest })
  }
  const share = (numerator: number, denominator = 100) => ({
    numerator: String(numerator),
    denominator: String(denominator),
  })
  const stage = (met: boolean, on: string | null) => ({ met, on })

  test('exactly the value to reach is enough, rising and falling; exactly the fewest persons too', () => {
    const falling = shareTarget({
      direction: 'falling',
      method: 'level',
      targets: [{ year: 2014, value: '40' }],
    })
    expect([39, 40, 41].map((part) => verdictOf(inputFor(falling, { 479: [part, 100] })))).toEqual([
      'met',
      'met',
      'not-met',
    ])
    expect([59, 60].map((part) => verdictOf(inputFor(shareTarget(), { 479: [part, 100] })))).toEqual([
      'partly-met',
      'met',
    ])
    const many = shareTarget({ minimumDenominator: 100 })
    expect(verdictOf(inputFor(many, { 479: [60, 100] }))).toBe('met')
    expect(verdictOf(inputFor(many, { 479: [60, 99] }))).toBe('below-minimum-denominator')
  })

  test('a figure of another kind than the target’s is none; measured numbers of several have no sum', () => {
    const milestoneTarget = { ...svendborg.agreement.targets[2]!, weight: 100 }
    for (const [target, figure] of [
      [shareTarget(), { value: '60' }],
      [number({}), share(60)],
      [milestoneTarget, { value: '1' }],
    ] as const)
      expect(verdictOf(measured(target, [[lead, figure]]))).toBe('not-available')
    const weeks = [
      [lead, { value: '30' }],
      [member, { value: '31' }],
    ] as const
    const ofTwo = { reportedBy: [lead, member] as never, method: 'level' } as const
    expect(verdictOf(measured(number(ofTwo), weeks))).toBe('not-available')
    const persons = number({ ...ofTwo, measure: { type: 'number', unit: 'personer', whole: true } })
    expect(only(measured(persons, weeks)).actual).toBe('61')
  })

  test('a milestone of several has the last one’s day, reached or not, and stands though a definition changed', () => {
    const target = { ...svendborg.agreement.targets[2]!, weight: 100, reportedBy: [lead, member] as never }
    const judged = (one: object, other: object, rest: Partial<AssessmentInput> = {}) => {
      const { verdict, reason, working } = only(
        measured(
          target,
          [
            [lead, one],
            [member, other],
          ],
          rest,
        ),
      )
      return [reason ?? verdict, working.find(({ step }) => step === 'on')?.value]
    }
    const [may, november] = ['2014-05-01', '2014-11-14']
    expect(judged(stage(true, november), stage(true, may))).toEqual(['met', november])
    expect(judged(stage(false, november), stage(false, may))).toEqual(['not-met', november])
    expect(judged(stage(true, november), stage(false, may))).toEqual(['not-met', may])
    expect(judged(stage(true, november), stage(true, null))).toEqual(['not-available', undefined])
    const definition = {
      ...svendborg.agreement.assumptions[1]!,
      type: 'definition' as const,
      bearsOn: [target.key],
      rule: { kind: 'any', limit: '0', minAbsolute: '0', direction: 'both' } as const,
    }
    const observation = { ...svendborgInput().observations[0]!, value: '1' }
    expect(
      judged(stage(true, may), stage(true, may), { assumptions: [definition], observations: [observation] }),
    ).toEqual(['met', may])
  })

  test('a baseline is of the same members, whoever is named first, and in the target’s unit', () => {
    const target = (baseline: object) =>
      shareTarget({
        reportedBy: [lead, member] as never,
        baseline: { year: 2012, measured: share(40), source: 'prøve', ...baseline },
      })
    const judged = (baseline: object) => {
      const { reason, achieved } = only(inputFor(target(baseline), { 479: [50, 100], 450: [50, 100] }))
      return reason ?? achieved
    }
    expect(judged({ covers: [member, lead] })).toBe('0.5')
    for (const covers of [[lead], [lead, '461'], [lead, member, '461'], ['461', member]])
      expect(judged({ covers })).toBe('members-changed')
    const part = (municipality: string, numerator: number) => ({ municipality, measured: share(numerator) })
    expect(judged({ byMember: [part('461', 90), part(member, 50), part(lead, 30)] })).toBe('0.5')
    expect(judged({ byMember: [part('461', 90), part(lead, 30)] })).toBe('members-changed')
    const reached = { year: 2012, measured: { met: true, on: '2012-05-01' }, source: 'prøve' }
    expect(verdictOf(withValue(number({ baseline: reached }), '24'))).toBe('no-baseline')
  })

  test('of observations known on one day the one valid later counts', () => {
    const fs2 = svendborg.agreement.assumptions[1]!
    const one = { ...svendborgInput().observations[0]!, validTo: '2014-06-30' }
    const later = { ...one, value: '61', validFrom: '2014-07-01', validTo: '2014-12-31' }
    for (const observations of [
      [one, later],
      [later, one],
    ])
      expect(
        verdictOf(inputFor(shareTarget(), { 479: [50, 100] }, { assumptions: [fs2], observations })),
      ).toBe('not-met')
  })

  test('a count that runs over years takes each year’s own', () => {
    const target = number({
      method: 'level',
      measure: { type: 'number', unit: 'personer', whole: true },
      cumulativeFrom: 2012,
    })
    const earlier = [2012, 2013].map((year, index) => ({
      year,
      target: target.key,
      municipality: '479' as never,
      measured: { value: String(10 * (index + 1)) },
    }))
    expect(only(withValue(target, '5', { earlier })).actual).toBe('35')
  })
})

describe('a difference to what was heard', () => {
  const share = (part: number, rest: Partial<AssessmentInput> = {}) =>
    assess(inputFor(shareTarget(), { 479: [part, 100] }, rest))
  const level = (direction: 'rising' | 'falling', value: string) =>
    assess(withValue(number({ method: 'level', direction, targets: [{ year: 2014, value: '26' }] }), value))
  const byHand = (assessment: ReturnType<typeof assess>, verdict: 'met' | 'not-met') =>
    finalAssessment(assessment, [{ target: 'M1', verdict }])

  test('is in the favour of who is judged where no verdict falls and the share or the figure is better', () => {
    expect([50, 51, 60].map((part) => onlyInFavour(share(50), share(part)))).toEqual([true, true, true])
    expect([49, 30].map((part) => onlyInFavour(share(50), share(part)))).toEqual([false, false])
    expect(onlyInFavour(byHand(share(50), 'met'), share(55))).toBe(false)
    expect(onlyInFavour(byHand(share(50), 'not-met'), share(50))).toBe(true)
    expect(onlyInFavour(byHand(share(55), 'not-met'), share(54))).toBe(false)
    const outcomes = (direction: 'rising' | 'falling') =>
      ['24', '25', '23'].map((value) => onlyInFavour(level(direction, '24'), level(direction, value)))
    expect(outcomes('falling')).toEqual([true, false, true])
    expect(outcomes('rising')).toEqual([true, true, false])
    for (const direction of ['rising', 'falling'] as const) {
      const one = level(direction, '26')
      expect(onlyInFavour(byHand(one, 'not-met'), one)).toBe(true)
    }
  })

  test('of a target that was or becomes not assessable is heard; a milestone’s verdict says it alone', () => {
    const silent = assess(inputFor(shareTarget(), { 479: 'not-available' }))
    expect([onlyInFavour(silent, share(60)), onlyInFavour(share(40), silent)]).toEqual([false, false])
    const milestone = (met: boolean) => {
      const input = svendborgInput()
      const figures = input.figures.map((one) =>
        one.target === 'M3'
          ? {
              ...one,
              given: { given: 'measured' as const, measured: { met, on: met ? '2014-11-14' : null } },
            }
          : one,
      )
      return assess({ ...input, figures })
    }
    expect(onlyInFavour(milestone(false), milestone(true))).toBe(true)
    expect(onlyInFavour(milestone(true), milestone(false))).toBe(false)
  })

  test('by what the ministry observed of the year is heard, by what it was not asked to observe is not', () => {
    const [fs1, fs2] = svendborg.agreement.assumptions
    const observed = (changes: object = {}) => ({
      ...svendborgInput().observations[0]!,
      assumption: 'FS2',
      value: '61',
      ...changes,
    })
    const after = (observedBy: string, changes: object = {}) => {
      const assumptions = [
        { ...fs1!, observedBy: 'ministry' },
        { ...fs2!, observedBy },
      ] as never
      const heard = share(50, { assumptions })
      return onlyInFavour(heard, share(51, { assumptions, observations: [observed(changes)] }))
    }
    expect(after('ministry')).toBe(false)
    expect(after('municipality')).toBe(true)
    expect(after('municipality', { assumption: 'FS1' })).toBe(false)
    expect(after('ministry', { validFrom: '2014-12-31', validTo: '2015-12-31' })).toBe(false)
    expect(after('ministry', { validFrom: '2013-01-01', validTo: '2014-01-01' })).toBe(false)
    expect(after('ministry', { validFrom: '2015-01-01', validTo: '2015-12-31' })).toBe(true)
    expect(after('ministry', { validFrom: '2013-01-01', validTo: '2013-12-31' })).toBe(true)
  })

  test('a verdict by hand takes the place of the target it names', () => {
    const assessment = assess(svendborgInput())
    const changed = finalAssessment(assessment, [{ target: 'M2', verdict: 'not-met' }])
    expect(changed.targets.map(({ verdict }) => verdict)).toEqual(['partly-met', 'not-met', 'met'])
    expect(changed.targets[0]).toBe(assessment.targets[0])
    expect(changed.targets[1]).toEqual({ ...assessment.targets[1], verdict: 'not-met' })
  })
})

describe('a correction of an earlier year', () => {
  const given = (target: string, municipality: string, measured: object) =>
    ({ target, municipality, given: { given: 'measured', measured } }) as never
  const share = (numerator: number) => ({ numerator: String(numerator), denominator: '1000' })

  test('replaces the figure of its target and municipality, and no other', () => {
    const two = { reportedBy: ['479', '450'] as never, method: 'level' as const, weight: 50 }
    const [m1, m2] = [shareTarget(two), shareTarget({ ...two, key: 'M2' })]
    const assessed = assess(
      inputFor(
        m1,
        {},
        {
          targets: [m1, m2],
          figures: ['M1', 'M2'].flatMap((target) => [
            given(target, '479', share(500)),
            given(target, '450', share(500)),
          ]),
        },
      ),
    )
    const corrected = correctEarlierYear(assessed, [
      given('M2', '479', share(510)),
      given('M1', '450', share(500)),
    ])
    expect(corrected).toMatchObject({
      consequence: 'footnote',
      targets: [{ key: 'M2', before: 'not-met', after: 'not-met', points: '0.5' }],
    })
    expect(corrected.assessment.targets.map(({ numerator }) => numerator)).toEqual(['1000', '1010'])
    expect(corrected.assessment.input.figures).toHaveLength(4)
  })

  test('of another measure has no points, and reopens by its verdict alone', () => {
    const weeks = number({ method: 'level', direction: 'falling', targets: [{ year: 2014, value: '26' }] })
    const assessed = assess(withValue(weeks, '20'))
    const outcome = (measured: object) => correctEarlierYear(assessed, [given('M1', '479', measured)])
    expect(outcome({ value: '25' })).toMatchObject({ consequence: 'footnote', targets: [{ points: null }] })
    expect(outcome({ value: '27' })).toMatchObject({ consequence: 'reopen', targets: [{ points: null }] })
    const silent = assess(inputFor(shareTarget(), { 479: 'not-available' }))
    expect(correctEarlierYear(silent, [given('M1', '479', share(600))])).toMatchObject({
      consequence: 'reopen',
      targets: [{ before: 'not-assessable', after: 'met', points: null }],
    })
  })
})

test('canonical JSON orders keys by code unit, leaves out what is undefined, and refuses what JSON has no text for', () => {
  expect(canonicalJson({ b: 1, a: [null, true], Æ: undefined, B: { z: '"', y: 0 } })).toBe(
    '{"B":{"y":0,"z":"\\""},"a":[null,true],"b":1}',
  )
  expect(canonicalJson({ c: 3, a: 1, b: 2 })).toBe(canonicalJson({ a: 1, b: 2, c: 3 }))
  for (const nothing of [Number.NaN, 1n, undefined, [undefined], () => 1])
    expect(() => canonicalJson(nothing)).toThrow(TypeError)
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
