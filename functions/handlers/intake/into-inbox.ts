import { accept } from '../../domain/base/stream.ts'
import { inboxStream } from '../../domain/base/stream-id.ts'
import type { InboxEvent, InboxHome } from '../../domain/inbox/inbox.ts'
import { inboxCase } from '../streams/inbox-case.ts'
import { perform } from '../record/perform.ts'
import { settleInboxMail } from '../streams.ts'
import type { InboxNotice } from './inbox-notice.ts'
import type { ReadingPorts } from './read-mail.ts'
import type { Envelope } from './received-mail.ts'

/**
 * Keeps a mail that belongs to no case, with its likely homes, for a person. Each case it may belong to is told, so
 * that nobody is reminded meanwhile; one of them may tell its contact. The same mail again does the same acts again.
 */
export const intoInbox = async (
  ports: ReadingPorts,
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
  await perform(ports, inboxCase, inbox, {
    id: `mail/${mail.mailKey}`,
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
          from,
          subject,
          error,
          source,
          recipients: [...recipients],
          messageId: notice === null ? '' : (messageId ?? ''),
          references: notice === null ? [] : [...references],
        },
      }),
  })
  await settleInboxMail(ports, inbox, mail.mailKey)
}
