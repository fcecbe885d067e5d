import { contactsOf } from '../../domain/casefile/recipients.ts'
import type { MailRecord } from '../../domain/casefile/mails.ts'
import type { ReviewState } from '../../domain/review/state.ts'
import { todayInCopenhagen } from '../../domain/base/time.ts'
import type { Ports } from '../../ports/ports.ts'

/** Addresses by the contact they became; none once they are erased. */
const helpersIn = (mail: MailRecord) =>
  (mail.helpers?.entered ?? []).flatMap((id, at) => {
    const address = mail.details?.helpers?.entered[at]
    return address === undefined ? [] : [{ id, address }]
  })

/**
 * Enters the helpers that the contacts of a review have named: from then on their mails count, without an OK. Safe
 * to repeat: whoever is entered already stays as entered, also when an administrator has ended it since.
 */
export const enterHelpers = async (ports: Pick<Ports, 'contacts'>, review: ReviewState): Promise<void> => {
  const { agreement } = review
  if (agreement === null) return
  for (const mail of review.mails) {
    const { party } = mail
    const named = helpersIn(mail)
    if (party === null || mail.standing !== 'counts' || named.length === 0) continue
    const validFrom = todayInCopenhagen(mail.receivedAt)
    const language =
      contactsOf(await ports.contacts.of(agreement), party, validFrom, 'contact')[0]?.language ?? 'da'
    for (const { id, address } of named)
      if ((await ports.contacts.find(agreement, id)) === null)
        await ports.contacts.put(agreement, {
          id,
          municipality: party,
          role: 'co-reporter',
          name: address,
          title: '',
          email: address,
          language,
          validFrom,
          validTo: null,
        })
  }
}
