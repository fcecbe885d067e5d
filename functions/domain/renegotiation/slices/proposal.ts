import * as z from 'zod'
import { agreementContentSchema, targetKeySchema, type AgreementContent } from '../../agreement/content.ts'
import { event, hashSchema as hash, privateText } from '../../base/stream.ts'
import { slice } from '../../base/slice.ts'
import {
  contactIdSchema,
  dateSchema,
  exactSchema,
  municipalityCodeSchema,
  personIdSchema,
} from '../../base/values.ts'
import { decisionVoidedSchema } from './question.ts'

export const targetValueSchema = z.union([exactSchema, dateSchema])

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
export const partyAcceptedSchema = event('PartyAccepted', {
  subject: hash,
  party: municipalityCodeSchema,
  mailKey: z.string(),
  by: z.union([
    z.strictObject({ signatory: contactIdSchema }),
    z.strictObject({ signedRiderConfirmedBy: personIdSchema }),
  ]),
})

const proposalAgreedSchema = event('ProposalAgreed', { subject: hash })

/** The agreement's stream would not take what all had accepted: a person drafts anew, or ends it. */
const riderRefusedSchema = event('RiderRefused', {
  subject: hash,
  /** The agreement's own word for why (`year-opened`, `year-assessed`, `ended`, ...). */
  kind: z.string().min(1).max(40),
  message: z.string().max(300),
})

/** The ministry's latest proposal: what is approved, sent and answered, under its hash. */
export interface Proposal {
  readonly subject: string
  readonly round: number
  readonly riderNumber: number
  readonly changes: readonly ProposedChange[]
  /** The whole proposed version, where it changes more than values to reach. */
  readonly content?: AgreementContent | undefined
  readonly effectiveFrom: string
  readonly draftedBy: string
  readonly note: string
  /** Two different persons, neither of them the drafter. */
  readonly approvals: readonly { readonly by: string; readonly approver: boolean }[]
  /** Null until every party has been delivered it: silence then counts for nothing. */
  readonly endsOn: string | null
  readonly acceptedBy: readonly {
    readonly party: string
    readonly mailKey: string
    readonly at: string
  }[]
}

interface Proposing {
  readonly proposal: Proposal | null
  /** The latest draft, also when it was sent back: the next begins with it. */
  readonly lastDraft: Pick<Proposal, 'changes' | 'content' | 'effectiveFrom' | 'note'> | null
  /** Proposals drafted so far. */
  readonly rounds: number
  readonly sentBack: { readonly by: string; readonly text: string } | null
  /** Why the agreement would not take the rider that all had accepted; null once it is drafted anew. */
  readonly riderRefused: { readonly kind: string; readonly message: string } | null
}
const initial: Proposing = { proposal: null, lastDraft: null, rounds: 0, sentBack: null, riderRefused: null }

/** A change of the proposal that is on the table; an event about an earlier one changes nothing. */
const onProposal = (
  { proposal }: Proposing,
  subject: string,
  change: (proposal: Proposal) => Partial<Proposal>,
): Partial<Proposing> =>
  proposal?.subject === subject ? { proposal: { ...proposal, ...change(proposal) } } : {}

type Approval = z.infer<typeof proposalEndorsedSchema> | z.infer<typeof proposalApprovedSchema>
const approvedBy = (state: Proposing, { subject, by, approver }: Approval) =>
  onProposal(state, subject, ({ approvals }) => ({ approvals: [...approvals, { by, approver }] }))

/** Drafts, their approval, and who has accepted the one that is out. */
export const proposalSlice = slice({
  initial,
  events: [
    proposalDraftedSchema,
    proposalEndorsedSchema,
    proposalApprovedSchema,
    proposalSentBackSchema,
    proposalDeliveredSchema,
    partyAcceptedSchema,
    proposalAgreedSchema,
    riderRefusedSchema,
  ],
  hears: [decisionVoidedSchema],
  fold: {
    DecisionVoided: () => ({ proposal: null }),
    ProposalDrafted: ({ rounds }, { subject, round, riderNumber, by, private: own, ...draft }) => {
      const { changes, content, effectiveFrom } = draft
      const lastDraft = { changes, content, effectiveFrom, note: own?.text ?? '' }
      return {
        rounds: rounds + 1,
        sentBack: null,
        riderRefused: null,
        lastDraft,
        proposal: {
          ...lastDraft,
          subject,
          round,
          riderNumber,
          draftedBy: by,
          approvals: [],
          endsOn: null,
          acceptedBy: [],
        },
      }
    },
    ProposalEndorsed: approvedBy,
    ProposalApproved: approvedBy,
    ProposalSentBack: (_, { by, private: own }) => ({
      proposal: null,
      sentBack: { by, text: own?.text ?? '' },
    }),
    ProposalDelivered: (state, { subject, endsOn }) => onProposal(state, subject, () => ({ endsOn })),
    PartyAccepted: (state, { subject, party, mailKey }, { at }) =>
      onProposal(state, subject, ({ acceptedBy }) => ({
        acceptedBy: [...acceptedBy, { party, mailKey, at }],
      })),
    ProposalAgreed: () => ({}),
    RiderRefused: (_, { kind, message }) => ({ proposal: null, riderRefused: { kind, message } }),
  },
})
