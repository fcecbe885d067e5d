import { addMs, compareInstants, todayInCopenhagen } from '../base/time.ts'
import { isOfStranger } from './held-mails.ts'
import type { LetterRecord } from './letters.ts'
import type { MailReceived, MailRecord } from './mails.ts'
import type { UnplacedMail } from './unplaced-mails.ts'

/**
 * How many answers one sender gets by machine in one case (intake/README.md, "When nothing is answered", MAIL 32): a
 * loop ends by itself.
 */
const mostAnswers = { anHour: 3, aDay: 10 } as const
/** How many answers a case gives by machine in all, whoever writes: far below what stops all cases' answers. */
const mostOfCase = { anHour: 20, aDay: 60 } as const
/** How often a contact is asked in an hour and a day about mails of strangers: the next question tells of all. */
const mostQuestions = { anHour: 1, aDay: 6 } as const
const hourMs = 60 * 60 * 1000

/** Letters that a person's decision sends: they use nothing of the budget, and none stops them. */
export const decidedByPerson: readonly string[] = [
  'extension-granted',
  'extension-refused',
  'fact-check-answer',
  'contact-changed',
  'mail-erased',
]

/** What a case has taken in and sent: what its answers are counted in. */
export interface Correspondence {
  readonly mails: readonly MailRecord[]
  readonly letters: readonly LetterRecord[]
  readonly unplaced: readonly UnplacedMail[]
}

/** Which budget of answers a sender has used up when a mail comes; null while it may be answered. */
export const budgetUsed = (
  { mails, letters, unplaced }: Correspondence,
  sender: { readonly from: string; readonly receivedAt: string },
): NonNullable<MailReceived['unanswered']> | null => {
  const from = sender.from.toLowerCase()
  const answered = new Set(
    letters.flatMap(({ order }) =>
      order.seq === 1 && !decidedByPerson.includes(order.kind) ? [order.about] : [],
    ),
  )
  const before = [...mails.filter((mail) => mail.typed === null), ...unplaced].filter((mail) =>
    answered.has(mail.mailKey),
  )
  const own = before.filter((mail) => mail.details?.from.toLowerCase() === from)
  const ofSender = overBudget(own, sender.receivedAt, mostAnswers)
  if (ofSender !== null) return ofSender
  const ofCase = overBudget(before, sender.receivedAt, mostOfCase)
  return ofCase === null ? null : `case-${ofCase}`
}

const overBudget = (
  before: readonly { readonly receivedAt: string }[],
  at: string,
  most: { readonly anHour: number; readonly aDay: number },
): 'hour' | 'day' | null => {
  const hourAgo = addMs(at, -hourMs)
  const day = todayInCopenhagen(at)
  const inHour = before.filter(({ receivedAt }) => compareInstants(receivedAt, hourAgo) > 0)
  const inDay = before.filter(({ receivedAt }) => todayInCopenhagen(receivedAt) === day)
  if (inHour.length >= most.anHour) return 'hour'
  return inDay.length >= most.aDay ? 'day' : null
}

/** Have the party's contacts been asked as often about mails of strangers as an hour and a day allow? */
const questionsUsed = ({ mails }: Correspondence, event: MailReceived): MailReceived['unanswered'] | null =>
  isOfStranger(event)
    ? overBudget(
        mails.filter(
          (mail) => isOfStranger(mail) && mail.party === event.party && mail.unanswered === undefined,
        ),
        event.receivedAt,
        mostQuestions,
      )
    : null

/**
 * The mail, marked as one that gets no answer by machine where its sender has had as many as one hour or one
 * Danish day allows. It is read, kept and shown as any other.
 * @param before what the case has taken in and sent
 */
export const withinBudget = (before: Correspondence, event: MailReceived): MailReceived => {
  const from = event.private?.from ?? ''
  if (event.standing === 'automatic' || event.standing === 'rejected' || from === '') return event
  const unanswered =
    questionsUsed(before, event) ?? budgetUsed(before, { from, receivedAt: event.receivedAt })
  return unanswered === null ? event : { ...event, unanswered }
}
