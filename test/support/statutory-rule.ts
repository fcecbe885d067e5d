import { compareExact, exact, isZero, sub } from '../../functions/domain/base/exact.ts'
import { testAssumption } from '../../functions/domain/agreement/assumption-rules.ts'

/** A rule of the statute on the national figure (integrationsloven § 6), by the date it is known for. */
interface StatutoryRule {
  /** The first day the source knows it for. */
  readonly knownFrom: string
  /** For a figure of at most this many; null: of any size. */
  readonly upTo: number | null
  readonly mustChangeAtMoreThanPct: string
  readonly source: string
}

/**
 * What was in force between was not found: 50 pct. is the reading for 2014 and 2015, and the later wording is
 * dated by the bill that has it.
 */
export const statutoryRules: readonly StatutoryRule[] = [
  {
    knownFrom: '2013-05-17',
    upTo: null,
    mustChangeAtMoreThanPct: '50',
    source: 'dengodemodtagelse.dk, »Hvad siger loven?«, 17. maj 2013',
  },
  {
    knownFrom: '2017-11-15',
    upTo: 8000,
    mustChangeAtMoreThanPct: '40',
    source: 'danskelove.dk/integrationsloven/6; ordlyden af L 97, fremsat 15. november 2017',
  },
  {
    knownFrom: '2017-11-15',
    upTo: null,
    mustChangeAtMoreThanPct: '25',
    source: 'danskelove.dk/integrationsloven/6; ordlyden af L 97, fremsat 15. november 2017',
  },
]

/** The statute's rule for a national figure on a date; null before the first one known. */
export const statutoryRuleOn = (date: string, landstal: string): StatutoryRule | null => {
  const from = statutoryRules
    .map((one) => one.knownFrom)
    .filter((day) => day <= date)
    .sort()
    .at(-1)
  const rules = statutoryRules.filter((one) => one.knownFrom === from)
  return (
    rules.find((one) => one.upTo !== null && compareExact(exact(landstal), exact(String(one.upTo))) <= 0) ??
    rules.find((one) => one.upTo === null) ??
    null
  )
}

/** The expected change of a national figure, by the statute of a date: is it one that must be made? */
export const landstalChange = (
  from: string,
  to: string,
  on: string,
): {
  readonly must: boolean
  readonly direction: 'up' | 'down' | 'none'
  readonly changePct: string | null
  readonly limitPct: string | null
} => {
  const rule = statutoryRuleOn(on, from)
  const test = testAssumption(
    {
      reference: { value: from },
      rule: {
        kind: 'relative',
        limit: rule?.mustChangeAtMoreThanPct ?? '0',
        minAbsolute: '0',
        direction: 'both',
      },
    },
    { value: to },
  )
  const difference = sub(exact(to), exact(from))
  return {
    must: rule !== null && test.beyond,
    direction: isZero(difference) ? 'none' : difference.s < 0n ? 'down' : 'up',
    changePct: test.changePct,
    limitPct: rule?.mustChangeAtMoreThanPct ?? null,
  }
}
