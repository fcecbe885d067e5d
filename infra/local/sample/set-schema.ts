import * as z from 'zod'
import { framesSchema } from '../../../functions/domain/money/frames.ts'
import {
  agreementIdSchema,
  dateSchema,
  exactSchema,
  ministryRoleSchema,
  municipalityCodeSchema,
} from '../../../functions/domain/base/values.ts'
import { assumptionKeySchema, targetKeySchema } from '../../../functions/domain/agreement/content.ts'

/** What the ministry gets to know in the year, and when: recorded by whoever plays the ministry. */
export const setObservationSchema = z.strictObject({
  id: z.string().min(1),
  title: z.string().min(1),
  /** The day it became known; it is recorded that day, never before. */
  knownOn: dateSchema,
  /** What it is about, apart from when it became known. */
  validFrom: dateSchema,
  validTo: dateSchema,
  source: z.string().min(1),
  values: z
    .array(
      z.strictObject({ agreement: agreementIdSchema, assumption: assumptionKeySchema, value: exactSchema }),
    )
    .min(1),
})

/** `set.json`: what the set is, and what happens in its year apart from people's answers. */
export const sampleSetSchema = z.strictObject({
  name: z.string().min(1),
  /** Raised whenever the set changes: a data folder made from another version is refused. */
  version: z.int().positive(),
  about: z.string().min(1),
  synthetic: z.literal(true),
  /** The results' year. */
  year: z.int(),
  /** The day the run's clock begins. */
  startsOn: dateSchema,
  reportingDate: dateSchema,
  /** Files of `agreements/` by the day on which they are imported. */
  imports: z.array(z.strictObject({ on: dateSchema, agreements: z.array(agreementIdSchema).min(1) })).min(1),
  observations: z.array(setObservationSchema),
  /** Synthetic commitment frames by year: the sum of the actions' grants. */
  frame: framesSchema,
})
export type SampleSet = z.infer<typeof sampleSetSchema>

/** `ministry.json`: what letters need to know of the sender, by date. */
export const ministrySchema = z.strictObject({
  /** Domain of the token addresses; both stay open for replies. */
  domains: z.array(z.strictObject({ from: dateSchema, replyDomain: z.string(), domain: z.string() })).min(1),
  officeHead: z.array(z.strictObject({ from: dateSchema, name: z.string(), title: z.string() })).min(1),
  privacyPolicy: z.string(),
  complaint: z.string(),
})
export type Ministry = z.infer<typeof ministrySchema>

/** `people.json`: the ministry's sample people, for the identity provider and for letters. */
export const peopleSchema = z.array(
  z.strictObject({
    id: z.string().regex(/^[a-z][a-z-]+$/),
    name: z.string().min(1),
    title: z.string().min(1),
    email: z.email(),
    phone: z.string().regex(/^[0 ]+$/, 'a sample number of zeros alone'),
    roles: z.array(ministryRoleSchema).min(1),
    deputy: z.boolean(),
  }),
)
export type People = z.infer<typeof peopleSchema>

/** `bounces.json`: addresses whose mail fails at delivery. */
export const bouncesSchema = z.array(
  z.strictObject({
    address: z.email(),
    /** The instant from which it fails: the person has left since. */
    from: z.iso.datetime(),
    status: z.string().regex(/^[45]\.\d{1,3}\.\d{1,3}$/),
    diagnosticCode: z.string(),
  }),
)
export type Bounces = z.infer<typeof bouncesSchema>

/** The verdicts that the summary counts, by its own words. */
export const verdictLabels = [
  'met',
  'partlyMet',
  'notMet',
  'notMetAssumptionFailed',
  'notAssessable',
] as const

/** `intended.json`: the verdict each target is made to get, for tests; nothing in the run reads it. */
export const intendedSchema = z.record(agreementIdSchema, z.record(targetKeySchema, z.enum(verdictLabels)))

/** `data/refugee-quotas-2015.json`, public. */
export const quotasSchema = z.object({
  year: z.int(),
  quotas: z.array(z.object({ kommunekode: municipalityCodeSchema, navn: z.string(), kvote: z.int() })),
})
/** `data/municipalities.json`, public. */
export const municipalitiesSchema = z.object({
  municipalities: z.array(
    z.object({ kommunekode: municipalityCodeSchema, navn: z.string(), officieltNavn: z.string() }),
  ),
})
