import * as z from 'zod'
import { countSchema } from '../base/values.ts'

/**
 * Why an advance payment (forskudsvis udbetaling) may be decided: it is necessary for the project, or it is
 * administratively simpler and financially sound (domain/README.md, "Money").
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

/** `Budgetvejledning 2006, pkt. 2.2.12`: never the paragraph without its year. */
export const advanceCitation = ({ rule }: Advance): string =>
  `Budgetvejledning ${rule.edition}, pkt. ${rule.paragraph}`
