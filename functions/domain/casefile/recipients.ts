import type { Contact, ContactRole } from '../agreement/content.ts'
import { isWithin } from '../base/time.ts'
import { contactIdSchema, type ContactId } from '../base/values.ts'
import type { Directory } from '../directory/directory.ts'
import type { LetterRecord } from './letters.ts'

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

/** Where a municipality takes mail that is for no one in particular. */
export interface MainMailbox {
  /** As events name it: the agreement's contact, or the directory's entry. */
  readonly id: ContactId
  readonly email: string
}

/**
 * A municipality's main mailbox on a day: as one of its agreements has it registered, else as the directory of
 * municipalities has it. Null: neither knows one, and a person finds it.
 * @param contacts of all agreements that the municipality may be a party of
 */
export const mainMailboxOf = (
  directory: Directory,
  contacts: readonly Contact[],
  municipality: string,
  on: string,
): MainMailbox | null => {
  const [registered] = contactsOf(contacts, municipality, on, 'main-mailbox')
  if (registered !== undefined) return { id: registered.id, email: registered.email }
  const known = directory.mainMailboxes?.find((one) => one.municipality === municipality)
  return known === undefined
    ? null
    : { id: contactIdSchema.parse(`main-mailbox-${municipality}`), email: known.email }
}

/** Whom a letter is meant for when the one before did not reach: contact, deputy, main mailbox, in this order. */
const succession: readonly ContactRole[] = ['contact', 'deputy', 'main-mailbox']

/** An address whose mail came back for good; the contact it was then, the address itself unless it is erased. */
export interface Bounced {
  readonly contact: string
  readonly address: string | null
}

/** What has bounced for good among letters of one or several cases. */
export const bouncedIn = (letters: readonly LetterRecord[]): readonly Bounced[] =>
  letters.flatMap((letter) =>
    letter.bounced.flatMap(({ permanent, recipient }) => {
      if (!permanent || recipient === null) return []
      const at = letter.recipients.findIndex((contact) => contact === recipient)
      return [{ contact: recipient, address: letter.to[at] ?? null }]
    }),
  )

const hasBounced = (contact: Contact, bounced: readonly Bounced[]): boolean =>
  bounced.some((one) =>
    one.address === null
      ? one.contact === contact.id
      : one.address.toLowerCase() === contact.email.toLowerCase(),
  )

/** Nobody is left to write to: a person telephones, and enters a contact. */
export class NobodyLeft extends Error {
  override readonly name = 'NobodyLeft'
}

/**
 * The contact who is written to: the first in the succession whose address has not bounced.
 * @param bounced what came back in the agreement's cases
 * @param absent contacts who are away for now: passed over while there is somebody else
 * @throws NobodyLeft when nobody is left
 */
export const reachable = (
  contacts: readonly Contact[],
  municipality: string,
  on: string,
  bounced: readonly Bounced[],
  absent: readonly string[] = [],
): Contact => {
  const left = contactsOf(contacts, municipality, on, ...succession).filter(
    (contact) => !hasBounced(contact, bounced),
  )
  // Somebody who is away is still better than nobody.
  const found = left.find((contact) => !absent.includes(contact.id)) ?? left[0]
  if (found === undefined) throw new NobodyLeft(`nobody is left to write to in ${municipality}`)
  return found
}
