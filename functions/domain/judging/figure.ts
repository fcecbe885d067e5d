import type * as z from 'zod'
import type { Measured, Target } from '../agreement/content.ts'
import { compareExact, div, exact, isZero, mul, roundHalfUp, sum, whole } from '../base/exact.ts'
import type { Exact } from '../base/exact.ts'
import type { AssessmentInput, givenSchema, notAssessableReasons } from './assessment.ts'

export type Reason = (typeof notAssessableReasons)[number]
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
  | {
      readonly is: 'number'
      readonly value: Exact
      /** What earlier years gave, of a count that runs over years. */
      readonly before: Exact | null
    }
  | { readonly is: 'milestone'; readonly met: boolean; readonly on: string | null }

const none = (reason: Reason): Figure => ({ is: 'none', reason })

/** Judged on the unrounded value, or rounded as the agreement version says. */
export const rounded = (value: Exact, target: Target): Exact =>
  target.rounding === 'rounded' ? exact(roundHalfUp(value, target.roundingDecimals ?? 1)) : value

const hundred = whole(100)
const percent = (numerator: Exact, denominator: Exact, target: Target): Exact =>
  rounded(mul(div(numerator, denominator), hundred), target)

const share = (target: Target, counts: readonly { numerator: string; denominator: string }[]): Figure => {
  const numerator = sum(counts.map((one) => exact(one.numerator)))
  const denominator = sum(counts.map((one) => exact(one.denominator)))
  if (isZero(denominator)) return none('empty-target-group')
  if (compareExact(denominator, whole(target.minimumDenominator)) < 0)
    return none('below-minimum-denominator')
  return { is: 'share', numerator, denominator, value: percent(numerator, denominator, target) }
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

/** An earlier year's count of one municipality: as it now stands, else as the agreement has it. */
const earlierCount = (
  target: Target,
  input: AssessmentInput,
  year: number,
  municipality: string,
): Exact | null => {
  const measured =
    input.earlier?.find(
      (one) => one.year === year && one.target === target.key && one.municipality === municipality,
    )?.measured ??
    target.history.find((one) => one.year === year && one.municipality === municipality)?.measured
  return measured !== undefined && 'value' in measured ? exact(measured.value) : null
}

/** The counts of the years before this one; null when one of them is not known. */
const countBefore = (target: Target, input: AssessmentInput, from: number): Exact | null => {
  const counts: Exact[] = []
  for (let year = from; year < input.year; year += 1)
    for (const municipality of target.reportedBy) {
      const count = earlierCount(target, input, year, municipality)
      if (count === null) return null
      counts.push(count)
    }
  return sum(counts)
}

const number = (target: Target, input: AssessmentInput, values: readonly Exact[]): Figure => {
  // Counts of several add up; a median or another measured number of several has no sum.
  if (target.measure.type !== 'number' || !(target.measure.whole || values.length === 1))
    return none('not-available')
  if (target.cumulativeFrom === undefined)
    return { is: 'number', value: rounded(sum(values), target), before: null }
  const before = countBefore(target, input, target.cumulativeFrom)
  return before === null
    ? none('earlier-year-missing')
    : { is: 'number', value: rounded(sum([before, ...values]), target), before }
}

const givenBy = (target: Target, input: AssessmentInput): readonly Given[] =>
  target.reportedBy.map(
    (municipality) =>
      input.figures.find((one) => one.target === target.key && one.municipality === municipality)?.given ?? {
        given: 'nothing',
      },
  )

/**
 * The figure of all who report the target: a share is the sum over the sum, never a mean of percentages. As
 * long as one of them is silent or cannot measure there is none: a part of the partnership is not the
 * partnership, and silence must never make a target "not met".
 */
export const figureOf = (target: Target, input: AssessmentInput): Figure => {
  if (target.awaits !== undefined) return none('awaits-apportionment')
  const given = givenBy(target, input)
  if (given.length === 0 || given.some((one) => one.given === 'nothing')) return none('no-figures')
  const measured = given.flatMap((one) => (one.given === 'measured' ? [one.measured] : []))
  if (measured.length < given.length) return none('not-available')
  switch (target.measure.type) {
    case 'share': {
      const counts = measured.flatMap((one) => ('numerator' in one ? [one] : []))
      return counts.length < measured.length ? none('not-available') : share(target, counts)
    }
    case 'number': {
      const values = measured.flatMap((one) => ('value' in one ? [exact(one.value)] : []))
      return values.length < measured.length ? none('not-available') : number(target, input, values)
    }
    default: {
      const stages = measured.flatMap((one) => ('met' in one ? [one] : []))
      return stages.length < measured.length ? none('not-available') : milestone(stages)
    }
  }
}

/** Where the way is counted from, or why there is no such value. */
export type From =
  { readonly is: 'value'; readonly value: Exact } | { readonly is: 'none'; readonly reason: Reason }

const fromNothing = (reason: Reason): From => ({ is: 'none', reason })

const inUnit = (target: Target, parts: readonly Measured[]): From => {
  const counts = parts.flatMap((one) => ('numerator' in one ? [one] : []))
  const values = parts.flatMap((one) => ('value' in one ? [one] : []))
  if (counts.length === parts.length) {
    const denominator = sum(counts.map((one) => exact(one.denominator)))
    if (isZero(denominator)) return fromNothing('no-baseline')
    const numerator = sum(counts.map((one) => exact(one.numerator)))
    return { is: 'value', value: percent(numerator, denominator, target) }
  }
  return values.length === parts.length
    ? { is: 'value', value: rounded(sum(values.map((one) => exact(one.value))), target) }
    : fromNothing('no-baseline')
}

const isSameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one) => b.includes(one))

/**
 * The baseline in the target's unit (percent for a share). It follows the members where it says each one's
 * part; a baseline of other members, or by another version of the indicator, is nothing to compare with.
 */
export const baselineOf = (target: Target): From => {
  const { baseline } = target
  if (baseline === null) return fromNothing('no-baseline')
  const version = baseline.indicatorVersion ?? target.measurement.indicatorVersion
  if (version !== target.measurement.indicatorVersion) return fromNothing('definition-break')
  const { byMember, covers, measured } = baseline
  if (byMember !== undefined) {
    const parts = target.reportedBy.flatMap(
      (code) => byMember.find((one) => one.municipality === code)?.measured ?? [],
    )
    return parts.length < target.reportedBy.length ? fromNothing('members-changed') : inUnit(target, parts)
  }
  return covers === undefined || isSameSet(covers, target.reportedBy)
    ? inUnit(target, [measured])
    : fromNothing('members-changed')
}
