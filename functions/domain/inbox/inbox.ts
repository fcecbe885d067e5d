import * as z from 'zod'
import { erasureEventSchemas, evolveErasure, type Erasure, type ErasureEvent } from '../casefile/erasures.ts'
import { unplacedNoticeSchema } from '../casefile/unplaced-mails.ts'
import { keptVerdictsSchema } from '../casefile/mails.ts'
import { compose, slice, type EventOfSlices } from '../base/slice.ts'
import { type Actor, type CommitMeta, event } from '../base/stream.ts'
import { isStreamId, streamKind, type StreamId } from '../base/stream-id.ts'
import { agreementIdSchema, instantSchema, municipalityCodeSchema, personIdSchema } from '../base/values.ts'

/** The stream of a case that a mail can be placed in. */
export const isCaseStream = (stream: unknown): stream is StreamId =>
  typeof stream === 'string' && isStreamId(stream) && ['review', 'renegotiation'].includes(streamKind(stream))
const caseStreamSchema = z.custom<StreamId>(isCaseStream, 'the stream of a review or a renegotiation')

/** A case that the mail may belong to. Each is told, so that it reminds nobody meanwhile. */
const inboxHomeSchema = z.strictObject({
  stream: caseStreamSchema,
  agreement: agreementIdSchema,
  /** Null: any party of the agreement may have sent it. */
  party: municipalityCodeSchema.nullable(),
  /** Why it is thought of. */
  because: z.enum(['token', 'sender', 'domain', 'case-number', 'form-year', 'later-year']),
})
export type InboxHome = z.infer<typeof inboxHomeSchema>

const inboxMailHeldSchema = event(
  'InboxMailHeld',
  {
    mailKey: z.string(),
    rawSha256: z.string(),
    receivedAt: instantSchema,
    reason: z.string(),
    likely: z.array(agreementIdSchema),
    homes: z.array(inboxHomeSchema).default([]),
    /** What the receiving system found; null where it was not kept: then nothing is authenticated. */
    verdicts: keptVerdictsSchema.nullable().default(null),
    /** The case that tells its contact of the mail, and how; left out where nobody is told. */
    notice: z.strictObject({ stream: caseStreamSchema, kind: unplacedNoticeSchema }).optional(),
    private: z
      .strictObject({
        from: z.string(),
        subject: z.string(),
        error: z.string(),
        /** The envelope's sender; empty: the null sender, or not kept. */
        source: z.string().default(''),
        /** What its answer bears; empty where nobody is answered. */
        messageId: z.string().default(''),
        references: z.array(z.string()).default([]),
        /** The addresses of ours it was delivered to; none where they were not kept. */
        recipients: z.array(z.string()).default([]),
      })
      .optional(),
  },
  { privateFrom: 'mail' },
)
const inboxMailDecidedSchema = event('InboxMailDecided', {
  mailKey: z.string(),
  decision: z.enum(['placed', 'dismissed']),
  by: personIdSchema,
  /** Where it was placed, and as what the person vouches for it; null when it was dismissed. */
  placed: z
    .strictObject({
      stream: caseStreamSchema,
      party: municipalityCodeSchema,
      as: z.enum(['counts', 'provisional']),
    })
    .nullable()
    .default(null),
  private: z.strictObject({ reason: z.string() }).optional(),
})
/** The mail was read again by another reader; what it was held for before stays in the event before. */
const inboxMailRereadSchema = event(
  'InboxMailReread',
  {
    mailKey: z.string(),
    /** The reader, and who had it read again. */
    reader: z.string(),
    by: z.string().min(1).max(80),
    reason: z.string(),
    likely: z.array(agreementIdSchema),
    homes: z.array(inboxHomeSchema),
    /** The case it names itself, as it is read now: it goes there like any mail. Null: it still names none. */
    found: z
      .strictObject({
        stream: caseStreamSchema,
        party: municipalityCodeSchema.nullable(),
        letterKey: z.string().nullable(),
      })
      .nullable(),
    /** The case that tells its contact of the mail, and how; left out where nobody is told. */
    notice: z.strictObject({ stream: caseStreamSchema, kind: unplacedNoticeSchema }).optional(),
    private: z
      .strictObject({
        from: z.string(),
        subject: z.string(),
        error: z.string(),
        messageId: z.string(),
        references: z.array(z.string()),
      })
      .optional(),
  },
  { privateFrom: 'mail' },
)
export type InboxMailReread = z.infer<typeof inboxMailRereadSchema>
type Placed = NonNullable<z.infer<typeof inboxMailDecidedSchema>['placed']>

/** How a mail was decided. */
interface InboxDecision {
  readonly at: string
  readonly actor: Actor
  readonly placed: Placed | null
  readonly reason: string
}

export type InboxMail = Omit<z.infer<typeof inboxMailHeldSchema>, 'type' | 'v'> & {
  readonly decision: 'placed' | 'dismissed' | null
  readonly decided: InboxDecision | null
  /** Asked to be erased, or erased; left out for every other mail. */
  readonly erasure?: Erasure | undefined
  /** The case it named itself when it was read again; null for every other mail. */
  readonly found: InboxMailReread['found']
}
export interface InboxState {
  readonly mails: readonly InboxMail[]
}

/** As it is read now; a mail that names its own case is no person's to place any more. */
const reread = (mail: InboxMail, change: InboxMailReread, meta: CommitMeta): InboxMail => {
  const { reason, likely, homes, found, notice } = change
  return {
    ...mail,
    reason,
    likely,
    homes,
    found,
    ...(notice === undefined ? {} : { notice }),
    ...(mail.private === undefined || change.private === undefined
      ? {}
      : { private: { ...mail.private, ...change.private } }),
    ...(found === null
      ? {}
      : {
          decision: 'placed' as const,
          decided: { at: meta.at, actor: meta.actor, placed: null, reason: '' },
        }),
  }
}

const initial: InboxState = { mails: [] }
const onMail = (
  { mails }: InboxState,
  mailKey: string,
  change: (mail: InboxMail) => InboxMail,
): InboxState => ({ mails: mails.map((mail) => (mail.mailKey === mailKey ? change(mail) : mail)) })
const onErasure = ({ mails }: InboxState, change: ErasureEvent, meta: CommitMeta): InboxState => ({
  mails: evolveErasure(mails, change, meta),
})

/** Mail that belongs to no case yet: kept, with its likely homes; a person places or dismisses it. */
const inboxSlice = slice({
  initial,
  events: [inboxMailHeldSchema, inboxMailDecidedSchema, inboxMailRereadSchema, ...erasureEventSchemas],
  fold: {
    InboxMailHeld: ({ mails }, { type: _type, v: _v, ...mail }) => ({
      mails: [...mails, { ...mail, decision: null, decided: null, found: null }],
    }),
    InboxMailDecided: (state, { mailKey, decision, placed, private: own }, { at, actor }) =>
      onMail(state, mailKey, (mail) => ({
        ...mail,
        decision,
        decided: { at, actor, placed, reason: own?.reason ?? '' },
      })),
    InboxMailReread: (state, change, meta) =>
      onMail(state, change.mailKey, (mail) => reread(mail, change, meta)),
    ErasureAsked: onErasure,
    ErasureDeclined: onErasure,
    ErasureConfirmed: onErasure,
    MailErased: onErasure,
  },
})
const slices = [inboxSlice] as const
export type InboxEvent = EventOfSlices<typeof slices>
export const inbox = compose(slices)

/** Why nothing can be read of a mail, so that it can be no case's. */
const unreadable: readonly string[] = ['unreadable', 'too-large']
export const isUnreadable = (mail: Pick<InboxMail, 'reason'>): boolean => unreadable.includes(mail.reason)
