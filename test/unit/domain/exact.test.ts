import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  add,
  compareExact,
  div,
  exact,
  exactText,
  mul,
  roundHalfUp,
  sub,
  whole,
} from '../../../functions/domain/base/exact.ts'

const numbers = fc
  .tuple(fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }), fc.bigInt({ min: 1n, max: 10n ** 6n }))
  .map(([over, under]) => div(whole(over), whole(under)))

describe('exact numbers', () => {
  test('(0.56-0.50)/(0.60-0.50) is exactly 0.6', () => {
    const share = div(sub(exact('0.56'), exact('0.50')), sub(exact('0.60'), exact('0.50')))
    expect(compareExact(share, exact('0.6'))).toBe(0)
    expect(exactText(share)).toBe('0.6')
  })

  test('a number that never ends stays a fraction', () => {
    expect(exactText(exact('61/134'))).toBe('61/134')
    expect(exactText(exact('122/268'))).toBe('61/134')
    expect(exactText(exact('-0.050'))).toBe('-0.05')
    expect(exactText(exact('1.5/3'))).toBe('0.5')
  })

  test('text survives a round trip', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        expect(compareExact(exact(exactText(number)), number)).toBe(0)
      }),
    )
  })

  test('halves round away from zero, on both sides', () => {
    expect(roundHalfUp(exact('2.345'), 2)).toBe('2.35')
    expect(roundHalfUp(exact('-2.345'), 2)).toBe('-2.35')
    expect(roundHalfUp(exact('59.96'), 1)).toBe('60.0')
    expect(roundHalfUp(exact('-0.04'), 1)).toBe('0.0')
    expect(roundHalfUp(exact('0.5'), 0)).toBe('1')
  })

  test('rounding is symmetric and never off by more than a half', () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 0, max: 4 }), (number, decimals) => {
        const rounded = exact(roundHalfUp(number, decimals))
        const mirrored = exact(roundHalfUp(number.neg(), decimals))
        expect(compareExact(rounded, mirrored.neg())).toBe(0)
        const off = mul(sub(rounded, number).abs(), whole(2n * 10n ** BigInt(decimals)))
        expect(compareExact(off, whole(1))).not.toBe(1)
      }),
    )
  })

  test('what is no exact number is refused', () => {
    for (const text of ['', '1,5', '1e3', '.5', '1/0', 'NaN', '--1'])
      expect(() => exact(text)).toThrow(RangeError)
    expect(() => div(whole(1), whole(0))).toThrow(RangeError)
    expect(exactText(add(exact('0.1'), exact('0.2')))).toBe('0.3')
  })
})
