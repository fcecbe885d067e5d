import * as z from 'zod'
import { accept, refuse, type Decision } from '../../base/stream.ts'
import { contactIdSchema } from '../../base/values.ts'
import type { ReviewState, ReviewEvent } from '../state.ts'
import type { PersonCommand } from './commands.ts'
import type { Decider } from '../../base/command.ts'
import { openContactWishes } from '../slices/contacts.ts'

/** A person enters a contact, whom letters go to from then on; a mail alone never does. */
export const enterContact = (
  state: ReviewState,
  command: Extract<PersonCommand, { do: 'enter-contact' }>,
  who: Decider,
): Decision<ReviewEvent> => {
  const { party, role, mailKey, name, title, email, language } = command
  if (state.status === 'none' || !state.parties.some(({ municipality }) => municipality === party))
    return refuse('party', 'the municipality is no party of this agreement')
  const wish = mailKey === null ? null : openContactWishes(state).find((mail) => mail.mailKey === mailKey)
  if (wish === undefined || (wish !== null && wish.party !== party))
    return refuse('no-contact-wish', 'no undecided mail of that municipality asks for a contact')
  if (name.trim() === '' || !z.email().safeParse(email).success)
    return refuse('contact', 'a contact has a name and an address')
  return accept<ReviewEvent>({
    type: 'ContactEntered',
    v: 1,
    party,
    role,
    contactId: contactIdSchema.parse(command.contactId),
    replaces: command.replaces.map((id) => contactIdSchema.parse(id)),
    mailKey,
    by: who.id,
    private: { name: name.trim(), title: title.trim(), email: email.toLowerCase(), language },
  })
}

export const declineContact = (
  state: ReviewState,
  command: Extract<PersonCommand, { do: 'decline-contact' }>,
  who: Decider,
): Decision<ReviewEvent> =>
  openContactWishes(state).some(({ mailKey }) => mailKey === command.mailKey)
    ? accept<ReviewEvent>({
        type: 'ContactDeclined',
        v: 1,
        mailKey: command.mailKey,
        by: who.id,
        private: { text: command.reason },
      })
    : refuse('no-contact-wish', 'no undecided mail asks for a contact')
