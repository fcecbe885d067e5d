import type { Contact } from '../../domain/agreement/content.ts'
import type { Directory } from '../../domain/directory/directory.ts'
import { contactIdSchema, type ContactId } from '../../domain/base/values.ts'
import { contactsOf } from '../../domain/casefile/recipients.ts'

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
