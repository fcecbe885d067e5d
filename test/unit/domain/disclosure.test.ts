import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  differenceDiscloses,
  isDisclosive,
  maySeeSum,
  publishedRules,
  suppress,
} from '../../../functions/domain/judging/disclosure.ts'
import type { Cell } from '../../../functions/domain/judging/disclosure.ts'

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
  })

  test('one suppressed member takes two more with it: one alone would know its own number, and so the other’s', () => {
    const cells = [cell('810', 20, 60), cell('813', 30, 90), cell('825', 2, 9), cell('851', 40, 99)]
    expect(suppress(cells, rules)).toEqual({ municipalities: ['810', '813', '825'], total: false })
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

  test('a municipality alone is its own sum', () => {
    expect(suppress([cell('825', 2, 9)], rules)).toEqual({ municipalities: ['825'], total: true })
    expect(suppress([cell('461', 61, 134)], rules)).toEqual({ municipalities: [], total: false })
  })

  test('a member’s letter shows the sum only where the others cannot be computed', () => {
    expect(maySeeSum('810', [cell('810', 20, 60), cell('813', 30, 90)], rules)).toBe(false)
    expect(maySeeSum('810', [cell('810', 20, 60), cell('813', 30, 90), cell('825', 2, 9)], rules)).toBe(true)
    expect(maySeeSum('813', [cell('813', 30, 90), cell('810', 1, 9), cell('825', 2, 9)], rules)).toBe(false)
    expect(maySeeSum('479', [cell('479', 2, 9)], rules)).toBe(true)
  })

  test('a correction by a few persons would show them', () => {
    expect(differenceDiscloses(cell('a', 61, 134), cell('a', 63, 134), rules)).toBe(true)
    expect(differenceDiscloses(cell('a', 61, 134), cell('a', 61, 134), rules)).toBe(false)
    expect(differenceDiscloses(cell('a', 61, 134), cell('a', 16, 134), rules)).toBe(false)
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
