import * as z from 'zod'
import { agreementKindSchema } from '../agreement/content.ts'
import { countSchema } from '../base/values.ts'

/**
 * A year's commitment frame (tilsagnsramme): what may be given as grants to agreements of the kinds named. The
 * grant line alone: pay and goods of the same account are no grant money (Edge case 66).
 */
export const frameSchema = z.strictObject({
  year: z.int(),
  kinds: z.array(agreementKindSchema).min(1),
  /** Whole kroner. */
  kroner: countSchema,
  /** The Finance Act's account, or what else says so; printed with the frame. */
  source: z.string().min(1),
})
export type Frame = z.infer<typeof frameSchema>

/** An installation's frames: no two for the same year and kind. */
export const framesSchema = z
  .array(frameSchema)
  .refine(
    (frames) => new Set(frames.flatMap(placesOf)).size === frames.flatMap(placesOf).length,
    'one frame for each year and kind',
  )

function placesOf({ year, kinds }: Frame): readonly string[] {
  return kinds.map((kind) => `${year}/${kind}`)
}

/**
 * The frames that hold in an installation: its own, and the real Finance Acts' for the years it says nothing of.
 * @param own null: the installation keeps no frames, and commitments are not checked
 */
export const framesInForce = (own: readonly Frame[] | null): readonly Frame[] | null => {
  if (own === null) return null
  const years = new Set(own.map(({ year }) => year))
  return [...financeActGrants.filter(({ year }) => !years.has(year)), ...own]
}

/** The frame that grants of a kind in a year are given from; null while no Finance Act for the year is passed. */
export const frameFor = (
  frames: readonly Frame[],
  { kind, year }: { readonly kind: Frame['kinds'][number]; readonly year: number },
): Frame | null => frames.find((frame) => frame.year === year && frame.kinds.includes(kind)) ?? null

/**
 * Grant money of the Finance Acts 2005–2012, from the accounts' notes. 18.32.23.10: of 11,0 to 11,2 mio. kr. a
 * year, 10,0 mio. is the grant line (54); pay (11) and goods (14) are not given to anybody. 18.32.23.20: of the
 * 12,0 mio. kr. of 2009, 1,0 mio. is reserved for evaluation and dissemination.
 */
const notes = [
  ...[2005, 2006, 2007, 2008].map((year) => ({
    year,
    kind: 'resultatkontrakt' as const,
    account: '18.32.23.10',
    grantKroner: 10_000_000,
    reservedKroner: 0,
  })),
  ...(
    [
      [2009, 12_000_000, 1_000_000],
      [2010, 8_500_000, 0],
      [2011, 12_500_000, 0],
      [2012, 12_500_000, 0],
    ] as const
  ).map(([year, grantKroner, reservedKroner]) => ({
    year,
    kind: 'partnerskabsaftale' as const,
    account: '18.32.23.20',
    grantKroner,
    reservedKroner,
  })),
]

export const financeActGrants: readonly Frame[] = notes.map(
  ({ year, kind, account, grantKroner, reservedKroner }) => ({
    year,
    kinds: [kind],
    kroner: String(grantKroner - reservedKroner),
    source: `Finansloven for ${year}, § ${account}`,
  }),
)
