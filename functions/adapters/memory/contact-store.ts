import type { Contact } from '../../domain/agreement/content.ts'
import type { AgreementId, ContactId } from '../../domain/base/values.ts'
import type { ContactStore } from '../../ports/record.ts'
import { addressKey } from '../register-keys.ts'

export type MemoryContactStore = ContactStore & {
  /** What the register's twin answers. */
  agreementsOfAddress(email: string): readonly AgreementId[]
}

/** Contacts in memory, in the order of their ids. */
export function memoryContactStore(): MemoryContactStore {
  const contacts = new Map<AgreementId, Map<ContactId, Contact>>()
  return {
    put: async (agreement, contact) => {
      contacts.set(agreement, (contacts.get(agreement) ?? new Map()).set(contact.id, { ...contact }))
    },
    of: async (agreement) =>
      [...(contacts.get(agreement)?.values() ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1)),
    find: async (agreement, id) => contacts.get(agreement)?.get(id) ?? null,
    agreementsOfAddress: (email) =>
      [...contacts]
        .filter(([, of]) => [...of.values()].some((one) => addressKey(one.email) === addressKey(email)))
        .map(([agreement]) => agreement)
        .sort(),
  }
}
