import * as z from 'zod'
import {
  archivedFileSchema,
  letterOrderId,
  letterOrderSchema,
  type LetterOrder,
} from '../../domain/casefile/letters.ts'
import type { StreamId } from '../../domain/base/stream-id.ts'
import { contactIdSchema, dateSchema } from '../../domain/base/values.ts'
import type { Ports } from '../../ports/ports.ts'

/**
 * What an archived letter says, beside its MIME: whoever finds the letter gone, however late, records the date,
 * the deadline and the addressees that its readers see, never those of the day it is recorded.
 */
export const letterSheetSchema = z.strictObject({
  v: z.literal(1),
  order: letterOrderSchema,
  from: z.string(),
  recipients: z.array(contactIdSchema),
  to: z.array(z.string()),
  datedOn: dateSchema,
  dueOn: dateSchema.nullable(),
  subject: z.string(),
  text: z.string(),
  documents: z.array(archivedFileSchema).optional(),
})
export type LetterSheet = z.infer<typeof letterSheetSchema>

/** SHA-256, hex: what makes it this letter and no other, on every repetition. */
export const letterKeyOf = (ports: Pick<Ports, 'digest'>, stream: StreamId, order: LetterOrder): string =>
  ports.digest(`${stream}|${letterOrderId(order)}`)

export const sheetKey = (rawSha256: string): string => `letters/${rawSha256}.json`

/** Puts the MIME into the archive under its hash, and what it says beside it. */
export const archiveLetter = async (
  ports: Pick<Ports, 'archive'>,
  rawSha256: string,
  raw: Uint8Array,
  sheet: LetterSheet | null,
): Promise<void> => {
  await Promise.all([
    ports.archive.putOnce(`letters/${rawSha256}`, raw, 'message/rfc822'),
    sheet === null
      ? null
      : ports.archive.putOnce(
          sheetKey(rawSha256),
          new TextEncoder().encode(JSON.stringify(sheet)),
          'application/json',
        ),
  ])
}

/** What the archived letter says; null for a mail of another kind, or archived by a version without sheets. */
export const readSheet = async (
  ports: Pick<Ports, 'archive'>,
  rawSha256: string,
): Promise<LetterSheet | null> => {
  const bytes = await ports.archive.get(sheetKey(rawSha256))
  return bytes === null ? null : letterSheetSchema.parse(JSON.parse(new TextDecoder().decode(bytes)))
}
