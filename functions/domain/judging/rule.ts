import { add, compareExact, div, exact, exactText, mul, sum, whole } from '../base/exact.ts'
import type { Exact } from '../base/exact.ts'
import type { Assessment, AssessmentInput, TargetAssessment } from './assessment.ts'
import { canonicalJson } from './canonical.ts'
import { sentences, weightNote } from './sentence.ts'
import { judgeTarget, outOfPlay } from './target.ts'
import type { Judged } from './target.ts'

/**
 * The judging rule, exact rationals throughout; thresholds, weights, caps and decimals are the agreement
 * version's. Once something judged by it has been released it is never edited: whatever is to be judged
 * otherwise is a rule beside it, with a name of its own. What it decides where its sources are silent:
 * `infra/decisions/judging.md`.
 */

/** The name that assessments store of the rule that made them. */
export const currentRuleVersion = 'r2'

const optional = (value: Exact | null): string | null => (value === null ? null : exactText(value))

const asAssessment = (judged: Judged, weightInPlay: Exact): TargetAssessment => {
  const { figure, target, reason } = judged
  const counts = !outOfPlay.includes(reason) && weightInPlay.n > 0n
  return {
    key: target.key,
    method: target.method,
    verdict: judged.verdict,
    reason,
    actual: figure.is === 'share' || figure.is === 'number' ? exactText(figure.value) : null,
    numerator: figure.is === 'share' ? exactText(figure.numerator) : null,
    denominator: figure.is === 'share' ? exactText(figure.denominator) : null,
    target: judged.targetValue,
    achieved: optional(judged.achieved),
    counted: optional(judged.counted),
    weight: target.weight,
    weightPct: counts ? exactText(div(mul(whole(target.weight), hundred), weightInPlay)) : null,
    failedAssumptions: judged.failures.map((one) => one.assumption.key),
    working: [...judged.working],
    sentence: sentences(judged),
  }
}

const hundred = whole(100)
/** Below half the weight the whole is not assessable, unless the agreement says otherwise. */
const usualMinimumCoverage = '50'

const totalWeight = (judged: readonly Judged[]): Exact => sum(judged.map((one) => whole(one.target.weight)))

/**
 * Judges every target and the whole: weighted over the assessable targets, each capped, the whole at most 100,
 * with the coverage; below the minimum coverage the whole is not assessable. A target that is none of the
 * year's is no part of it, and the weights of the others are measured against each other and shown.
 * @throws RangeError when the input names a rule that is not this one
 */
export const assess = (input: AssessmentInput): Assessment => {
  if (input.ruleVersion !== currentRuleVersion) throw new RangeError(`no judging rule "${input.ruleVersion}"`)
  const judged = input.targets.map((target) => judgeTarget(target, input))
  const inPlay = judged.filter((one) => !outOfPlay.includes(one.reason))
  const assessable = inPlay.filter((one) => one.counted !== null)
  const [weight, assessableWeight] = [totalWeight(inPlay), totalWeight(assessable)]
  const coverage = weight.n === 0n ? whole(0) : div(mul(assessableWeight, hundred), weight)
  const counted = assessable.reduce(
    (total, one) => add(total, mul(whole(one.target.weight), one.counted ?? whole(0))),
    whole(0),
  )
  const minimum = exact(input.scoring?.minimumCoveragePct ?? usualMinimumCoverage)
  const enough = assessableWeight.n > 0n && compareExact(coverage, minimum) >= 0
  const overall = enough ? div(mul(counted, hundred), assessableWeight) : null
  const targets = judged.map((one) => asAssessment(one, weight))
  const note = weightNote(targets, weight)
  return {
    ruleVersion: input.ruleVersion,
    input,
    targets,
    overall: overall === null ? null : exactText(compareExact(overall, hundred) > 0 ? hundred : overall),
    coverage: exactText(coverage),
    notes: note === null ? [] : [note],
  }
}

/** Does judging the stored input again give the stored assessment, byte for byte? */
export const isReproducible = (assessment: Assessment): boolean =>
  canonicalJson(assess(assessment.input)) === canonicalJson(assessment)
