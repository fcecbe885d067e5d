import type { Assessment, AssessmentInput } from './assessment.ts'
import { canonicalJson } from './canonical.ts'
import { assessByR1 } from './r1.ts'
import { assessByR2 } from './r2.ts'

/** Every judging rule ever released. One is added, none is edited or removed. */
export const ruleVersions: ReadonlyMap<string, (input: AssessmentInput) => Assessment> = new Map([
  ['r1', assessByR1],
  ['r2', assessByR2],
])

/** The version new drafts are judged by. */
export const currentRuleVersion = 'r2'

/** Judges by the rule version the input names. Throws a `RangeError` for one never released. */
export const assess = (input: AssessmentInput): Assessment => {
  const rule = ruleVersions.get(input.ruleVersion)
  if (rule === undefined) throw new RangeError(`no judging rule "${input.ruleVersion}"`)
  return rule(input)
}

/** Does judging the stored input again give the stored assessment, byte for byte? */
export const isReproducible = (assessment: Assessment): boolean =>
  canonicalJson(assess(assessment.input)) === canonicalJson(assessment)
