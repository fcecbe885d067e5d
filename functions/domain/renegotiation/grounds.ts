import type { AgreementState } from '../agreement/state.ts'
import { assumptionFor, latestVersion } from '../agreement/versions.ts'
import type { Ground, ObservedChange } from './slices/question.ts'
import type { Trigger } from '../agreement/slices/questions.ts'

/** The run under way on a date: it opens on 1 December and is named by the year whose results it collects. */
export const resultsYearOn = (date: string): number =>
  Number(date.slice(0, 4)) - (date.slice(5, 7) === '12' ? 0 : 1)

const changeOf = (agreement: AgreementState, observationId: string): readonly ObservedChange[] => {
  const recorded = agreement.observations.find((one) => one.observationId === observationId)
  if (recorded === undefined) return []
  const { assumption: key, value, knownOn, validFrom, validTo, source } = recorded.observation
  const assumption = assumptionFor(agreement, key, { validFrom, validTo })
  if (assumption === null) return []
  const { reference } = assumption
  return [
    {
      assumption: assumption.key,
      reference: reference.value,
      referenceOn: reference.on,
      referenceSource: reference.source,
      derived: reference.derived,
      value,
      knownOn,
      validFrom,
      validTo,
      source,
    },
  ]
}

/** Whose wish a trigger is, and whether its mail's receipt tells when it is answered. */
export type Wishing = Pick<Ground, 'party' | 'toldByReceipt'>

/** What the agreement's own trigger means for the renegotiation: values, and the targets it bears on. */
export const groundOf = (agreement: AgreementState, trigger: Trigger, wishing: Wishing): Ground => {
  const { triggerId, cause, assumptionKeys, error, observationId, matterId } = trigger
  const assumptions = latestVersion(agreement)?.content.assumptions ?? []
  const bearsOn = new Set(
    assumptions.filter((one) => assumptionKeys.includes(one.key)).flatMap((one) => one.bearsOn),
  )
  return {
    triggerId,
    cause,
    assumptionKeys: [...assumptionKeys],
    error,
    observationId,
    matterId,
    changes: observationId === null ? [] : [...changeOf(agreement, observationId)],
    targets: (latestVersion(agreement)?.content.targets ?? [])
      .map((target) => target.key)
      .filter((key) => bearsOn.has(key)),
    ...wishing,
  }
}
