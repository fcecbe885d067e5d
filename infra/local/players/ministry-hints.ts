import * as z from 'zod'
import { targetKeySchema } from '../../../functions/domain/agreement/content.ts'
import {
  agreementIdSchema,
  dateSchema,
  exactSchema,
  municipalityCodeSchema,
} from '../../../functions/domain/base/values.ts'
import { declineReasonSchema } from '../../../functions/domain/renegotiation/slices/question.ts'

const person = z.string().regex(/^[a-z-]+$/, 'an id of people.json')

/** What the ministry's players decide where a person must; everything they do not find here they approve as proposed. */
export const ministryHintsSchema = z.strictObject({
  people: z.strictObject({
    caseworkers: z.array(person).min(1),
    approver: person,
    deputyApprover: person,
    headOfDepartment: person.exactOptional(),
  }),
  release: z.strictObject({ by: person, on: dateSchema }),
  /** Working days a caseworker or approver lets a task lie before acting. */
  pace: z.strictObject({ caseworkerDays: z.int().min(0), approverDays: z.int().min(0) }),
  /** Drafts the approver sends back once; the caseworker then asks the municipality. */
  sentBack: z.array(
    z.strictObject({
      agreement: agreementIdSchema,
      remark: z.string(),
      target: targetKeySchema,
      question: z.string(),
    }),
  ),
  extensions: z.array(
    z.strictObject({
      municipality: municipalityCodeSchema,
      decision: z.enum(['granted', 'refused']),
      /** The new due date; when refused, the one given instead. */
      dueOn: dateSchema,
      reason: z.string(),
    }),
  ),
  /** `wait` leaves a held mail to the contact's OK. */
  heldMails: z.array(
    z.strictObject({
      municipality: municipalityCodeSchema,
      decision: z.enum(['wait', 'counts', 'rejected']),
    }),
  ),
  /** Free text in hearings: what a caseworker marks it as. */
  hearingReplies: z.array(
    z.strictObject({ municipality: municipalityCodeSchema, mark: z.enum(['courtesy', 'comment']) }),
  ),
  /** How comments are answered in the final assessment. */
  comments: z.array(
    z.strictObject({
      agreement: agreementIdSchema,
      target: targetKeySchema,
      changes: z.boolean(),
      answer: z.string(),
      /** The objection stands: what the head of department decides, and why. */
      superior: z
        .strictObject({ outcome: z.enum(['upheld', 'changed']), reason: z.string() })
        .exactOptional(),
    }),
  ),
  externalFactors: z.array(
    z.strictObject({ agreement: agreementIdSchema, target: targetKeySchema, text: z.string() }),
  ),
  renegotiation: z.strictObject({
    /** The one decision on the questions that the quotas raised is not made before. */
    decideNotBefore: dateSchema,
    proposalsOn: dateSchema,
    declineReason: z.string(),
    /** What the declines rest on, as the console lists it. */
    declineCode: declineReasonSchema.default('other'),
    effectiveOn: dateSchema,
    opened: z.array(
      z.strictObject({
        agreement: agreementIdSchema,
        target: targetKeySchema,
        year: z.int(),
        newValue: exactSchema,
        reason: z.string(),
      }),
    ),
    /** Wishes that the municipality takes back before a decision: not decided, recorded as withdrawn. */
    withdrawnByMunicipality: z.array(agreementIdSchema),
  }),
  /** What becomes of a correction at the fact check: how the pages change, or why not. */
  factCheckCorrections: z.array(
    z.strictObject({
      municipality: municipalityCodeSchema,
      decision: z.enum(['corrected', 'rejected', 'figure']).default('corrected'),
      /** Titles as the pages are to have them: of a target, an action or the `agreement`. */
      renamed: z.array(z.strictObject({ key: z.string(), title: z.string().min(1) })).default([]),
      answer: z.string(),
    }),
  ),
})
export type MinistryHints = z.infer<typeof ministryHintsSchema>
