import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  differenceDiscloses,
  isDisclosive,
  isSmallCount,
  maySeeSum,
  publishedRules,
  suppress,
  suppressedFor,
} from '../../../functions/domain/judging/disclosure.ts'
import type { Cell, PublishedTable } from '../../../functions/domain/judging/disclosure.ts'
import { inputFor, shareTarget } from './judging-input.ts'

const cell = (municipality: string, numerator: number, denominator: number): Cell => ({
  municipality,
  numerator: BigInt(numerator),
  denominator: BigInt(denominator),
})
const rules = publishedRules

describe('disclosure', () => {
  test('few persons on either side of the share are not shown, nor nobody or everybody', () => {
    const hidden = (numerator: number, denominator: number) =>
      isDisclosive(cell('a', numerator, denominator), rules)
    expect([hidden(4, 50), hidden(46, 50), hidden(0, 50), hidden(50, 50), hidden(2, 4)]).toEqual([
      true,
      true,
      true,
      true,
      true,
    ])
    expect([hidden(5, 50), hidden(45, 50), hidden(0, 0)]).toEqual([false, false, false])
    expect(isDisclosive(cell('a', 0, 50), { threshold: 3, zero: 'show' })).toBe(false)
    const shown = { threshold: 5, zero: 'show' } as const
    expect([isDisclosive(cell('a', 0, 4), shown), isDisclosive(cell('a', 0, 5), shown)]).toEqual([
      true,
      false,
    ])
    expect([0n, 4n, 5n].map((persons) => isSmallCount(persons, rules))).toEqual([true, true, false])
    expect(isSmallCount(0n, shown)).toBe(false)
  })

  test('one suppressed member takes two more with it: one alone would know its own number, and so the other’s', () => {
    const cells = [cell('810', 20, 60), cell('813', 30, 90), cell('825', 2, 9), cell('851', 40, 99)]
    expect(suppress(cells, rules)).toEqual({ municipalities: ['810', '813', '825'], total: false })
    expect(suppress([cell('851', 40, 99), ...cells.slice(0, 3).toReversed()], rules).municipalities).toEqual([
      '825',
      '813',
      '810',
    ])
    expect(
      suppress([cell('810', 45, 99), cell('813', 30, 90), cell('825', 2, 20), cell('851', 20, 60)], rules),
    ).toEqual({ municipalities: ['813', '825', '851'], total: false })
    expect(suppress(cells.slice(0, 3), rules)).toEqual({
      municipalities: ['810', '813', '825'],
      total: false,
    })
  })

  test('of two members with a small number the sum is not shown either: each would know the other’s', () => {
    expect(suppress([cell('810', 20, 60), cell('825', 2, 9)], rules)).toEqual({
      municipalities: ['810', '825'],
      total: true,
    })
  })

  test('two suppressed members whose sum is still small take two more', () => {
    const cells = [cell('1', 1, 9), cell('2', 1, 9), cell('3', 20, 60), cell('4', 30, 90), cell('5', 40, 99)]
    expect(suppress(cells, rules)).toEqual({ municipalities: ['1', '2', '3', '4'], total: false })
  })

  test('of equally many persons the lower code goes first, and a member without any covers nothing', () => {
    const equal = [cell('4', 30, 90), cell('3', 30, 90), cell('2', 30, 90), cell('1', 2, 9), cell('5', 0, 0)]
    expect(suppress(equal, rules)).toEqual({ municipalities: ['3', '2', '1'], total: false })
    expect(suppress(equal.toReversed(), rules).municipalities).toEqual(['1', '2', '3'])
    expect(suppress([cell('1', 2, 9), cell('5', 0, 0), cell('3', 30, 90)], rules)).toEqual({
      municipalities: ['1', '3'],
      total: true,
    })
  })

  describe('a later version beside what has been published', () => {
    const first = [cell('1', 2, 20), cell('2', 20, 60), cell('3', 30, 90), cell('4', 40, 99)]
    const printed: PublishedTable = { cells: first, suppression: suppress(first, rules) }
    const later = (changed: Cell) =>
      suppress(
        first.map((one) => (one.municipality === changed.municipality ? changed : one)),
        rules,
        [printed],
      )

    test('beside a printed sum a new one needs the same hidden members with the same numbers', () => {
      expect(printed.suppression).toEqual({ municipalities: ['1', '2', '3'], total: false })
      expect(suppress(first, rules, [printed])).toEqual(printed.suppression)
      expect(later(cell('4', 60, 99))).toEqual(printed.suppression)
      expect(later(cell('1', 22, 60))).toEqual({ municipalities: ['1', '2', '3'], total: true })
      expect(later(cell('2', 20, 61))).toEqual({ municipalities: ['1', '2', '3'], total: true })
      expect(later(cell('4', 43, 99))).toEqual({ municipalities: ['1', '2', '3', '4'], total: true })
      expect(suppress(first.toSpliced(2, 1), rules, [printed])).toEqual({
        municipalities: ['1', '2'],
        total: true,
      })
      const otherwise = { ...printed, cells: [cell('1', 22, 60), ...first.slice(1)] }
      expect(suppress(first, rules, [printed, otherwise]).total).toBe(true)
      const joined = [...first, cell('5', 40, 99)]
      expect(suppress(joined, rules, [printed])).toEqual(printed.suppression)
      expect(suppress([...first, cell('5', 1, 9)], rules, [printed])).toEqual({
        municipalities: ['1', '2', '3', '5'],
        total: true,
      })
    })

    test('what was printed and is unchanged covers nothing, what has changed by many does', () => {
      const [small, two, three] = [cell('1', 2, 9), cell('2', 20, 60), cell('3', 30, 90)]
      const table = (municipalities: readonly string[], ...cells: readonly Cell[]): PublishedTable => ({
        cells,
        suppression: { municipalities, total: true },
      })
      const before = table(['1'], small, two, three)
      const changed = [cell('2', 40, 60), cell('3', 60, 90)] as const
      expect(suppress([small, two, three], rules, [before])).toEqual({ municipalities: ['1'], total: true })
      expect(suppress([cell('1', 22, 60), two, three], rules, [before])).toEqual({
        municipalities: ['1'],
        total: true,
      })
      expect(suppress([small, changed[0], three], rules, [before])).toEqual({
        municipalities: ['1', '2'],
        total: true,
      })
      expect(suppress([small, ...changed], rules, [before])).toEqual({
        municipalities: ['1', '2', '3'],
        total: false,
      })
      const sinceHidden = table(['1', '2', '3'], small, two, three)
      expect(suppress([small, two, three], rules, [before, sinceHidden]).total).toBe(true)
      expect(
        suppress([small, ...changed], rules, [before, table(['1', '2', '3'], small, ...changed)]),
      ).toEqual({
        municipalities: ['1', '2', '3'],
        total: false,
      })
    })

    test('hidden members who have become nobody are not told by their sum', () => {
      const cells = [cell('1', 0, 0), cell('2', 0, 0), cell('3', 30, 90)]
      const before: PublishedTable = { cells, suppression: { municipalities: ['1', '2'], total: true } }
      expect(suppress(cells, rules, [before])).toEqual({ municipalities: ['1', '2'], total: true })
    })
  })

  test('a municipality alone is its own sum', () => {
    expect(suppress([cell('825', 2, 9)], rules)).toEqual({ municipalities: ['825'], total: true })
    expect(suppress([cell('461', 61, 134)], rules)).toEqual({ municipalities: [], total: false })
  })

  test('a member’s letter shows the sum only where the others cannot be computed', () => {
    expect(maySeeSum('810', [cell('810', 20, 60), cell('813', 30, 90)], rules)).toBe(false)
    expect(maySeeSum('810', [cell('810', 20, 60), cell('813', 30, 90), cell('825', 2, 9)], rules)).toBe(true)
    expect(maySeeSum('813', [cell('813', 30, 90), cell('810', 1, 9), cell('825', 2, 9)], rules)).toBe(false)
    expect(maySeeSum('479', [cell('479', 2, 9)], rules)).toBe(true)
    const target = shareTarget({ reportedBy: ['479', '450', '461'] })
    const input = inputFor(target, { 479: [30, 90], 450: [1, 9], 461: [2, 9] })
    expect([...suppressedFor(input, '479')]).toEqual(['M1'])
    expect([...suppressedFor(input, '450')]).toEqual([])
    expect([...suppressedFor({ ...input, targets: [{ ...target, key: 'M2' as never }] }, '479')]).toEqual([])
    const withNumber = inputFor(
      target,
      { 479: [30, 90], 450: 'not-available' },
      {
        figures: [
          ...inputFor(target, { 479: [30, 90], 450: 'not-available' }).figures,
          {
            target: target.key,
            municipality: '461',
            given: { given: 'measured', measured: { value: '3' } },
          },
        ],
      },
    )
    expect([...suppressedFor(withNumber, '479')]).toEqual([])
  })

  test('a correction by a few persons would show them', () => {
    expect(differenceDiscloses(cell('a', 61, 134), cell('a', 63, 134), rules)).toBe(true)
    expect(differenceDiscloses(cell('a', 61, 134), cell('a', 61, 134), rules)).toBe(false)
    expect(differenceDiscloses(cell('a', 61, 134), cell('a', 16, 134), rules)).toBe(false)
    for (const [few, difference] of [
      [true, 4],
      [false, 5],
    ] as const)
      for (const changed of [61 + difference, 61 - difference]) {
        expect(differenceDiscloses(cell('a', 61, 134), cell('a', changed, 134), rules)).toBe(few)
        expect(differenceDiscloses(cell('a', 20, 61), cell('a', 20, changed), rules)).toBe(few)
      }
  })

  test('nothing small can be computed from what is printed', () => {
    const cells = fc
      .array(
        fc.nat(60).chain((all) => fc.nat(all).map((part) => [part, all] as const)),
        { minLength: 1, maxLength: 6 },
      )
      .map((list) => list.map(([part, all], index) => cell(String(101 + index), part, all)))
    fc.assert(
      fc.property(cells, (list) => {
        const { municipalities, total } = suppress(list, rules)
        const hidden = list.filter((one) => municipalities.includes(one.municipality))
        const printed = list.filter((one) => !municipalities.includes(one.municipality))
        for (const one of printed) expect(isDisclosive(one, rules)).toBe(false)
        if (hidden.length > 0 && !total) {
          expect(hidden.length).toBeGreaterThan(1)
          const sum = hidden.reduce((all, one) => ({
            ...all,
            numerator: all.numerator + one.numerator,
            denominator: all.denominator + one.denominator,
          }))
          expect(isDisclosive(sum, rules)).toBe(false)
        }
      }),
    )
  })
})
