import { accept } from '../../domain/base/stream.ts'
import { inboxStream, type StreamId } from '../../domain/base/stream-id.ts'
import { isForLater, LetterUncertain, SendLater, TooBusy } from '../../../workflows/errors.ts'
import type { InboxEvent, InboxHome } from '../../domain/inbox/inbox.ts'
import { inboxCase } from '../streams/cases.ts'
import { loadCase, perform } from '../record/perform.ts'
import { performOwedActs, settleInboxMail, withMails } from '../streams.ts'
import { hasFailedScan, type InboxNotice, noticeOf, likelyHomes } from './likely-homes.ts'
import type { ReadingPorts, IntakePorts } from './read-mail.ts'
import { type Envelope, envelopeOf, type ReceivedMail, setupObject } from './received-mail.ts'
import { headerSection } from '../../intake/message.ts'
import { type ParsedMessage, MessageUnreadable, type UnreadableReason } from '../../intake/message.ts'
import { identify } from './identify.ts'
import { homeNamed } from './named-request.ts'
import { boundedHeader } from './record-bounds.ts'
import { inspectMail } from './inspect-mail.ts'
import { placeOf } from './place-of.ts'
import { noteReturned } from './returned-letter.ts'

/** Addresses of ours that one delivery names; no sender has reason for more. */
const mostRecipients = 100

/**
 * A letter that may have gone, or that goes only later, has its time: that is reconcile's, no queue's. Nothing else is
 * left to reconcile, which drops a note without its commit: where a service failed before the commit, the mail would
 * be gone.
 */
const leavingLetters = async (
  ports: IntakePorts,
  note: { readonly commandId: string; readonly stream: StreamId },
  work: () => Promise<void>,
): Promise<void> => {
  try {
    await work()
  } catch (error) {
    if (!isOfLetter(error)) throw error
    await ports.outbox.put({ ...note, at: ports.clock.now() })
  }
}

/** One or several letters at once that wait for their time. */
const isOfLetter = (error: unknown): boolean =>
  error instanceof AggregateError
    ? error.errors.length > 0 && error.errors.every(isOfLetter)
    : error instanceof LetterUncertain || error instanceof SendLater

/** Each is as many writes as one command tries; nobody hands the mail in again. */
const mostRounds = 20

/** Work of the last try: while others write to its streams it waits for its turn, or the mail would be a dead letter. */
const untilItsTurn = async (work: () => Promise<void>, round = 1): Promise<void> => {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof TooBusy) || round >= mostRounds) throw error
    await untilItsTurn(work, round + 1)
  }
}

/**
 * Keeps a mail that belongs to no case, with its likely homes, for a person. Each case it may belong to is told, so
 * that nobody is reminded meanwhile; one of them may tell its contact. The same mail again does the same acts again.
 */
const intoInbox = async (
  ports: IntakePorts,
  mail: {
    readonly mailKey: string
    readonly rawSha256: string
    readonly receivedAt: string
    readonly reason: string
    readonly homes: readonly InboxHome[]
    readonly envelope: Envelope
    readonly from: string
    readonly subject: string
    readonly error: string
    readonly notice: InboxNotice | null
    readonly messageId: string | null
    readonly references: readonly string[]
  },
): Promise<void> => {
  const { from, subject, error, homes, envelope, notice, messageId, references, ...rest } = mail
  const inbox = inboxStream(mail.receivedAt)
  const { source, verdicts, recipients } = envelope
  const commandId = `mail/${mail.mailKey}`
  await perform(ports, inboxCase, inbox, {
    id: commandId,
    actor: { by: 'sender', standing: 'held' },
    decide: () =>
      accept<InboxEvent>({
        type: 'InboxMailHeld',
        v: 1,
        ...rest,
        likely: [...new Set(homes.map((home) => home.agreement))],
        homes: homes.map((home) => ({ ...home })),
        verdicts: { ...verdicts },
        ...(notice === null ? {} : { notice }),
        private: {
          ...boundedHeader({
            from,
            subject,
            source,
            messageId: notice === null ? '' : (messageId ?? ''),
            references: notice === null ? [] : references,
          }),
          error,
          recipients: recipients.slice(0, mostRecipients),
        },
      }),
  })
  await leavingLetters(ports, { commandId, stream: inbox }, () => settleInboxMail(ports, inbox, mail.mailKey))
}

/** A mail as it landed. */
interface Landed {
  readonly raw: Uint8Array
  readonly rawSha256: string
  readonly received: ReceivedMail
}

/**
 * A mail larger than is read (MAIL 107): its header alone says whose it may be. It is kept and held, the case waits
 * for the person who looks at it, and the contact of an authenticated sender is told what to do.
 * @throws MessageUnreadable when not even its header can be read
 */
const tooLarge = async (
  ports: ReadingPorts,
  { raw, rawSha256, received }: Landed,
): Promise<{
  readonly message: ParsedMessage
  readonly homes: readonly InboxHome[]
  readonly notice: InboxNotice | null
}> => {
  const message = await ports.mime.parse(headerSection(raw))
  const mail = await inspectMail(ports, {
    message,
    envelope: envelopeOf(received),
    rawSha256,
    receivedAt: received.mail.timestamp,
  })
  if (!mail.isOfPerson || hasFailedScan(mail)) return { message, homes: [], notice: null }
  const home = await identify(ports, message, received.receipt.recipients)
  const named = home.home === 'case' ? await homeNamed(ports, home) : null
  const homes =
    named === null ? await likelyHomes(ports, mail, home.home === 'conflict' ? home.named : []) : [named]
  const notice = home.home === 'conflict' ? null : await noticeOf(ports, mail, homes, 'too-large-notice')
  return { message, homes, notice }
}

/**
 * A mail that no reader has finished with, however often it was handed in: held for a person, with the case its
 * header names waiting for them, so that it is no dead letter. What had come onto the record before its acts failed
 * has its acts done.
 */
const holdUnread = async (ports: IntakePorts, landed: Landed): Promise<void> => {
  const { rawSha256, received } = landed
  const receivedAt = received.mail.timestamp
  const inbox = inboxStream(receivedAt)
  const kept = (await loadCase(ports, inboxCase, inbox)).state.mails.find(
    (mail) => mail.rawSha256 === rawSha256,
  )
  if (kept !== undefined) return settleInboxMail(ports, inbox, kept.mailKey)
  const read = await headerOf(ports, landed).catch((error: unknown) => {
    // A reader that falls over the header too finds no case for it; a service that is away comes back.
    if (isForLater(error)) throw error
    return null
  })
  for (const { stream } of read?.homes ?? []) {
    const taken = await withMails(stream, async (kind, mails) =>
      mails
        .facts((await loadCase(ports, kind, stream)).state)
        .mails.find((mail) => mail.rawSha256 === rawSha256),
    )
    if (taken !== undefined)
      return leavingLetters(ports, { commandId: `mail/${taken.mailKey}`, stream }, () =>
        performOwedActs(ports, stream),
      )
  }
  const envelope = envelopeOf(received)
  return intoInbox(ports, {
    mailKey: rawSha256,
    rawSha256,
    receivedAt,
    envelope,
    from: read?.message.from[0]?.address ?? envelope.source,
    subject: read?.message.subject ?? '',
    messageId: read?.message.messageId ?? null,
    references: read?.message.references ?? [],
    reason: 'unreadable',
    homes: read?.homes ?? [],
    notice: null,
    error: 'no reader has finished with it',
  })
}

/**
 * Takes in one mail. Its bytes go into the archive under their hash before anything reads them; the same mail again
 * finds its content key in the stream and does its acts once more (handlers/README.md, "Mail lands, is archived, is
 * read").
 * @param isLastTry it was handed in as often as it is, and never finished: read by nobody any more, held for a person
 */
export const makeTakeInMail =
  (ports: IntakePorts) =>
  async (received: ReceivedMail, isLastTry = false): Promise<void> => {
    const { objectKey } = received.receipt.action
    if (objectKey.endsWith(setupObject)) return
    const raw = await ports.landing.get(objectKey)
    if (raw === null) throw new Error(`landed mail ${received.mail.messageId} is not in the bucket`)
    const rawSha256 = ports.digest(raw)
    await ports.archive.putOnce(`mail/${rawSha256}`, raw, 'message/rfc822')
    if (isLastTry) return untilItsTurn(() => holdUnread(ports, { raw, rawSha256, received }))
    const receivedAt = received.mail.timestamp
    const envelope = envelopeOf(received)
    const parsed = await parse(ports, raw)
    if ('error' in parsed) {
      const read = parsed.error === 'too-large' ? await headerOf(ports, { raw, rawSha256, received }) : null
      await intoInbox(ports, {
        mailKey: rawSha256,
        rawSha256,
        receivedAt,
        envelope,
        from: read?.message.from[0]?.address ?? envelope.source,
        subject: read?.message.subject ?? '',
        messageId: read?.message.messageId ?? null,
        references: read?.message.references ?? [],
        reason: read === null ? 'unreadable' : 'too-large',
        homes: read?.homes ?? [],
        notice: read?.notice ?? null,
        error: parsed.words,
      })
      return
    }
    const { message } = parsed
    const mail = await inspectMail(ports, { message, envelope, rawSha256, receivedAt })
    const place = await placeOf(ports, mail)
    if (place.place === 'inbox') {
      const { reason, homes, notice } = place
      await intoInbox(ports, {
        mailKey: mail.mailKey,
        rawSha256,
        receivedAt,
        envelope,
        reason,
        homes,
        notice,
        from: message.from[0]?.address ?? '',
        subject: message.subject,
        messageId: message.messageId,
        references: message.references,
        error: '',
      })
      return
    }
    const { home } = place
    await noteReturned(ports, home.stream, home, mail)
    await leavingLetters(ports, { commandId: `mail/${mail.mailKey}`, stream: home.stream }, () =>
      withMails(home.stream, (_kind, { take }) => take(ports, home.stream, mail, home)),
    )
  }

/** Whatever breaks the parser becomes a held mail with the error; nothing is lost. */
const parse = async (
  ports: IntakePorts,
  raw: Uint8Array,
): Promise<
  | { readonly message: ParsedMessage }
  | { readonly error: UnreadableReason | 'unknown'; readonly words: string }
> => {
  try {
    return { message: await ports.mime.parse(raw) }
  } catch (error) {
    return {
      error: error instanceof MessageUnreadable ? error.reason : 'unknown',
      words: error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 500) : 'unreadable',
    }
  }
}

/** What a mail too large to be read says of itself in its header; null where even that cannot be read. */
const headerOf = async (ports: IntakePorts, landed: Landed) => {
  try {
    return await tooLarge(ports, landed)
  } catch (error) {
    if (error instanceof MessageUnreadable) return null
    throw error
  }
}
