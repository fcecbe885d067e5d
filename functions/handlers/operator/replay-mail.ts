import { isWithdrawn } from '../../domain/casefile/erasures.ts'
import { accept } from '../../domain/base/stream.ts'
import { type InboxEvent, type InboxMail, isCaseStream } from '../../domain/inbox/inbox.ts'
import { type StreamId, streamKind } from '../../domain/base/stream-id.ts'
import { readerVersion } from '../../intake/read-reply.ts'
import { inboxCase } from '../streams/cases.ts'
import { placeOf } from '../intake/place-of.ts'
import { boundedHeader } from '../intake/record-bounds.ts'
import { envelopeOfMail } from '../intake/settle-inbox-mail.ts'
import { performNoted } from '../record/outbox.ts'
import { loadCase } from '../record/perform.ts'
import { settleInboxMail, takesMail } from '../streams.ts'
import { parseAgain } from './replay/read-again.ts'
import { replayActor, replayCase } from './replay/replay-case.ts'
import {
  type ReplayOf,
  type ReplayPorts,
  type ReplayedMail,
  type ReplayOutcome,
  replayedMailSchema,
} from './replay/replayed-mail.ts'
import * as z from 'zod'
import { compareInstants } from '../../domain/base/time.ts'
import { instantSchema } from '../../domain/base/values.ts'

/** A mail as it is read now: the case it names, or why it still names none. */
type InboxReading = Pick<
  Extract<InboxEvent, { type: 'InboxMailReread' }>,
  'reason' | 'homes' | 'found' | 'notice' | 'private'
>

/** Why nothing was read of a mail, or hardly anything. */
const unread: readonly string[] = ['unreadable', 'too-large']
/** Why a mail that was read names no case: another reader may find the one it names. */
const named: readonly string[] = ['no-request', 'several-requests']

/** Reads the undecided mails of an inbox again: one that can be read now goes into the case it names. */
const replayInbox = async (
  ports: ReplayPorts,
  inbox: StreamId,
  of: ReplayOf,
): Promise<readonly ReplayedMail[]> => {
  const { state } = await loadCase(ports, inboxCase, inbox)
  const replayed: ReplayedMail[] = []
  // One that a person placed stands in its case and is read again there.
  for (const mail of state.mails)
    if (of.isMeant(mail) && (mail.decision === null || mail.decision === 'dismissed'))
      replayed.push(await replayOne(ports, inbox, mail, of))
  return replayed
}

const replayOne = async (
  ports: ReplayPorts,
  inbox: StreamId,
  mail: InboxMail,
  { apply, by }: ReplayOf,
): Promise<ReplayedMail> => {
  const { mailKey } = mail
  const tell = (outcome: ReplayOutcome, because = '', now: InboxReading | null = null): ReplayedMail => ({
    stream: inbox,
    mailKey,
    rawSha256: mail.rawSha256,
    receivedAt: mail.receivedAt,
    party: now?.found?.party ?? null,
    contact: null,
    outcome,
    because,
    before: { standing: 'held', reason: mail.reason, reader: '' },
    after:
      now === null
        ? null
        : {
            standing: now.found === null ? 'held' : `to ${now.found.stream}`,
            reason: now.reason,
            reader: readerVersion,
          },
    changes: [],
    same: [],
    doubtsAdded: [],
    doubtsGone: [],
    others: [],
    tells: false,
  })
  if (isWithdrawn(mail)) return tell('left', 'erased')
  if (mail.decision === 'dismissed') return tell('left', 'dismissed')
  const again = await parseAgain(ports, mail, envelopeOfMail(mail))
  if (again.parsed === null)
    return again.failed.read === 'lost' ? tell('lost') : tell('unreadable', again.failed.error)
  const place = await placeOf(ports, again.parsed)
  const { message } = again.parsed
  const notice = place.place === 'inbox' ? place.notice : null
  const { source: _source, ...headerNow } = boundedHeader({
    from: message.from[0]?.address ?? '',
    subject: message.subject,
    source: '',
    messageId: notice === null ? '' : (message.messageId ?? ''),
    references: notice === null ? [] : message.references,
  })
  const now: InboxReading = {
    private: {
      ...headerNow,
      error: '',
    },
    ...(notice === null ? {} : { notice: { ...notice } }),
    ...(place.place === 'case' && isCaseStream(place.home.stream)
      ? {
          reason: mail.reason,
          homes: [...mail.homes],
          found: {
            stream: place.home.stream,
            party: place.home.municipality,
            letterKey: place.home.letterKey,
          },
        }
      : {
          reason: place.place === 'inbox' ? place.reason : mail.reason,
          homes: place.place === 'inbox' ? place.homes.map((home) => ({ ...home })) : [...mail.homes],
          found: null,
        }),
  }
  // Which cases are open changes from day to day: only what the mail itself says now is another reading.
  const couldBeRead = !unread.includes(mail.reason)
  if (couldBeRead && (now.found === null || !named.includes(mail.reason))) return tell('same', '', now)
  if (!apply) return tell('would-change', '', now)
  const id = `replay/${mailKey}/${ports.digest(JSON.stringify([readerVersion, now])).slice(0, 16)}`
  const performed = await performNoted(
    ports,
    inboxCase,
    inbox,
    {
      id,
      actor: replayActor,
      decide: (state) =>
        state.mails.some((one) => one.mailKey === mailKey && one.decision === null)
          ? accept<InboxEvent>({
              type: 'InboxMailReread',
              v: 1,
              mailKey,
              reader: readerVersion,
              by,
              likely: [...new Set(now.homes.map(({ agreement }) => agreement))],
              ...now,
            })
          : accept<InboxEvent>(),
    },
    () => settleInboxMail(ports, inbox, mailKey),
  )
  return tell(performed.outcome === 'committed' ? 'changed' : 'same', '', now)
}

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
