import { assumptionTypes, testAssumption, type AssumptionTest } from '../agreement/assumption-rules.ts'
import type { Assumption, Target } from '../agreement/content.ts'
import type { JudgingMethod } from '../agreement/judging-methods.ts'
import { compareExact, div, exact, exactText, isZero, sub, whole } from '../base/exact.ts'
import type { Exact } from '../base/exact.ts'
import { compareDates, isAfter, overlap } from '../base/time.ts'
import type { AssessmentInput, Observation, TargetAssessment, Verdict } from './assessment.ts'
import { baselineOf, figureOf } from './figure.ts'
import type { Figure, From, Reason } from './figure.ts'

/** A step of the working with its exact value. */
type Step = TargetAssessment['working'][number]
const step = (name: string, value: Exact | string): Step => ({
  step: name,
  value: typeof value === 'string' ? value : exactText(value),
})

/** An assumption that failed in the measuring period, with the test that says so. */
export interface Failure {
  readonly assumption: Assumption
  readonly test: AssumptionTest
}

/** What one target came to, before it is put into words. */
export interface Judged {
  readonly target: Target
  readonly year: number
  readonly figure: Figure
  readonly targetValue: string
  /** The value the way is counted from: baseline, or the level expected without the agreement. */
  readonly from: Exact | null
  readonly verdict: Verdict
  readonly reason: Reason | null
  readonly achieved: Exact | null
  readonly counted: Exact | null
  readonly failures: readonly Failure[]
  readonly working: readonly Step[]
}

/** 1 January to the measuring date of the results' year. */
const measuringPeriod = (target: Target, year: number): { from: string; to: string } => ({
  from: `${year}-01-01`,
  to: `${year}-${target.measuringDate}`,
})

/** The later known counts; of one day the later valid; after that an order of its own, whoever came first. */
const byKnowledge = (a: Observation, b: Observation): number => {
  for (const key of ['knownOn', 'validFrom', 'validTo', 'source', 'value'] as const) {
    const order = compareDates(a[key], b[key])
    if (order !== 0) return order
  }
  return 0
}

/** The observation known last of those valid in the measuring period; another period changes no verdict. */
const observationFor = (
  assumption: Assumption,
  target: Target,
  input: AssessmentInput,
): Observation | undefined =>
  input.observations
    .filter(
      (one) =>
        one.assumption === assumption.key &&
        overlap({ from: one.validFrom, to: one.validTo }, measuringPeriod(target, input.year)),
    )
    .toSorted(byKnowledge)
    .at(-1)

/**
 * A change of the ministry's own remit changes a party, and leaves every target as it is (domain/README.md,
 * "Assumptions").
 */
const bears = (assumption: Assumption, target: Target, year: number): boolean =>
  assumptionTypes[assumption.type].leadsTo !== 'party-change' &&
  assumption.bearsOn.includes(target.key) &&
  assumption.years.includes(year)

const failuresOf = (target: Target, input: AssessmentInput): readonly Failure[] =>
  input.assumptions
    .filter((one) => bears(one, target, input.year))
    .flatMap((assumption) => {
      const observation = observationFor(assumption, target, input)
      if (observation === undefined) return []
      const test = testAssumption(assumption, observation)
      return test.beyond ? [{ assumption, test }] : []
    })

interface Outcome {
  readonly verdict: Verdict
  readonly reason: Reason | null
  readonly achieved: Exact | null
  readonly counted: Exact | null
  readonly from: Exact | null
  readonly working: readonly Step[]
}

const notAssessable = (reason: Reason): Outcome => ({
  verdict: 'not-assessable',
  reason,
  achieved: null,
  counted: null,
  from: null,
  working: [step('not assessable', reason)],
})

const yesOrNo = (met: boolean, working: readonly Step[]): Outcome => ({
  verdict: met ? 'met' : 'not-met',
  reason: null,
  achieved: null,
  counted: whole(met ? 1 : 0),
  from: null,
  working,
})

/** At least the bound when rising, at most when falling. */
const reaches = (value: Exact, bound: Exact, target: Target): boolean =>
  target.direction === 'rising' ? compareExact(value, bound) >= 0 : compareExact(value, bound) <= 0

const [nothing, all, hundred] = [whole(0), whole(1), whole(100)]

/** Between nothing and the agreement's cap, with the cliff where it has one. */
const countedOf = (target: Target, achieved: Exact, verdict: Verdict): Exact => {
  if ((target.cliff && verdict === 'not-met') || compareExact(achieved, nothing) < 0) return nothing
  const cap = target.capPct === undefined ? all : div(exact(target.capPct), hundred)
  return compareExact(achieved, cap) > 0 ? cap : achieved
}

/** Share of the way from `from` to the value to reach; threshold, cap and cliff are the agreement version's. */
const progress = (target: Target, from: Exact, goal: Exact, actual: Exact): Outcome => {
  const span = sub(goal, from)
  // A way of no length or in the wrong direction is refused at signing; here it can only not be judged.
  if (isZero(span) || !reaches(goal, from, target)) return notAssessable('no-baseline')
  const gone = sub(actual, from)
  const achieved = div(gone, span)
  const threshold = div(exact(target.partlyFromPct), hundred)
  const verdict =
    compareExact(achieved, all) >= 0
      ? 'met'
      : compareExact(achieved, threshold) >= 0
        ? 'partly-met'
        : 'not-met'
  const counted = countedOf(target, achieved, verdict)
  return {
    verdict,
    reason: null,
    achieved,
    counted,
    from,
    working: [
      step('from', from),
      step('way to go', span),
      step('way gone', gone),
      step('share of the way', achieved),
      step('partly met from', threshold),
      ...(target.capPct === undefined ? [] : [step('counts at most', div(exact(target.capPct), hundred))]),
      step('counted', counted),
    ],
  }
}

const milestoneReached = (figure: Figure & { is: 'milestone' }, by: string): Outcome =>
  yesOrNo(figure.met && figure.on !== null && !isAfter(figure.on, by), [
    step('reached', figure.met ? 'yes' : 'no'),
    step('on', figure.on ?? '-'),
    step('by', by),
  ])

/** A figure of a target beside the value to reach. */
interface Measured {
  readonly target: Target
  readonly goal: Exact
  readonly actual: Exact
  readonly working: readonly Step[]
}

const reached = ({ target, goal, actual, working }: Measured): Outcome =>
  yesOrNo(reaches(actual, goal, target), working)

const progressFrom = (from: From, { target, goal, actual, working }: Measured): Outcome => {
  if (from.is === 'none') return notAssessable(from.reason)
  const outcome = progress(target, from.value, goal, actual)
  return { ...outcome, working: [...working, ...outcome.working] }
}

/** The rule of each method on a figure. */
const rules: Readonly<Record<JudgingMethod, (measured: Measured) => Outcome>> = {
  level: reached,
  progress: (measured) => progressFrom(baselineOf(measured.target), measured),
  'progress-without': (measured) => {
    const { expectedWithout } = measured.target
    return progressFrom(
      expectedWithout === null
        ? { is: 'none', reason: 'no-baseline' }
        : { is: 'value', value: exact(expectedWithout) },
      measured,
    )
  },
  // To maintain is to be no worse than the agreed value, which at signing is the baseline.
  maintain: (measured) => {
    const baseline = baselineOf(measured.target)
    return baseline.is === 'none' && baseline.reason !== 'no-baseline'
      ? notAssessable(baseline.reason)
      : reached(measured)
  },
  // A milestone has no figure: another measure under this method is refused at signing.
  milestone: () => notAssessable('not-available'),
}

const byMethod = (target: Target, goalText: string, figure: Figure): Outcome => {
  if (figure.is === 'none') return notAssessable(figure.reason)
  if (figure.is === 'milestone') return milestoneReached(figure, goalText)
  const goal = exact(goalText)
  const earlier =
    figure.is === 'number' && figure.before !== null ? [step('earlier years', figure.before)] : []
  const working = [...earlier, step('actual', figure.value), step('target', goal)]
  return rules[target.method]({ target, goal, actual: figure.value, working })
}

/** Reasons by which a target is no part of the year: neither in the whole nor in its coverage. */
export const outOfPlay: readonly (Reason | null)[] = ['no-target-this-year', 'not-measured-this-year']

const outcomeOf = (
  target: Target,
  goal: string | undefined,
  input: AssessmentInput,
  figure: Figure,
  failures: readonly Failure[],
): Outcome => {
  if (target.measuredYears !== undefined && !target.measuredYears.includes(input.year))
    return notAssessable('not-measured-this-year')
  if (goal === undefined) return notAssessable('no-target-this-year')
  const outcome = byMethod(target, goal, figure)
  if (outcome.verdict === 'not-assessable') return outcome
  // Counted another way than the agreement was made on: no comparison until it is re-based.
  if (
    failures.some((one) => assumptionTypes[one.assumption.type].leadsTo === 're-basing') &&
    figure.is !== 'milestone'
  )
    return notAssessable('definition-break')
  return outcome
}

/** The rule on one target. */
export const judgeTarget = (target: Target, input: AssessmentInput): Judged => {
  const goal = target.targets.find((one) => one.year === input.year)?.value
  const figure = figureOf(target, input)
  const failures = failuresOf(target, input)
  const outcome = outcomeOf(target, goal, input, figure, failures)
  const failed = outcome.verdict === 'not-met' && failures.length > 0
  const sums =
    figure.is === 'share' ? [step('of which', figure.numerator), step('in all', figure.denominator)] : []
  const tests = failures.map(({ assumption, test }) =>
    step(`${assumption.key} beyond its limit`, `${test.observed} against ${test.reference}`),
  )
  return {
    target,
    year: input.year,
    figure,
    targetValue: goal ?? '',
    from: outcome.from,
    verdict: failed ? 'not-met-assumption-failed' : outcome.verdict,
    reason: outcome.reason,
    achieved: outcome.achieved,
    counted: outcome.counted,
    failures,
    working: [...sums, ...outcome.working, ...tests],
  }
}
