import * as z from 'zod'
import { agreementContentSchema, targetKeySchema } from '../agreement/content.ts'
import { erasureEventSchemas } from '../casefile/erasures.ts'
import { executionAttachedSchema, executionLostSchema } from '../casefile/attempts.ts'
import { letterBouncedSchema, letterDeliveredSchema, letterSentSchema } from '../casefile/letters.ts'
import { nobodyReachableSchema } from '../casefile/unreachable.ts'
import {
  heldMailDecidedSchema,
  mailConfirmedSchema,
  mailReceivedSchema,
  mailRereadSchema,
} from '../casefile/mails.ts'
import { proposalDecidedSchema } from '../casefile/proposals.ts'
import { figuresTypedSchema } from '../casefile/figures-typed.ts'
import { unplacedMailDecidedSchema, unplacedMailNotedSchema } from '../casefile/unplaced-mails.ts'
import { assessmentSchema, verdictSchema } from '../judging/assessment.ts'
import { wordsReadSchema } from './words.ts'
import { moneyEventSchemas } from '../money/decision-events.ts'
import { hearingCommentSharedSchema } from './shared-comment-event.ts'
import { contactDeclinedSchema, contactEnteredSchema } from './contact-changes.ts'
import {
  agreementIdSchema,
  contactIdSchema,
  dateSchema,
  municipalityCodeSchema,
  personIdSchema,
} from '../base/values.ts'

/** The events of a review (one agreement in one year). `private` lies beside the chain and may be erased. */
const event = <T extends string, S extends z.core.$ZodLooseShape>(type: T, shape: S) =>
  z.strictObject({ type: z.literal(type), v: z.literal(1), ...shape })

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const privateText = z.strictObject({ text: z.string() }).optional()

export const askedPartySchema = z.strictObject({
  municipality: municipalityCodeSchema,
  role: z.enum(['lead', 'member']),
})

/** Standing before anything is asked: token and addresses exist, contacts are asked to confirm. */
export const reviewPreparedSchema = event('ReviewPrepared', {
  agreement: agreementIdSchema,
  year: z.int(),
  /** The content in force on the day of preparation; what is asked and judged comes with ReviewOpened. */
  content: agreementContentSchema,
  signedOn: dateSchema,
  parties: z.array(askedPartySchema).min(1),
  /** Why the agreement is not asked for this year; null when it is. */
  leftOut: z.enum(['first-year-next', 'not-in-force', 'incomplete']).nullable(),
})
export const contactsConfirmedSchema = event('ContactsConfirmed', {
  party: municipalityCodeSchema,
  mailKey: z.string(),
})
/** For each target the version in force on its measuring date; who is asked and until when. */
export const reviewOpenedSchema = event('ReviewOpened', {
  content: agreementContentSchema,
  versions: z.array(z.strictObject({ target: targetKeySchema, version: z.int().positive() })),
  requestOn: dateSchema,
  dueOn: dateSchema,
  reportingOn: dateSchema,
})
export const extensionRequestedSchema = event('ExtensionRequested', {
  party: municipalityCodeSchema,
  mailKey: z.string(),
  /** Null: a date is asked for. */
  until: dateSchema.nullable(),
  byKey: z.boolean(),
})
export const extensionDecidedSchema = event('ExtensionDecided', {
  party: municipalityCodeSchema,
  mailKey: z.string(),
  granted: z.boolean(),
  /** The date that replaces the old one in every timer and page, granted or not. */
  dueOn: dateSchema,
  by: personIdSchema,
  private: privateText,
})
/** A doubt settled by a caseworker: as read, or left open (a file note with it). */
export const questionAskedSchema = event('QuestionAsked', {
  questionId: z.string(),
  party: municipalityCodeSchema,
  keys: z.array(z.string()).min(1),
  dueOn: dateSchema,
  by: personIdSchema,
  private: privateText,
})
export const questionAnsweredSchema = event('QuestionAnswered', {
  questionId: z.string(),
  party: municipalityCodeSchema,
  mailKey: z.string(),
})
export const draftMadeSchema = event('DraftMade', {
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
export const recommendedSchema = event('Recommended', {
  subject: hash,
  by: personIdSchema,
  /** Verdicts changed by hand, each with its reason (I20: counted in the report's method note). */
  changes: z.array(
    z.strictObject({ target: targetKeySchema, verdict: verdictSchema, reason: z.string().min(1) }),
  ),
  externalFactors: z.array(z.string()),
  private: privateText,
})
export const sentBackSchema = event('SentBack', { subject: hash, by: personIdSchema, private: privateText })
export const approvedSchema = event('Approved', { subject: hash, by: personIdSchema })
/** Every party has had the draft delivered; the time runs from the last delivery. */
export const hearingBegunSchema = event('HearingBegun', {
  subject: hash,
  endsOn: dateSchema,
  /**
   * The draft whose hearing goes on, with its end and its answers, because only the municipality's own correction
   * in its favour has changed it. Null: a hearing of its own.
   */
  continues: hash.nullable().default(null),
})
export const hearingAnsweredSchema = event('HearingAnswered', {
  party: municipalityCodeSchema,
  mailKey: z.string(),
  /** `unmarked`: free text; a caseworker says whether it is a comment or a courtesy. */
  answer: z.enum(['none', 'comments', 'unmarked']),
})
export const hearingAnswerMarkedSchema = event('HearingAnswerMarked', {
  mailKey: z.string(),
  as: z.enum(['none', 'comments', 'courtesy']),
  by: personIdSchema,
})
export const commentsAnsweredSchema = event('CommentsAnswered', {
  subject: hash,
  by: personIdSchema,
  /** Mails whose objection the answer does not settle: the approver's superior decides. */
  disputed: z.array(z.string()).default([]),
  private: z
    .strictObject({
      answers: z.array(
        z.strictObject({
          mailKey: z.string(),
          text: z.string(),
          changed: z.boolean().default(false),
          /** What the other parties are told was objected, without its figures (DOMAIN.md 8, 67). */
          substance: z.string().optional(),
        }),
      ),
    })
    .optional(),
})
/** The approver's superior has decided an objection: the assessment stands, or a new draft is made. */
export const objectionDecidedSchema = event('ObjectionDecided', {
  subject: hash,
  mailKey: z.string(),
  outcome: z.enum(['upheld', 'changed']),
  by: personIdSchema,
  private: privateText,
})
export const assessedSchema = event('Assessed', {
  version: z.int().positive(),
  subject: hash,
  assessment: assessmentSchema,
  comments: z.enum(['none-received', 'none', 'answered']),
})
export const renegotiationWishedSchema = event('RenegotiationWished', {
  party: municipalityCodeSchema,
  mailKey: z.string(),
  assumptionKeys: z.array(z.string()),
})
export const disseminationReportedSchema = event('DisseminationReported', {
  party: municipalityCodeSchema,
  mailKey: z.string(),
  /** Title or address in Erfaringsbasen was given; otherwise it is asked again (L12). */
  done: z.boolean(),
  private: privateText,
})
export const factCheckAnsweredSchema = event('FactCheckAnswered', {
  party: municipalityCodeSchema,
  mailKey: z.string(),
  ok: z.boolean(),
  private: privateText,
})
/** What a caseworker made of a correction that the fact check asked for. */
export const factCheckOutcomes = [
  'corrected', // the pages change
  'rejected', // they do not, with the reason
  'figure', // it is about a figure that was assessed: it changes by reopening alone
] as const
export const renamedSchema = z.strictObject({
  /** A target's or an action's key, or `agreement` for the agreement's own title. */
  key: z.string(),
  title: z.string().min(1).max(300),
})
export const factCheckDecidedSchema = event('FactCheckDecided', {
  party: municipalityCodeSchema,
  mailKey: z.string(),
  as: z.enum(factCheckOutcomes),
  /** Titles as the pages are to have them; the agreement itself is changed by no fact check. */
  renamed: z.array(renamedSchema),
  by: personIdSchema,
  /** How the pages change, or why not: stands in the answer and on the pages. */
  private: privateText,
})
/** The ministry's own promise of the year: kept or not, with the reason. The latest answer holds. */
export const promiseAnsweredSchema = event('PromiseAnswered', {
  promise: z.string(),
  kept: z.boolean(),
  by: personIdSchema,
  private: privateText,
})
/** A remark on a value the ministry observed was answered: the verdict is free again. */
export const disputeAnsweredSchema = event('DisputeAnswered', {
  mailKey: z.string(),
  assumption: z.string(),
  by: personIdSchema,
  private: privateText,
})
export const closedSchema = event('Closed', {})
/** After the final assessment a person decides whether to reopen (DESIGN.md 3). */
export const reopenRaisedSchema = event('ReopenRaised', { mailKey: z.string() })
export const reopenedSchema = event('Reopened', { by: personIdSchema, private: privateText })
export const reopenDeclinedSchema = event('ReopenDeclined', { by: personIdSchema, private: privateText })
export const stoppedSchema = event('Stopped', { by: personIdSchema, private: privateText })
export const notedSchema = event('Noted', {
  by: personIdSchema,
  on: dateSchema,
  about: z.enum(['phone', 'meeting', 'other']),
  contactId: contactIdSchema.nullable(),
  private: privateText,
})

export const reviewEventSchema = z.discriminatedUnion('type', [
  reviewPreparedSchema,
  contactsConfirmedSchema,
  reviewOpenedSchema,
  executionAttachedSchema,
  executionLostSchema,
  letterSentSchema,
  letterDeliveredSchema,
  letterBouncedSchema,
  nobodyReachableSchema,
  mailReceivedSchema,
  mailRereadSchema,
  heldMailDecidedSchema,
  mailConfirmedSchema,
  ...erasureEventSchemas,
  figuresTypedSchema,
  proposalDecidedSchema,
  contactEnteredSchema,
  contactDeclinedSchema,
  unplacedMailNotedSchema,
  unplacedMailDecidedSchema,
  extensionRequestedSchema,
  extensionDecidedSchema,
  questionAskedSchema,
  questionAnsweredSchema,
  draftMadeSchema,
  draftSupersededSchema,
  recommendedSchema,
  sentBackSchema,
  approvedSchema,
  hearingBegunSchema,
  hearingAnsweredSchema,
  hearingAnswerMarkedSchema,
  commentsAnsweredSchema,
  hearingCommentSharedSchema,
  objectionDecidedSchema,
  assessedSchema,
  renegotiationWishedSchema,
  disseminationReportedSchema,
  factCheckAnsweredSchema,
  factCheckDecidedSchema,
  promiseAnsweredSchema,
  ...moneyEventSchemas,
  disputeAnsweredSchema,
  closedSchema,
  reopenRaisedSchema,
  reopenedSchema,
  reopenDeclinedSchema,
  stoppedSchema,
  notedSchema,
  wordsReadSchema,
])
export type ReviewEvent = z.infer<typeof reviewEventSchema>
export type ReviewEventType = ReviewEvent['type']
