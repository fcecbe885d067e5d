import type { ReviewState } from '../../domain/review/state.ts'
import { addDays, isBefore, todayInCopenhagen } from '../../domain/base/time.ts'
import { contactIdSchema, type AgreementId } from '../../domain/base/values.ts'
import type { Ports } from '../../ports/ports.ts'
import { runStream } from '../../domain/base/stream-id.ts'
import { runCase } from '../streams/cases.ts'
import { completeWaits, loadCase, type RecordPorts } from './perform.ts'

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

/** A review is finally assessed or stopped: its open item goes; when none is left the run's wait is over. */
export const closeOpenReview = async (
  ports: RecordPorts,
  year: number,
  agreement: AgreementId,
): Promise<void> => {
  await ports.register.closeReview(year, agreement)
  if ((await ports.register.openReviews(year)).length > 0) return
  const stream = runStream(year)
  const { state } = await loadCase(ports, runCase, stream)
  await completeWaits(ports, runCase, stream, state)
}
