import type { Verdict } from '../domain/judging/assessment.ts'
import { verdictLabels } from '../domain/judging/verdict-labels.ts'
import type { Language } from '../domain/base/values.ts'

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
