import type * as z from 'zod'
import type { Target } from '../agreement/content.ts'
import { div, exact, mul, roundHalfUp, sum, whole } from '../base/exact.ts'
import type { Exact } from '../base/exact.ts'
import type { AssessmentInput, givenSchema, r1Reasons } from './assessment.ts'

export type Reason = (typeof r1Reasons)[number]
type Given = z.infer<typeof givenSchema>

/** The one figure a target is judged on, or why there is none. */
export type Figure =
  | { readonly is: 'none'; readonly reason: Reason }
  | {
      readonly is: 'share'
      readonly numerator: Exact
      readonly denominator: Exact
      /** Percent, rounded only if the target says so. */
      readonly value: Exact
    }
  | { readonly is: 'number'; readonly value: Exact }
  | { readonly is: 'milestone'; readonly met: boolean; readonly on: string | null }

const none = (reason: Reason): Figure => ({ is: 'none', reason })

/** Judged on the unrounded value, or on what is printed (one decimal), as the agreement version says. */
export const rounded = (value: Exact, target: Target): Exact =>
  target.rounding === 'rounded' ? exact(roundHalfUp(value, 1)) : value

const share = (target: Target, counts: readonly { numerator: string; denominator: string }[]): Figure => {
  const numerator = sum(counts.map((one) => exact(one.numerator)))
  const denominator = sum(counts.map((one) => exact(one.denominator)))
  if (denominator.n === 0n) return none('empty-target-group')
  if (denominator.compare(target.minimumDenominator) < 0) return none('below-minimum-denominator')
  const value = rounded(mul(div(numerator, denominator), whole(100)), target)
  return { is: 'share', numerator, denominator, value }
}

/** A milestone of several is reached when all have reached it, on the last one's day. */
const milestone = (stages: readonly { met: boolean; on: string | null }[]): Figure => {
  const days = stages.flatMap((one) => one.on ?? []).sort()
  if (stages.every((one) => one.met))
    return days.length < stages.length
      ? none('not-available')
      : { is: 'milestone', met: true, on: days.at(-1) ?? null }
  const open = stages.filter((one) => !one.met).flatMap((one) => one.on ?? [])
  return { is: 'milestone', met: false, on: open.sort().at(-1) ?? null }
}

/**
 * The figure of all who report the target: a share is the sum over the sum, never a mean of percentages. As
 * long as one of them is silent or cannot measure there is none: a part of the partnership is not the
 * partnership, and silence must never make a target "not met".
 */
export const figureOf = (target: Target, input: AssessmentInput): Figure => {
  const given: readonly Given[] = target.reportedBy.map(
    (municipality) =>
      input.figures.find((one) => one.target === target.key && one.municipality === municipality)?.given ?? {
        given: 'nothing',
      },
  )
  if (given.some((one) => one.given === 'nothing')) return none('no-figures')
  const measured = given.flatMap((one) => (one.given === 'measured' ? [one.measured] : []))
  if (measured.length < given.length) return none('not-available')
  switch (target.measure.type) {
    case 'share': {
      const counts = measured.flatMap((one) => ('numerator' in one ? [one] : []))
      return counts.length < measured.length ? none('not-available') : share(target, counts)
    }
    case 'number': {
      const values = measured.flatMap((one) => ('value' in one ? [exact(one.value)] : []))
      // Counts of several add up; a median or another measured number of several has no sum.
      const summable = target.measure.whole || values.length === 1
      return values.length < measured.length || !summable
        ? none('not-available')
        : { is: 'number', value: rounded(sum(values), target) }
    }
    default: {
      const stages = measured.flatMap((one) => ('met' in one ? [one] : []))
      return stages.length < measured.length ? none('not-available') : milestone(stages)
    }
  }
}

/** The baseline in the target's unit (percent for a share), or null when there is none to count from. */
export const baselineOf = (target: Target): Exact | null => {
  const measured = target.baseline?.measured
  if (measured === undefined || 'met' in measured) return null
  if ('value' in measured) return rounded(exact(measured.value), target)
  if (measured.denominator === '0') return null
  return rounded(mul(div(exact(measured.numerator), exact(measured.denominator)), whole(100)), target)
}
