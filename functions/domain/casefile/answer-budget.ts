import { addMs, compareInstants, todayInCopenhagen } from '../base/time.ts'
import { isOfStranger } from './held-mails.ts'
import type { LetterOrder, LetterRecord } from './letters.ts'
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

/** The questions that a party's contacts have had about mails of strangers, in the order they went. */
const questionsTo = (letters: readonly LetterRecord[], party: string | null): readonly LetterRecord[] =>
  letters.filter(({ order }) => order.kind === 'held-mail-notice' && order.party === party)

/** Have the party's contacts been asked as often about mails of strangers as an hour and a day allow? */
const questionsUsed = (
  { mails, letters }: Correspondence,
  event: MailReceived,
): MailReceived['unanswered'] | null => {
  if (!isOfStranger(event)) return null
  const strangers = mails.filter((mail) => isOfStranger(mail) && mail.party === event.party)
  const untold = new Set(
    strangers.filter(({ unanswered }) => unanswered !== undefined).map(({ mailKey }) => mailKey),
  )
  const collected = questionsTo(letters, event.party).filter(({ order }) => untold.has(order.about))
  return overBudget(
    [
      ...strangers.filter(({ unanswered }) => unanswered === undefined),
      ...collected.map(({ sentAt }) => ({ receivedAt: sentAt })),
    ],
    event.receivedAt,
    mostQuestions,
  )
}

/**
 * What each party's contacts are asked once the hour of their last question is over: about the latest of the mails of
 * strangers that came since and got none, which tells of all. Nothing where they have been asked about a later one.
 * @param now UTC instant of business time
 */
export const collectedQuestions = (
  { mails, letters }: Pick<Correspondence, 'mails' | 'letters'>,
  now: string,
): readonly LetterOrder[] => {
  const held = mails.filter((mail) => mail.standing === 'held' && mail.party !== null && isOfStranger(mail))
  return [...Map.groupBy(held, ({ party }) => party)].flatMap(([party, theirs]): readonly LetterOrder[] => {
    const latest = theirs.at(-1)
    // One that is answered itself is no business of the hour.
    if (latest?.unanswered === undefined) return []
    const asked = questionsTo(letters, party)
    if (asked.some(({ order }) => order.about === latest.mailKey)) return []
    return overBudget(
      asked.map(({ sentAt }) => ({ receivedAt: sentAt })),
      now,
      mostQuestions,
    ) === null
      ? [{ kind: 'held-mail-notice', party, seq: 1, about: latest.mailKey }]
      : []
  })
}

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
