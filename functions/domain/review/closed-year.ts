import { answeredKind, type MailRecord, type MailReceived } from '../casefile/mails.ts'
import { saysSomething } from '../casefile/held-mails.ts'
import type { LetterKind } from '../casefile/letter-kinds.ts'
import { todayInCopenhagen } from '../base/time.ts'
import { isOfAccount } from './final-return.ts'
import type { ReviewState } from './state.ts'
import { isFigure } from '../casefile/reading.ts'

/**
 * What comes in when a review is closed (MAIL 10, 128): figures are held for a person and change nothing by
 * themselves, the contact is told when the year was closed and how to correct it, and a reason raises the question
 * of reopening.
 */

/** Why a mail is held that brings figures to a closed review. */
const closedReason = 'closed'

export const isHeldAsClosed = (mail: Pick<MailRecord, 'reason'>): boolean => mail.reason === closedReason

/**
 * Does a mail bring figures, read, doubted, in its words or in a file that only a person can read? An answer to the
 * fact check is none: its correction is a person's to decide already.
 */
export const bringsFigures = (event: MailReceived, needsTypingIn: boolean): boolean =>
  !event.values.some(({ key }) => key === 'Faktatjek') &&
  (event.values.some(({ key, value }) => isFigure(value) && !isOfAccount(key)) ||
    event.doubts.length > 0 ||
    (event.proposals ?? []).length > 0 ||
    (needsTypingIn && !saysSomething(event)))

/** The mail, held where it brings figures to a review that is closed. */
export const heldWhenClosed = (
  state: ReviewState,
  event: MailReceived,
  needsTypingIn: boolean,
): MailReceived =>
  state.status === 'closed' &&
  (event.standing === 'counts' || event.standing === 'provisional') &&
  bringsFigures(event, needsTypingIn)
    ? { ...event, standing: 'held', reason: closedReason }
    : event

const wordsOf = (mail: MailReceived | MailRecord): string =>
  ('details' in mail ? mail.details : 'private' in mail ? mail.private : null)?.freeText.trim() ?? ''

/** Does a mail say why figures are to be corrected: under a key, or as the answer to what we asked? */
export const tellsWhy = (
  mail: MailReceived | MailRecord,
  answersKind: string | null = answeredKind(mail),
): boolean => {
  const isNoted = mail.values.some(({ key }) => / bemærkning$|^Bemærkninger$|^Begrundelse$/u.test(key))
  return answersKind === 'closed-notice' ? isNoted || wordsOf(mail) !== '' : false
}

/**
 * What a mail held for a closed year is answered: how to correct it, once a Danish day; a receipt where it is the
 * answer to that, so that nobody is asked twice.
 */
export const closedAnswer = (state: ReviewState, mail: MailRecord): readonly LetterKind[] => {
  if (answeredKind(mail) === 'closed-notice') return ['receipt']
  const day = todayInCopenhagen(mail.receivedAt)
  const first = state.mails.find(
    (other) =>
      isHeldAsClosed(other) &&
      other.party === mail.party &&
      answeredKind(other) !== 'closed-notice' &&
      todayInCopenhagen(other.receivedAt) === day,
  )
  return first?.mailKey === mail.mailKey ? ['closed-notice'] : []
}
