import {
  grantsOf,
  type AgreementContent,
  type Shortcoming,
  type AgreementKind,
  yearEnd,
} from '../agreement/content.ts'
import { printKroner } from '../base/danish.ts'
import { frameFor, type Frame } from './frames.ts'
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

/** What a commitment is checked against. */
export interface Budget {
  readonly frames: readonly Frame[]
  /** Commitments of every agreement; the one that is checked may be among them. */
  readonly committed: readonly Commitment[]
}

const sumOf = (commitments: readonly Commitment[]): bigint =>
  commitments.reduce((sum, { kroner }) => sum + kroner, 0n)

/** A frame with what is committed of it. `free` is below nothing when more is committed than there is. */
export interface FrameUse {
  readonly frame: Frame
  readonly kroner: bigint
  readonly committed: bigint
  readonly free: bigint
}

export const useOf = (frame: Frame, committed: readonly Commitment[]): FrameUse => {
  const kroner = BigInt(frame.kroner)
  const used = sumOf(committed.filter(({ kind, year }) => year === frame.year && frame.kinds.includes(kind)))
  return { frame, kroner, committed: used, free: kroner - used }
}

/** Where the file says the year's grants: its first one. */
const placeOf = (content: AgreementContent, year: number): string =>
  grantsOf(content).find((grant) => grant.year === year)?.path ?? 'actionPlan'

const crowns = (kroner: bigint): string => printKroner(String(kroner))

/** Does a text give more in some year than the agreement is committed to? Only then is there anything to check. */
export const givesMore = (content: AgreementContent, before: readonly Commitment[]): boolean =>
  commitmentsIn(content).some(({ year, kroner }) => kroner > sumOf(before.filter((one) => one.year === year)))

/**
 * Why the grants of a text cannot be committed. A year whose Finance Act is passed: they fit in what is free of
 * its frame. A year that has none: the text names it in its reservation (»med forbehold for den nødvendige
 * bevilling på finansloven«). Years in which the text gives no more than was committed before are not asked about:
 * a reduced frame takes nothing back.
 * @param before what the agreement is committed to by now; none for a new one
 */
export const commitmentShortcomings = (
  content: AgreementContent,
  budget: Budget,
  before: readonly Commitment[],
): readonly Shortcoming[] =>
  commitmentsIn(content).flatMap(({ year, kind, kroner }): Shortcoming[] => {
    const already = sumOf(before.filter((one) => one.year === year))
    if (kroner <= already) return []
    const frame = frameFor(budget.frames, { kind, year })
    if (frame === null)
      return content.reservation?.includes(String(year)) === true
        ? []
        : [
            {
              path: 'reservation',
              expected: `a reservation that names ${year}: no Finance Act for it is passed (»med forbehold for den nødvendige bevilling på finansloven«)`,
              da: `et forbehold, der nævner ${year}: finansloven for det år er ikke vedtaget (»med forbehold for den nødvendige bevilling på finansloven«)`,
            },
          ]
    const others = budget.committed.filter(({ agreement }) => agreement !== content.id)
    const { free } = useOf(frame, others)
    return kroner <= free
      ? []
      : [
          {
            path: placeOf(content, year),
            expected: `grants for ${year} within the frame (${frame.source}): ${crowns(free)} are free of ${crowns(BigInt(frame.kroner))}, and the text gives ${crowns(kroner)}`,
            da: `tilskud for ${year} inden for rammen (${frame.source}): ${crowns(free)} er ledige af ${crowns(BigInt(frame.kroner))}, og teksten giver ${crowns(kroner)}`,
          },
        ]
  })
