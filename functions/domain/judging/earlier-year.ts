import { abs, compareExact, exact, exactText, sub, whole } from '../base/exact.ts'
import type { Assessment, AssessmentInput, Verdict } from './assessment.ts'
import { assess } from './rule.ts'

/**
 * A correction of a year that is finally assessed, found in a later one (Edge case 16): registers are
 * regulated anew. It asks whether to reopen only where a verdict changes or a share moves by more than one
 * percentage point; anything less is a footnote. Nothing is ever changed silently.
 */

export interface CorrectedTarget {
  readonly key: string
  readonly before: Verdict
  readonly after: Verdict
  /** How far a share moved, percentage points, exact; null for another measure or without both figures. */
  readonly points: string | null
}

export interface EarlierYearCorrection {
  readonly consequence: 'nothing' | 'footnote' | 'reopen'
  /** The targets whose figure or verdict is another. */
  readonly targets: readonly CorrectedTarget[]
  /** As it would be judged, by the rule version it was judged by then. */
  readonly assessment: Assessment
}

/**
 * What corrected figures of an assessed year come to.
 * @param observations of its assumptions as they are now; by default those it was assessed with
 */
export const correctEarlierYear = (
  assessed: Assessment,
  figures: AssessmentInput['figures'],
  observations: AssessmentInput['observations'] = assessed.input.observations,
): EarlierYearCorrection => {
  const isCorrected = (target: string, municipality: string): boolean =>
    figures.some((one) => one.target === target && one.municipality === municipality)
  const kept = assessed.input.figures.filter((one) => !isCorrected(one.target, one.municipality))
  const assessment = assess({ ...assessed.input, figures: [...kept, ...figures], observations })
  const targets = assessment.targets.flatMap((after): readonly CorrectedTarget[] => {
    const before = assessed.targets.find((one) => one.key === after.key)
    if (before === undefined) return []
    const isSame =
      before.verdict === after.verdict &&
      before.actual === after.actual &&
      before.numerator === after.numerator &&
      before.denominator === after.denominator
    if (isSame) return []
    const isShare = after.denominator !== null && before.actual !== null && after.actual !== null
    const points = isShare ? abs(sub(exact(after.actual ?? '0'), exact(before.actual ?? '0'))) : null
    return [
      {
        key: after.key,
        before: before.verdict,
        after: after.verdict,
        points: points === null ? null : exactText(points),
      },
    ]
  })
  const isMaterial = ({ before, after, points }: CorrectedTarget): boolean =>
    before !== after || (points !== null && compareExact(exact(points), whole(1)) > 0)
  return {
    consequence: targets.some(isMaterial) ? 'reopen' : targets.length > 0 ? 'footnote' : 'nothing',
    targets,
    assessment,
  }
}

type Earlier = NonNullable<AssessmentInput['earlier']>

/**
 * The figures of earlier years as they stand in their final assessments, for counts that run over years: they go
 * before the agreement's own history. A figure that none of them has stays with the history.
 * @param finals each earlier year's current final assessment
 */
export const earlierFigures = (finals: readonly Assessment[]): Earlier =>
  finals.flatMap(({ input }) => {
    const running = input.targets.filter((one) => one.cumulativeFrom !== undefined).map((one) => one.key)
    return input.figures.flatMap(({ target, municipality, given }): Earlier =>
      running.includes(target) && given.given === 'measured'
        ? [{ year: input.year, target, municipality, measured: given.measured }]
        : [],
    )
  })
