import * as z from 'zod'
import { answerValueSchema, provenanceSchema } from '../review/reading.ts'
import { compareInstants } from '../time.ts'
import { instantSchema, municipalityCodeSchema, personIdSchema } from '../values.ts'
import type { MailRecord } from './mails.ts'

/** What the ministry typed figures in from; `mail`: a part of a mail that no program reads. */
export const typedSources = ['mail', 'letter', 'phone', 'meeting'] as const
export type TypedSource = (typeof typedSources)[number]

/** A caseworker typed in what stood in a scan, a letter or was said (LETTERS.md L4d, MAIL 127). */
export const figuresTypedSchema = z.strictObject({
  type: z.literal('FiguresTyped'),
  v: z.literal(1),
  /** What a mail key is to a mail: the figures point to it. */
  entryKey: z.string(),
  party: municipalityCodeSchema,
  source: z.enum(typedSources),
  /** The mail it was typed from; null for what came by no mail. */
  mailKey: z.string().nullable(),
  /** Which of that mail's attachments, from 0; null for its text or for no mail. */
  attachment: z.int().nonnegative().nullable(),
  /** When the ministry had it, not when it was typed: the later answer wins by this. */
  receivedAt: instantSchema,
  values: z.array(z.strictObject({ key: z.string(), value: answerValueSchema, at: provenanceSchema })).min(1),
  by: personIdSchema,
  private: z
    .strictObject({
      /** Who telephoned, which letter. */
      source: z.string(),
      texts: z.record(z.string(), z.string()),
      written: z.record(z.string(), z.string()),
    })
    .optional(),
})
export type FiguresTyped = z.infer<typeof figuresTypedSchema>

/** How figures typed in came; kept with the record they are. */
export interface TypedEntry {
  readonly source: TypedSource
  readonly mailKey: string | null
  readonly attachment: number | null
  readonly by: string
  readonly note: string
}

/**
 * What was typed in, as the mail it stands for: it counts, is corrected and confirmed as one. Typed from a
 * colleague's mail it waits for the contact's OK as that mail does.
 */
export const typedRecord = (event: FiguresTyped, mails: readonly MailRecord[], at: string): MailRecord => {
  const from = mails.find((mail) => mail.mailKey === event.mailKey) ?? null
  const provisional = from?.standing === 'provisional'
  const own = event.private
  return {
    mailKey: event.entryKey,
    bodyKey: event.entryKey,
    rawSha256: from?.rawSha256 ?? '',
    receivedAt: event.receivedAt,
    party: event.party,
    contactId: from?.contactId ?? null,
    standing: provisional ? 'provisional' : 'counts',
    reason: '',
    answers: from?.answers ?? null,
    values: event.values,
    doubts: [],
    confirms: false,
    extension: null,
    details:
      own === undefined
        ? null
        : {
            from: from?.details?.from ?? '',
            name: from?.details?.name ?? '',
            subject: from?.details?.subject ?? '',
            messageId: from?.details?.messageId ?? '',
            references: from?.details?.references ?? [],
            freeText: '',
            texts: own.texts,
            written: own.written,
            doubts: [],
            theirCaseNumber: null,
          },
    decidedAt: provisional ? null : at,
    releasedAt: null,
    confirmedBy: null,
    proposals: [],
    absentUntil: null,
    helpers: null,
    asksContact: null,
    typed: {
      source: event.source,
      mailKey: event.mailKey,
      attachment: event.attachment,
      by: event.by,
      note: own?.source ?? '',
    },
  }
}

/** What the ministry had typed in when a mail came, and its contact has said nothing of yet. */
export const typedToConfirm = (
  mails: readonly MailRecord[],
  party: string,
  receivedAt: string,
): readonly MailRecord[] =>
  mails.filter(
    (mail) =>
      mail.typed !== null &&
      mail.party === party &&
      mail.standing === 'counts' &&
      mail.confirmedBy === null &&
      mail.decidedAt !== null &&
      compareInstants(mail.decidedAt, receivedAt) <= 0,
  )
