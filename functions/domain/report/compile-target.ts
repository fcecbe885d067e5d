import type { AgreementContent, Target } from '../agreement/content.ts'
import { exact, compareExact, whole } from '../base/exact.ts'
import type { Assessment, TargetAssessment, Verdict } from '../judging/assessment.ts'
import { verdictLabels } from '../judging/verdict-labels.ts'
import { assess } from '../judging/rule.ts'
import type { ReviewState } from '../review/state.ts'
import { overlap } from '../base/time.ts'
import { isObservationHidden, publishableText, publishedFigures } from './figure-disclosure.ts'
import type { ReportedAssumption, ReportedTarget } from './report.ts'
import type { FinalAssessment } from '../review/slices/assessment.ts'

/** The words for what is not shown (LETTERS 4.4), by what it is. */
const suppressedTexts = {
  figure: 'Tallet vises ikke af diskretionshensyn.',
  baseline: 'Udgangspunktet vises ikke af diskretionshensyn.',
  assumption: 'Forudsætningens tal vises ikke af diskretionshensyn.',
} as const
type Hidden = keyof typeof suppressedTexts

export interface CompiledTarget {
  readonly target: ReportedTarget
  /** Figures and numbers of assumptions that are not shown. */
  readonly cells: number
  /** The overall result, less what the other targets show, would give a hidden figure away. */
  readonly hidesOverall: boolean
}

const verdictSentence = (verdict: Verdict): string => {
  const words = verdictLabels.da[verdict]
  if (verdict === 'not-assessable') return `Målet ${words}.`
  return verdict === 'not-met-assumption-failed'
    ? `Målet er bedømt som »${words}«.`
    : `Målet vurderes at være ${words}.`
}

/** The last known value that was valid in the results' year. */
const observedValue = (assessment: Assessment, key: string): string | null => {
  const year = { from: `${assessment.input.year}-01-01`, to: `${assessment.input.year}-12-31` }
  return (
    assessment.input.observations
      .filter((one) => one.assumption === key && overlap({ from: one.validFrom, to: one.validTo }, year))
      .toSorted((a, b) => (a.knownOn < b.knownOn ? -1 : a.knownOn > b.knownOn ? 1 : 0))
      .at(-1)?.value ?? null
  )
}

const failedAssumption = (
  assessment: Assessment,
  content: AgreementContent,
  key: string,
  published: readonly Assessment[],
): ReportedAssumption => {
  const assumption =
    assessment.input.assumptions.find((one) => one.key === key) ??
    content.assumptions.find((one) => one.key === key)
  const value = observedValue(assessment, key)
  const before = published.flatMap((one) => observedValue(one, key) ?? [])
  const hidden = assumption !== undefined && value !== null && isObservationHidden(assumption, value, before)
  return {
    key,
    title: assumption?.title ?? key,
    unit: assumption?.unit ?? '',
    reference: assumption?.reference.value ?? null,
    referenceOn: assumption?.reference.on ?? null,
    observed: hidden ? null : value,
    source: assumption?.reference.source ?? '',
    suppressed: hidden,
  }
}

/** A part between nothing and the whole is worked out of the figure; 0 and 1 say no more than the verdict. */
const isPartial = (counted: string | null): boolean =>
  counted !== null && compareExact(exact(counted), whole(0)) > 0 && compareExact(exact(counted), whole(1)) < 0

const byHandOf = (
  review: ReviewState,
  final: FinalAssessment,
  assessed: TargetAssessment,
  hidden: boolean,
): ReportedTarget['byHand'] => {
  const ruleVerdict = assess(final.assessment.input).targets.find((one) => one.key === assessed.key)?.verdict
  if (ruleVerdict === undefined || ruleVerdict === assessed.verdict) return null
  const change =
    review.recommendation?.subject === final.subject
      ? review.recommendation.changes.find((one) => one.target === assessed.key)
      : undefined
  return { ruleVerdict, reason: publishableText(change?.reason ?? null, hidden) }
}

const sentenceOf = (
  assessed: TargetAssessment,
  hidden: Hidden | null,
  byHand: ReportedTarget['byHand'],
): string => {
  // "Not assessable" is said with its reason and without a figure.
  if (byHand === null)
    return hidden !== null && assessed.reason === null
      ? `${suppressedTexts[hidden]} ${verdictSentence(assessed.verdict)}`
      : assessed.sentence.da
  const rule = hidden === null ? assessed.sentence.da : suppressedTexts[hidden]
  return `${rule} Efter en konkret vurdering: ${verdictSentence(assessed.verdict)}`
}

const base = (target: Target, review: ReviewState) => ({
  key: target.key,
  title: target.title,
  ...(target.theme === undefined ? {} : { theme: target.theme }),
  measure: target.measure.type,
  unit: target.measure.type === 'milestone' ? '' : target.measure.unit,
  direction: target.direction,
  method: target.method,
  weight: target.weight,
  version: review.versions.find((one) => one.target === target.key)?.version ?? null,
  source: target.measurement.source,
  goal: target.targets.find((one) => one.year === review.year)?.value ?? '',
})

/**
 * A target of a finally assessed review, as it may be published.
 * @param published assessments of it that have been published before, oldest first: the report's and its sheets'
 */
export const compileTarget = (
  target: Target,
  content: AgreementContent,
  review: ReviewState,
  final: FinalAssessment,
  published: readonly Assessment[] = [],
): CompiledTarget | null => {
  const { assessment } = final
  const assessed = assessment.targets.find((one) => one.key === target.key)
  if (assessed === undefined) return null
  const figures = publishedFigures(target, assessment, published)
  const failedAssumptions = assessed.failedAssumptions.map((key) =>
    failedAssumption(assessment, content, key, published),
  )
  const hidden: Hidden | null =
    figures.figure.is === 'suppressed'
      ? 'figure'
      : figures.hidden
        ? 'baseline'
        : failedAssumptions.some((one) => one.suppressed)
          ? 'assumption'
          : null
  const byHand = byHandOf(review, final, assessed, figures.cells > 0 || hidden !== null)
  return {
    target: {
      ...base(target, review),
      baseline: figures.baseline,
      figure: figures.figure,
      members: [...figures.members],
      verdict: assessed.verdict,
      notAssessable: assessed.reason,
      achieved: figures.hidden ? null : assessed.achieved,
      sentence: sentenceOf(assessed, hidden, byHand),
      byHand,
      failedAssumptions,
    },
    cells: figures.cells + failedAssumptions.filter((one) => one.suppressed).length,
    hidesOverall: figures.hidden && isPartial(assessed.counted),
  }
}

/** A target of a review that is not finally assessed: what was agreed, and no figure before it was heard. */
export const pendingTarget = (target: Target, review: ReviewState, why: string): CompiledTarget => ({
  target: {
    ...base(target, review),
    baseline: null,
    figure: { is: 'nothing' },
    members: [],
    verdict: null,
    notAssessable: null,
    achieved: null,
    sentence: why,
    byHand: null,
    failedAssumptions: [],
  },
  cells: 0,
  hidesOverall: false,
})
