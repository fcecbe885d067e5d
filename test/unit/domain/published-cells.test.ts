import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Target } from '../../../functions/domain/agreement/content.ts'
import {
  publishedRules,
  suppress,
  type Cell,
  type PublishedTable,
} from '../../../functions/domain/judging/disclosure.ts'
import { exact, roundHalfUp } from '../../../functions/domain/base/exact.ts'
import { assess } from '../../../functions/domain/judging/rule.ts'
import {
  publishedFigures,
  type PublishedFigures,
} from '../../../functions/domain/report/figure-disclosure.ts'
import {
  codes,
  derivable,
  derivableByMember,
  pairOf,
  table,
  versions,
  type Counts,
  type Shown,
} from '../../support/judging/published-versions.ts'
import { inputFor, shareTarget } from './judging-input.ts'

const cellsOf = (counts: Counts): Cell[] =>
  counts.map(([part, rest], index) => ({
    municipality: codes[index]!,
    numerator: BigInt(part),
    denominator: BigInt(part + rest),
  }))

const shownBySuppress = (all: readonly Counts[]): readonly Shown[] => {
  const before: PublishedTable[] = []
  return all.map((counts) => {
    const cells = cellsOf(counts)
    const suppression = suppress(cells, publishedRules, [...before])
    before.push({ cells, suppression })
    const sum = counts.reduce<readonly [number, number]>(([a, b], [x, y]) => [a + x, b + y], [0, 0])
    return {
      members: counts.map((cell, index) =>
        suppression.municipalities.includes(codes[index]!) ? null : cell,
      ),
      total: suppression.total ? null : sum,
    }
  })
}

describe('no published cell can be derived', () => {
  test('from the sum and the other members, in one version, not even by a member', () => {
    fc.assert(
      fc.property(table, (counts) => {
        expect(derivable([counts], shownBySuppress([counts]))).toEqual([])
        expect(derivableByMember([counts], shownBySuppress([counts]))).toEqual([])
      }),
      { numRuns: 1500 },
    )
  })

  test('from up to four versions side by side, not even by a member', () => {
    fc.assert(
      fc.property(versions, (all) => {
        expect(derivable(all, shownBySuppress(all))).toEqual([])
        expect(derivableByMember(all, shownBySuppress(all))).toEqual([])
      }),
      { numRuns: 10_000 },
    )
  }, 60_000)

  test('and what can be printed is: a correction of a printed member by many leaves the sum', () => {
    const [one, two, three] = [[20, 40] as const, [2, 7] as const, [25, 45] as const]
    const all: readonly Counts[] = [
      [one, two, three, [30, 60]],
      [one, two, three, [50, 60]],
    ]
    expect(shownBySuppress(all)).toEqual([
      { members: [null, null, null, [30, 60]], total: [77, 152] },
      { members: [null, null, null, [50, 60]], total: [97, 152] },
    ])
  })

  test('from the figures, sums and percentages of the joint report, corrections among them', () => {
    fc.assert(
      fc.property(versions, (all) => {
        fc.pre(all[0]!.length > 1)
        const target: Target = shareTarget({ reportedBy: codes.slice(0, all[0]!.length), method: 'level' })
        const assessments = all.map((counts) =>
          assess(
            inputFor(
              target,
              Object.fromEntries(counts.map(([part, rest], index) => [codes[index]!, [part, part + rest]])),
              { ruleVersion: 'r2' },
            ),
          ),
        )
        const figures = assessments.map((one, index) =>
          publishedFigures(target, one, assessments.slice(0, index)),
        )
        const shown = figures.map((one: PublishedFigures) => ({
          members: one.members.map((member) => pairOf(member.figure)),
          total: pairOf(one.figure),
        }))
        expect(derivable(all, shown)).toEqual([])
        expect(derivableByMember(all, shown)).toEqual([])
        for (const one of figures)
          for (const figure of [one.figure, ...one.members.map((member) => member.figure)])
            if (figure.is === 'suppressed') expect(Object.keys(figure)).toEqual(['is'])
      }),
      { numRuns: 400 },
    )
  }, 60_000)

  test('a percentage printed beside a hidden count would tell it: the attack finds what must not be printed', () => {
    // Of 9 persons 22,2 pct.: only 2 of 9 prints so.
    const fits = Array.from({ length: 10 }, (_, part) => part).filter(
      (part) => roundHalfUp(exact(`${part * 100}/9`), 1) === '22.2',
    )
    expect(fits).toEqual([2])
    const open = { members: [[20, 40] as const, null], total: [22, 47] as const }
    const all = [
      [
        [20, 40],
        [2, 7],
      ],
    ] as const
    expect(derivable(all, [open])).toEqual(['450@0 of which 2–2', '450@0 the rest 7–7'])
  })

  test('the attack sees through versions: a hidden member, unchanged, printed again gives away the other', () => {
    const all: readonly Counts[] = [
      [
        [20, 40],
        [2, 7],
        [30, 60],
      ],
      [
        [20, 40],
        [2, 7],
        [30, 70],
      ],
    ]
    const shown: readonly Shown[] = [
      { members: [null, null, [30, 60]], total: [52, 107] },
      { members: [[20, 40], null, [30, 70]], total: null },
    ]
    expect(derivable(all, shown)).toEqual(['450@0 of which 2–2', '450@0 the rest 7–7'])
  })
})

describe('a count that runs over years', () => {
  const target = shareTarget({
    measure: { type: 'number', unit: 'personer', whole: true },
    method: 'level',
    baseline: null,
    cumulativeFrom: 2012,
    targets: [{ year: 2014, value: '20' }],
  })
  const published = (years: readonly number[], now: number) => {
    const history = years.map((value, index) => ({
      year: 2012 + index,
      municipality: '479',
      measured: { value: String(value) },
    }))
    const running = { ...target, history }
    const figures = [
      {
        target: 'M1',
        municipality: '479',
        given: { given: 'measured' as const, measured: { value: String(now) } },
      },
    ]
    return publishedFigures(running, assess(inputFor(running, {}, { figures }))).figure
  }

  test('is printed only when no year of it is small: a sum less last year’s would show it', () => {
    expect(published([8, 9], 7)).toEqual({ is: 'number', value: '24' })
    expect(published([8, 9], 2)).toEqual({ is: 'suppressed' })
    expect(published([8, 3], 9)).toEqual({ is: 'suppressed' })
  })
})
