import type { AgreementState } from '../agreement/state.ts'
import { contentForYear, lastDay, latestVersion, targetsFor, versionOn } from '../agreement/versions.ts'
import { partiesOn, yearEnd } from '../agreement/content.ts'
import { formFor } from '../form/form.ts'
import { isBefore } from '../base/time.ts'
import type { AgreementId } from '../base/values.ts'
import type { LeftOutEntry, ManifestEntry } from './slices/manifest.ts'

/** The results' year that a start is for: from the summer on the calendar year's own, before it the year before. */
export const resultsYear = (scheduledOn: string): number =>
  Number(scheduledOn.slice(0, 4)) - (Number(scheduledOn.slice(5, 7)) >= 7 ? 0 : 1)

/** Who of the agreement's parties is asked for the year: members with at least one line to fill in. */
export const askedParties = (state: AgreementState, year: number) => {
  const content = contentForYear(state, year) ?? latestVersion(state)?.content
  return content === undefined
    ? []
    : partiesOn(content, yearEnd(year))
        .filter((party) =>
          formFor(content, { year, municipality: party.municipality }).some((field) => field.required),
        )
        .map((party) => ({ municipality: party.municipality, role: party.role }))
}

/** Is the agreement asked for the year, and if not, why? */
export const placeInYear = (
  id: AgreementId,
  state: AgreementState,
  year: number,
): { readonly asked: ManifestEntry } | { readonly leftOut: LeftOutEntry } => {
  const latest = latestVersion(state)
  const municipalities = (latest?.content ?? state.draft)?.parties.map((party) => party.municipality) ?? []
  const out = (reason: LeftOutEntry['reason']) => ({
    leftOut: { agreement: id, municipalities: [...municipalities], reason },
  })
  if (latest === null) return out('incomplete')
  const targets = targetsFor(state, year)
  if (targets.length > 0)
    return {
      asked: {
        agreement: id,
        municipalities: askedParties(state, year).map((party) => party.municipality),
        targets: targets.length,
      },
    }
  const end = lastDay(state)
  if (end !== null && isBefore(end, yearEnd(year))) return out('expired')
  const first = state.versions[0]
  const laterYear =
    first !== undefined && first.effectiveFrom > yearEnd(year) && versionOn(state, yearEnd(year + 1)) !== null
  return out(laterYear ? 'first-year-next' : 'not-in-force')
}
