import { canonicalJson } from '../judging/canonical.ts'
import { correctEarlierYear, type EarlierYearCorrection } from '../judging/earlier-year.ts'
import { assess } from '../judging/rule.ts'
import { todayInCopenhagen } from '../base/time.ts'
import { assessmentInput } from './judge-input.ts'
import type { ReviewState } from './state.ts'

/** What the parties' figures have become since the final assessment, and what it comes to. */
export interface LateCorrection {
  /** As the rule would judge now, beside what the rule judged then; decisions by hand are apart. */
  readonly correction: EarlierYearCorrection
  /** Targets with another figure than the assessed one, a footnote of the report at the least. */
  readonly targets: readonly string[]
  /** Danish date of the last mail that changed one of them; null when the record does not say. */
  readonly on: string | null
  readonly reopening: 'undecided' | 'declined'
}

/**
 * Corrections that came after the final assessment and are not assessed (Edge case 2 and 16): reopened is
 * only where a verdict changes or a share moves by more than one percentage point; anything less is a footnote.
 * Null while nothing is finally assessed, and when every figure is the assessed one.
 */
export const lateCorrection = (state: ReviewState): LateCorrection | null => {
  const final = state.finals.at(-1)
  const { content, agreement, reopen } = state
  const isSettled = state.status === 'assessed' || state.status === 'closed'
  if (final === undefined || content === null || agreement === null || reopen === null || !isSettled)
    return null
  const { input } = final.assessment
  const now = assessmentInput(
    state,
    { ...content, targets: [...input.targets], assumptions: [...input.assumptions] },
    agreement,
    input.observations.filter((one) => !one.source.startsWith('indberetning ')),
    input.ruleVersion,
  )
  const figures = now.figures.filter(
    (figure) => !input.figures.some((before) => canonicalJson(before) === canonicalJson(figure)),
  )
  const correction = correctEarlierYear(assess(input), figures, now.observations)
  const targets = correction.targets.map(({ key }) => key)
  if (targets.length === 0) return null
  const received = state.parties
    .flatMap((party) => Object.entries(party.figures))
    .flatMap(([key, { receivedAt }]) => (targets.includes(key.split(' ')[0] ?? '') ? [receivedAt] : []))
    .sort()
    .at(-1)
  return {
    correction,
    targets,
    on: received === undefined ? null : todayInCopenhagen(received),
    reopening: reopen.decided ? 'declined' : 'undecided',
  }
}

/** Is there another figure, and too little in it to reopen for? */
export const isFootnote = (state: ReviewState): boolean =>
  lateCorrection(state)?.correction.consequence === 'footnote'
