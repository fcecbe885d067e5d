import * as z from 'zod'
import { slice } from '../base/slice.ts'
import { type CommitMeta, event } from '../base/stream.ts'
import type { LetterKind } from './letter-kinds.ts'
import { todayInCopenhagen } from '../base/time.ts'
import { instantSchema, municipalityCodeSchema } from '../base/values.ts'
import type { LetterOrder } from './letters.ts'

/**
 * The largest mail that is read, headers and attachments together, in megabytes of 1024 times 1024 bytes
 * (intake/README.md, "What the parser is told").
 */
export const mostMegabytes = 15

/** What the contact may be told at once of a mail that lies in an inbox. */
export const unplacedNotices = [
  'unplaced-notice', // it names none of our requests: send it again as a reply (MAIL 11, 142)
  'too-large-notice', // larger than is read (MAIL 107)
  'closed-notice', // figures for a year that is closed (MAIL 128)
] as const satisfies readonly LetterKind[]
export const unplacedNoticeSchema = z.enum(unplacedNotices)
export type UnplacedNotice = z.infer<typeof unplacedNoticeSchema>

/**
 * A mail lies in an inbox, belongs to no case yet, and may be an answer in this one: nobody is reminded and
 * nothing is judged until a person has placed or dismissed it. Written by whoever files the mail.
 */
const unplacedMailNotedSchema = event(
  'UnplacedMailNoted',
  {
    mailKey: z.string(),
    /** The inbox's stream, where the mail is decided. */
    inbox: z.string(),
    receivedAt: instantSchema,
    /** Null: any party of the case may have sent it. */
    party: municipalityCodeSchema.nullable(),
    /** What the party's contact is told of it, by this case; left out where nobody is told here. */
    notice: unplacedNoticeSchema.optional(),
    /** The mail as its answer names it; of a mail that nobody is told of here nothing is kept. */
    private: z
      .strictObject({
        from: z.string(),
        subject: z.string(),
        messageId: z.string(),
        references: z.array(z.string()),
      })
      .optional(),
  },
  { privateFrom: 'mail' },
)
export type UnplacedMailNoted = z.infer<typeof unplacedMailNotedSchema>
/** It was decided: the case goes on, with its deadlines. */
const unplacedMailDecidedSchema = event('UnplacedMailDecided', {
  mailKey: z.string(),
  /** `here`: taken into this case; `elsewhere`: into another. */
  outcome: z.enum(['here', 'elsewhere', 'dismissed']),
})

export type UnplacedMailEvent = UnplacedMailNoted | z.infer<typeof unplacedMailDecidedSchema>

/** What a case knows of a mail that may belong to it; the mail itself lies in the inbox. */
export interface UnplacedMail {
  readonly mailKey: string
  readonly inbox: string
  readonly receivedAt: string
  readonly party: string | null
  /** Null while it is undecided. */
  readonly decidedAt: string | null
  /** What the contact is told of it here; null where nobody is. */
  readonly notice: UnplacedNotice | null
  readonly details: UnplacedMailNoted['private'] | null
}

const evolveUnplaced = (
  mails: readonly UnplacedMail[],
  change: UnplacedMailEvent,
  at: string,
): readonly UnplacedMail[] => {
  const { mailKey } = change
  if (change.type === 'UnplacedMailNoted') {
    const { inbox, receivedAt, party } = change
    const [notice, details] = [change.notice ?? null, change.private ?? null]
    return mails.some((mail) => mail.mailKey === mailKey)
      ? mails
      : [...mails, { mailKey, inbox, receivedAt, party, decidedAt: null, notice, details }]
  }
  // Decided before it was noted: kept, so that a late note holds nothing back.
  return mails.some((mail) => mail.mailKey === mailKey)
    ? mails.map((mail) => (mail.mailKey === mailKey ? { ...mail, decidedAt: at } : mail))
    : [
        ...mails,
        { mailKey, inbox: '', receivedAt: at, party: null, decidedAt: at, notice: null, details: null },
      ]
}

const initial: { readonly unplaced: readonly UnplacedMail[] } = { unplaced: [] }
type Unplaced = typeof initial
const onUnplaced = ({ unplaced }: Unplaced, change: UnplacedMailEvent, { at }: CommitMeta): Unplaced => ({
  unplaced: evolveUnplaced(unplaced, change, at),
})

/** Mails of an inbox that may belong to the case. */
export const unplacedSlice = slice({
  initial,
  events: [unplacedMailNotedSchema, unplacedMailDecidedSchema],
  fold: { UnplacedMailNoted: onUnplaced, UnplacedMailDecided: onUnplaced },
})

/** Mails in an inbox that may belong to the case and wait for a person. */
export const undecidedUnplaced = (mails: readonly UnplacedMail[]): readonly UnplacedMail[] =>
  mails.filter((mail) => mail.decidedAt === null)

/**
 * The note without its notice where the party has been told the same that Danish day: one a day, however many mails
 * lie in the inbox.
 */
export const toldOnceADay = (mails: readonly UnplacedMail[], note: UnplacedMailNoted): UnplacedMailNoted => {
  const day = todayInCopenhagen(note.receivedAt)
  const isTold = mails.some(
    ({ notice, party, receivedAt }) =>
      notice === note.notice && party === note.party && todayInCopenhagen(receivedAt) === day,
  )
  return isTold ? withoutNotice(note) : note
}

export const withoutNotice = (note: UnplacedMailNoted): UnplacedMailNoted => {
  const { notice: _, private: __, ...rest } = note
  return rest
}

/** The notices a case owes of mails in an inbox: while they are undecided, each once. */
export const owedNotices = (mails: readonly UnplacedMail[]): readonly LetterOrder[] =>
  undecidedUnplaced(mails).flatMap(({ mailKey, notice, party }) =>
    notice === null || party === null ? [] : [{ kind: notice, party, seq: 1, about: mailKey }],
  )
