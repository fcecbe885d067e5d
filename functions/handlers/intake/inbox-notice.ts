import type { UnplacedNotice } from '../../domain/casefile/unplaced-mails.ts'
import { replyDomains } from '../../domain/directory/directory.ts'
import type { InboxHome } from '../../domain/inbox/inbox.ts'
import { streamKind } from '../../domain/base/stream-id.ts'
import { todayInCopenhagen } from '../../domain/base/time.ts'
import { classifySender } from '../../intake/sender.ts'
import type { ArrivingMail } from './arriving.ts'
import type { HomePorts } from './likely-homes.ts'
import type { Envelope } from './received-mail.ts'

/** Which of the cases a mail may belong to tells its contact of it. */
export interface InboxNotice {
  readonly stream: InboxHome['stream']
  readonly kind: UnplacedNotice
}

/**
 * The review that tells its contact of a mail in the inbox: the first among its likely homes to which the sender is
 * registered, and only where the receiving system has found the sender authentic. Null: nobody is told, and never
 * anybody who is not registered.
 */
export const noticeOf = async (
  ports: HomePorts,
  { message, receivedAt }: Pick<ArrivingMail, 'message' | 'receivedAt'>,
  envelope: Envelope,
  homes: readonly InboxHome[],
  kind: UnplacedNotice,
): Promise<InboxNotice | null> => {
  const ownDomains = replyDomains(await ports.directory.read())
  for (const { stream, agreement, party } of homes) {
    if (party === null || streamKind(stream) !== 'review') continue
    const contacts = await ports.contacts.of(agreement)
    const sender = classifySender({
      message,
      verdicts: envelope.verdicts,
      contacts: contacts.filter(({ municipality }) => municipality === party),
      on: todayInCopenhagen(receivedAt),
      matched: true,
      ownDomains,
    })
    if ('contact' in sender) return { stream, kind }
  }
  return null
}
