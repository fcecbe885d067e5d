import { compareExact, exact } from '../base/exact.ts'
import type { Assessment, AssessmentInput, Verdict } from './assessment.ts'
import { canonicalJson } from './canonical.ts'

/** What a verdict counts when a caseworker has set it by hand: the rule's number would contradict it. */
const verdictOrder: readonly Verdict[] = ['not-met', 'not-met-assumption-failed', 'partly-met', 'met']

/** The assessment with verdicts changed by hand in their place; the working stays as computed. */
export const finalAssessment = (
  assessment: Assessment,
  changes: readonly { readonly target: string; readonly verdict: Verdict }[],
): Assessment => ({
  ...assessment,
  targets: assessment.targets.map((target) => {
    const change = changes.find((candidate) => candidate.target === target.key)
    return change === undefined ? target : { ...target, verdict: change.verdict }
  }),
})

/**
 * What the municipality has not given itself: the agreement, the rules, and what the ministry observed for the year.
 */
const basisOf = (input: AssessmentInput): string =>
  canonicalJson({
    ruleVersion: input.ruleVersion,
    targets: input.targets,
    assumptions: input.assumptions,
    observations: input.observations.filter(
      (observation) =>
        observation.validFrom <= `${input.year}-12-31` &&
        observation.validTo >= `${input.year}-01-01` &&
        input.assumptions.some(
          (assumption) => assumption.key === observation.assumption && assumption.observedBy === 'ministry',
        ),
    ),
  })

/**
 * Is every difference to what was heard the municipality's own and in its favour? Then its own correction needs no new
 * hearing (infra/decisions/hearings.md). A target that was or becomes not assessable is a difference that is heard.
 */
export const onlyInFavour = (heard: Assessment, next: Assessment): boolean =>
  basisOf(next.input) === basisOf(heard.input) &&
  next.targets.every((target) => {
    const before = heard.targets.find((candidate) => candidate.key === target.key)
    if (before === undefined) return false
    if (before.verdict === target.verdict && before.actual === target.actual) return true
    const rank = verdictOrder.indexOf(target.verdict)
    const rankBefore = verdictOrder.indexOf(before.verdict)
    if (rank < 0 || rankBefore < 0 || rank < rankBefore) return false
    // On one basis the share of the way follows the figure: the figure itself says which is better.
    if (target.actual === null || before.actual === null) return rank > rankBefore
    const falling = next.input.targets.some((one) => one.key === target.key && one.direction === 'falling')
    const order = compareExact(exact(target.actual), exact(before.actual))
    return falling ? order <= 0 : order >= 0
  })
