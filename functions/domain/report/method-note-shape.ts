import * as z from 'zod'
import { typedSources } from '../casefile/figures-typed.ts'
import { agreementIdSchema, dateSchema, exactSchema } from '../base/values.ts'

const count = z.int().min(0)

/** What the method note says (Invariant I20). */
export const methodNoteSchema = z.strictObject({
  /** Day of the last commit read. */
  dataOn: dateSchema,
  sources: z.array(z.string()),
  ruleVersions: z.array(z.string()),
  thresholds: z.array(z.strictObject({ partlyFromPct: exactSchema, targets: count })),
  cliffs: count,
  rounded: count,
  /** Targets that count to another limit than 100 pct. (absent: none). */
  caps: z.array(z.strictObject({ capPct: exactSchema, targets: count })).optional(),
  /** Rounded targets with another number of decimals than one (absent: none). */
  decimals: z.array(z.strictObject({ decimals: count, targets: count })).optional(),
  /** Agreements with a least coverage of their own (absent: none; the half of the weight holds). */
  coverages: z.array(z.strictObject({ minimumCoveragePct: exactSchema, agreements: count })).optional(),
  suppression: z.strictObject({ threshold: z.int(), zeroShown: z.boolean(), cells: count, overalls: count }),
  typedByMinistry: count,
  /** What they were typed in from, where the record says it (absent: nothing was typed in). */
  typedFrom: z.array(z.strictObject({ source: z.enum(typedSources), figures: count })).optional(),
  changedByHand: count,
  agreementsChanged: z.array(
    z.strictObject({
      agreement: agreementIdSchema,
      title: z.string(),
      rider: z.int().positive(),
      signedOn: dateSchema,
      effectiveFrom: dateSchema,
    }),
  ),
  synthetic: count,
})
export type MethodNote = z.infer<typeof methodNoteSchema>
