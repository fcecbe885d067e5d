import * as z from 'zod'
import { type Contact, contactSchema } from '../../domain/agreement/content.ts'
import type { AgreementId, ContactId } from '../../domain/base/values.ts'
import type { ContactStore } from '../../ports/record.ts'
import { addressKey } from '../register-keys.ts'
import { jsonText, readRow } from './read-row.ts'
import type { Key, Table } from './table.ts'

const contactRow = z.object({ contact: jsonText(contactSchema) })
const contactPrefix = 'CONTACT#'

/**
 * Contacts: `PK = CONTACTS#<agreement>, SK = CONTACT#<id>`, and for each an item under its address
 * (`PK = ADDRESS#<address in lower case>`), which the register reads.
 */
export function makeContactStore(table: Table): ContactStore {
  const find = async (agreement: AgreementId, id: ContactId): Promise<Contact | null> => {
    const row = await table.get(contactKey(agreement, id))
    return row === null ? null : readRow(table, contactRow, row).contact
  }
  return {
    async put(agreement, contact) {
      const before = await find(agreement, contact.id)
      // The new address first and the old one last: at no moment is mail from the contact without a home.
      await table.put({ ...ofAddress(agreement, contact), agreement })
      await table.put({ ...contactKey(agreement, contact.id), contact: JSON.stringify(contact) })
      if (before !== null && addressKey(before.email) !== addressKey(contact.email))
        await table.remove(ofAddress(agreement, before))
    },
    async of(agreement) {
      const rows = await table.query({
        where: '#PK = :PK AND begins_with(#SK, :SK)',
        names: ['PK', 'SK'],
        values: { PK: contactsKey(agreement), SK: contactPrefix },
      })
      return rows.map((row) => readRow(table, contactRow, row).contact)
    },
    find,
  }
}

const contactsKey = (agreement: AgreementId): string => `CONTACTS#${agreement}`
const contactKey = (agreement: AgreementId, id: ContactId): Key => ({
  PK: contactsKey(agreement),
  SK: `${contactPrefix}${id}`,
})
const ofAddress = (agreement: AgreementId, { id, email }: Contact): Key => ({
  PK: `ADDRESS#${addressKey(email)}`,
  SK: `${agreement}#${id}`,
})
