import { describe, expect, test } from 'vitest'
import type { Assumption, Target } from '../../../../functions/domain/agreement/content.ts'
import { assumptionTypes } from '../../../../functions/domain/agreement/assumption-rules.ts'
import { contentForYear } from '../../../../functions/domain/agreement/versions.ts'
import { exact, roundHalfUp } from '../../../../functions/domain/base/exact.ts'
import { assessmentSchema } from '../../../../functions/domain/judging/assessment.ts'
import type { AssessmentInput } from '../../../../functions/domain/judging/assessment.ts'
import { canonicalJson } from '../../../../functions/domain/judging/canonical.ts'
import { correctEarlierYear } from '../../../../functions/domain/judging/earlier-year.ts'
import { assess, isReproducible } from '../../../../functions/domain/judging/rule.ts'
import { svendborg } from '../../../fixtures/agreements/svendborg.ts'
import { contentWith, refusal, rider, run, signedOf, wish } from '../../../support/judging/agreement-world.ts'
import { randomInput } from '../../../support/judging/random-agreements.ts'
import { inputFor, shareTarget, svendborgInput } from '../judging-input.ts'

type Counts = Parameters<typeof inputFor>[1]
const judge = (target: Target, counts: Counts, rest: Partial<AssessmentInput> = {}) =>
  assess(inputFor(target, counts, rest))
const only = (target: Target, counts: Counts, rest: Partial<AssessmentInput> = {}) =>
  judge(target, counts, rest).targets[0]!
const verdict = (target: Target, counts: Counts, rest: Partial<AssessmentInput> = {}) => {
  const one = only(target, counts, rest)
  return [one.verdict, one.reason]
}
const three = ['479', '450', '461'] as const
const share = (numerator: number, denominator: number) => ({
  numerator: String(numerator),
  denominator: String(denominator),
})

const assumption = (changes: Partial<Assumption> = {}): Assumption => ({
  ...svendborg.agreement.assumptions[1]!,
  key: 'FS2',
  bearsOn: ['M1'],
  years: [2014, 2015],
  ...changes,
})
const observed = (value: string, year: number, key = 'FS2') => ({
  assumption: key,
  value,
  knownOn: '2015-03-27',
  validFrom: `${year}-01-01`,
  validTo: `${year}-12-31`,
  source: 'prøve',
})
const judged = ({ targets, overall, coverage }: ReturnType<typeof assess>) =>
  canonicalJson([targets, overall, coverage])

describe('numbered edge cases: judging', () => {
  test('Edge case 5: a partnership’s figure is the sum over the sum of all who report, never a mean (Simpson)', () => {
    const two = shareTarget({ reportedBy: ['479', '450'], method: 'level' })
    const one = only(two, { 479: [9, 10], 450: [10, 100] })
    expect([one.actual, one.verdict]).toEqual(['190/11', 'not-met'])
    expect(roundHalfUp(exact(one.actual!), 1)).toBe('17.3')
    expect(one.sentence.da).toContain('19 af 110 personer, 17,3 pct.')
    expect(verdict(two, { 479: [9, 10] }), 'C answers nothing').toEqual(['not-assessable', 'no-figures'])
  })

  test('Edge case 6: a member leaves in the year: who is a party on the measuring date reports, and the baseline follows or there is none', () => {
    const target = (byMember: boolean): Target =>
      shareTarget({
        reportedBy: [...three],
        baseline: {
          year: 2012,
          measured: share(60, 150),
          source: 'prøve',
          ...(byMember
            ? {
                byMember: three.map((municipality, index) => ({
                  municipality,
                  measured: share(10 * (index + 1), 50),
                })),
              }
            : {}),
        },
      })
    const contentOf = (byMember: boolean) => {
      const parties = three.map((municipality, index) => ({
        municipality,
        role: index === 0 ? ('lead' as const) : ('member' as const),
        from: '2013-01-01',
        to: municipality === '461' ? '2014-06-30' : null,
      }))
      return contentForYear(signedOf(contentWith([target(byMember)], { parties })), 2014)!.targets[0]!
    }
    const counts: Counts = { 479: [30, 50], 450: [20, 50] }
    const followed = only(contentOf(true), counts)
    expect(contentOf(true).reportedBy).toEqual(['479', '450'])
    // From 30 of 100 to 60: 50 pct. is two thirds of the way.
    expect([followed.achieved, followed.verdict]).toEqual(['2/3', 'partly-met'])
    expect(verdict(contentOf(false), counts)).toEqual(['not-assessable', 'members-changed'])
    expect(only(contentOf(false), counts).sentence.da).toContain('partnerskabets medlemmer er ændret')
    expect(verdict({ ...contentOf(false), method: 'level' }, counts)).toEqual(['not-met', null])
    const joined = { ...target(false), reportedBy: ['479', '450'] }
    const start = signedOf(contentWith([joined], { parties: contentPartiesOf(three) }))
    const { state } = run(start, [wish])
    const with461 = contentWith([target(false)], { parties: contentPartiesOf(three) })
    expect(refusal(state, rider(with461)), 'a member more, the baseline of before').toBe('not-rebased')
  })

  test('Edge case 10: a definition changes (jobparat 3 to 67 pct.): nothing to compare with until it is re-based', () => {
    const target = shareTarget({
      baseline: { year: 2014, measured: share(3, 100), source: 'prøve' },
      targets: [{ year: 2014, value: '20' }],
    })
    const definition = assumption({ type: 'definition', rule: assumptionTypes.definition.usualRule })
    const rest = { assumptions: [definition], observations: [observed('2', 2014)] }
    expect(verdict(target, { 479: [67, 100] }, rest)).toEqual(['not-assessable', 'definition-break'])
    const anew = { ...target, measurement: { ...target.measurement, indicatorVersion: 2 } }
    const old = { ...anew, baseline: { ...target.baseline!, indicatorVersion: 1 } }
    expect(verdict(old, { 479: [67, 100] })).toEqual(['not-assessable', 'definition-break'])
    const state = run(signedOf(contentWith([target])), [wish]).state
    expect(refusal(state, rider(contentWith([anew])))).toBe('not-rebased')
    const rebased = { ...anew, baseline: { ...target.baseline!, measured: share(15, 100), year: 2013 } }
    expect(refusal(state, rider(contentWith([rebased])))).toBeNull()
  })

  test('Edge case 11: nobody in the target group is no result, whatever percentage a source shows', () => {
    expect(verdict(shareTarget(), { 479: [0, 0] })).toEqual(['not-assessable', 'empty-target-group'])
    expect(verdict(shareTarget({ direction: 'falling', method: 'level' }), { 479: [0, 0] })).toEqual([
      'not-assessable',
      'empty-target-group',
    ])
    expect(only(shareTarget(), { 479: [0, 0] }).sentence.da).toBe(
      'Målet kan ikke bedømmes, idet der ingen personer var i målgruppen.',
    )
    expect(verdict(shareTarget(), { 479: [0, 50] })).toEqual(['not-met', null])
  })

  test('Edge case 13: worse than the baseline is printed as a step back and counts nothing', () => {
    const one = only(shareTarget(), { 479: [37, 100] })
    expect([one.achieved, one.counted, one.verdict]).toEqual(['-0.15', '0', 'not-met'])
    expect(one.sentence.da).toContain('Resultatet er gået tilbage med 3,0 procentpoint siden 2012.')
    expect(one.sentence.en).toContain('The result has worsened by 3.0 percentage points since 2012.')
  })

  test('Edge case 14: more than the target counts no more than whole, unless the agreement has another cap; the real value is printed', () => {
    const one = only(shareTarget(), { 479: [70, 100] })
    expect([one.achieved, one.counted]).toEqual(['1.5', '1'])
    expect(one.sentence.da).toContain('svarende til 150,0 pct. af den aftalte fremgang')
    expect(only(shareTarget({ capPct: '120' }), { 479: [70, 100] }).counted).toBe('1.2')
    const weak = shareTarget({ key: 'M2', weight: 50, capPct: '120' })
    const both = inputFor(shareTarget({ weight: 50, capPct: '120' }), { 479: [70, 100] })
    const whole = assess({
      ...both,
      targets: [...both.targets, weak],
      figures: [
        ...both.figures,
        { target: 'M2', municipality: '479', given: { given: 'measured', measured: share(70, 100) } },
      ],
    })
    expect(whole.overall, 'the whole never more than 100').toBe('100')
  })

  test('Edge case 16: a correction of an assessed year reopens it only by a verdict or more than one point', () => {
    const before = judge(shareTarget(), { 479: [500, 1000] })
    const given = (numerator: number, denominator = 1000): AssessmentInput['figures'] => [
      {
        target: 'M1',
        municipality: '479',
        given: { given: 'measured', measured: share(numerator, denominator) },
      },
    ]
    const consequence = (numerator: number, denominator = 1000) =>
      correctEarlierYear(before, given(numerator, denominator)).consequence
    expect(consequence(500)).toBe('nothing')
    expect(consequence(509)).toBe('footnote')
    expect(consequence(510), 'exactly one point is not more').toBe('footnote')
    expect(consequence(511)).toBe('reopen')
    expect(consequence(600)).toBe('reopen')
    expect(consequence(1000, 2000), 'other counts, the same share').toBe('footnote')
    const onThreshold = judge(shareTarget(), { 479: [520, 1000] })
    expect(onThreshold.targets[0]?.verdict).toBe('partly-met')
    expect(correctEarlierYear(onThreshold, given(519))).toMatchObject({
      consequence: 'reopen',
      targets: [{ key: 'M1', before: 'partly-met', after: 'not-met', points: '0.1' }],
    })
    expect(isReproducible(before), 'nothing is changed silently').toBe(true)
  })

  test('Edge case 18: a survey that skips a year is not measured, and no value is carried forward', () => {
    const survey = shareTarget({
      weight: 40,
      measuredYears: [2013, 2015],
      targets: [
        { year: 2013, value: '50' },
        { year: 2014, value: '60' },
      ],
      history: [{ year: 2013, municipality: '479', measured: share(90, 100) }],
    })
    expect(verdict(survey, { 479: [90, 100] })).toEqual(['not-assessable', 'not-measured-this-year'])
    expect(only(survey, {}).sentence.da).toBe('Målet kan ikke bedømmes, idet målet ikke er målt i 2014.')
    const other = shareTarget({ key: 'M2', weight: 60 })
    const input = inputFor(other, { 479: [60, 100] })
    const whole = assess({ ...input, targets: [survey, other] })
    expect([whole.overall, whole.coverage]).toEqual(['100', '100'])
    expect(whole.targets.map((one) => one.weightPct)).toEqual([null, '100'])
    const plain = { ...survey, measuredYears: undefined }
    expect(only(plain as Target, { 479: 'not-available' }).reason).toBe('not-available')
  })

  test('Edge case 19: a hit that nobody wants to renegotiate is settled on the record, and the assessment names it', () => {
    const rest = { assumptions: [assumption()], observations: [observed('83', 2014)] }
    for (const [counts, expected] of [
      [[50, 100], 'not-met-assumption-failed'],
      [[55, 100], 'partly-met'],
      [[60, 100], 'met'],
    ] as const) {
      const one = only(shareTarget(), { 479: counts }, rest)
      expect([one.verdict, one.failedAssumptions]).toEqual([expected, ['FS2']])
      expect(one.sentence.da).toContain('forudsætning 2 (83 mod 60 personer)')
      expect(one.working.at(-1)).toEqual({ step: 'FS2 beyond its limit', value: '83 against 60' })
    }
    const { state, events } = run(run(signedOf(svendborg.agreement), [wish]).state, [
      { do: 'settle', seq: 1, outcome: 'declined' },
    ])
    expect(events).toMatchObject([{ type: 'RenegotiationSettled', outcome: 'declined' }])
    expect(state.questions[0]?.outcome).toBe('declined')
  })

  test('Edge case 20: an assumption bears on the targets it names, and on no other', () => {
    const rest = { assumptions: [assumption({ bearsOn: ['M3'] })], observations: [observed('999', 2014)] }
    expect(verdict(shareTarget(), { 479: [50, 100] }, rest)).toEqual(['not-met', null])
    expect(only(shareTarget(), { 479: [50, 100] }, rest).failedAssumptions).toEqual([])
  })

  test('Edge case 34: a person counts where he lives at the end of the period: every definition of persons says so', () => {
    const shares = svendborg.agreement.targets.filter((one) => one.measure.type === 'share')
    expect(shares.length).toBeGreaterThan(0)
    for (const { measurement } of shares) {
      expect(measurement.definition).toContain('med bopæl i kommunen den 31. december {år}')
      expect(measurement.definition).toContain('En person tæller én gang.')
    }
  })

  test('Edge case 35: the quota for 2015 leaves every verdict of 2014 unchanged byte for byte; one valid in 2014 does not', () => {
    const input = svendborgInput()
    const quota = observed('160', 2015, 'FS1')
    expect(judged(assess({ ...input, observations: [...input.observations, quota] }))).toBe(
      judged(assess(input)),
    )
    const rest = { assumptions: [assumption()], observations: [observed('83', 2014)] }
    expect(only(shareTarget(), { 479: [50, 100] }, rest).verdict).toBe('not-met-assumption-failed')
    const other = { assumptions: [assumption()], observations: [observed('83', 2015)] }
    expect(only(shareTarget(), { 479: [50, 100] }, other).verdict).toBe('not-met')
  })
})

const contentPartiesOf = (codes: readonly string[]) =>
  codes.map((municipality, index) => ({
    municipality,
    role: index === 0 ? ('lead' as const) : ('member' as const),
    from: '2013-01-01',
    to: null,
  }))

describe('numbered invariants: judging', () => {
  const seeds = Array.from({ length: 500 }, (_, seed) => seed + 50_000)

  test('Invariant I5: a grade is redone from its stored inputs and rule version, byte for byte', () => {
    const found = seeds.filter((seed) => {
      const stored = canonicalJson(assess(randomInput(seed)))
      const read = assessmentSchema.parse(JSON.parse(stored))
      return canonicalJson(assess(read.input)) !== stored || !isReproducible(read)
    })
    expect(found).toEqual([])
  })

  test('Invariant I8: silence never yields "not met"', () => {
    const silent = seeds.flatMap((seed) => {
      const input = randomInput(seed)
      return input.targets.flatMap((target) =>
        target.reportedBy.map((who) => ({
          ...input,
          figures: input.figures.filter((one) => one.target !== target.key || one.municipality !== who),
          targets: [target],
        })),
      )
    })
    expect(silent.length).toBeGreaterThan(1000)
    expect(new Set(silent.map((input) => assess(input).targets[0]?.verdict))).toEqual(
      new Set(['not-assessable']),
    )
  })

  test('Invariant I9: the weights of targets in force sum to 100, as they stand or shown again', () => {
    const sums = seeds.map((seed) => {
      const { targets } = assess(randomInput(seed))
      const weights = targets.flatMap((one) => one.weightPct ?? [])
      return weights.length === 0
        ? '100'
        : weights.reduce((all, one) => all.add(exact(one)), exact('0')).toFraction()
    })
    expect(new Set(sums)).toEqual(new Set(['100']))
    const plain = judge(shareTarget({ weight: 100 }), { 479: [50, 100] })
    expect(plain.notes).toEqual([])
    expect(judge(shareTarget({ weight: 40 }), { 479: [50, 100] }).notes).toHaveLength(1)
  })

  test('Invariant I11: an observation outside the target’s measuring period changes no verdict', () => {
    const found = seeds.filter((seed) => {
      const input = randomInput(seed)
      const outside = input.assumptions.flatMap((one) =>
        [2012, 2013, 2015, 2016].map((year) => observed('9999', year, one.key)),
      )
      return (
        judged(assess(input)) !==
        judged(assess({ ...input, observations: [...input.observations, ...outside] }))
      )
    })
    expect(found).toEqual([])
    const june = shareTarget({ measuringDate: '06-30' })
    const later = { ...observed('83', 2014), validFrom: '2014-07-01' }
    expect(
      only(june, { 479: [50, 100] }, { assumptions: [assumption()], observations: [later] }).verdict,
    ).toBe('not-met')
  })
})
