import type { MailRecord } from '../casefile/mails.ts'
import type { ReviewState } from './state.ts'

/** Mails of the municipality that ask for another contact or deputy, and that nobody has decided on. */
export const openContactWishes = (state: ReviewState): readonly MailRecord[] =>
  state.mails.filter(
    (mail) =>
      mail.asksContact !== null &&
      mail.party !== null &&
      (mail.standing === 'counts' || mail.standing === 'provisional') &&
      !state.contactChanges.declined.includes(mail.mailKey) &&
      !state.contactChanges.entered.some(({ mailKey }) => mailKey === mail.mailKey),
  )
