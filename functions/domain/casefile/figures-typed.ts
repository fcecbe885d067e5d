import * as z from 'zod'
import { event } from '../base/stream.ts'
import { answerValueSchema, provenanceSchema } from './reading.ts'
import { instantSchema, municipalityCodeSchema, personIdSchema } from '../base/values.ts'

/** What the ministry typed figures in from; `mail`: a part of a mail that no program reads. */
export const typedSources = ['mail', 'letter', 'phone', 'meeting'] as const
export type TypedSource = (typeof typedSources)[number]

/** A caseworker typed in what stood in a scan, a letter or was said (L4d, MAIL 127). */
export const figuresTypedSchema = event(
  'FiguresTyped',
  {
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
    values: z
      .array(z.strictObject({ key: z.string(), value: answerValueSchema, at: provenanceSchema }))
      .min(1),
    by: personIdSchema,
    private: z
      .strictObject({
        /** Who telephoned, which letter. */
        source: z.string(),
        texts: z.record(z.string(), z.string()),
        written: z.record(z.string(), z.string()),
      })
      .optional(),
  },
  { privateFrom: 'mail' },
)
export type FiguresTyped = z.infer<typeof figuresTypedSchema>

/** How figures typed in came; kept with the record they are. */
export interface TypedEntry {
  readonly source: TypedSource
  readonly mailKey: string | null
  readonly attachment: number | null
  readonly by: string
  readonly note: string
}
