import * as z from 'zod'
import { slice } from '../base/slice.ts'
import { letterKindSchema, type LetterKind } from './letter-kinds.ts'
import { accept, event, refuse, type CommitMeta, type Decision } from '../base/stream.ts'
import { compareInstants, todayInCopenhagen } from '../base/time.ts'
import {
  contactIdSchema,
  dateSchema,
  instantSchema,
  municipalityCodeSchema,
  type ContactId,
} from '../base/values.ts'

/** A letter that is to go out: what it is, to which party, and which one of its kind it is. */
export const letterOrderSchema = z.strictObject({
  kind: letterKindSchema,
  /** The municipality it goes to; null for the ministry's own people. */
  party: municipalityCodeSchema.nullable(),
  /** Sequence among letters of the kind with the same `about`: round, attempt, reminder number. */
  seq: z.int().positive(),
  /** What it is about: a mail's content key, a question's id, a subject's hash; empty when nothing. */
  about: z.string().max(128),
})
export type LetterOrder = z.infer<typeof letterOrderSchema>

/** One text per order, the same on every repetition: the letter's key is the hash of stream and this. */
export const letterOrderId = (order: LetterOrder): string =>
  [order.kind, order.party ?? '', order.seq, order.about].join('/')

/** Letters that say no more of the mail they are about than that it came. */
const repeatNothing: readonly LetterKind[] = ['citizen-data-notice', 'mail-erased']
/** A letter about a mail answers it, and may repeat its subject and its words. */
const repeatsItsMail = (stored: object): readonly string[] => {
  const sent = z.object({ order: letterOrderSchema }).safeParse(stored)
  return sent.success && !repeatNothing.includes(sent.data.order.kind) ? [sent.data.order.about] : []
}

/** A file of the archive that went with a letter. */
export const archivedFileSchema = z.strictObject({ archiveKey: z.string(), sha256: z.string() })
export type ArchivedFile = Readonly<z.infer<typeof archivedFileSchema>>

/** Answered by the mail system with an id: the letter is out. Addresses and subject are private. */
export const letterSentSchema = event(
  'LetterSent',
  {
    letterKey: z.string(),
    order: letterOrderSchema,
    recipients: z.array(contactIdSchema),
    /** The date printed on it: the day it was handed to the mail system (LETTERS 1.6). */
    datedOn: dateSchema,
    /** The deadline printed in it, if any; the record's own from then on. */
    dueOn: dateSchema.nullable(),
    rawSha256: z.string(),
    messageId: z.string(),
    /** Sent again after silence, no trace of the first attempt (journalised). */
    again: z.boolean(),
    /** Files of the archive that went with it; left out when none did. */
    documents: z.array(archivedFileSchema).optional(),
    private: z.strictObject({ to: z.array(z.string()), subject: z.string(), text: z.string() }).optional(),
  },
  { privateFrom: repeatsItsMail },
)
const letterDeliveredSchema = event('LetterDelivered', {
  letterKey: z.string(),
  recipient: contactIdSchema.nullable(),
  deliveredAt: instantSchema,
})
export const letterBouncedSchema = event('LetterBounced', {
  letterKey: z.string(),
  recipient: contactIdSchema.nullable(),
  bouncedAt: instantSchema,
  permanent: z.boolean(),
  status: z.string(),
})

export interface LetterRecord {
  readonly letterKey: string
  readonly order: LetterOrder
  readonly recipients: readonly ContactId[]
  readonly sentAt: string
  readonly datedOn: string
  readonly dueOn: string | null
  readonly rawSha256: string
  readonly messageId: string
  readonly delivered: readonly { readonly recipient: string | null; readonly at: string }[]
  readonly bounced: readonly {
    readonly recipient: string | null
    readonly at: string
    readonly permanent: boolean
  }[]
  readonly text: string | null
  readonly subject: string | null
  readonly to: readonly string[]
}

type LetterEvent =
  | z.infer<typeof letterSentSchema>
  | z.infer<typeof letterDeliveredSchema>
  | z.infer<typeof letterBouncedSchema>

const onLetter = (
  letters: readonly LetterRecord[],
  letterKey: string,
  changed: (letter: LetterRecord) => LetterRecord,
): readonly LetterRecord[] =>
  letters.map((letter) => (letter.letterKey === letterKey ? changed(letter) : letter))

export const evolveLetters = (
  letters: readonly LetterRecord[],
  change: LetterEvent,
  at: string,
): readonly LetterRecord[] => {
  switch (change.type) {
    case 'LetterSent':
      return [
        ...letters,
        {
          letterKey: change.letterKey,
          order: change.order,
          recipients: change.recipients,
          sentAt: at,
          datedOn: change.datedOn,
          dueOn: change.dueOn,
          rawSha256: change.rawSha256,
          messageId: change.messageId,
          delivered: [],
          bounced: [],
          text: change.private?.text ?? null,
          subject: change.private?.subject ?? null,
          to: change.private?.to ?? [],
        },
      ]
    case 'LetterDelivered':
      return onLetter(letters, change.letterKey, (letter) => ({
        ...letter,
        delivered: [...letter.delivered, { recipient: change.recipient, at: change.deliveredAt }],
      }))
    case 'LetterBounced':
      return onLetter(letters, change.letterKey, (letter) => ({
        ...letter,
        bounced: [
          ...letter.bounced,
          { recipient: change.recipient, at: change.bouncedAt, permanent: change.permanent },
        ],
      }))
    default:
      return change satisfies never
  }
}

const initial: { readonly letters: readonly LetterRecord[] } = { letters: [] }
type Letters = typeof initial
const onLetters = ({ letters }: Letters, change: LetterEvent, { at }: CommitMeta): Letters => ({
  letters: evolveLetters(letters, change, at),
})

/** Letters that went out, and what became of them. */
export const lettersSlice = slice({
  initial,
  events: [letterSentSchema, letterDeliveredSchema, letterBouncedSchema],
  fold: { LetterSent: onLetters, LetterDelivered: onLetters, LetterBounced: onLetters },
})

/** Letters of one of the kinds to a party, oldest first. */
export const lettersTo = (
  letters: readonly LetterRecord[],
  party: string | null,
  ...kinds: readonly LetterKind[]
): readonly LetterRecord[] =>
  letters.filter((letter) => letter.order.party === party && kinds.includes(letter.order.kind))

export const wasSent = (letters: readonly LetterRecord[], order: LetterOrder): boolean =>
  letters.some((letter) => letterOrderId(letter.order) === letterOrderId(order))

/** Proof that it reached the one it was meant for; null without. A copy in the main mailbox proves nothing. */
export const firstDeliveryAt = (letter: LetterRecord): string | null =>
  letter.delivered
    .filter((delivery) => delivery.recipient !== null && delivery.recipient === letter.recipients[0])
    .map((delivery) => delivery.at)
    .sort(compareInstants)[0] ?? null

/** It came back for good from the one it was meant for. */
export const bouncedForFirst = (letter: LetterRecord): boolean =>
  letter.bounced.some((bounce) => bounce.permanent && bounce.recipient === letter.recipients[0])

/** What the mail system tells of a letter: delivered to some of its addresses, or bounced from them. */
export interface LetterOutcome {
  readonly letterKey: string
  readonly addresses: readonly string[]
  readonly at: string
  readonly result: 'delivered' | 'bounced'
  readonly permanent: boolean
  readonly status: string
}

const contactAt = (letter: LetterRecord, address: string): ContactId | null =>
  letter.recipients[letter.to.findIndex((known) => known.toLowerCase() === address.toLowerCase())] ?? null

/** The events of an outcome, what is known already left out; null when no letter has that key. */
export const outcomeEvents = (
  letters: readonly LetterRecord[],
  outcome: LetterOutcome,
): readonly (z.infer<typeof letterDeliveredSchema> | z.infer<typeof letterBouncedSchema>)[] | null => {
  const letter = letters.find((candidate) => candidate.letterKey === outcome.letterKey)
  if (letter === undefined) return null
  // A bounce for good after a passing one is news.
  const known =
    outcome.result === 'delivered'
      ? letter.delivered
      : letter.bounced.filter((before) => before.permanent || !outcome.permanent)
  const { letterKey, at, permanent, status } = outcome
  return outcome.addresses
    .map((address) => contactAt(letter, address))
    .filter((recipient) => !known.some((before) => before.recipient === recipient))
    .map((recipient) =>
      outcome.result === 'delivered'
        ? { type: 'LetterDelivered', v: 1, letterKey, recipient, deliveredAt: at }
        : { type: 'LetterBounced', v: 1, letterKey, recipient, bouncedAt: at, permanent, status },
    )
}

export interface SentLetter {
  readonly letterKey: string
  readonly order: LetterOrder
  readonly recipients: readonly ContactId[]
  readonly datedOn: string
  readonly dueOn: string | null
  readonly rawSha256: string
  readonly messageId: string
  readonly again: boolean
  readonly documents?: readonly ArchivedFile[] | undefined
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
}

/** The event of a letter that is out; the same for every stream that sends letters. */
export const letterSent = (letter: SentLetter) => {
  const { to, subject, text, recipients, documents, ...rest } = letter
  return {
    type: 'LetterSent' as const,
    v: 1 as const,
    ...rest,
    recipients: [...recipients],
    ...(documents === undefined ? {} : { documents: [...documents] }),
    private: { to: [...to], subject, text },
  }
}

/** Puts a letter that is out on the record, once. */
export const recordLetter = ({ letters }: Letters, letter: SentLetter): Decision<LetterEvent> =>
  wasSent(letters, letter.order) ? accept() : accept(letterSent(letter))

/**
 * What the mail system told of a letter, and what begins with it.
 * @param begins by the letters as they are then
 */
export const recordOutcome = <E>(
  { letters }: Letters,
  outcome: LetterOutcome,
  begins: (letters: readonly LetterRecord[]) => readonly E[],
): Decision<LetterEvent | E> => {
  const events = outcomeEvents(letters, outcome)
  if (events === null) return refuse('unknown-letter', 'no letter of this case has that key')
  const after = events.reduce((folded, one) => evolveLetters(folded, one, outcome.at), letters)
  return accept<LetterEvent | E>(...events, ...begins(after))
}

/**
 * When a time that runs from delivery is out: for everybody by the first of his letters that reached him, at the
 * earliest on the date printed. Null while delivery to somebody is not proven.
 * @param endFrom the last day of a time that begins on a day
 */
export const endFromDelivery = (
  lettersOfEach: readonly (readonly LetterRecord[])[],
  endFrom: (deliveredOn: string) => string,
): string | null => {
  const ends: string[] = []
  for (const letters of lettersOfEach) {
    const reached = letters.find((letter) => firstDeliveryAt(letter) !== null)
    const deliveredAt = reached === undefined ? null : firstDeliveryAt(reached)
    if (reached === undefined || deliveredAt === null) return null
    ends.push(endFrom(todayInCopenhagen(deliveredAt)), reached.dueOn ?? '')
  }
  return ends.sort().at(-1) ?? null
}
