import type { AgreementContent, Target } from '../agreement/content.ts'
import type { AssessmentInput, Observation } from '../judging/assessment.ts'
import { todayInCopenhagen } from '../base/time.ts'
import { siblingKeys, partyOf, type PartyState } from './slices/figures.ts'
import type { AnswerValue } from '../casefile/reading.ts'
import { type ReviewState } from './state.ts'
import type { AgreementId } from '../base/values.ts'

type Given = AssessmentInput['figures'][number]['given']

const numberOf = (value: AnswerValue | undefined): string | null =>
  value?.is === 'number' ? value.value : null

/** What a party has given for a target: a doubted figure is no figure. */
export const givenFor = (target: Target, party: PartyState | null): Given => {
  if (party === null) return { given: 'nothing' }
  const doubted = (key: string) => party.doubts.some((doubt) => siblingKeys(doubt.key).includes(key))
  const value = (key: string) => (doubted(key) ? undefined : party.figures[key]?.value)
  if (target.measure.type === 'share') {
    const total = value(`${target.key} i alt`)
    const ofWhich = value(`${target.key} heraf`)
    if (total?.is === 'not-available' || ofWhich?.is === 'not-available') return { given: 'not-available' }
    const denominator = numberOf(total)
    const numerator = numberOf(ofWhich)
    return denominator === null || numerator === null
      ? { given: 'nothing' }
      : { given: 'measured', measured: { numerator, denominator } }
  }
  const single = value(target.key)
  if (single?.is === 'not-available') return { given: 'not-available' }
  if (target.measure.type === 'milestone')
    return single?.is === 'milestone'
      ? { given: 'measured', measured: { met: single.met, on: single.on } }
      : { given: 'nothing' }
  const number = numberOf(single)
  return number === null ? { given: 'nothing' } : { given: 'measured', measured: { value: number } }
}

/** Values the municipality observed, valid in the results' year; a partnership's lead is asked alone. */
export const reportedObservations = (state: ReviewState, content: AgreementContent): Observation[] =>
  content.assumptions
    .filter((assumption) => assumption.observedBy === 'municipality' && assumption.years.includes(state.year))
    .flatMap((assumption) =>
      state.parties.flatMap((party) => {
        const figure = party.figures[assumption.key]
        const doubted = party.doubts.some((doubt) => doubt.key === assumption.key)
        const value = doubted ? null : numberOf(figure?.value)
        return value === null || figure === undefined
          ? []
          : [
              {
                assumption: assumption.key,
                value,
                knownOn: todayInCopenhagen(figure.receivedAt),
                validFrom: `${state.year}-01-01`,
                validTo: `${state.year}-12-31`,
                source: `indberetning ${party.municipality}`,
              },
            ]
      }),
    )

/** What the ministry observed; the municipality's own values are read from its figures, doubts and all. */
export const ministrysObservations = (
  assumptions: AgreementContent['assumptions'],
  observations: readonly Observation[],
): readonly Observation[] => {
  const ministrys = new Set(assumptions.filter((one) => one.observedBy === 'ministry').map((one) => one.key))
  return observations.filter((observation) => ministrys.has(observation.assumption))
}

/** Everything the judging reads, from the record: stored with the draft so that it can be redone. */
export const assessmentInput = (
  state: ReviewState,
  content: AgreementContent,
  agreement: AgreementId,
  ministryObservations: readonly Observation[],
  ruleVersion: string,
): AssessmentInput => ({
  ruleVersion,
  agreement,
  year: state.year,
  targets: content.targets,
  assumptions: content.assumptions,
  figures: content.targets.flatMap((target) =>
    target.reportedBy.map((municipality) => ({
      target: target.key,
      municipality,
      given: givenFor(target, partyOf(state, municipality)),
    })),
  ),
  observations: [...reportedObservations(state, content), ...ministryObservations],
  ...(content.scoring === undefined ? {} : { scoring: content.scoring }),
})
