import { grantsOf, type AgreementContent, type AgreementKind } from '../agreement/content.ts'
import { yearEnd } from '../agreement/parties.ts'
import type { AgreementState } from '../agreement/state.ts'
import { isAfter } from '../base/time.ts'

/** What one agreement has been promised for one year (tilsagn), in whole kroner. */
export interface Commitment {
  readonly agreement: string
  readonly kind: AgreementKind
  readonly year: number
  readonly kroner: bigint
}

/** The grants of an agreement's text by year. */
export const commitmentsIn = (content: AgreementContent): readonly Commitment[] => {
  const byYear = new Map<number, bigint>()
  for (const { year, kroner } of grantsOf(content))
    byYear.set(year, (byYear.get(year) ?? 0n) + BigInt(kroner))
  return [...byYear]
    .map(([year, kroner]) => ({ agreement: content.id, kind: content.kind, year, kroner }))
    .toSorted((a, b) => a.year - b.year)
}

/**
 * What a signed agreement is committed to: each year by the version in force at its end, nothing for years after
 * the agreement ended. No verdict is asked for: an unmet target takes no money back (domain/README.md, "Money").
 */
export const commitmentsOf = (state: AgreementState): readonly Commitment[] => {
  const years = new Set(state.versions.flatMap(({ content }) => grantsOf(content).map(({ year }) => year)))
  return [...years]
    .toSorted((a, b) => a - b)
    .flatMap((year) => {
      if (state.endedOn !== null && isAfter(`${year}-01-01`, state.endedOn)) return []
      const version =
        state.versions.findLast((one) => !isAfter(one.effectiveFrom, yearEnd(year))) ?? state.versions[0]
      return version === undefined ? [] : commitmentsIn(version.content).filter((one) => one.year === year)
    })
}
