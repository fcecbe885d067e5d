import type { ReviewState } from '../../domain/review/state.ts'
import { addDays, isBefore, todayInCopenhagen } from '../../domain/base/time.ts'
import { contactIdSchema } from '../../domain/base/values.ts'
import type { Ports } from '../../ports/ports.ts'

/**
 * Puts the contacts that a caseworker entered in a review into the register, and ends those whose place they take.
 * Safe to repeat: who is there already stays as she is.
 */
export const enterContacts = async (ports: Pick<Ports, 'contacts'>, review: ReviewState): Promise<void> => {
  const { agreement } = review
  if (agreement === null) return
  for (const { contactId, party, role, replaces, at, person } of review.contactChanges.entered) {
    const id = contactIdSchema.parse(contactId)
    if (person === null || (await ports.contacts.find(agreement, id)) !== null) continue
    const validFrom = todayInCopenhagen(at)
    for (const old of replaces) {
      const before = await ports.contacts.find(agreement, contactIdSchema.parse(old))
      const last = addDays(validFrom, -1)
      if (before !== null && before.validTo === null)
        await ports.contacts.put(agreement, {
          ...before,
          validTo: isBefore(last, before.validFrom) ? before.validFrom : last,
        })
    }
    await ports.contacts.put(agreement, {
      id,
      municipality: party,
      role,
      ...person,
      validFrom,
      validTo: null,
    })
  }
}
