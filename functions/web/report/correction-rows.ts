import { printDate } from '../../domain/base/danish.ts'
import { municipality } from '../../domain/directory/municipalities.ts'
import type { ReportedAgreement, ReportedTarget } from '../../domain/report/report.ts'
import {
  baselineText,
  factCheckText,
  figureText,
  goalText,
  overallText,
  resultText,
  verdictText,
} from './report-words.ts'

/** One place of an agreement's pages that reads otherwise now. */
export interface CorrectedPlace {
  /** `Mål 1, bedømmelse`. */
  readonly place: string
  readonly was: string
  readonly holds: string
}

const none = '–'

const standing = ({ assessed, outcome }: ReportedAgreement): string =>
  assessed === null
    ? outcome === 'stopped'
      ? 'bedømmelsen er standset'
      : 'ikke bedømt endeligt'
    : `endeligt bedømt den ${printDate(assessed.on)} (bedømmelse nr. ${assessed.version})`

const changed = (place: string, was: string, holds: string): readonly CorrectedPlace[] =>
  was === holds ? [] : [{ place, was: was === '' ? none : was, holds: holds === '' ? none : holds }]

const byHandText = ({ byHand }: ReportedTarget): string =>
  byHand === null ? 'nej' : `ja: ${byHand.reason ?? 'begrundelsen vises ikke'}`

const ofTarget = (was: ReportedTarget, holds: ReportedTarget): readonly CorrectedPlace[] => {
  const at = (what: string) => `Mål ${was.key.slice(1)}, ${what}`
  const codes = [...new Set([...was.members, ...holds.members].map((one) => one.municipality))]
  const memberText = (target: ReportedTarget, code: string) => {
    const member = target.members.find((one) => one.municipality === code)
    return member === undefined || target.verdict === null
      ? none
      : figureText(member.figure, { ...target, verdict: null })
  }
  return [
    ...changed(at('navn'), was.title, holds.title),
    ...changed(at('udgangspunkt'), baselineText(was), baselineText(holds)),
    ...changed(at('mål'), goalText(was), goalText(holds)),
    ...changed(at('resultat'), resultText(was), resultText(holds)),
    ...codes.flatMap((code) =>
      changed(
        at(`tal fra ${municipality(code).officialName}`),
        memberText(was, code),
        memberText(holds, code),
      ),
    ),
    ...changed(at('bedømmelse'), verdictText(was), verdictText(holds)),
    ...changed(at('begrundelse'), was.sentence, holds.sentence),
    ...changed(at('ændret ved konkret vurdering'), byHandText(was), byHandText(holds)),
  ]
}

/**
 * What of an agreement's pages reads otherwise, place by place, in the words of the pages. Courses that go on by
 * themselves (a renegotiation, the dissemination) are no errors of the report and are not in it.
 */
export const correctedPlaces = (
  was: ReportedAgreement,
  holds: ReportedAgreement,
): readonly CorrectedPlace[] => [
  ...changed('Aftalens navn', was.title, holds.title),
  ...changed('Bedømmelsen', standing(was), standing(holds)),
  ...changed('Samlet', overallText(was), overallText(holds)),
  ...was.targets.flatMap((target) => {
    const now = holds.targets.find((one) => one.key === target.key)
    return now === undefined ? [] : ofTarget(target, now)
  }),
  ...changed('Ydre forhold', was.externalFactors.join(' '), holds.externalFactors.join(' ')),
  ...was.actions.flatMap((action) =>
    changed(
      `Aktivitet ${action.key.slice(1)}, navn`,
      action.title,
      holds.actions.find((one) => one.key === action.key)?.title ?? action.title,
    ),
  ),
  ...was.parties.flatMap((party) => {
    const now = holds.parties.find((one) => one.municipality === party.municipality)
    return now === undefined
      ? []
      : changed(`Faktatjek, ${party.name}`, factCheckText(party), factCheckText(now))
  }),
]
