import type { InboxHome } from '../../domain/inbox/inbox.ts'
import { headerSection, type ParsedMessage } from '../../intake/message.ts'
import { identify } from './identify.ts'
import { noticeOf, type InboxNotice } from './inbox-notice.ts'
import { isOfPerson } from './is-of-person.ts'
import { likelyHomes } from './likely-homes.ts'
import { homeNamed } from './named-request.ts'
import type { ReadingPorts } from './read-mail.ts'
import { envelopeOf, type ReceivedMail } from './received-mail.ts'

/**
 * A mail larger than is read (MAIL 107): its header alone says whose it may be. It is kept and held, the case waits
 * for the person who looks at it, and the contact of an authenticated sender is told what to do.
 * @throws MessageUnreadable when not even its header can be read
 */
export const tooLarge = async (
  ports: ReadingPorts,
  raw: Uint8Array,
  received: ReceivedMail,
): Promise<{
  readonly message: ParsedMessage
  readonly homes: readonly InboxHome[]
  readonly notice: InboxNotice | null
}> => {
  const message = await ports.mime.parse(headerSection(raw))
  const envelope = envelopeOf(received)
  const mail = { message, receivedAt: received.mail.timestamp }
  if (!(await isOfPerson(ports, mail, envelope))) return { message, homes: [], notice: null }
  const home = await identify(ports, message, received.receipt.recipients)
  const named = home.home === 'case' ? await homeNamed(ports, home) : null
  const homes =
    named === null
      ? await likelyHomes(ports, message, home.home === 'conflict' ? home.named : [], mail.receivedAt)
      : [named]
  const notice =
    home.home === 'conflict' ? null : await noticeOf(ports, mail, envelope, homes, 'too-large-notice')
  return { message, homes, notice }
}
