import * as z from 'zod'
import { abs, compareExact, div, exact, exactText, isZero, mul, sub, whole } from '../base/exact.ts'
import type { Exact } from '../base/exact.ts'
import { exactSchema, keysOf } from '../base/values.ts'

/**
 * When a change of an assumption is material: by the agreement's own limit. A further type or kind of rule is a
 * row; the compiler asks for the rest.
 */

interface Change {
  readonly difference: Exact
  /** Null from a reference of zero. */
  readonly changePct: Exact | null
  readonly limit: Exact
}

interface RuleKind {
  /** In the agreement's form. */
  readonly label: string
  readonly isOver: (change: Change) => boolean
  /** A person judges: a value other than the reference is that person's yes, whatever its size and direction. */
  readonly byPerson: boolean
}

export const ruleKinds = {
  relative: {
    label: 'relativ ændring (pct.)',
    // From a reference of zero any relative change is beyond every limit.
    isOver: ({ changePct, limit }) => changePct === null || compareExact(abs(changePct), limit) > 0,
    byPerson: false,
  },
  absolute: {
    label: 'ændring i tal',
    isOver: ({ difference, limit }) => compareExact(abs(difference), limit) > 0,
    byPerson: false,
  },
  any: { label: 'enhver ændring', isOver: () => true, byPerson: false },
  'by-hand': { label: 'afgøres af sagsbehandler', isOver: () => true, byPerson: true },
} as const satisfies Readonly<Record<string, RuleKind>>

export const assumptionRuleSchema = z.strictObject({
  kind: z.enum(keysOf(ruleKinds)),
  /** A change counts when it is more than this: percent for a relative rule. */
  limit: exactSchema,
  /** And at least this much, in the unit. */
  minAbsolute: exactSchema,
  direction: z.enum(['both', 'up', 'down']),
  /** The limit of a decrease where it is another than that of an increase (optional: `limit`). */
  limitDown: exactSchema.optional(),
})
type AssumptionRule = z.infer<typeof assumptionRuleSchema>

interface TypeRow {
  /** What a new agreement is offered, and what is written into it when it is made. */
  readonly usualRule: AssumptionRule
  /** What a hit leads to: a question at most, never a renegotiation by itself. */
  readonly leadsTo: 'question' | 're-basing' | 'party-change' | 'question-of-error'
}

const anyChange: AssumptionRule = { kind: 'any', limit: '0', minAbsolute: '0', direction: 'both' }
const byHand: AssumptionRule = { kind: 'by-hand', limit: '0', minAbsolute: '0', direction: 'both' }

export const assumptionTypes = {
  /** More than 40 pct. and at least 10 persons, so that Fanø's 3 to 9 is none. */
  quota: {
    usualRule: { kind: 'relative', limit: '40', minAbsolute: '10', direction: 'both' },
    leadsTo: 'question',
  },
  /** Any reduction, else more than 10 pct. */
  appropriation: {
    usualRule: { kind: 'relative', limit: '10', limitDown: '0', minAbsolute: '0', direction: 'both' },
    leadsTo: 'question',
  },
  law: { usualRule: byHand, leadsTo: 'question' },
  /** Counted another way than the agreement was made on: no comparison until it is re-based. */
  definition: { usualRule: anyChange, leadsTo: 're-basing' },
  'municipal-structure': { usualRule: anyChange, leadsTo: 'question' },
  /** A change of the ministry's own remit changes a party, and leaves every target as it is. */
  'ministry-remit': { usualRule: anyChange, leadsTo: 'party-change' },
  /** At least two percentage points. */
  'business-cycle': {
    usualRule: { kind: 'absolute', limit: '0', minAbsolute: '2', direction: 'both' },
    leadsTo: 'question',
  },
  'target-group-size': {
    usualRule: { kind: 'relative', limit: '25', minAbsolute: '0', direction: 'both' },
    leadsTo: 'question',
  },
  'error-in-assumption': { usualRule: anyChange, leadsTo: 'question-of-error' },
  local: { usualRule: byHand, leadsTo: 'question' },
} as const satisfies Readonly<Record<string, TypeRow>>
export const assumptionTypeSchema = z.enum(keysOf(assumptionTypes))

/** The test of one observed value against an assumption's reference value, with every value it turned on. */
export interface AssumptionTest {
  /** Beyond the agreement's own limit: raises a question, never a renegotiation by itself. */
  readonly beyond: boolean
  readonly reference: string
  readonly observed: string
  /** Observed less reference, exact. */
  readonly difference: string
  /** Relative change in percent, exact; null when the reference is zero. */
  readonly changePct: string | null
  /** The limit it was held against: a decrease may have its own. */
  readonly limit: string
  readonly minAbsolute: string
}

/**
 * Is the change beyond the limit? More than the limit, at least the absolute minimum, and in the rule's direction;
 * a decrease by its own limit where the rule has one. The judging rule reads this: once released, a change of
 * meaning here is a new function and a new rule.
 */
export const testAssumption = (
  assumption: { readonly reference: { readonly value: string }; readonly rule: AssumptionRule },
  observation: { readonly value: string },
): AssumptionTest => {
  const { rule } = assumption
  const reference = exact(assumption.reference.value)
  const observed = exact(observation.value)
  const difference = sub(observed, reference)
  const changed = !isZero(difference)
  const changePct = isZero(reference) ? null : mul(div(difference, abs(reference)), whole(100))
  const limit = difference.s < 0n ? (rule.limitDown ?? rule.limit) : rule.limit
  const rightWay =
    rule.direction === 'both' || (rule.direction === 'up' ? difference.s > 0n : difference.s < 0n)
  const bigEnough = compareExact(abs(difference), exact(rule.minAbsolute)) >= 0
  const { byPerson, isOver } = ruleKinds[rule.kind]
  const isBeyond = rightWay && bigEnough && isOver({ difference, changePct, limit: exact(limit) })
  return {
    beyond: changed && (byPerson || isBeyond),
    reference: exactText(reference),
    observed: exactText(observed),
    difference: exactText(difference),
    changePct: changePct === null ? null : exactText(changePct),
    limit,
    minAbsolute: rule.minAbsolute,
  }
}
