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
