import { compareExact, exact, isZero, sub } from '../base/exact.ts'
import { assumptionTest } from './assumption-test.ts'
import type { AssumptionTest } from './assumption-test.ts'
import type { Assumption, assumptionTypes } from './content.ts'

/**
 * When a change of an assumption is material (DOMAIN.md 5): by the agreement's own limit. The defaults here are
 * what a new agreement is offered; the statute's rule is a model beside them and judges no agreement.
 */

export type AssumptionType = (typeof assumptionTypes)[number]
type Rule = Assumption['rule']

const anyChange: Rule = { kind: 'any', limit: '0', minAbsolute: '0', direction: 'both' }
const byHand: Rule = { kind: 'by-hand', limit: '0', minAbsolute: '0', direction: 'both' }

/** The default rule of each type (DOMAIN.md 5.3), written into an agreement when it is made. */
export const defaultRules: Readonly<Record<AssumptionType, Rule>> = {
  /** More than 40 pct. and at least 10 persons, so that Fanø's 3 to 9 is none. */
  quota: { kind: 'relative', limit: '40', minAbsolute: '10', direction: 'both' },
  /** Any reduction, else more than 10 pct. */
  appropriation: { kind: 'relative', limit: '10', limitDown: '0', minAbsolute: '0', direction: 'both' },
  law: byHand,
  definition: anyChange,
  'municipal-structure': anyChange,
  'ministry-remit': anyChange,
  /** At least two percentage points. */
  'business-cycle': { kind: 'absolute', limit: '0', minAbsolute: '2', direction: 'both' },
  'target-group-size': { kind: 'relative', limit: '25', minAbsolute: '0', direction: 'both' },
  'error-in-assumption': anyChange,
  local: byHand,
}

/** What a hit of each type leads to. A hit is a question at most, never a renegotiation by itself. */
export const consequences: Readonly<
  Record<AssumptionType, 'question' | 're-basing' | 'party-change' | 'question-of-error'>
> = {
  quota: 'question',
  appropriation: 'question',
  law: 'question',
  definition: 're-basing',
  'municipal-structure': 'question',
  'ministry-remit': 'party-change',
  'business-cycle': 'question',
  'target-group-size': 'question',
  'error-in-assumption': 'question-of-error',
  local: 'question',
}

/**
 * The test of one observed value by the agreement's own rule, with a limit of its own for a decrease where it
 * has one. The judging rule reads this: once released, a change of meaning here is a new function and a new
 * rule.
 */
export const testAssumption = (
  assumption: Pick<Assumption, 'reference' | 'rule'>,
  observation: { readonly value: string },
): AssumptionTest => {
  const { reference, rule } = assumption
  const isDecrease = compareExact(exact(observation.value), exact(reference.value)) < 0
  if (rule.limitDown === undefined || !isDecrease) return assumptionTest(assumption, observation)
  return assumptionTest({ reference, rule: { ...rule, limit: rule.limitDown } }, observation)
}

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
  const test = assumptionTest(
    {
      reference: { value: from, on, source: rule?.source ?? '', derived: false },
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
