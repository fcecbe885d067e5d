import * as z from 'zod'
import { agreementContentSchema, assumptionKeySchema, targetKeySchema } from '../agreement/content.ts'
import { renegotiationCauses, renegotiationOutcomeSchema } from '../agreement/events.ts'
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
import { unplacedMailDecidedSchema, unplacedMailNotedSchema } from '../casefile/unplaced-mails.ts'
import {
  agreementIdSchema,
  contactIdSchema,
  dateSchema,
  exactSchema,
  municipalityCodeSchema,
  personIdSchema,
} from '../base/values.ts'

/** The events of one renegotiation. `private` lies beside the chain and may be erased. */
const event = <T extends string, S extends z.core.$ZodLooseShape>(type: T, shape: S) =>
  z.strictObject({ type: z.literal(type), v: z.literal(1), ...shape })

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const privateText = z.strictObject({ text: z.string() }).optional()
const targetValueSchema = z.union([exactSchema, dateSchema])

/** An assumption's reference value against what was observed: what letters and pages say of it. */
const observedChangeSchema = z.strictObject({
  assumption: assumptionKeySchema,
  reference: exactSchema,
  referenceOn: dateSchema,
  referenceSource: z.string(),
  derived: z.boolean(),
  value: exactSchema,
  knownOn: dateSchema,
  validFrom: dateSchema,
  validTo: dateSchema,
  source: z.string(),
})
export type ObservedChange = z.infer<typeof observedChangeSchema>

/** One ground of the question: what made it, which assumptions it names, which targets they bear on. */
const groundSchema = z.strictObject({
  triggerId: z.string().min(1),
  cause: z.enum(renegotiationCauses),
  assumptionKeys: z.array(assumptionKeySchema),
  error: z.boolean(),
  observationId: z.string().nullable(),
  matterId: z.string().nullable(),
  changes: z.array(observedChangeSchema),
  targets: z.array(targetKeySchema),
  /** The municipality whose wish it is; null for every other cause. */
  party: municipalityCodeSchema.nullable(),
})
export type Ground = z.infer<typeof groundSchema>

const questionRaisedSchema = event('QuestionRaised', {
  agreement: agreementIdSchema,
  seq: z.int().positive(),
  /** The results' year whose run is under way: its assessment is not affected. */
  year: z.int(),
  /** The version that is renegotiated, as it stood when the question was raised. */
  version: z.int().positive(),
  content: agreementContentSchema,
  signedOn: dateSchema,
  parties: z
    .array(z.strictObject({ municipality: municipalityCodeSchema, role: z.enum(['lead', 'member']) }))
    .min(1),
  ground: groundSchema,
  private: privateText,
})
const groundJoinedSchema = event('GroundJoined', { ground: groundSchema, private: privateText })
/** A further ground came after the decision and before the agreement's stream was told it: decided anew. */
const decisionVoidedSchema = event('DecisionVoided', { triggerId: z.string() })

const renegotiationOpenedSchema = event('RenegotiationOpened', {
  by: personIdSchema,
  /** Targets to be adapted. */
  targets: z.array(targetKeySchema).min(1),
  private: privateText,
})

/** Why the ministry says no; the text beside it is what the letter prints. */
export const declineReasons = [
  'share-unaffected', // the target is a share, which the number does not move
  'within-reach', // the targets can be reached as they are
  'not-an-assumption', // what is stated is no assumption of the agreement
  'too-late', // the agreement or the year is nearly over
  'other',
] as const
export const declineReasonSchema = z.enum(declineReasons)
export type DeclineReason = (typeof declineReasons)[number]
const renegotiationDeclinedSchema = event('RenegotiationDeclined', {
  by: personIdSchema,
  reason: declineReasonSchema,
  private: privateText,
})

/** One field of the proposed version that differs from the version in force. */
const proposedChangeSchema = z.strictObject({
  target: targetKeySchema,
  year: z.int(),
  from: targetValueSchema,
  to: targetValueSchema,
})
export type ProposedChange = z.infer<typeof proposedChangeSchema>

const proposalDraftedSchema = event('ProposalDrafted', {
  /** Hash over round and content: what is approved and answered. */
  subject: hash,
  round: z.int().positive(),
  riderNumber: z.int().positive(),
  /** Values to reach that change. */
  changes: z.array(proposedChangeSchema),
  /** The whole proposed version, where it changes more than those values. */
  content: agreementContentSchema.optional(),
  effectiveFrom: dateSchema,
  by: personIdSchema,
  private: privateText,
})
const approval = {
  subject: hash,
  by: personIdSchema,
  /** Given in the role of approver; at least one of the two is. */
  approver: z.boolean(),
}
/** The first of two approvals. */
const proposalEndorsedSchema = event('ProposalEndorsed', approval)
/** The second, by another person: proposals go out. */
const proposalApprovedSchema = event('ProposalApproved', approval)
const proposalSentBackSchema = event('ProposalSentBack', {
  subject: hash,
  by: personIdSchema,
  private: privateText,
})
/** Every party has been delivered the proposal: at least six weeks run from the last delivery. */
const proposalDeliveredSchema = event('ProposalDelivered', { subject: hash, endsOn: dateSchema })

/** Accepted by the party's signatory, or by the signed rider, which a caseworker has confirmed. */
const partyAcceptedSchema = event('PartyAccepted', {
  subject: hash,
  party: municipalityCodeSchema,
  mailKey: z.string(),
  by: z.union([
    z.strictObject({ signatory: contactIdSchema }),
    z.strictObject({ signedRiderConfirmedBy: personIdSchema }),
  ]),
})
const proposalAgreedSchema = event('ProposalAgreed', { subject: hash })
const partyDeclinedSchema = event('PartyDeclined', {
  subject: hash,
  party: municipalityCodeSchema,
  mailKey: z.string(),
  private: privateText,
})
const counterProposedSchema = event('CounterProposed', {
  subject: hash,
  /** Which counter-proposal it is, of at most three; null for one beyond them. */
  round: z.int().positive().nullable(),
  party: municipalityCodeSchema,
  mailKey: z.string(),
  values: z.array(z.strictObject({ target: targetKeySchema, value: targetValueSchema })),
  private: privateText,
})
/** The ministry's answer: accepted leads to a new draft, refused leaves the latest proposal standing. */
const counterProposalAnsweredSchema = event('CounterProposalAnswered', {
  mailKey: z.string(),
  accepted: z.boolean(),
  by: personIdSchema,
  private: privateText,
})
/** An answer by somebody who cannot bind the municipality. */
const answerNotedSchema = event('AnswerNoted', {
  party: municipalityCodeSchema,
  mailKey: z.string(),
  answer: z.enum(['accepted', 'declined']),
})
/** A reply that may be an answer (free text, a signed rider): a caseworker says what it is. */
const answerUnmarkedSchema = event('AnswerUnmarked', {
  /** The proposal it answers; null when that is an earlier one or nothing says which. */
  subject: hash.nullable(),
  party: municipalityCodeSchema,
  mailKey: z.string(),
})
const answerMarkedSchema = event('AnswerMarked', {
  mailKey: z.string(),
  as: z.enum(['accepted', 'declined', 'comment', 'counter-proposal']),
  by: personIdSchema,
})
const proposalLapsedSchema = event('ProposalLapsed', { subject: hash, endedOn: dateSchema })
/** By a person of the ministry, or by the municipality whose wish it was. */
const withdrawnSchema = event('Withdrawn', {
  by: z.union([
    z.strictObject({ person: personIdSchema }),
    z.strictObject({
      party: municipalityCodeSchema,
      /** The mail in which it did, or null: a person has recorded it. */
      mailKey: z.string().nullable(),
      recordedBy: personIdSchema.nullable(),
    }),
  ]),
  private: privateText,
})
/** The municipality no longer wishes it, but the question has other grounds: a person decides what follows. */
const wishTakenBackSchema = event('WishTakenBack', {
  party: municipalityCodeSchema,
  mailKey: z.string(),
})
/** The agreement's stream has the new version. */
const riderEnactedSchema = event('RiderEnacted', {
  version: z.int().min(2),
  riderNumber: z.int().positive(),
  signedOn: dateSchema,
  effectiveFrom: dateSchema,
})
/** The agreement's stream would not take what all had accepted: a person drafts anew, or ends it. */
const riderRefusedSchema = event('RiderRefused', {
  subject: hash,
  /** The agreement's own word for why (`year-opened`, `year-assessed`, `ended`, ...). */
  kind: z.string().min(1).max(40),
  message: z.string().max(300),
})
/** The agreement's stream was told how the question ended; nothing changes it any more. */
const settledSchema = event('Settled', { outcome: renegotiationOutcomeSchema })
const notedSchema = event('Noted', {
  by: personIdSchema,
  on: dateSchema,
  about: z.enum(['phone', 'meeting', 'other']),
  private: privateText,
})

export const renegotiationEventSchema = z.discriminatedUnion('type', [
  questionRaisedSchema,
  groundJoinedSchema,
  decisionVoidedSchema,
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
  unplacedMailNotedSchema,
  unplacedMailDecidedSchema,
  renegotiationOpenedSchema,
  renegotiationDeclinedSchema,
  proposalDraftedSchema,
  proposalEndorsedSchema,
  proposalApprovedSchema,
  proposalSentBackSchema,
  proposalDeliveredSchema,
  partyAcceptedSchema,
  proposalAgreedSchema,
  partyDeclinedSchema,
  counterProposedSchema,
  counterProposalAnsweredSchema,
  answerNotedSchema,
  answerUnmarkedSchema,
  answerMarkedSchema,
  proposalLapsedSchema,
  withdrawnSchema,
  wishTakenBackSchema,
  riderEnactedSchema,
  riderRefusedSchema,
  settledSchema,
  notedSchema,
])
export type RenegotiationEvent = z.infer<typeof renegotiationEventSchema>
export type RenegotiationEventType = RenegotiationEvent['type']
