import { grantsOf, type AgreementContent } from '../agreement/content.ts'
import type { Shortcoming } from '../agreement/shortcoming.ts'
import { printKroner } from '../base/danish.ts'
import { commitmentsIn, type Commitment } from './commitments.ts'
import type { Frame } from './frame.ts'
import { frameFor } from './frames.ts'

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
