import * as z from 'zod'
import {
  assumptionSchema,
  measuredSchema,
  scoringSchema,
  targetKeySchema,
  targetSchema,
} from '../agreement/content.ts'
import { judgingMethodSchema } from '../agreement/judging-methods.ts'
import { agreementIdSchema, dateSchema, exactSchema, municipalityCodeSchema } from '../base/values.ts'

/** The five verdicts of a target (domain/README.md, "Words"). */
export const verdicts = [
  'met',
  'partly-met',
  'not-met',
  'not-met-assumption-failed',
  'not-assessable',
] as const
export const verdictSchema = z.enum(verdicts)
export type Verdict = z.infer<typeof verdictSchema>

/** Why a target cannot be assessed. Silence, an empty target group or missing data is never "not met". */
export const notAssessableReasons = [
  'no-figures',
  'not-available',
  'empty-target-group',
  'below-minimum-denominator',
  'no-baseline',
  'definition-break',
  'no-target-this-year',
  'not-measured-this-year',
  'earlier-year-missing',
  'members-changed',
  'awaits-apportionment',
] as const

/** What one municipality has given for a target. */
export const givenSchema = z.discriminatedUnion('given', [
  z.strictObject({ given: z.literal('measured'), measured: measuredSchema }),
  z.strictObject({ given: z.literal('not-available') }),
  z.strictObject({ given: z.literal('nothing') }),
])

/** An observation of an assumption: its period of validity is apart from the day it became known. */
export const observationSchema = z.strictObject({
  assumption: z.string(),
  value: exactSchema,
  knownOn: dateSchema,
  validFrom: dateSchema,
  validTo: dateSchema,
  source: z.string(),
})
export type Observation = z.infer<typeof observationSchema>

/** Everything a judging reads: a plain canonical value, stored with the result so that it can be redone. */
export const assessmentInputSchema = z.strictObject({
  ruleVersion: z.string(),
  agreement: agreementIdSchema,
  year: z.int(),
  targets: z.array(targetSchema),
  assumptions: z.array(assumptionSchema),
  figures: z.array(
    z.strictObject({ target: targetKeySchema, municipality: municipalityCodeSchema, given: givenSchema }),
  ),
  observations: z.array(observationSchema),
  /** The agreement's rule for the whole; absent: 50 pct. coverage. */
  scoring: scoringSchema.optional(),
  /** Earlier years' figures as they now stand; they go before the agreement's own `history`. */
  earlier: z
    .array(
      z.strictObject({
        year: z.int(),
        target: targetKeySchema,
        municipality: municipalityCodeSchema,
        measured: measuredSchema,
      }),
    )
    .optional(),
})
export type AssessmentInput = z.infer<typeof assessmentInputSchema>

export const targetAssessmentSchema = z.strictObject({
  key: targetKeySchema,
  method: judgingMethodSchema,
  verdict: verdictSchema,
  reason: z.enum(notAssessableReasons).nullable(),
  /** The figure judged: percent for a share, the unit's number; null for a milestone or when there is none. */
  actual: exactSchema.nullable(),
  /** A share's two numbers summed over the members. */
  numerator: exactSchema.nullable(),
  denominator: exactSchema.nullable(),
  /** The value to reach. */
  target: z.string(),
  /** Uncapped share of the way, exact (1 = the whole way); null where the method knows none. */
  achieved: exactSchema.nullable(),
  /** What it counts in the overall result: 0 to 1, or to the agreement's cap. */
  counted: exactSchema.nullable(),
  weight: z.int(),
  /**
   * The weight among the targets of the year, percent, exact; null when it is none of them. Older assessments lack
   * it.
   */
  weightPct: exactSchema.nullable().optional(),
  /** Assumptions beyond their limit by an observation valid in the measuring period. */
  failedAssumptions: z.array(z.string()),
  /** Each step of the working: name and exact value. */
  working: z.array(z.strictObject({ step: z.string(), value: z.string() })),
  sentence: z.strictObject({ da: z.string(), en: z.string() }),
})
export type TargetAssessment = z.infer<typeof targetAssessmentSchema>

export const assessmentSchema = z.strictObject({
  ruleVersion: z.string(),
  input: assessmentInputSchema,
  targets: z.array(targetAssessmentSchema),
  /** Weighted, capped at 100; null when less than half the weight is assessable. Percent, exact. */
  overall: exactSchema.nullable(),
  /** Assessable weight of all weight, percent, exact. */
  coverage: exactSchema,
  /** What is to be said of the whole, in full sentences: weights that were computed anew. Older assessments lack it. */
  notes: z.array(z.strictObject({ da: z.string(), en: z.string() })).optional(),
})
export type Assessment = z.infer<typeof assessmentSchema>
