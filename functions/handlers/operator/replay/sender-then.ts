import type { Contact } from '../../../domain/agreement/content.ts'
import type { MailReceived } from '../../../domain/casefile/mails.ts'
import { heldForSender, writingAs, type Sender } from '../../../intake/sender.ts'

/**
 * Whom the intake took a mail to be from when it came. Null: it was not said, because a machine wrote it or
 * citizens' data stood in it; then the verdicts kept with it decide.
 */
export const senderThen = (received: MailReceived, contacts: readonly Contact[]): Sender | null => {
  const { standing, reason, contactId, party } = received
  if (standing === 'automatic' || standing === 'set-aside') return null
  const contact = contacts.find(({ id }) => id === contactId) ?? null
  const held = standing === 'held' ? heldForSender(reason) : null
  if (held !== null) return { is: 'held', reason: held, claims: contact }
  if (contact !== null) return { is: writingAs(contact), contact }
  // A contact that the register has lost since: the verdicts decide again.
  return party === null || contactId !== null
    ? null
    : { is: 'colleague', address: received.private?.from ?? '', municipality: party }
}
