import { assumptionTest } from '../agreement/assumption-test.ts'
import type { AssumptionTest } from '../agreement/assumption-test.ts'
import type { Assumption, Target } from '../agreement/content.ts'
import { compareExact, div, exact, exactText, isZero, sub, whole } from '../base/exact.ts'
import type { Exact } from '../base/exact.ts'
import { compareDates, isAfter, overlap } from '../base/time.ts'
import type { AssessmentInput, Observation, TargetAssessment, Verdict } from './assessment.ts'
import { baselineOf, figureOf } from './r1-figure.ts'
import type { Figure, Reason } from './r1-figure.ts'

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
    .toSorted((a, b) => compareDates(a.knownOn, b.knownOn))
    .at(-1)

const failuresOf = (target: Target, input: AssessmentInput): readonly Failure[] =>
  input.assumptions
    .filter((one) => one.bearsOn.includes(target.key) && one.years.includes(input.year))
    .flatMap((assumption) => {
      const observation = observationFor(assumption, target, input)
      if (observation === undefined) return []
      const test = assumptionTest(assumption, observation)
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

/** Share of the way from `from` to the value to reach; threshold and cliff are the agreement version's. */
const progress = (target: Target, from: Exact, goal: Exact, actual: Exact): Outcome => {
  const span = sub(goal, from)
  // A way of no length or in the wrong direction is refused at signing; here it can only not be judged.
  if (isZero(span) || !reaches(goal, from, target)) return notAssessable('no-baseline')
  const achieved = div(sub(actual, from), span)
  const threshold = div(exact(target.partlyFromPct), whole(100))
  const verdict =
    compareExact(achieved, whole(1)) >= 0
      ? 'met'
      : compareExact(achieved, threshold) >= 0
        ? 'partly-met'
        : 'not-met'
  const capped = compareExact(achieved, whole(1)) > 0 ? whole(1) : achieved
  const floored = compareExact(capped, whole(0)) < 0 ? whole(0) : capped
  const counted = target.cliff && verdict === 'not-met' ? whole(0) : floored
  return {
    verdict,
    reason: null,
    achieved,
    counted,
    from,
    working: [
      step('from', from),
      step('way to go', span),
      step('way gone', sub(actual, from)),
      step('share of the way', achieved),
      step('partly met from', threshold),
      step('counted', counted),
    ],
  }
}

const byMethod = (target: Target, goalText: string, figure: Figure): Outcome => {
  if (figure.is === 'none') return notAssessable(figure.reason)
  if (figure.is === 'milestone') {
    const inTime = figure.met && figure.on !== null && !isAfter(figure.on, goalText)
    return yesOrNo(inTime, [
      step('reached', figure.met ? 'yes' : 'no'),
      step('on', figure.on ?? '-'),
      step('by', goalText),
    ])
  }
  const goal = exact(goalText)
  const working = [step('actual', figure.value), step('target', goal)]
  switch (target.method) {
    // To maintain is to be no worse than the agreed value, which at signing is the baseline.
    case 'level':
    case 'maintain':
      return yesOrNo(reaches(figure.value, goal, target), working)
    case 'progress':
    case 'progress-without': {
      const from =
        target.method === 'progress'
          ? baselineOf(target)
          : target.expectedWithout === null
            ? null
            : exact(target.expectedWithout)
      if (from === null) return notAssessable('no-baseline')
      const outcome = progress(target, from, goal, figure.value)
      return { ...outcome, working: [...working, ...outcome.working] }
    }
    // A milestone's method with a figure of another measure: refused at signing.
    default:
      return notAssessable('not-available')
  }
}

const outcomeOf = (
  target: Target,
  goal: string | undefined,
  figure: Figure,
  failures: readonly Failure[],
): Outcome => {
  if (goal === undefined) return notAssessable('no-target-this-year')
  const outcome = byMethod(target, goal, figure)
  if (outcome.verdict === 'not-assessable') return outcome
  // Counted another way than the agreement was made on: no comparison until it is re-based.
  if (failures.some((one) => one.assumption.type === 'definition') && figure.is !== 'milestone')
    return notAssessable('definition-break')
  return outcome
}

/** Rule r1 on one target. */
export const judgeTarget = (target: Target, input: AssessmentInput): Judged => {
  const goal = target.targets.find((one) => one.year === input.year)?.value
  const figure = figureOf(target, input)
  const failures = failuresOf(target, input)
  const outcome = outcomeOf(target, goal, figure, failures)
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
