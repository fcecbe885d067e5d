import * as z from 'zod'
import type { AgreementContent } from '../agreement/content.ts'
import type { Shortcoming } from '../agreement/shortcoming.ts'
import { countSchema } from '../values.ts'

/**
 * Why an advance payment (forskudsvis udbetaling) may be decided: it is necessary for the project, or it is
 * administratively simpler and financially sound (DOMAIN.md 6.5).
 */
const advanceGrounds = ['necessary', 'simpler-and-sound'] as const

export const advanceSchema = z.strictObject({
  /** Of the year's grants. */
  year: z.int(),
  kroner: countSchema,
  ground: z.enum(advanceGrounds),
  /** The ground in this case's own words. */
  reason: z.string().trim().min(1),
  /** The Budgetvejledning's paragraph with its edition: the numbers have moved since. */
  rule: z.strictObject({ paragraph: z.string().regex(/^\d+(\.\d+)+$/), edition: z.int() }),
})
export type Advance = z.infer<typeof advanceSchema>

/** Editions whose paragraph on advance payment is known: in the one of 2006 it is 2.2.12. */
const paragraphIn: ReadonlyMap<number, string> = new Map([[2006, '2.2.12']])

/** `Budgetvejledning 2006, pkt. 2.2.12`: never the paragraph without its year. */
export const advanceCitation = ({ rule }: Advance): string =>
  `Budgetvejledning ${rule.edition}, pkt. ${rule.paragraph}`

/** An advance is part of what is granted for its year, and cites the paragraph as its edition has it. */
export const advanceShortcomings = (content: {
  readonly actionPlan: AgreementContent['actionPlan']
  readonly advances?: readonly Advance[] | undefined
}): readonly Shortcoming[] => {
  const advances = content.advances ?? []
  const granted = (year: number) =>
    (content.actionPlan?.actions ?? [])
      .flatMap(({ grants }) => grants)
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
            },
          ]
        : []),
      ...(rule.edition > year
        ? [{ path: `advances.${index}.rule.edition`, expected: `an edition of ${year} or before` }]
        : []),
      ...(known !== undefined && known !== rule.paragraph
        ? [
            {
              path: `advances.${index}.rule.paragraph`,
              expected: `${known}, as advance payment stands in the edition of ${rule.edition}`,
            },
          ]
        : []),
    ]
  })
}
