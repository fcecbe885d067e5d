import type { Wish } from '../domain/casefile/reading.ts'
import { canonicalAddress, isOwnDomain, type Sender } from './sender.ts'

/** Addresses a mail names as helpers: those who may report from now on, and those who may not. */
export interface NamedHelpers {
  readonly accepted: readonly string[]
  readonly refused: readonly string[]
}

/**
 * Helpers named under `Medindberetter` (MAIL 126): by the contact or the deputy alone, and in the municipality's own
 * domain. Everybody else's line, and every other address, is refused with a sentence. Null: none is named.
 */
export const namedHelpers = (sender: Sender, wishes: readonly Wish[]): NamedHelpers | null => {
  const emails = wishes.flatMap((wish) => (wish.wish === 'co-reporters' ? wish.emails : []))
  const addresses = [...new Set(emails.flatMap((email) => canonicalAddress(email) ?? []))]
  if (addresses.length === 0) return null
  const own = sender.is === 'contact' ? sender.contact.email : null
  const isAccepted = (address: string): boolean => own !== null && isOwnDomain(address, own)
  return {
    accepted: addresses.filter(isAccepted),
    refused: addresses.filter((address) => !isAccepted(address)),
  }
}
