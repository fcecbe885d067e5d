import type { Contact, ContactRole } from '../../domain/agreement/content.ts'
import { isWithin } from '../../domain/time.ts'

/** A party's contacts of the given roles that are valid on the date, in the order of the roles. */
export const contactsOf = (
  contacts: readonly Contact[],
  municipality: string,
  on: string,
  ...roles: readonly ContactRole[]
): readonly Contact[] =>
  roles.flatMap((role) =>
    contacts.filter(
      (contact) =>
        contact.municipality === municipality &&
        contact.role === role &&
        isWithin(on, { from: contact.validFrom, to: contact.validTo }),
    ),
  )

/** Whom a letter is meant for when the one before did not reach: contact, deputy, main mailbox, in this order. */
const succession: readonly ContactRole[] = ['contact', 'deputy', 'main-mailbox']

/**
 * The contact who is written to: the first in the succession that has not bounced.
 * @param unreachable ids of contacts whose mail came back
 * @throws Error when nobody is left: a person telephones
 */
export const reachable = (
  contacts: readonly Contact[],
  municipality: string,
  on: string,
  unreachable: readonly string[],
): Contact => {
  const found = contactsOf(contacts, municipality, on, ...succession).find(
    (contact) => !unreachable.includes(contact.id),
  )
  if (found === undefined)
    throw new Error(`nobody is left to write to in ${municipality}: a person telephones`)
  return found
}
