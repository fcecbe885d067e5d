import { accept } from '../../domain/stream.ts'
import { inboxStream } from '../../domain/stream-id.ts'
import type { InboxEvent } from '../../domain/inbox/inbox.ts'
import type { AgreementId } from '../../domain/values.ts'
import { inboxCase } from '../cases/inbox-case.ts'
import { perform, type RecordPorts } from '../record/perform.ts'

/** Keeps a mail that belongs to no case, with its likely homes, for a person. Nobody is answered. */
export const intoInbox = async (
  ports: RecordPorts,
  mail: {
    readonly mailKey: string
    readonly rawSha256: string
    readonly receivedAt: string
    readonly reason: string
    readonly likely: readonly AgreementId[]
    readonly from: string
    readonly subject: string
    readonly error: string
  },
): Promise<void> => {
  const { from, subject, error, likely, ...rest } = mail
  await perform(ports, inboxCase, inboxStream(mail.receivedAt), {
    id: `mail/${mail.mailKey}`,
    actor: { by: 'sender', standing: 'held' },
    decide: () =>
      accept<InboxEvent>({
        type: 'InboxMailHeld',
        v: 1,
        ...rest,
        likely: [...likely],
        private: { from, subject, error },
      }),
  })
}
