import * as fc from 'fast-check'
import { publishedRules } from '../../../functions/domain/judging/disclosure.ts'
import type { ShownFigure } from '../../../functions/domain/report/report.ts'
import { attack, type Sum } from './attacker.ts'

/** Versions of a published table, and what somebody who has all of them can tell. */
const { threshold } = publishedRules
export const codes = ['479', '450', '461', '510']

/** Each member's counts in each version: of which, and the rest. */
export type Counts = readonly (readonly [number, number])[]

export const table = fc.array(fc.tuple(fc.nat(25), fc.nat(25)), { minLength: 1, maxLength: 4 })
/** A correction: some members by a few, or by many, or to something else. */
const correction = fc.array(
  fc.tuple(
    fc.nat(3),
    fc.oneof(
      fc.tuple(fc.integer({ min: -4, max: 4 }), fc.integer({ min: -4, max: 4 })),
      fc.tuple(fc.integer({ min: -25, max: 25 }), fc.integer({ min: -25, max: 25 })),
    ),
  ),
  { minLength: 0, maxLength: 2 },
)
const corrected = (
  counts: Counts,
  changes: readonly (readonly [number, readonly [number, number]])[],
): Counts =>
  counts.map(([part, rest], index) =>
    changes
      .filter(([at]) => at === index)
      .reduce<readonly [number, number]>(
        ([a, b], [, [x, y]]) => [Math.max(0, a + x), Math.max(0, b + y)],
        [part, rest],
      ),
  )
export const versions = fc
  .tuple(table, fc.array(correction, { maxLength: 3 }))
  .map(([first, changes]) =>
    changes.reduce<readonly Counts[]>((all, change) => [...all, corrected(all.at(-1)!, change)], [first]),
  )

/** What of a version is printed: each member or null, and the sum or null. */
export interface Shown {
  readonly members: readonly (readonly [number, number] | null)[]
  readonly total: readonly [number, number] | null
}

/** A member's number is the same unknown as long as no correction has named it. */
const nameIn = (all: readonly Counts[], version: number, member: number): string => {
  let since = version
  const same = (a: number, b: number) => String(all[a]?.[member]) === String(all[b]?.[member])
  while (since > 0 && same(since - 1, since)) since -= 1
  return `${codes[member]}@${since}`
}

/** The printed sums as an attacker writes them, of which (0) or the rest (1), and the names that were printed. */
const knowledge = (all: readonly Counts[], shown: readonly Shown[], side: 0 | 1) => {
  const printed = new Map<string, number>()
  shown.forEach((one, version) =>
    one.members.forEach((cell, member) => {
      if (cell !== null) printed.set(nameIn(all, version, member), cell[side])
    }),
  )
  const sums: Sum[] = shown.flatMap((one, version) =>
    one.total === null
      ? []
      : [{ names: one.members.map((_, member) => nameIn(all, version, member)), total: one.total[side] }],
  )
  const known: Sum[] = [...printed].map(([name, total]) => ({ names: [name], total }))
  return { sums: [...known, ...sums], printed }
}

/** Hidden numbers that can be told closer than the threshold. */
export const derivable = (all: readonly Counts[], shown: readonly Shown[]): readonly string[] =>
  ([0, 1] as const).flatMap((side) => {
    const { sums, printed } = knowledge(all, shown, side)
    return [...attack(sums)]
      .filter(([name, [least, most]]) => !printed.has(name) && most - least < threshold)
      .map(([name, range]) => `${name} ${side === 0 ? 'of which' : 'the rest'} ${range.join('–')}`)
  })

/**
 * Small numbers that one of the members itself can tell, who knows its own in every version. What is not small may
 * be told: it was hidden for another's sake.
 */
export const derivableByMember = (all: readonly Counts[], shown: readonly Shown[]): readonly string[] =>
  all[0]!.flatMap((_, insider) =>
    ([0, 1] as const).flatMap((side) => {
      const { sums, printed } = knowledge(all, shown, side)
      const own = all.map((counts, version): Sum => ({
        names: [nameIn(all, version, insider)],
        total: counts[insider]![side],
      }))
      const small = new Set(
        all.flatMap((counts, version) =>
          counts.flatMap((cell, member) =>
            Math.min(...cell) < threshold && Math.max(...cell) > 0 ? [nameIn(all, version, member)] : [],
          ),
        ),
      )
      return [...attack([...sums, ...own])]
        .filter(([name, [least, most]]) => small.has(name) && !printed.has(name) && most - least < threshold)
        .filter(([name]) => !name.startsWith(codes[insider]!))
        .map(([name, range]) => `${codes[insider]} tells ${name} ${range.join('–')}`)
    }),
  )

export const pairOf = (figure: ShownFigure): readonly [number, number] | null =>
  figure.is === 'share'
    ? [Number(figure.numerator), Number(figure.denominator) - Number(figure.numerator)]
    : null
