import * as z from 'zod'
import { financeActGrants } from './finance-act.ts'
import { frameSchema, type Frame } from './frame.ts'

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
