import { MessageUnreadable, type ParsedMessage, type UnreadableReason } from '../../intake/message.ts'
import { withMails } from '../streams.ts'
import { arrivingMail } from './arriving.ts'
import { intoInbox } from './into-inbox.ts'
import { placeOf } from './place-of.ts'
import { tooLarge } from './too-large.ts'
import type { IntakePorts } from './read-mail.ts'
import { envelopeOf, setupObject, type ReceivedMail } from './received-mail.ts'

/**
 * Takes in one mail. Its bytes go into the archive under their hash before anything reads them; the same mail again
 * finds its content key in the stream and does its acts once more (handlers/README.md, "Mail lands, is archived, is
 * read").
 */
export const makeTakeInMail =
  (ports: IntakePorts) =>
  async (received: ReceivedMail): Promise<void> => {
    const { objectKey } = received.receipt.action
    if (objectKey.endsWith(setupObject)) return
    const raw = await ports.landing.get(objectKey)
    if (raw === null) throw new Error(`landed mail ${received.mail.messageId} is not in the bucket`)
    const rawSha256 = ports.digest(raw)
    await ports.archive.putOnce(`mail/${rawSha256}`, raw, 'message/rfc822')
    const receivedAt = received.mail.timestamp
    const envelope = envelopeOf(received)
    const parsed = await parse(ports, raw)
    if ('error' in parsed) {
      const read = parsed.error === 'too-large' ? await headerOf(ports, raw, received) : null
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
    const mail = arrivingMail(ports, message, rawSha256, receivedAt)
    const place = await placeOf(ports, mail, envelope)
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
    await withMails(home.stream, (_kind, { take }) => take(ports, home.stream, mail, envelope, home))
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
const headerOf = async (ports: IntakePorts, raw: Uint8Array, received: ReceivedMail) => {
  try {
    return await tooLarge(ports, raw, received)
  } catch (error) {
    if (error instanceof MessageUnreadable) return null
    throw error
  }
}
