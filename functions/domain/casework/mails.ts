import * as z from 'zod'
import { answerValueSchema, doubtKindSchema, provenanceSchema } from '../review/reading.ts'
import { proposalsOf, proposedSchema, proposedWordsSchema, type ProposalRecord } from './proposals.ts'
import type { Erasure } from './erasures.ts'
import type { TypedEntry } from './figures-typed.ts'
import { contactIdSchema, dateSchema, instantSchema, municipalityCodeSchema } from '../values.ts'

/** What a mail is worth (DESIGN.md 3, LETTERS.md 4.7). */
export const standings = [
  'counts', // from a registered contact, authenticated
  'provisional', // from the municipality's own domain: counts at the contact's OK
  'held', // anything else: kept, a person decides
  'automatic', // bounce, absence note, read receipt: kept and shown, never read as figures
  'set-aside', // citizens' data: not shown, not forwarded
  'repeated', // the same content again in a new mail
  'rejected', // held, then found not to be theirs
] as const
export const standingSchema = z.enum(standings)
export type Standing = z.infer<typeof standingSchema>

const readAnswerSchema = z.strictObject({ key: z.string(), value: answerValueSchema, at: provenanceSchema })

/** A mail was taken into the case. What is free text or an address lies in the private part. */
export const mailReceivedSchema = z.strictObject({
  type: z.literal('MailReceived'),
  v: z.literal(1),
  /** Hash of Message-ID, From, Date, Subject and the decoded parts: the same mail twice is one. */
  mailKey: z.string(),
  /** Hash of sender and decoded parts alone: the same content in a new mail. */
  bodyKey: z.string(),
  rawSha256: z.string(),
  /** The receiving system's time, never the mail's own. */
  receivedAt: instantSchema,
  party: municipalityCodeSchema.nullable(),
  contactId: contactIdSchema.nullable(),
  standing: standingSchema,
  /** Why it is held or automatic; a code, empty when it counts. */
  reason: z.string(),
  /** Of our letters, the one it answers: the order's id; null when the thread does not say. */
  answers: z.string().nullable(),
  values: z.array(readAnswerSchema),
  doubts: z.array(z.strictObject({ kind: doubtKindSchema, key: z.string() })),
  confirms: z.boolean(),
  /** More time asked for, by key or in free text; `until` null: no date given. Kept, so that a release has it. */
  extension: z.strictObject({ until: dateSchema.nullable(), byKey: z.boolean() }).nullable().default(null),
  /** Figures in its free text, each with the line it stood in; left out where there are none. */
  proposals: z.array(proposedSchema).optional(),
  /** An absence note's last day away; left out where none could be read, and for every other mail. */
  absentUntil: dateSchema.optional(),
  /** It asks for another contact or deputy; left out where it does not. */
  asksContact: z.strictObject({ role: z.enum(['contact', 'deputy']) }).optional(),
  /** Helpers the contact named (`Medindberetter`), each as the contact it became; left out where there are none. */
  helpers: z.strictObject({ entered: z.array(contactIdSchema), refused: z.int().nonnegative() }).optional(),
  /** It got no answer by machine: its sender had had as many as an hour or a day allows. Left out otherwise. */
  unanswered: z.enum(['hour', 'day']).optional(),
  private: z
    .strictObject({
      from: z.string(),
      name: z.string(),
      subject: z.string(),
      messageId: z.string(),
      references: z.array(z.string()),
      freeText: z.string(),
      texts: z.record(z.string(), z.string()),
      written: z.record(z.string(), z.string()),
      doubts: z.array(
        z.strictObject({
          kind: doubtKindSchema,
          key: z.string(),
          written: z.string(),
          details: z.record(z.string(), z.string()),
          at: provenanceSchema.nullable(),
        }),
      ),
      theirCaseNumber: z.string().nullable(),
      /** Who is to be contact, as it was written. */
      contactWish: z.string().optional(),
      /** Addresses of the helpers, in their order, and of those who may not report. */
      helpers: z.strictObject({ entered: z.array(z.string()), refused: z.array(z.string()) }).optional(),
      /** The words of the proposals, in their order. */
      proposals: z.array(proposedWordsSchema).optional(),
    })
    .optional(),
})
export type MailReceived = z.infer<typeof mailReceivedSchema>

/** A held mail was decided by a person of the ministry. */
export const heldMailDecidedSchema = z.strictObject({
  type: z.literal('HeldMailDecided'),
  v: z.literal(1),
  mailKey: z.string(),
  decision: z.enum(['counts', 'provisional', 'rejected']),
  private: z.strictObject({ reason: z.string() }).optional(),
})
export type HeldMailDecided = z.infer<typeof heldMailDecidedSchema>
/** The contact said OK: what was provisional (or held and asked about) counts. */
export const mailConfirmedSchema = z.strictObject({
  type: z.literal('MailConfirmed'),
  v: z.literal(1),
  mailKey: z.string(),
  /** The mail in which she said so. */
  by: z.string(),
  /** Values it does not take along, and why; left out where it takes all. */
  excepted: z
    .array(z.strictObject({ key: z.string(), because: z.enum(['own-answer', 'colleagues-differ']) }))
    .optional(),
})
export type MailConfirmed = z.infer<typeof mailConfirmedSchema>

export interface MailRecord {
  readonly mailKey: string
  readonly bodyKey: string
  readonly rawSha256: string
  readonly receivedAt: string
  readonly party: string | null
  readonly contactId: string | null
  readonly standing: Standing
  readonly reason: string
  readonly answers: string | null
  readonly values: MailReceived['values']
  readonly doubts: MailReceived['doubts']
  readonly confirms: boolean
  readonly extension: MailReceived['extension']
  readonly details: MailReceived['private'] | null
  /** When it began to count, was rejected or was confirmed; null while undecided. */
  readonly decidedAt: string | null
  /** When a mail that was held came to count or was rejected: reminders wait five working days after it. */
  readonly releasedAt: string | null
  /** The mail whose OK made it count; null for every other. */
  readonly confirmedBy: string | null
  /** Values that the OK left out; left out where it took all, and for every mail without one. */
  readonly excepted?: NonNullable<MailConfirmed['excepted']>
  /** What a caseworker typed in, and from where; null for a mail. */
  readonly typed: TypedEntry | null
  /** An absence note's last day away; null where there is none. */
  readonly absentUntil: string | null
  /** It asks for another contact or deputy. */
  readonly asksContact: NonNullable<MailReceived['asksContact']> | null
  /** Helpers named in it, their addresses among the details; null where it names none. */
  readonly helpers: NonNullable<MailReceived['helpers']> | null
  /** Which budget of answers was used up when it came; left out for every mail that may be answered. */
  readonly unanswered?: NonNullable<MailReceived['unanswered']>
  /** Asked to be erased, or erased; left out for every other mail. */
  readonly erasure?: Erasure | undefined
  /** Figures in its free text, with what a caseworker made of each. */
  readonly proposals: readonly ProposalRecord[]
}

export const evolveMails = (
  mails: readonly MailRecord[],
  event: MailReceived | HeldMailDecided | MailConfirmed,
  at: string,
): readonly MailRecord[] => {
  switch (event.type) {
    case 'MailReceived':
      return [
        ...mails,
        {
          mailKey: event.mailKey,
          bodyKey: event.bodyKey,
          rawSha256: event.rawSha256,
          receivedAt: event.receivedAt,
          party: event.party,
          contactId: event.contactId,
          standing: event.standing,
          reason: event.reason,
          answers: event.answers,
          values: event.values,
          doubts: event.doubts,
          confirms: event.confirms,
          extension: event.extension,
          details: event.private ?? null,
          decidedAt: event.standing === 'held' || event.standing === 'provisional' ? null : at,
          releasedAt: null,
          confirmedBy: null,
          typed: null,
          helpers: event.helpers ?? null,
          absentUntil: event.absentUntil ?? null,
          asksContact: event.asksContact ?? null,
          ...(event.unanswered === undefined ? {} : { unanswered: event.unanswered }),
          proposals: proposalsOf(event.proposals ?? [], event.private?.proposals ?? []),
        },
      ]
    case 'HeldMailDecided':
      return mails.map((mail) =>
        mail.mailKey === event.mailKey
          ? {
              ...mail,
              standing: event.decision,
              decidedAt: event.decision === 'provisional' ? null : at,
              releasedAt: at,
            }
          : mail,
      )
    case 'MailConfirmed':
      return mails.map((mail) =>
        mail.mailKey === event.mailKey
          ? {
              ...mail,
              standing: 'counts',
              decidedAt: at,
              releasedAt: mail.standing === 'held' ? at : mail.releasedAt,
              confirmedBy: event.by,
              ...(event.excepted === undefined ? {} : { excepted: event.excepted }),
            }
          : mail,
      )
    default:
      return event satisfies never
  }
}

/** The kind of our letter that a mail answers, from the order's id it bears. */
export const answeredKind = (mail: Pick<MailRecord, 'answers'>): string | null =>
  mail.answers?.split('/')[0] ?? null

/** Mails that may belong to the case and wait for a person of the ministry. */
export const heldMails = (mails: readonly MailRecord[]): readonly MailRecord[] =>
  mails.filter((mail) => mail.standing === 'held')

/** A colleague's mails that wait for the contact's OK. */
export const provisionalMails = (mails: readonly MailRecord[], party: string): readonly MailRecord[] =>
  mails.filter((mail) => mail.standing === 'provisional' && mail.party === party)
