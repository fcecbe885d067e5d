import type { LetterKind } from './letter-kinds.ts'
import { todayInCopenhagen } from '../base/time.ts'
import type { MailRecord } from './mails.ts'

/** Mail held for one of these reasons is asked about; what looks hostile or broken gets no answer at all. */
const askedAbout = new Set(['unknown-address', 'colleague-unmatched', 'not-authenticated', 'no-policy'])

/** Why a mail is set aside: citizens' data stands in it, from a sender who is known, or from one who is not. */
export const setAsideReasons = { known: 'citizen-data', unknown: 'citizen-data-unverified' } as const

/**
 * Which notice a mail that was set aside is owed. Its sender is told why, where it is known who sent it; otherwise
 * a registered address has the neutral notice alone, at most one a day, and nobody else any.
 */
export const setAsideNotice = (mails: readonly MailRecord[], mail: MailRecord): LetterKind | null => {
  if (mail.reason !== setAsideReasons.unknown) return 'citizen-data-notice'
  return mail.contactId !== null && isFirstOfDay(mails, mail) ? 'neutral-notice' : null
}

/**
 * Which notice a held mail is owed, of all the mails of its case: the contact is asked whose it is; one that bears
 * a registered address that could not be authenticated has the neutral notice, at most one a day.
 */
export const heldNotice = (mails: readonly MailRecord[], mail: MailRecord): LetterKind | null => {
  if (!askedAbout.has(mail.reason)) return null
  if (mail.contactId === null) return 'held-mail-notice'
  return isFirstOfDay(mails, mail) ? 'neutral-notice' : null
}

/** The first mail of the day in the order they were taken in, whatever their instants and whatever became of it. */
const isFirstOfDay = (mails: readonly MailRecord[], mail: MailRecord): boolean => {
  const day = todayInCopenhagen(mail.receivedAt)
  const first = mails.find(
    (other) =>
      (askedAbout.has(other.reason) || other.reason === setAsideReasons.unknown) &&
      other.contactId === mail.contactId &&
      todayInCopenhagen(other.receivedAt) === day,
  )
  return first?.mailKey === mail.mailKey
}
