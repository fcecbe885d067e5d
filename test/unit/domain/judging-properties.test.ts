import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Target } from '../../../functions/domain/agreement/content.ts'
import { decideAgreement } from '../../../functions/domain/agreement/decide.ts'
import { agreementFolding } from '../../../functions/domain/agreement/state.ts'
import { compareExact, exact, exactText, mul } from '../../../functions/domain/base/exact.ts'
import type { Assessment, AssessmentInput } from '../../../functions/domain/judging/assessment.ts'
import { canonicalJson } from '../../../functions/domain/judging/canonical.ts'
import { assess } from '../../../functions/domain/judging/rule.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { foldAgreement, observe, run, signedOf, wish } from '../../support/judging/agreement-world.ts'
import { randomInput } from '../../support/judging/random-agreements.ts'
import { addMs } from '../../../functions/domain/base/time.ts'
import { anders } from '../../support/ministry.ts'
import { allFigures, inHearing, number, on, type ReviewWorld } from '../review/review-world.ts'
import { inputFor, shareTarget } from './judging-input.ts'

const seed = fc.integer({ min: 0, max: 1_000_000 })
const runs = { numRuns: 400 }
const ranks = ['not-met', 'not-met-assumption-failed', 'partly-met', 'met']
/** What became of the targets, by key, without the order they stood in. */
const byKey = ({ targets, overall, coverage }: Assessment): string =>
  canonicalJson([[...targets].sort((a, b) => (a.key < b.key ? -1 : 1)), overall, coverage])
const bySeed = (list: readonly unknown[], salt: number): number[] =>
  list.map((_, index) => index).sort((a, b) => ((a * 7919 + salt) % 101) - ((b * 7919 + salt) % 101))
const shuffled = <T>(list: readonly T[], salt: number): T[] => bySeed(list, salt).map((index) => list[index]!)

const value = fc.integer({ min: -5000, max: 15_000 }).map((one) => (one / 100).toFixed(2))
const methods = fc.constantFrom<Target['method']>('level', 'progress', 'progress-without', 'maintain')
const numberTarget = (changes: Partial<Target>) =>
  shareTarget({ measure: { type: 'number', unit: 'uger', whole: false }, ...changes })
const judgeValue = (target: Target, actual: string) =>
  assess(
    inputFor(
      target,
      {},
      {
        ruleVersion: 'r2',
        figures: [
          { target: 'M1', municipality: '479', given: { given: 'measured', measured: { value: actual } } },
        ],
      },
    ),
  ).targets[0]!

describe('judging, whatever the agreement', () => {
  test('is monotone in the actual value: a better figure is never judged or counted lower', () => {
    fc.assert(
      fc.property(
        fc.tuple(
          methods,
          fc.constantFrom('rising', 'falling'),
          fc.boolean(),
          fc.constantFrom('exact', 'rounded'),
        ),
        fc.tuple(value, value),
        fc.tuple(value, value),
        ([method, direction, cliff, rounding], [from, goal], [one, other]) => {
          const target = numberTarget({
            method,
            direction,
            cliff,
            rounding,
            expectedWithout: from,
            baseline: { year: 2012, measured: { value: from }, source: 'prøve' },
            targets: [{ year: 2014, value: goal }],
          })
          const worseFirst = compareExact(exact(one), exact(other)) <= 0 === (direction === 'rising')
          const [worse, better] = worseFirst ? [one, other] : [other, one]
          const [low, high] = [judgeValue(target, worse), judgeValue(target, better)]
          fc.pre(low.verdict !== 'not-assessable')
          expect(ranks.indexOf(high.verdict)).toBeGreaterThanOrEqual(ranks.indexOf(low.verdict))
          expect(compareExact(exact(high.counted!), exact(low.counted!))).not.toBe(-1)
        },
      ),
      { numRuns: 1000 },
    )
  })

  test('is indifferent to unit and scale: everything times the same number gives the same', () => {
    fc.assert(
      fc.property(
        methods,
        value,
        value,
        value,
        fc.constantFrom('0.01', '7', '1000', '1/3'),
        (method, from, goal, actual, factor) => {
          const scaled = (text: string, by: string) => exactText(mul(exact(text), exact(by)))
          const judge = (by: string) => {
            const one = judgeValue(
              numberTarget({
                method,
                measure: { type: 'number', unit: by === '1' ? 'uger' : 'dage', whole: false },
                expectedWithout: scaled(from, by),
                baseline: { year: 2012, measured: { value: scaled(from, by) }, source: 'prøve' },
                targets: [{ year: 2014, value: scaled(goal, by) }],
              }),
              scaled(actual, by),
            )
            return [one.verdict, one.reason, one.achieved, one.counted]
          }
          expect(judge(factor)).toEqual(judge('1'))
        },
      ),
      runs,
    )
  })

  test('a share is the same of twice as many: only its two numbers grow', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.nat(400),
        fc.integer({ min: 2, max: 50 }),
        (all, part, times) => {
          const judge = (by: number) => {
            const one = assess(inputFor(shareTarget(), { 479: [(part % (all + 1)) * by, all * by] }))
              .targets[0]!
            return [one.verdict, one.actual, one.achieved, one.counted]
          }
          expect(judge(times)).toEqual(judge(1))
        },
      ),
      runs,
    )
  })

  test('does not depend on the order of targets, figures, observations or assumptions', () => {
    fc.assert(
      fc.property(seed, fc.nat(100), (drawn, salt) => {
        const input = randomInput(drawn)
        const other: AssessmentInput = {
          ...input,
          targets: shuffled(input.targets, salt),
          figures: shuffled(input.figures, salt),
          observations: shuffled(input.observations, salt),
        }
        expect(byKey(assess(other))).toBe(byKey(assess(input)))
      }),
      runs,
    )
  })

  test('what counts lies between nothing and the cap, the whole and its coverage between 0 and 100', () => {
    fc.assert(
      fc.property(seed, (drawn) => {
        const input = randomInput(drawn)
        const { targets, overall, coverage } = assess(input)
        const within = (text: string, most: string) => {
          expect(compareExact(exact(text), exact('0'))).not.toBe(-1)
          expect(compareExact(exact(text), exact(most))).not.toBe(1)
        }
        within(coverage, '100')
        if (overall !== null) within(overall, '100')
        for (const one of targets) if (one.counted !== null) within(one.counted, '1.255')
      }),
      runs,
    )
  })
})

describe('the journal', () => {
  test('replayed gives the same state, and the same rules in whatever steps it is read', () => {
    const { state, events } = run(signedOf(svendborg.agreement), [
      { do: 'open-year', year: 2014 },
      observe('FS2', '83', 2014),
      observe('FS1', '160', 2015),
      { ...wish, triggerId: 'mail-2' },
      { do: 'settle', seq: 1, outcome: 'declined' },
    ])
    const start = signedOf(svendborg.agreement)
    const again = events.reduce(
      (before, event) => foldAgreement(before, [JSON.parse(JSON.stringify(event))]),
      start,
    )
    expect(canonicalJson(again)).toBe(canonicalJson(state))
    expect(canonicalJson(foldAgreement(start, events))).toBe(canonicalJson(state))
    expect(canonicalJson(agreementFolding.initial)).not.toBe(canonicalJson(state))
  })

  test('the order in which observations arrive changes no verdict', () => {
    const facts = { today: '2015-03-27', finalYears: [] }
    fc.assert(
      fc.property(fc.shuffledSubarray([70, 83, 61, 99, 140], { minLength: 5 }), (values) => {
        const state = values.reduce((before, drawn) => {
          const command = observe('FS2', String(drawn), 2014)
          const known = `2015-01-${String(10 + (drawn % 20)).padStart(2, '0')}`
          const dated =
            command.do === 'record-observation'
              ? { ...command, observation: { ...command.observation, knownOn: known } }
              : command
          const decision = decideAgreement(before, dated, facts)
          return decision.ok ? foldAgreement(before, decision.events) : before
        }, signedOf(svendborg.agreement))
        const verdict = assess(
          inputFor(
            shareTarget(),
            { 479: [50, 100] },
            {
              ruleVersion: 'r2',
              assumptions: [{ ...svendborg.agreement.assumptions[1]!, bearsOn: ['M1'] }],
              observations: state.observations.map((one) => one.observation),
            },
          ),
        ).targets[0]
        expect([verdict?.verdict, verdict?.working.at(-1)?.value]).toEqual([
          'not-met-assumption-failed',
          '99 against 60',
        ])
      }),
    )
  })
})

describe('a final year', () => {
  const acts: readonly ((world: ReviewWorld) => unknown)[] = [
    (world) => world.mail({ values: { M2: number(40) } }),
    (world) => world.mail({ values: allFigures }),
    (world) => world.mail({ standing: 'provisional', values: { M2: number(41) } }),
    (world) => world.mail({ standing: 'held', contactId: null, values: { M2: number(42) } }),
    (world) => world.mail({ confirms: true }),
    (world) => world.mail({ values: { Høringssvar: { is: 'hearing-reply', comments: true } } }),
    (world) => world.decide({ do: 'approve', subject: world.subject }, anders),
    (world) => world.pass(addMs(world.now, 40 * 24 * 60 * 60 * 1000)),
  ]

  test('takes nothing in without a new version: what was final stays as it was until a person reopens it', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...acts), { maxLength: 8 }), (list) => {
        const world = inHearing().pass(on('2015-03-25', '00:00'))
        const before = canonicalJson(world.state.finals)
        expect(world.state.finals).toHaveLength(1)
        for (const act of list) act(world)
        expect(canonicalJson(world.state.finals)).toBe(before)
        expect(['assessed', 'closed']).toContain(world.state.status)
      }),
      { numRuns: 60 },
    )
  })
})
