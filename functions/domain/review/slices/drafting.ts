import * as z from 'zod'
import { targetKeySchema } from '../../agreement/content.ts'
import { event, hashSchema as hash, privateText } from '../../base/stream.ts'
import { slice } from '../../base/slice.ts'
import { personIdSchema } from '../../base/values.ts'
import { assessmentSchema, verdictSchema, type Assessment, type Verdict } from '../../judging/assessment.ts'
import { reopenedSchema } from './assessment.ts'

const draftMadeSchema = event('DraftMade', {
  subject: hash,
  assessment: assessmentSchema,
  /** A new hearing is needed unless only the municipality's own correction in its favour changed it. */
  hearing: z.boolean(),
})
export const draftSupersededSchema = event('DraftSuperseded', {
  subject: hash,
  cause: z.enum([
    'correction',
    'mail-released',
    'mail-confirmed',
    'mail-reread',
    'observation',
    'caseworker',
    'question',
    'superior',
  ]),
  mailKey: z.string().nullable(),
})
const recommendedSchema = event('Recommended', {
  subject: hash,
  by: personIdSchema,
  /** Verdicts changed by hand, each with its reason (I20: counted in the report's method note). */
  changes: z.array(
    z.strictObject({ target: targetKeySchema, verdict: verdictSchema, reason: z.string().min(1) }),
  ),
  externalFactors: z.array(z.string()),
  private: privateText,
})
const sentBackSchema = event('SentBack', { subject: hash, by: personIdSchema, private: privateText })
const approvedSchema = event('Approved', { subject: hash, by: personIdSchema })

export interface Draft {
  readonly subject: string
  readonly assessment: Assessment
  readonly hearing: boolean
  readonly madeAt: string
}

export interface Recommendation {
  readonly subject: string
  readonly by: string
  readonly at: string
  readonly changes: readonly { readonly target: string; readonly verdict: Verdict; readonly reason: string }[]
  readonly externalFactors: readonly string[]
  readonly text: string
}

export interface Drafting {
  readonly draft: Draft | null
  /** Drafts made so far; at most ten rounds, then a person is asked. */
  readonly rounds: number
  readonly recommendation: Recommendation | null
  readonly approval: { readonly subject: string; readonly by: string; readonly at: string } | null
  readonly sentBack: { readonly by: string; readonly text: string; readonly at: string } | null
}
const initial: Drafting = { draft: null, rounds: 0, recommendation: null, approval: null, sentBack: null }

const withoutDraft = () => ({ draft: null, recommendation: null, approval: null })

/** The draft assessment, what is recommended of it, and its approval by another person. */
export const draftingSlice = slice({
  initial,
  events: [draftMadeSchema, draftSupersededSchema, recommendedSchema, sentBackSchema, approvedSchema],
  hears: [reopenedSchema],
  fold: {
    DraftMade: ({ rounds }, { subject, assessment, hearing }, { at }) => ({
      draft: { subject, assessment, hearing, madeAt: at },
      rounds: rounds + 1,
      recommendation: null,
      approval: null,
    }),
    DraftSuperseded: withoutDraft,
    Recommended: (_, { subject, by, changes, externalFactors, private: own }, { at }) => ({
      sentBack: null,
      recommendation: { subject, by, at, changes, externalFactors, text: own?.text ?? '' },
    }),
    SentBack: (_, { by, private: own }, { at }) => ({
      recommendation: null,
      sentBack: { by, text: own?.text ?? '', at },
    }),
    Approved: (_, { subject, by }, { at }) => ({ approval: { subject, by, at } }),
    Reopened: withoutDraft,
  },
})
