import { add, compareExact, div, exact, exactText, mul, sum, whole } from '../base/exact.ts'
import type { Exact } from '../base/exact.ts'
import type { Assessment, AssessmentInput, TargetAssessment } from './assessment.ts'
import { sentences } from './r1-sentence.ts'
import { judgeTarget } from './r1-target.ts'
import type { Judged } from './r1-target.ts'

/**
 * Rule version r1 (DESIGN.md 4, DOMAIN.md R8). Released: never edited, only followed by r2; a stored
 * assessment is redone with the version it names, and a test holds r1 to its bytes.
 */

const asAssessment = (judged: Judged): TargetAssessment => {
  const { figure } = judged
  const optional = (value: Exact | null): string | null => (value === null ? null : exactText(value))
  return {
    key: judged.target.key,
    method: judged.target.method,
    verdict: judged.verdict,
    reason: judged.reason,
    actual: figure.is === 'share' || figure.is === 'number' ? exactText(figure.value) : null,
    numerator: figure.is === 'share' ? exactText(figure.numerator) : null,
    denominator: figure.is === 'share' ? exactText(figure.denominator) : null,
    target: judged.targetValue,
    achieved: optional(judged.achieved),
    counted: optional(judged.counted),
    weight: judged.target.weight,
    failedAssumptions: judged.failures.map((one) => one.assumption.key),
    working: [...judged.working],
    sentence: sentences(judged),
  }
}

const totalWeight = (judged: readonly Judged[]): Exact => sum(judged.map((one) => whole(one.target.weight)))

/**
 * Judges every target and the whole: weighted over the assessable targets, each capped at 1, with the
 * coverage; below half coverage the whole is not assessable. A target without a value for the year is no part
 * of it, and the weights of the others are measured against each other.
 */
export const assessByR1 = (input: AssessmentInput): Assessment => {
  const judged = input.targets.map((target) => judgeTarget(target, input))
  const inPlay = judged.filter((one) => one.reason !== 'no-target-this-year')
  const assessable = inPlay.filter((one) => one.counted !== null)
  const [weight, assessableWeight] = [totalWeight(inPlay), totalWeight(assessable)]
  const coverage = weight.n === 0n ? whole(0) : mul(div(assessableWeight, weight), whole(100))
  const counted = assessable.reduce(
    (total, one) => add(total, mul(whole(one.target.weight), one.counted ?? whole(0))),
    whole(0),
  )
  const enough = assessableWeight.n > 0n && compareExact(coverage, exact('50')) >= 0
  return {
    ruleVersion: input.ruleVersion,
    input,
    targets: judged.map(asAssessment),
    overall: enough ? exactText(mul(div(counted, assessableWeight), whole(100))) : null,
    coverage: exactText(coverage),
  }
}
