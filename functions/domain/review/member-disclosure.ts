import { maySeeSum, publishedRules, type Cell } from '../judging/disclosure.ts'
import type { AssessmentInput } from '../judging/assessment.ts'

const cellsOf = (input: AssessmentInput, target: string): readonly Cell[] =>
  input.figures.flatMap((figure) =>
    figure.target === target && figure.given.given === 'measured' && 'numerator' in figure.given.measured
      ? [
          {
            municipality: figure.municipality,
            numerator: BigInt(figure.given.measured.numerator),
            denominator: BigInt(figure.given.measured.denominator),
          },
        ]
      : [],
  )

/**
 * Targets whose common figure a letter to this member may not show: its own taken away, another member's small
 * number could be computed (DOMAIN.md 7, LETTERS.md 1.13).
 */
export const suppressedFor = (input: AssessmentInput, municipality: string): ReadonlySet<string> =>
  new Set(
    input.targets
      .map((target) => target.key)
      .filter((key) => !maySeeSum(municipality, cellsOf(input, key), publishedRules)),
  )
