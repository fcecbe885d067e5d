import type { Language } from '../domain/base/values.ts'
import type { MailRecord } from '../domain/casefile/mails.ts'
import type { Assessment, Verdict } from '../domain/judging/assessment.ts'
import { verdictLabels } from '../domain/judging/verdict-labels.ts'
import type { ReviewState } from '../domain/review/state.ts'
import { suppressedFor } from '../domain/judging/disclosure.ts'
import type { ReviewLetter } from './declared-letter.ts'

/** One target's result as a hearing or an assessment tells it. */
export interface AssessedTarget {
  /** `M1` */
  readonly key: string
  readonly verdict: Verdict
  /** The working in one sentence or more, from the assessment. */
  readonly sentence: { readonly da: string; readonly en: string }
  /** Set when the caseworker's verdict differs from the rule's, with its reason. */
  readonly byHand: { readonly reason: string } | null
  /** External factors that went into the assessment, the caseworker's words; empty when there are none. */
  readonly factors: string
  /** The figure may not be shown in this letter: another member's small number could be computed from it. */
  readonly suppressed: boolean
}

/** The overall result as a letter tells it. */
export interface OverallResult {
  /** Percent, exact; null: not assessable. */
  readonly overall: string | null
  readonly coverage: string
  /** The agreement's own minimum coverage, where it has one. */
  readonly minimumCoveragePct?: string | undefined
  /** What is said of the whole: weights that were computed anew. */
  readonly notes?: readonly { readonly da: string; readonly en: string }[] | undefined
}

export const overallNotes = ({ notes = [] }: OverallResult, language: Language): readonly string[] =>
  notes.map((note) => note[language])

const verdictSentence = (verdict: Verdict, language: Language): string => {
  const words = verdictLabels[language][verdict]
  if (language === 'en')
    return verdict === 'not-assessable' || verdict === 'met'
      ? `The target is ${words}.`
      : `The target is assessed as "${words}".`
  if (verdict === 'not-assessable') return 'Målet kan ikke bedømmes.'
  if (verdict === 'not-met-assumption-failed') return `Målet er bedømt som »${words}«.`
  return `Målet vurderes at være ${words}.`
}

const sentencesOf = (target: AssessedTarget, language: Language): readonly string[] => {
  const danish = language === 'da'
  if (target.suppressed) {
    const hidden = danish
      ? 'Tallet vises ikke af diskretionshensyn.'
      : 'The figure is not shown for reasons of confidentiality.'
    return [hidden, verdictSentence(target.verdict, language)]
  }
  if (target.byHand === null) return [target.sentence[language]]
  const whole = danish ? 'Efter en konkret vurdering:' : 'After an assessment of the case:'
  return [
    target.sentence[language],
    `${whole} ${verdictSentence(target.verdict, language)}`,
    target.byHand.reason,
  ]
}

/** `Mål 1. 61 af 134 personer, 45,5 pct. mod et mål på 50,0 pct. ...`, one paragraph per target. */
export const assessedTargetTexts = (
  targets: readonly AssessedTarget[],
  language: Language,
): readonly string[] =>
  targets.map((target) => {
    const name = `${language === 'da' ? 'Mål' : 'Target'} ${target.key.slice(1)}.`
    return [name, ...sentencesOf(target, language), target.factors].filter((part) => part !== '').join(' ')
  })

/** Targets (`M1`) that a mail comments on. */
export const commentedTargets = ({ values }: Pick<MailRecord, 'values'>): readonly string[] =>
  values.flatMap(({ key }) => /^(M\d+) bemærkning$/u.exec(key)?.[1] ?? [])

export const overallOf = ({ overall, coverage, notes, input }: Assessment): OverallResult => ({
  overall,
  coverage,
  minimumCoveragePct: input.scoring?.minimumCoveragePct,
  notes,
})

/**
 * The assessed targets as a letter to this party may show them; external factors stand in the caseworker's words
 * behind the first target they bear on.
 */
export const targetsFor = (
  { state, party }: ReviewLetter,
  assessment: Assessment,
): readonly AssessedTarget[] => {
  const hidden = suppressedFor(assessment.input, party.municipality)
  const factors = (state.recommendation?.externalFactors ?? []).join(' ')
  const bearsOn = Math.max(
    0,
    assessment.targets.findIndex(({ verdict }) => verdict !== 'met'),
  )
  return assessment.targets.map(({ key, verdict, sentence }, index) => {
    const change = state.recommendation?.changes.find(({ target }) => target === key)
    return {
      key,
      verdict,
      sentence,
      byHand: change === undefined ? null : { reason: change.reason },
      factors: index === bearsOn ? factors : '',
      suppressed: hidden.has(key),
    }
  })
}

/** Were figures sent with a reservation for political consideration? */
export const hasReservation = ({ parties }: ReviewState): boolean =>
  parties.some(({ figures }) => {
    const value = figures['Forbehold']?.value
    return value !== undefined && !(value.is === 'yes-no' && !value.yes)
  })
