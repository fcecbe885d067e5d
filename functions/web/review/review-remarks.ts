import { verdictLabels } from '../../domain/judging/verdict-labels.ts'
import { askedUpTo, missingFields } from '../../domain/review/asked.ts'
import type { ReviewState } from '../../domain/review/state.ts'
import { targetWord } from '../words.ts'

/** Why a draft is more than a formality: what was changed, doubted, remarked, missing or sent back before. */
export const remarksOn = (state: ReviewState): readonly string[] => {
  const { draft, recommendation } = state
  if (draft === null) return []
  const unassessable = draft.assessment.targets.filter((target) => target.verdict === 'not-assessable')
  const failed = draft.assessment.targets.filter((target) => target.failedAssumptions.length > 0)
  const noted = state.parties.some((party) =>
    Object.values(party.figures).some((figure) => /bemærkning/iu.test(figure.key) && figure.text !== ''),
  )
  const missing = state.parties.some(
    (party) => missingFields(state, party, askedUpTo(state, party.municipality)).length > 0,
  )
  const changed = recommendation?.changes ?? []
  return [
    ...changed.map(
      (change) => `${targetWord(change.target)} ændret til »${verdictLabels.da[change.verdict]}«`,
    ),
    ...((recommendation?.externalFactors.length ?? 0) > 0 ? ['ydre forhold'] : []),
    ...(unassessable.length > 0
      ? [`${unassessable.map((target) => targetWord(target.key)).join(', ')} kan ikke bedømmes`]
      : []),
    ...(failed.length > 0 ? ['ændrede forudsætninger'] : []),
    ...(missing ? ['tal mangler'] : []),
    ...(noted ? ['kommunen har bemærkninger'] : []),
    ...(state.sentBack === null ? [] : ['sendt tilbage']),
    ...(state.rounds > 1 ? [`udkast nr. ${state.rounds}`] : []),
  ]
}
