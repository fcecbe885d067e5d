import { grantsOf, type AgreementContent } from '../agreement/content.ts'
import type { Shortcoming } from '../agreement/shortcoming.ts'
import type { Advance } from './advance.ts'

/** Editions whose paragraph on advance payment is known: in the one of 2006 it is 2.2.12. */
const paragraphIn: ReadonlyMap<number, string> = new Map([[2006, '2.2.12']])

/** An advance is part of what is granted for its year, and cites the paragraph as its edition has it. */
export const advanceShortcomings = (content: {
  readonly actionPlan: AgreementContent['actionPlan']
  readonly advances?: readonly Advance[] | undefined
}): readonly Shortcoming[] => {
  const advances = content.advances ?? []
  const granted = (year: number) =>
    grantsOf(content)
      .filter((grant) => grant.year === year)
      .reduce((sum, { kroner }) => sum + BigInt(kroner), 0n)
  return advances.flatMap((advance, index): Shortcoming[] => {
    const { year, rule } = advance
    const sameYear = advances.slice(0, index + 1).filter((one) => one.year === year)
    const paid = sameYear.reduce((sum, { kroner }) => sum + BigInt(kroner), 0n)
    const known = paragraphIn.get(rule.edition)
    return [
      ...(paid > granted(year)
        ? [
            {
              path: `advances.${index}.kroner`,
              expected: `advances for ${year} within its grants, ${granted(year)} kroner (they are ${paid})`,
              da: `forskud for ${year} inden for årets tilskud, ${granted(year)} kr. (de er ${paid} kr.)`,
            },
          ]
        : []),
      ...(rule.edition > year
        ? [
            {
              path: `advances.${index}.rule.edition`,
              expected: `an edition of ${year} or before`,
              da: `en udgave fra ${year} eller før`,
            },
          ]
        : []),
      ...(known !== undefined && known !== rule.paragraph
        ? [
            {
              path: `advances.${index}.rule.paragraph`,
              expected: `${known}, as advance payment stands in the edition of ${rule.edition}`,
              da: `${known}, som forskud står i udgaven fra ${rule.edition}`,
            },
          ]
        : []),
    ]
  })
}
