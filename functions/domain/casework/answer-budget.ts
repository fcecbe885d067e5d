import { addMs, compareInstants, todayInCopenhagen } from '../time.ts'
import type { LetterRecord } from './letters.ts'
import type { MailReceived, MailRecord } from './mails.ts'

/** How many answers one sender gets by machine in one case (MAIL.md 2.2, MAIL 32): a loop ends by itself. */
const mostAnswers = { anHour: 3, aDay: 10 } as const
const hourMs = 60 * 60 * 1000

/** Letters that a person's decision sends: they use nothing of the budget, and none stops them. */
export const decidedByPerson: readonly string[] = [
  'extension-granted',
  'extension-refused',
  'fact-check-answer',
  'contact-changed',
]

/**
 * The mail, marked as one that gets no answer by machine where its sender has had as many as one hour or one
 * Danish day allows. It is read, kept and shown as any other.
 * @param letters what the case has sent
 */
export const withinBudget = (
  mails: readonly MailRecord[],
  letters: readonly LetterRecord[],
  event: MailReceived,
): MailReceived => {
  const from = event.private?.from.toLowerCase() ?? ''
  if (event.standing === 'automatic' || event.standing === 'rejected' || from === '') return event
  const answered = new Set(
    letters.flatMap(({ order }) =>
      order.seq === 1 && !decidedByPerson.includes(order.kind) ? [order.about] : [],
    ),
  )
  const before = mails.filter(
    (mail) => answered.has(mail.mailKey) && mail.typed === null && mail.details?.from.toLowerCase() === from,
  )
  const hourAgo = addMs(event.receivedAt, -hourMs)
  const day = todayInCopenhagen(event.receivedAt)
  const inHour = before.filter(({ receivedAt }) => compareInstants(receivedAt, hourAgo) > 0)
  const inDay = before.filter(({ receivedAt }) => todayInCopenhagen(receivedAt) === day)
  if (inHour.length >= mostAnswers.anHour) return { ...event, unanswered: 'hour' }
  return inDay.length >= mostAnswers.aDay ? { ...event, unanswered: 'day' } : event
}
