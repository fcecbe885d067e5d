import * as z from 'zod'
import { slice } from '../base/slice.ts'
import { type CommitMeta, event } from '../base/stream.ts'
import { instantSchema, municipalityCodeSchema } from '../base/values.ts'
import { erasureEventSchemas, evolveErasure, type Erasure, type ErasureEvent } from './erasures.ts'
import type { TypedEntry } from './figures-typed.ts'
import { readingShape, type MailReading, type Standing } from './mail-reading.ts'
import { proposalsOf, proposalsReread, type ProposalRecord } from './proposals.ts'

const found = z.string().max(40)

/** What the receiving system found of a mail's sender, as it is kept: its words are the receiving system's own. */
export const keptVerdictsSchema = z.strictObject({
  spf: found,
  dkim: found,
  dmarc: found,
  spam: found,
  virus: found,
})
export type KeptVerdicts = z.infer<typeof keptVerdictsSchema>

/** A mail was taken into the case. What is free text or an address lies in the private part. */
export const mailReceivedSchema = event(
  'MailReceived',
  {
    /** Hash of Message-ID, From, Date, Subject and the decoded parts: the same mail twice is one. */
    mailKey: z.string(),
    /** Hash of sender and decoded parts alone: the same content in a new mail. */
    bodyKey: z.string(),
    rawSha256: z.string(),
    /** Hash of the date its sender's program wrote: sent again on purpose it has another; left out where it was not kept. */
    dateKey: z.string().optional(),
    /** The receiving system's time, never the mail's own. */
    receivedAt: instantSchema,
    party: municipalityCodeSchema.nullable(),
    /** Of our letters, the one it answers: the order's id; null when the thread does not say. */
    answers: z.string().nullable(),
    /** It got no answer by machine: its sender had had as many as an hour or a day allows. Left out otherwise. */
    unanswered: z.enum(['hour', 'day', 'case-hour', 'case-day']).optional(),
    /** What the receiving system found of its sender; left out where it was not kept. */
    verdicts: keptVerdictsSchema.optional(),
    ...readingShape,
  },
  { privateFrom: 'mail' },
)
export type MailReceived = z.infer<typeof mailReceivedSchema>

/** A stored mail was read again by another reader. What it was read as before stays in the events before. */
export const mailRereadSchema = event(
  'MailReread',
  {
    mailKey: z.string(),
    bodyKey: z.string(),
    /** Who had it read again: the operator's name on the command line. */
    by: z.string().min(1).max(80),
    /** `noted`: the case is over, so the reading is kept for a person and changes nothing. */
    outcome: z.enum(['applied', 'noted']),
    /** What the municipality was told of this mail is no longer so: it gets a receipt again. */
    tells: z.boolean(),
    ...readingShape,
  },
  { privateFrom: 'mail' },
)
export type MailReread = z.infer<typeof mailRereadSchema>

/** A held mail was decided by a person of the ministry. */
export const heldMailDecidedSchema = event('HeldMailDecided', {
  mailKey: z.string(),
  decision: z.enum(['counts', 'provisional', 'rejected']),
  private: z.strictObject({ reason: z.string() }).optional(),
})
export type HeldMailDecided = z.infer<typeof heldMailDecidedSchema>
/** The contact said OK: what was provisional (or held and asked about) counts. */
export const mailConfirmedSchema = event('MailConfirmed', {
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
  /** Left out where it was not kept. */
  readonly dateKey?: string
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
  /** What the reader made of it last; null for what was typed in. */
  readonly reading: MailReading | null
  /** Each time it was read again, with what it was taken for before. */
  readonly rereads: readonly Reread[]
}

/** A mail read again: what was kept of the reading before, and what came of it. */
interface Reread {
  readonly at: string
  readonly by: string
  readonly outcome: MailReread['outcome']
  readonly tells: boolean
  readonly before: MailReading
  readonly after: MailReading
}

export const evolveMails = (
  mails: readonly MailRecord[],
  change: MailReceived | MailReread | HeldMailDecided | MailConfirmed,
  at: string,
): readonly MailRecord[] => {
  switch (change.type) {
    case 'MailReceived':
      return [
        ...mails,
        {
          mailKey: change.mailKey,
          bodyKey: change.bodyKey,
          ...(change.dateKey === undefined ? {} : { dateKey: change.dateKey }),
          rawSha256: change.rawSha256,
          receivedAt: change.receivedAt,
          party: change.party,
          contactId: change.contactId,
          standing: change.standing,
          reason: change.reason,
          answers: change.answers,
          values: change.values,
          doubts: change.doubts,
          confirms: change.confirms,
          extension: change.extension,
          details: change.private ?? null,
          decidedAt: change.standing === 'held' || change.standing === 'provisional' ? null : at,
          releasedAt: null,
          confirmedBy: null,
          typed: null,
          helpers: change.helpers ?? null,
          absentUntil: change.absentUntil ?? null,
          asksContact: change.asksContact ?? null,
          ...(change.unanswered === undefined ? {} : { unanswered: change.unanswered }),
          proposals: proposalsOf(change.proposals ?? [], change.private?.proposals ?? []),
          reading: change,
          rereads: [],
        },
      ]
    case 'MailReread':
      return mails.map((mail) => (mail.mailKey === change.mailKey ? reread(mail, change, at) : mail))
    case 'HeldMailDecided':
      return mails.map((mail) =>
        mail.mailKey === change.mailKey
          ? {
              ...mail,
              standing: change.decision,
              decidedAt: change.decision === 'provisional' ? null : at,
              releasedAt: at,
            }
          : mail,
      )
    case 'MailConfirmed':
      return mails.map((mail) =>
        mail.mailKey === change.mailKey
          ? {
              ...mail,
              standing: 'counts',
              decidedAt: at,
              releasedAt: mail.standing === 'held' ? at : mail.releasedAt,
              confirmedBy: change.by,
              ...(change.excepted === undefined ? {} : { excepted: change.excepted }),
            }
          : mail,
      )
    default:
      return change satisfies never
  }
}

interface Mails {
  readonly mails: readonly MailRecord[]
}
const initial: Mails = { mails: [] }
const onMails = (
  { mails }: Mails,
  change: MailReceived | MailReread | HeldMailDecided | MailConfirmed,
  { at }: CommitMeta,
): Mails => ({ mails: evolveMails(mails, change, at) })
const onErasure = ({ mails }: Mails, change: ErasureEvent, meta: CommitMeta): Mails => ({
  mails: evolveErasure(mails, change, meta),
})

/** Mails taken into the case, what people decided of them, and what was erased of them. */
export const mailsSlice = slice({
  initial,
  events: [
    mailReceivedSchema,
    mailRereadSchema,
    heldMailDecidedSchema,
    mailConfirmedSchema,
    ...erasureEventSchemas,
  ],
  fold: {
    MailReceived: onMails,
    MailReread: onMails,
    HeldMailDecided: onMails,
    MailConfirmed: onMails,
    ErasureAsked: onErasure,
    ErasureDeclined: onErasure,
    ErasureConfirmed: onErasure,
    MailErased: onErasure,
  },
})

/** The kind of our letter that a mail answers, from the order's id it bears. */
export const answeredKind = (mail: Pick<MailRecord, 'answers'>): string | null =>
  mail.answers?.split('/')[0] ?? null
/** A person of the ministry, or the contact's OK, has said what it is worth: no reader says otherwise. */
const isDecidedByPerson = (mail: Pick<MailRecord, 'releasedAt' | 'confirmedBy'>): boolean =>
  mail.releasedAt !== null || mail.confirmedBy !== null

/** The mail as it is read now; what a person has made of it, or of its free text, stays as decided. */
const reread = (mail: MailRecord, change: MailReread, at: string): MailRecord => {
  if (mail.reading === null) return mail
  const { by, outcome, tells } = change
  const rereads = [...mail.rereads, { at, by, outcome, tells, before: mail.reading, after: change }]
  if (outcome === 'noted') return { ...mail, rereads }
  const { proposals, confirmed, written } = proposalsReread(
    mail.proposals,
    proposalsOf(change.proposals ?? [], change.private?.proposals ?? []),
    change.values,
  )
  const standing = isDecidedByPerson(mail) ? mail.standing : change.standing
  const undecided = standing === 'held' || standing === 'provisional'
  return {
    ...mail,
    bodyKey: change.bodyKey,
    contactId: change.contactId,
    standing,
    reason: change.reason,
    values: [...change.values, ...confirmed],
    doubts: change.doubts,
    confirms: change.confirms,
    extension: change.extension,
    details:
      change.private === undefined
        ? null
        : { ...change.private, written: { ...written, ...change.private.written } },
    decidedAt: undecided ? null : standing === mail.standing ? mail.decidedAt : at,
    absentUntil: change.absentUntil ?? null,
    asksContact: change.asksContact ?? null,
    helpers: change.helpers ?? null,
    proposals,
    reading: change,
    rereads,
  }
}

/** When a mail that was held came to be read otherwise: as after a release, reminders wait. */
export const readAgainAt = ({ rereads }: MailRecord): readonly string[] =>
  rereads.flatMap(({ at, before, after, outcome }) =>
    outcome === 'applied' && before.standing === 'held' && after.standing !== 'held' ? [at] : [],
  )

/** The reading last applied or noted: what is known already is not entered twice. */
export const lastReadingOf = (mail: MailRecord): MailReading | null =>
  mail.rereads.at(-1)?.after ?? mail.reading

/** A mail as it would be taken in now, as the event that it was read again. */
export const asReread = (
  fresh: MailReceived,
  { by, reader }: { readonly by: string; readonly reader: string },
): MailReread => {
  const {
    rawSha256: _raw,
    dateKey: _dateKey,
    receivedAt: _receivedAt,
    party: _party,
    answers: _answers,
    unanswered: _unanswered,
    verdicts: _verdicts,
    ...reading
  } = fresh
  return { ...reading, type: 'MailReread', v: 1, by, reader, outcome: 'applied', tells: false }
}

/** Mails that may belong to the case and wait for a person of the ministry. */
export const heldMails = (mails: readonly MailRecord[]): readonly MailRecord[] =>
  mails.filter((mail) => mail.standing === 'held')

/** A colleague's mails that wait for the contact's OK. */
export const provisionalMails = (mails: readonly MailRecord[], party: string): readonly MailRecord[] =>
  mails.filter((mail) => mail.standing === 'provisional' && mail.party === party)

/** A mail as the intake hands it on: who sent it and what it says; nothing is decided yet. */
export interface IncomingMail {
  readonly event: MailReceived
  /** The kind of our letter it answers, and what that letter was about; null when the thread does not say. */
  readonly answersOrder: { readonly kind: string; readonly about: string } | null
  /** It brings something only a person can read, and nothing a program reads. */
  readonly needsTypingIn?: boolean
}

/** What a person vouches a mail to be: the municipality's answer, or one that counts at the contact's OK. */
export interface Vouched {
  readonly as: 'counts' | 'provisional'
  readonly reason: string
}

/** What a mail says in words under a key; empty where it says nothing, or no more. */
export const textOf = (mail: MailReceived | MailRecord, key: string): string =>
  ('details' in mail ? mail.details?.texts[key] : 'private' in mail ? mail.private?.texts[key] : undefined) ??
  ''
