import { contactChanged } from '../../../mail/contact-changed.ts'
import type { ComposedLetter } from '../letter-desk.ts'
import { addressed, type ReviewLetter } from './shared.ts'

/** To the contact now, with the one entered and those before in copy: both sides of the change are told. */
export const composeContactChanged = (letter: ReviewLetter): ComposedLetter => {
  const { context, facts, state } = letter
  const change = state.contactChanges.entered.find(({ contactId }) => contactId === context.order.about)
  if (change?.person == null) throw new Error('the contact to tell of is not on the record')
  const byId = (id: string) => context.contacts.filter((contact) => contact.id === id)
  const before = change.replaces.flatMap(byId)
  return addressed(
    letter,
    contactChanged({
      facts,
      role: change.role,
      name: change.person.name,
      email: change.person.email,
      before: before.map(({ name }) => name),
    }),
    { cc: [...byId(change.contactId), ...before] },
  )
}
