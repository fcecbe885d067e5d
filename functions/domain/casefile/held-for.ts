import type { MailRecord, MailReceived } from './mails.ts'

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
