import * as z from 'zod'
import { choose, mailKeyField, reasonField } from '../base/command.ts'
import { todayInCopenhagen } from '../base/time.ts'
import type { LetterKind } from './letter-kinds.ts'
import type { HeldMailDecided, MailReceived, MailRecord } from './mails.ts'
import type { LetterOrder, LetterRecord } from './letters.ts'

/**
 * Reasons of a mail that brings its figures in something no program reads (MAIL 127): a caseworker types them in.
 * The second is a colleague's: what is typed in from it waits for the contact's OK.
 */
const typingIn = ['typing-in', 'typing-in-provisional'] as const

/** The mail waits, or has waited, for a caseworker to type in what it brings. */
export const isForTyping = (mail: Pick<MailRecord, 'reason'>): boolean =>
  typingIn.some((reason) => reason === mail.reason)

/** What the ministry's typing makes of a mail held for it: whose word it is does not change. */
export const standingOnceTyped = (mail: Pick<MailRecord, 'reason'>): 'counts' | 'provisional' =>
  mail.reason === 'typing-in-provisional' ? 'provisional' : 'counts'

/** Does a mail say anything that was read, so that its attachment is but beside it? */
export const saysSomething = (event: MailReceived): boolean =>
  event.values.length > 0 ||
  event.confirms ||
  event.extension !== null ||
  (event.proposals ?? []).length > 0 ||
  event.helpers !== undefined ||
  (event.asksContact !== undefined && event.asksContact.inWords !== true)

/** The mail, held for a caseworker to type in, where all it brings lies in what no program reads. */
export const heldForTyping = (event: MailReceived): MailReceived =>
  (event.standing === 'counts' || event.standing === 'provisional') && !saysSomething(event)
    ? { ...event, standing: 'held', reason: event.standing === 'counts' ? typingIn[0] : typingIn[1] }
    : event

/**
 * The mail, held where its Message-ID is that of an earlier one with other content (MAIL 100): one of the two is
 * not what its sender sent.
 */
export const heldForItsId = (mails: readonly MailRecord[], event: MailReceived): MailReceived => {
  const id = event.private?.messageId ?? ''
  const isReused =
    id !== '' &&
    mails.some(
      (mail) => mail.typed === null && mail.details?.messageId === id && mail.bodyKey !== event.bodyKey,
    )
  return isReused && (event.standing === 'counts' || event.standing === 'provisional')
    ? { ...event, standing: 'held', reason: 'same-message-id' }
    : event
}

/** A mail with the marks of a machine and figures of its own: a person reads it, and no answer goes to a machine. */
export const maybeAutomatic = 'maybe-automatic'

/** Mail held for one of these reasons is asked about; what looks hostile or broken gets no answer at all. */
const askedAbout = new Set(['unknown-address', 'colleague-unmatched', 'not-authenticated', 'no-policy'])

/** Held, and nobody's who is registered: the contact is asked whose it is. */
export const isOfStranger = ({ reason, contactId }: Pick<MailRecord, 'reason' | 'contactId'>): boolean =>
  contactId === null && askedAbout.has(reason)

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

const hasNotice = (mail: MailRecord, letters: readonly LetterRecord[]): boolean =>
  letters.some(({ order }) => order.kind === 'citizen-data-notice' && order.about === mail.mailKey)

/** The contact is owed the notice that her mail was set aside, and has not had it yet (LETTERS 4.3). */
export const isUntold = (mail: MailRecord, letters: readonly LetterRecord[]): boolean =>
  mail.standing === 'set-aside' &&
  mail.reason !== setAsideReasons.unknown &&
  mail.party !== null &&
  mail.unanswered === undefined &&
  !hasNotice(mail, letters)

/** Who was not told before that the mail was set aside is told that it is erased. */
export const erasedMailLetters = (
  mails: readonly MailRecord[],
  letters: readonly LetterRecord[],
): readonly LetterOrder[] =>
  mails.flatMap((mail) =>
    mail.erasure == null || mail.erasure.erasedAt === null || mail.party === null || hasNotice(mail, letters)
      ? []
      : [{ kind: 'mail-erased' as const, party: mail.party, seq: 1, about: mail.mailKey }],
  )

/** How a person says what a held mail is worth, in every kind of case. */
export const heldMailDecision = {
  input: z.object({
    mailKey: mailKeyField,
    as: z.enum(['counts', 'provisional', 'rejected'], choose('Vælg, hvad mailen skal regnes for.')),
    reason: reasonField,
  }),
  roles: ['caseworker', 'approver'],
  label: { da: 'Afgør mailen', en: 'Decide the mail' },
  done: { da: 'Mailen er afgjort.', en: 'The mail is decided.' },
} as const

export const heldMailDecided = (
  mailKey: string,
  as: HeldMailDecided['decision'],
  reason: string,
): HeldMailDecided => ({ type: 'HeldMailDecided', v: 1, mailKey, decision: as, private: { reason } })

/** A mail that a person has placed in the case was held there, whoever sent it, before it is decided on. */
export const heldWhenPlaced = (event: MailReceived): MailReceived => ({
  ...event,
  standing: 'held',
  reason: event.standing === 'held' ? event.reason : 'no-request',
})
