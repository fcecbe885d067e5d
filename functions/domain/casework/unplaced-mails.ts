import * as z from 'zod'
import { instantSchema, municipalityCodeSchema } from '../values.ts'

/**
 * A mail lies in an inbox, belongs to no case yet, and may be an answer in this one: nobody is reminded and
 * nothing is judged until a person has placed or dismissed it. Written by whoever files the mail.
 */
export const unplacedMailNotedSchema = z.strictObject({
  type: z.literal('UnplacedMailNoted'),
  v: z.literal(1),
  mailKey: z.string(),
  /** The inbox's stream, where the mail is decided. */
  inbox: z.string(),
  receivedAt: instantSchema,
  /** Null: any party of the case may have sent it. */
  party: municipalityCodeSchema.nullable(),
})
/** It was decided: the case goes on, with its deadlines. */
export const unplacedMailDecidedSchema = z.strictObject({
  type: z.literal('UnplacedMailDecided'),
  v: z.literal(1),
  mailKey: z.string(),
  /** `here`: taken into this case; `elsewhere`: into another. */
  outcome: z.enum(['here', 'elsewhere', 'dismissed']),
})

export type UnplacedMailEvent =
  z.infer<typeof unplacedMailNotedSchema> | z.infer<typeof unplacedMailDecidedSchema>

/** What a case knows of a mail that may belong to it; the mail itself lies in the inbox. */
export interface UnplacedMail {
  readonly mailKey: string
  readonly inbox: string
  readonly receivedAt: string
  readonly party: string | null
  /** Null while it is undecided. */
  readonly decidedAt: string | null
}

export const evolveUnplaced = (
  mails: readonly UnplacedMail[],
  event: UnplacedMailEvent,
  at: string,
): readonly UnplacedMail[] => {
  const { mailKey } = event
  if (event.type === 'UnplacedMailNoted') {
    const { inbox, receivedAt, party } = event
    return mails.some((mail) => mail.mailKey === mailKey)
      ? mails
      : [...mails, { mailKey, inbox, receivedAt, party, decidedAt: null }]
  }
  // Decided before it was noted: kept, so that a late note holds nothing back.
  return mails.some((mail) => mail.mailKey === mailKey)
    ? mails.map((mail) => (mail.mailKey === mailKey ? { ...mail, decidedAt: at } : mail))
    : [...mails, { mailKey, inbox: '', receivedAt: at, party: null, decidedAt: at }]
}

/** Mails in an inbox that may belong to the case and wait for a person. */
export const undecidedUnplaced = (mails: readonly UnplacedMail[]): readonly UnplacedMail[] =>
  mails.filter((mail) => mail.decidedAt === null)
