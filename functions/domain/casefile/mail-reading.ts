import * as z from 'zod'
import { answerValueSchema, doubtKindSchema, provenanceSchema } from './reading.ts'
import { contactIdSchema, dateSchema } from '../base/values.ts'
import { proposedSchema, proposedWordsSchema } from './proposals.ts'

/** What a mail is worth (LETTERS 4.7). */
const standings = [
  'counts', // from a registered contact, authenticated
  'provisional', // from the municipality's own domain: counts at the contact's OK
  'held', // anything else: kept, a person decides
  'automatic', // bounce, absence note, read receipt: kept and shown, never read as figures
  'set-aside', // citizens' data: not shown, not forwarded
  'repeated', // the same content again in a new mail
  'rejected', // held, then found not to be theirs
] as const
const standingSchema = z.enum(standings)
export type Standing = z.infer<typeof standingSchema>

const readAnswerSchema = z.strictObject({ key: z.string(), value: answerValueSchema, at: provenanceSchema })

/** What the reader made of a mail: figures in the chain, words and addresses in the private part. */
export const readingShape = {
  contactId: contactIdSchema.nullable(),
  standing: standingSchema,
  /** Why it is held or automatic; a code, empty when it counts. */
  reason: z.string(),
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
  asksContact: z
    .strictObject({
      role: z.enum(['contact', 'deputy']),
      /** In free text, under no key; left out otherwise. */
      inWords: z.literal(true).optional(),
    })
    .optional(),
  /** Helpers the contact named (`Medindberetter`), each as the contact it became; left out where there are none. */
  helpers: z.strictObject({ entered: z.array(contactIdSchema), refused: z.int().nonnegative() }).optional(),
  /** The reader that made it; left out where it was not kept. */
  reader: z.string().optional(),
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
      /** The envelope's sender, empty for the null sender; left out where it was not kept. */
      source: z.string().optional(),
    })
    .optional(),
} as const

const readingSchema = z.strictObject(readingShape)
/** What was read in a mail, when it came or when it was read again. */
export type MailReading = z.infer<typeof readingSchema>
