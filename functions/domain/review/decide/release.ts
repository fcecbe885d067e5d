import { heldMailDecided, heldWhenPlaced } from '../../casefile/held-mails.ts'
import { letterOrderId } from '../../casefile/letters.ts'
import type { MailRecord, MailReceived, IncomingMail, Vouched } from '../../casefile/mails.ts'
import { accept, type Decision } from '../../base/stream.ts'
import { withFreshProposals } from '../slices/proposals.ts'
import type { ReviewState, ReviewEvent } from '../state.ts'
import { confirmations, consequences, extensionRequested, isRepeated, withoutRepeats } from './take-mail.ts'

/**
 * A held mail is vouched for by a person: from then on all of it counts, as if its sender had been known. An OK
 * in it confirms other mails only when it bears a registered contact's address: nobody else may confirm.
 */
export const release = (
  state: ReviewState,
  mail: MailReceived | MailRecord,
  vouched: Vouched,
): ReviewEvent[] => {
  const decided = heldMailDecided(mail.mailKey, vouched.as, vouched.reason)
  const requested = extensionRequested(state, mail)
  if (vouched.as === 'provisional') return [decided, ...requested]
  const asked = state.letters.find((letter) => letterOrderId(letter.order) === mail.answers)?.order ?? null
  return withoutRepeats([
    decided,
    ...requested,
    ...(mail.contactId === null ? [] : confirmations(state, mail, asked)),
    ...consequences(state, mail, 'mail-released'),
  ])
}

/**
 * Takes in a mail that a person has placed here from an inbox. It was held there, whoever sent it, and is
 * released in the same commit; what no person's word can make an answer (automatic, set aside) stays so.
 */
export const takeVouchedMail = (
  state: ReviewState,
  incoming: IncomingMail,
  vouched: Vouched,
): Decision<ReviewEvent> => {
  const { event } = incoming
  if (event.party === null || event.standing === 'automatic' || event.standing === 'set-aside')
    return accept<ReviewEvent>(event)
  if (isRepeated(state, event)) return accept<ReviewEvent>({ ...event, standing: 'repeated' })
  const held = heldWhenPlaced(withFreshProposals(state, event))
  return accept<ReviewEvent>(held, ...release(state, held, vouched))
}
