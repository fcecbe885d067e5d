import * as z from 'zod'
import { streamKind, type StreamId } from '../../domain/base/stream-id.ts'
import { compareInstants } from '../../domain/base/time.ts'
import { instantSchema } from '../../domain/base/values.ts'
import { readerVersion } from '../../intake/read-reply.ts'
import { takesMail } from '../streams.ts'
import { replayCase } from './replay/replay-case.ts'
import { replayInbox } from './replay/replay-inbox.ts'
import type { ReplayOf, ReplayPorts } from './replay/replay-ports.ts'
import { replayedMailSchema, type ReplayedMail } from './replay/replayed-mail.ts'

export const replayInputSchema = z.object({
  /** Mails received at this instant or later; null: all. */
  since: instantSchema.nullable(),
  /** One mail, by its key or the SHA-256 of its bytes, or the first twelve or more digits of either; null: all. */
  mail: z
    .string()
    .regex(/^[0-9a-f]{12,64}$/)
    .nullable(),
  /** Enters what they say now; otherwise nothing is written. */
  apply: z.boolean(),
  /** Who asks for it. */
  by: z.string().min(1).max(80),
  /** Goes on after this stream, as the call before answered; null: from the first. */
  after: z.string().nullable(),
})
export type ReplayInput = z.infer<typeof replayInputSchema>

export const replayedSchema = z.strictObject({
  reader: z.string(),
  mails: z.array(replayedMailSchema),
  /** Call again with this as `after`; null: that was all. */
  next: z.string().nullable(),
})
export type Replayed = z.infer<typeof replayedSchema>

/** A call ends after the stream in which it has read this many: no call takes long, whatever is stored. */
const mailsACall = 40

/**
 * Reads stored mails again with today's reader and tells, mail by mail, what they say now beside what they were
 * taken for. With `apply` that is entered as new facts; the same again enters nothing. Calls go on from stream to
 * stream.
 */
export const makeReplayMail =
  (ports: ReplayPorts) =>
  async (input: ReplayInput): Promise<Replayed> => {
    const of = replayOf(input)
    const streams = (await ports.streams.streams()).filter(
      (stream) => holdsMail(stream) && (input.after === null || stream > input.after),
    )
    const mails: ReplayedMail[] = []
    for (const stream of streams) {
      const replay = streamKind(stream) === 'inbox' ? replayInbox : replayCase
      mails.push(...(await replay(ports, stream, of)))
      if (mails.length >= mailsACall && stream !== streams.at(-1))
        return { reader: readerVersion, mails, next: stream }
    }
    return { reader: readerVersion, mails, next: null }
  }

const holdsMail = (stream: StreamId): boolean => takesMail(stream) || streamKind(stream) === 'inbox'

const replayOf = ({ since, mail, apply, by }: ReplayInput): ReplayOf => ({
  apply,
  by,
  isMeant: ({ mailKey, rawSha256, receivedAt }) =>
    (since === null || compareInstants(receivedAt, since) >= 0) &&
    (mail === null || mailKey.startsWith(mail) || rawSha256.startsWith(mail)),
})
