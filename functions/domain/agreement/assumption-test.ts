import { abs, compareExact, div, exact, exactText, isZero, mul, sub, whole } from '../base/exact.ts'
import type { Assumption } from './content.ts'

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
  readonly limit: string
  readonly minAbsolute: string
}

/**
 * Is the change beyond the limit? More than the limit (percent for a relative rule), at least the absolute
 * minimum, and in the rule's direction. From a reference of zero any relative change is beyond every limit.
 * `by-hand`: a person judges, and recording a value other than the reference is that person's yes.
 *
 * The judging rule reads this: once released, a change of meaning here is a new function and a new rule.
 */
export const assumptionTest = (
  assumption: Pick<Assumption, 'reference' | 'rule'>,
  observation: { readonly value: string },
): AssumptionTest => {
  const { rule } = assumption
  const reference = exact(assumption.reference.value)
  const observed = exact(observation.value)
  const difference = sub(observed, reference)
  const changed = !isZero(difference)
  const changePct = isZero(reference) ? null : mul(div(difference, abs(reference)), whole(100))
  const rightWay =
    rule.direction === 'both' || (rule.direction === 'up' ? difference.s > 0n : difference.s < 0n)
  const bigEnough = compareExact(abs(difference), exact(rule.minAbsolute)) >= 0
  const overLimit = (): boolean => {
    switch (rule.kind) {
      case 'relative':
        return changePct === null || compareExact(abs(changePct), exact(rule.limit)) > 0
      case 'absolute':
        return compareExact(abs(difference), exact(rule.limit)) > 0
      default:
        return true
    }
  }
  return {
    beyond: changed && (rule.kind === 'by-hand' || (rightWay && bigEnough && overLimit())),
    reference: exactText(reference),
    observed: exactText(observed),
    difference: exactText(difference),
    changePct: changePct === null ? null : exactText(changePct),
    limit: rule.limit,
    minAbsolute: rule.minAbsolute,
  }
}
