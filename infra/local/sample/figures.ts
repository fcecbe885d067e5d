import type { Measured } from '../../../functions/domain/agreement/content.ts'

/** What a target's figures are made to lead to. */
export type Outcome = 'met' | 'partlyMet' | 'notMet'

/** Share of the way from baseline to target for an outcome, far enough from the limits that rounding to persons keeps it. */
export const wayFor: Readonly<Record<Outcome, number>> = { met: 1.2, partlyMet: 0.8, notMet: 0.2 }

/** A share as its two whole numbers, nearest to a percentage. */
export function share(denominator: number, pct: number): { numerator: string; denominator: string } {
  return { numerator: String(Math.round((denominator * pct) / 100)), denominator: String(denominator) }
}

/** The percentage of a share; only used to aim at an outcome, never to judge. */
export const pctOf = (of: { numerator: string; denominator: string }): number =>
  (Number(of.numerator) / Number(of.denominator)) * 100

/** A small generator of numbers that are the same on every machine (mulberry32). */
export function dice(seed: number): (from: number, to: number) => number {
  let state = seed >>> 0
  return (from, to) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return from + Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * (to - from + 1))
  }
}

/** Adds shares member by member, as a partnership's figure is made. */
export function sumOfShares(shares: readonly { numerator: string; denominator: string }[]): Measured {
  const sum = (pick: (one: { numerator: string; denominator: string }) => string): string =>
    String(shares.reduce((total, one) => total + Number(pick(one)), 0))
  return { numerator: sum((one) => one.numerator), denominator: sum((one) => one.denominator) }
}
