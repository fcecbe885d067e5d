import { hearingEnd } from '../base/calendar.ts'
import {
  bouncedForFirst,
  firstDeliveryAt,
  lettersTo,
  type LetterOrder,
  type LetterRecord,
} from '../casefile/letters.ts'
import type { MoneyCase } from '../money/decision-events.ts'
import { compareInstants, endOfDay, todayInCopenhagen } from '../base/time.ts'
import type { ReviewState } from './state.ts'
import { hasUndecidedMail } from './undecided-mail.ts'

/** The contact, the deputy, the main mailbox; then a person telephones. */
const mostLetters = 3

const intendedTo = (state: ReviewState, party: string, caseId: string): readonly LetterRecord[] =>
  lettersTo(state.letters, party, 'intended-decision').filter(({ order }) => order.about === caseId)

/**
 * When the time to comment ends: two weeks at least from proven delivery to every party, at the earliest the date
 * printed. Null while delivery to one is not proven: silence then counts for nothing.
 */
export const moneyHearingEndsOn = (
  state: ReviewState,
  { caseId }: Pick<MoneyCase, 'caseId'>,
): string | null => {
  const ends: string[] = []
  for (const { municipality } of state.parties) {
    const reached = intendedTo(state, municipality, caseId).find((letter) => firstDeliveryAt(letter) !== null)
    const deliveredAt = reached === undefined ? null : firstDeliveryAt(reached)
    if (reached === undefined || deliveredAt === null) return null
    ends.push(hearingEnd(todayInCopenhagen(deliveredAt)), reached.dueOn ?? '')
  }
  return ends.sort().at(-1) ?? null
}

/** May it be concluded? Its time is out, and nothing that may be a comment is undecided. */
export const isMoneyHearingOver = (state: ReviewState, money: MoneyCase, now: string): boolean => {
  const endsOn = moneyHearingEndsOn(state, money)
  return (
    money.status === 'intended' &&
    endsOn !== null &&
    compareInstants(now, endOfDay(endsOn)) >= 0 &&
    !hasUndecidedMail(state)
  )
}

/** Letters of decisions on money: what is intended, again to the next contact when it came back, and what is decided. */
export const moneyLetters = (state: ReviewState): readonly LetterOrder[] =>
  state.money.flatMap((money): readonly LetterOrder[] => {
    const about = money.caseId
    if (money.status === 'decided' || (money.status === 'dropped' && money.intendedKroner !== null))
      return state.parties.map(({ municipality }) => ({
        kind: 'decision-on-money',
        party: municipality,
        seq: 1,
        about,
      }))
    if (money.status !== 'intended') return []
    return state.parties.flatMap(({ municipality }): readonly LetterOrder[] => {
      const sent = intendedTo(state, municipality, about)
      const last = sent.at(-1)
      const cameBack = last !== undefined && firstDeliveryAt(last) === null && bouncedForFirst(last)
      return last === undefined || (cameBack && sent.length < mostLetters)
        ? [{ kind: 'intended-decision', party: municipality, seq: sent.length + 1, about }]
        : []
    })
  })

/** The decision that a mail comments on: it answers the letter about what is intended. Null for every other mail. */
export const commentedMoney = (
  state: ReviewState,
  mail: { readonly answers: string | null; readonly mailKey: string },
): string | null => {
  const [kind, , , about] = mail.answers?.split('/') ?? []
  if (kind !== 'intended-decision' || about === undefined) return null
  const money = state.money.find(({ caseId }) => caseId === about)
  return money === undefined || money.comments.some(({ mailKey }) => mailKey === mail.mailKey) ? null : about
}
