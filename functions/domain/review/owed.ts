import { compareInstants, todayInCopenhagen } from '../base/time.ts'
import { heldNotice, setAsideNotice, isForTyping } from '../casefile/held-mails.ts'
import type { LetterKind } from '../casefile/letter-kinds.ts'
import { lettersTo, type LetterOrder } from '../casefile/letters.ts'
import type { MailRecord } from '../casefile/mails.ts'
import { missingFields } from './asked.ts'
import { closedAnswer, isHeldAsClosed, tellsWhy } from './closed-year.ts'
import { type ReviewState } from './state.ts'
import { isFigure } from '../casefile/reading.ts'
import { bringsUnread } from './slices/comments.ts'
import { partyOf } from './slices/figures.ts'
import { hearingAnswers } from './slices/hearing.ts'

/**
 * Which answer a mail is owed: one, or none (LETTERS 4.3, intake/README.md, "When nothing is answered"). A person's
 * decision on a held mail makes it owed a receipt then.
 */
export const owedAnswer = (state: ReviewState, mail: MailRecord): readonly LetterKind[] => {
  if (mail.party === null) return []
  if (mail.unanswered !== undefined) return []
  // She checks what the ministry typed, whatever it was; her OK has a receipt of its own.
  if (mail.typed !== null) return mail.confirmedBy === null ? ['receipt'] : []
  // Both ways are offered once, and what is typed in has a receipt of its own.
  if (isForTyping(mail)) return mail.standing === 'rejected' ? [] : ['pdf-notice']
  switch (mail.standing) {
    case 'automatic':
    case 'rejected':
      return []
    case 'set-aside':
      return only(setAsideNotice(state.mails, mail))
    case 'held':
      if (isHeldAsClosed(mail)) return closedAnswer(state, mail)
      return only(heldNotice(state.mails, mail))
    case 'provisional':
    case 'repeated':
      return ['receipt']
    case 'counts':
      return countingAnswer(state, mail)
    default:
      return mail.standing satisfies never
  }
}

/** The answers that the mails of a review are owed, in the mails' order. */
export const answersOwed = (state: ReviewState): readonly LetterOrder[] =>
  state.mails.flatMap((mail) =>
    owedAnswer(state, mail).map((kind) => ({ kind, party: mail.party, seq: 1, about: mail.mailKey })),
  )

/** Has a mail that counts its receipt, or is it owed one: its own, or that of the OK that made it count? */
export const hasReceipt = (state: ReviewState, mail: MailRecord): boolean => {
  const answered = state.mails.find(({ mailKey }) => mailKey === mail.confirmedBy) ?? mail
  return (
    owedAnswer(state, answered).includes('receipt') ||
    state.letters.some(({ order }) => order.kind === 'receipt' && order.about === answered.mailKey)
  )
}

const only = (kind: LetterKind | null): readonly LetterKind[] => (kind === null ? [] : [kind])

/** Receipts of mails read again are numbered from here: first and second receipt are its own and its proposals'. */
export const firstRereadReceipt = 11

/** The last receipt owed for what a mail is read as now, where the municipality had been told otherwise. */
export const owedRereadReceipt = (mail: MailRecord): number | null => {
  const told = mail.rereads.filter(({ tells }) => tells).length
  const isTheirs = mail.standing === 'counts' || mail.standing === 'provisional'
  return told === 0 || !isTheirs || mail.party === null ? null : firstRereadReceipt + told - 1
}

/** Each of these answers a mail for good: what becomes of its hearing or draft later owes no second one. */
const answering: readonly LetterKind[] = ['receipt', 'hearing-receipt', 'extension-received']

const countingAnswer = (state: ReviewState, mail: MailRecord): readonly LetterKind[] => {
  if (mail.party === null) return []
  // The OK that made it count has the one receipt, which shows what it confirmed.
  if (mail.confirmedBy !== null) return []
  if (
    lettersTo(state.letters, mail.party, ...answering).some((letter) => letter.order.about === mail.mailKey)
  )
    return []
  const heard = hearingAnswers(state).find((answer) => answer.mailKey === mail.mailKey)
  // A correction with a comment is read back as a correction: her figures are what may have been read wrongly.
  if (heard !== undefined && !mail.values.some((answer) => isFigure(answer.value)))
    return heard.answer === 'none' || heard.answer === 'comments' || bringsUnread(mail)
      ? ['hearing-receipt']
      : []
  if (state.money.some(({ comments }) => comments.some(({ mailKey }) => mailKey === mail.mailKey)))
    return ['hearing-receipt']
  if (state.factChecks.some((check) => check.mailKey === mail.mailKey)) return []
  const asked = lettersTo(state.letters, mail.party, 'request')[0]
  // Answers to the contact confirmation: nothing is asked yet, and a figure is taken in when it is.
  if (asked === undefined || compareInstants(mail.receivedAt, asked.sentAt) < 0) return []
  if (tellsWhy(mail)) return ['receipt']
  const extension = state.extensions.some((request) => request.mailKey === mail.mailKey)
  if (extension && mail.values.length === 0 && mail.doubts.length === 0) return ['extension-received']
  const saysSomething =
    mail.values.length > 0 ||
    mail.doubts.length > 0 ||
    mail.confirms ||
    mail.helpers !== null ||
    mail.asksContact !== null
  const party = partyOf(state, mail.party)
  // A courtesy with nothing missing gets no answer; with something missing it gets what is missing.
  if (
    !saysSomething &&
    (party === null || missingFields(state, party, todayInCopenhagen(mail.receivedAt)).length === 0)
  )
    return []
  return ['receipt']
}

/** What a review owes to the year's run and its workflow, whatever its last decision was. */
export const owedToRun = ({ status, finals, attempts, awaitsAttempt }: ReviewState) => ({
  /** Finally assessed once, or stopped: it is no open item of the run's, reopened or not. */
  isOver: status === 'stopped' || finals.length > 0,
  /** The attempt that goes on with one that was reopened after its execution; null: none. */
  attempt: awaitsAttempt ? attempts.attached + 1 : null,
})
