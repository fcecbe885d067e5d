import type { ParsedMessage } from '../intake/message.ts'
import { arrivingMail } from './intake/arriving.ts'
import { contradicted } from './intake/contradicted.ts'
import { identify } from './intake/identify.ts'
import { intoInbox } from './intake/into-inbox.ts'
import { unplaced } from './intake/unplaced.ts'
import { intoRenegotiation } from './intake/into-renegotiation.ts'
import { intoReview } from './intake/into-review.ts'
import type { IntakePorts } from './intake/read-mail.ts'
import { envelopeOf, setupObject, type ReceivedMail } from './intake/received-mail.ts'

/**
 * Takes in one mail. Its bytes go into the archive under their hash before anything reads them; the same mail
 * again finds its content key in the stream and does its acts once more (DESIGN.md 2).
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
      await intoInbox(ports, {
        mailKey: rawSha256,
        rawSha256,
        receivedAt,
        envelope,
        from: envelope.source,
        subject: '',
        reason: 'unreadable',
        homes: [],
        error: parsed.error,
      })
      return
    }
    const mail = arrivingMail(ports, parsed.message, rawSha256, receivedAt)
    const home = await identify(ports, parsed.message, received.receipt.recipients)
    const doubted =
      home.home === 'case'
        ? await contradicted(ports, mail, envelope, home)
        : await unplaced(ports, mail, envelope, home.home === 'conflict' ? home.named : [])
    if (home.home !== 'case' || doubted !== null) {
      await intoInbox(ports, {
        mailKey: mail.mailKey,
        rawSha256,
        receivedAt,
        envelope,
        ...(doubted ?? { reason: 'no-request', homes: [] }),
        from: parsed.message.from[0]?.address ?? '',
        subject: parsed.message.subject,
        error: '',
      })
      return
    }
    const take = home.stream.startsWith('RENEGOTIATION#') ? intoRenegotiation : intoReview
    await take(ports, home.stream, mail, envelope, home)
  }

/** Whatever breaks the parser becomes a held mail with the error; nothing is lost. */
const parse = async (
  ports: IntakePorts,
  raw: Uint8Array,
): Promise<{ readonly message: ParsedMessage } | { readonly error: string }> => {
  try {
    return { message: await ports.mime.parse(raw) }
  } catch (error) {
    return { error: error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 500) : 'unreadable' }
  }
}
