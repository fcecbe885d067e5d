import type { Assumption, Measured, Target } from '../../../functions/domain/agreement/content.ts'
import type { AssessmentInput } from '../../../functions/domain/judging/assessment.ts'

/**
 * A second judge, written from the domain's description and the judging decisions, not from the rule's code: the
 * plainest way to the same answers. Numbers are pairs of whole numbers, never reduced; nothing is printed.
 */

/** Over and under, under above zero. */
export type Ratio = readonly [bigint, bigint]

export const ratio = (text: string): Ratio => {
  const [first = '0', second = '1'] = text.split('/')
  const decimals = first.split('.')[1]?.length ?? 0
  return [BigInt(first.replace('.', '')), BigInt(second) * 10n ** BigInt(decimals)]
}
const zero: Ratio = [0n, 1n]
const plus = (a: Ratio, b: Ratio): Ratio => [a[0] * b[1] + b[0] * a[1], a[1] * b[1]]
const minus = (a: Ratio, b: Ratio): Ratio => plus(a, [-b[0], b[1]])
const times = (a: Ratio, b: Ratio): Ratio => [a[0] * b[0], a[1] * b[1]]
const over = (a: Ratio, b: Ratio): Ratio =>
  b[0] < 0n ? [-a[0] * b[1], a[1] * -b[0]] : [a[0] * b[1], a[1] * b[0]]
export const order = (a: Ratio, b: Ratio): number => {
  const difference = a[0] * b[1] - b[0] * a[1]
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}
const size = (a: Ratio): Ratio => [a[0] < 0n ? -a[0] : a[0], a[1]]

/** Half away from zero. */
const round = (a: Ratio, decimals: number): Ratio => {
  const scale = 10n ** BigInt(decimals)
  const [n, d] = size(a)
  const whole = (n * scale * 2n + d) / (d * 2n)
  return [a[0] < 0n ? -whole : whole, scale]
}

export interface NaiveTarget {
  readonly verdict: string
  readonly reason: string | null
  readonly achieved: Ratio | null
  readonly counted: Ratio | null
  readonly failed: readonly string[]
}
export interface NaiveAssessment {
  readonly targets: Readonly<Record<string, NaiveTarget>>
  readonly overall: Ratio | null
  readonly coverage: Ratio
}

class CannotBeJudged extends Error {
  readonly reason: string
  constructor(reason: string) {
    super(reason)
    this.reason = reason
  }
}
const cannot = (reason: string): never => {
  throw new CannotBeJudged(reason)
}

const asRule = (value: Ratio, target: Target): Ratio =>
  target.rounding === 'rounded' ? round(value, target.roundingDecimals ?? 1) : value

/** Sum over sum in percent, or plain sum. */
const together = (parts: readonly Measured[], target: Target): Ratio => {
  let [top, bottom] = [zero, zero]
  for (const part of parts) {
    if ('numerator' in part) {
      top = plus(top, ratio(part.numerator))
      bottom = plus(bottom, ratio(part.denominator))
    } else if ('value' in part) {
      top = plus(top, ratio(part.value))
    }
  }
  return target.measure.type === 'share'
    ? asRule(over(times(top, [100n, 1n]), bottom), target)
    : asRule(top, target)
}

const denominators = (parts: readonly Measured[]): Ratio =>
  parts.reduce<Ratio>((all, one) => ('denominator' in one ? plus(all, ratio(one.denominator)) : all), zero)

/** Everybody's figure, or no judging: silence is no figure, and a part of the partnership is not it. */
const figures = (target: Target, input: AssessmentInput): readonly Measured[] => {
  const given = target.reportedBy.map(
    (who) => input.figures.find((one) => one.target === target.key && one.municipality === who)?.given,
  )
  if (given.some((one) => one === undefined || one.given === 'nothing')) cannot('no-figures')
  if (given.some((one) => one?.given === 'not-available')) cannot('not-available')
  return given.flatMap((one) => (one?.given === 'measured' ? [one.measured] : []))
}

const yearsBefore = (target: Target, input: AssessmentInput): Ratio => {
  let count = zero
  for (let year = target.cumulativeFrom ?? input.year; year < input.year; year += 1)
    for (const who of target.reportedBy) {
      const now = (input.earlier ?? []).find(
        (one) => one.year === year && one.target === target.key && one.municipality === who,
      )
      const then = target.history.find((one) => one.year === year && one.municipality === who)
      const measured = (now ?? then)?.measured ?? cannot('earlier-year-missing')
      count = plus(count, 'value' in measured ? ratio(measured.value) : cannot('earlier-year-missing'))
    }
  return count
}

const actualOf = (target: Target, input: AssessmentInput): Ratio => {
  const parts = figures(target, input)
  if (target.measure.type === 'share') {
    const all = denominators(parts)
    if (all[0] === 0n) cannot('empty-target-group')
    if (order(all, [BigInt(target.minimumDenominator), 1n]) < 0) cannot('below-minimum-denominator')
    return together(parts, target)
  }
  return target.cumulativeFrom === undefined
    ? together(parts, target)
    : asRule(plus(yearsBefore(target, input), together(parts, { ...target, rounding: 'exact' })), target)
}

/** The baseline of those who report, by today's indicator. */
const baselineOf = (target: Target): Ratio => {
  const { baseline } = target
  if (baseline === null) return cannot('no-baseline')
  if (
    (baseline.indicatorVersion ?? target.measurement.indicatorVersion) !== target.measurement.indicatorVersion
  )
    cannot('definition-break')
  let parts: readonly Measured[] = [baseline.measured]
  if (baseline.byMember !== undefined) {
    const known = baseline.byMember
    parts = target.reportedBy.map(
      (who) => known.find((one) => one.municipality === who)?.measured ?? cannot('members-changed'),
    )
  } else if (baseline.covers !== undefined) {
    const names = (list: readonly string[]): string => list.toSorted().join(' ')
    if (names(baseline.covers) !== names(target.reportedBy)) cannot('members-changed')
  }
  if (target.measure.type === 'share' && denominators(parts)[0] === 0n) cannot('no-baseline')
  return together(parts, target)
}

const isBeyond = (assumption: Assumption, observed: Ratio): boolean => {
  const { kind, limit, limitDown, minAbsolute, direction } = assumption.rule
  const reference = ratio(assumption.reference.value)
  const change = minus(observed, reference)
  if (change[0] === 0n) return false
  if (kind === 'by-hand') return true
  const down = change[0] < 0n
  if ((direction === 'up' && down) || (direction === 'down' && !down)) return false
  if (order(size(change), ratio(minAbsolute)) < 0) return false
  if (kind === 'any') return true
  const bound = ratio(down && limitDown !== undefined ? limitDown : limit)
  if (kind === 'absolute') return order(size(change), bound) > 0
  // Percent of the reference; from nothing every change is beyond.
  return order(times(size(change), [100n, 1n]), times(bound, size(reference))) > 0
}

const failedOf = (target: Target, input: AssessmentInput): readonly Assumption[] =>
  input.assumptions.filter((assumption) => {
    if (assumption.type === 'ministry-remit') return false
    if (!assumption.bearsOn.includes(target.key) || !assumption.years.includes(input.year)) return false
    const [first, last] = [`${input.year}-01-01`, `${input.year}-${target.measuringDate}`]
    const valid = input.observations.filter(
      (one) => one.assumption === assumption.key && one.validFrom <= last && one.validTo >= first,
    )
    const name = (one: (typeof valid)[number]) =>
      [one.knownOn, one.validFrom, one.validTo, one.source, one.value].join('\n')
    const latest = valid.reduce<(typeof valid)[number] | null>(
      (best, one) => (best === null || name(one) > name(best) ? one : best),
      null,
    )
    return latest !== null && isBeyond(assumption, ratio(latest.value))
  })

interface Way {
  readonly met: boolean
  readonly achieved: Ratio | null
}

const wayOf = (target: Target, goal: string, input: AssessmentInput): Way => {
  if (target.measure.type === 'milestone') {
    const stages = figures(target, input).flatMap((one) => ('met' in one ? [one] : []))
    if (stages.every((one) => one.met) && stages.some((one) => one.on === null)) cannot('not-available')
    return { met: stages.every((one) => one.met && one.on !== null && one.on <= goal), achieved: null }
  }
  const actual = actualOf(target, input)
  const reach = ratio(goal)
  const up = target.direction === 'rising'
  const met = up ? order(actual, reach) >= 0 : order(actual, reach) <= 0
  if (target.method === 'level') return { met, achieved: null }
  if (target.method === 'maintain') {
    try {
      baselineOf(target)
    } catch (error) {
      if (!(error instanceof CannotBeJudged) || error.reason !== 'no-baseline') throw error
    }
    return { met, achieved: null }
  }
  const from =
    target.method === 'progress' ? baselineOf(target) : ratio(target.expectedWithout ?? cannot('no-baseline'))
  const side = order(reach, from)
  if (up ? side <= 0 : side >= 0) cannot('no-baseline')
  return { met, achieved: over(minus(actual, from), minus(reach, from)) }
}

const judge = (target: Target, input: AssessmentInput): NaiveTarget => {
  const failed = failedOf(target, input)
  const names = failed.map((one) => one.key)
  try {
    if (target.measuredYears !== undefined && !target.measuredYears.includes(input.year))
      cannot('not-measured-this-year')
    const goal = target.targets.find((one) => one.year === input.year)?.value ?? cannot('no-target-this-year')
    if (target.awaits !== undefined) cannot('awaits-apportionment')
    const { met, achieved } = wayOf(target, goal, input)
    if (target.measure.type !== 'milestone' && failed.some((one) => one.type === 'definition'))
      cannot('definition-break')
    const threshold = over(ratio(target.partlyFromPct), [100n, 1n])
    const partly = !met && achieved !== null && order(achieved, threshold) >= 0
    const cap = over(ratio(target.capPct ?? '100'), [100n, 1n])
    let counted: Ratio = achieved ?? [met ? 1n : 0n, 1n]
    if (order(counted, zero) < 0 || (achieved !== null && target.cliff && !met && !partly)) counted = zero
    if (achieved !== null && order(counted, cap) > 0) counted = cap
    const verdict = met ? 'met' : partly ? 'partly-met' : 'not-met'
    return {
      verdict: verdict === 'not-met' && failed.length > 0 ? 'not-met-assumption-failed' : verdict,
      reason: null,
      achieved,
      counted,
      failed: names,
    }
  } catch (error) {
    if (!(error instanceof CannotBeJudged)) throw error
    return { verdict: 'not-assessable', reason: error.reason, achieved: null, counted: null, failed: names }
  }
}

export const judgeNaively = (input: AssessmentInput): NaiveAssessment => {
  const targets: Record<string, NaiveTarget> = {}
  let [all, judged, points] = [0n, 0n, zero]
  for (const target of input.targets) {
    const one = judge(target, input)
    targets[target.key] = one
    if (one.reason === 'no-target-this-year' || one.reason === 'not-measured-this-year') continue
    const weight = BigInt(target.weight)
    all += weight
    if (one.counted === null) continue
    judged += weight
    points = plus(points, times(one.counted, [weight, 1n]))
  }
  const coverage: Ratio = all === 0n ? zero : [judged * 100n, all]
  const least = ratio(input.scoring?.minimumCoveragePct ?? '50')
  if (judged === 0n || order(coverage, least) < 0) return { targets, overall: null, coverage }
  const overall = over(times(points, [100n, 1n]), [judged, 1n])
  return { targets, overall: order(overall, [100n, 1n]) > 0 ? [100n, 1n] : overall, coverage }
}
