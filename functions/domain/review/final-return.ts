import { lettersTo, wasSent, type LetterOrder } from '../casefile/letters.ts'
import { moveDeadline, nextWorkingDay, nineOn, sendingTime } from '../base/calendar.ts'
import { finalReturnForm, isFinalYear } from '../form/form.ts'
import { addDays, compareInstants, laterDate, todayInCopenhagen } from '../base/time.ts'
import { isComplete } from './asked.ts'
import type { ReviewState } from './state.ts'
import type { PartyState } from './slices/figures.ts'
import { hasUndecidedMail } from './slices/proposals.ts'

/**
 * The agreement's last year (Edge case 65): the return, what was spent in all, the audited account and the
 * auditor's statement. They hold back `closed`, never `assessed`, and nothing is paid back by itself.
 */

/** The letter, and two reminders of it; then a person telephones. */
const mostLetters = 3
/** Asked late, the account has at least so many days. */
const leastDays = 30

const isLastYear = ({ content, year }: ReviewState): boolean => content !== null && isFinalYear(content, year)

/** Whom the account is asked of: the lead municipality. */
const leadOf = (state: ReviewState): PartyState | null =>
  state.parties.find((party) => party.role === 'lead') ?? state.parties[0] ?? null

const finalReturnKeys: readonly string[] = finalReturnForm().map(({ key }) => key)

/** The account is no figure that is judged: it takes no draft away, and reopens nothing. */
export const isOfAccount = (key: string): boolean => finalReturnKeys.includes(key)

/** What the final return still lacks: keys of the account, `return` for the year's own figures. */
export const finalReturnMissing = (state: ReviewState): readonly string[] => {
  const lead = leadOf(state)
  if (!isLastYear(state) || lead === null) return []
  const keys = finalReturnKeys.filter((key) => {
    const value = lead.figures[key]?.value
    const given = value?.is === 'number' || value?.is === 'date' || (value?.is === 'yes-no' && value.yes)
    return !given || lead.doubts.some((doubt) => doubt.key === key)
  })
  return [...(state.parties.every((party) => isComplete(state, party)) ? [] : ['return']), ...keys]
}

/** When the audited account is due: 1 April after the last year; later when it is asked late. */
export const accountDueOn = (year: number, askedOn: string): string =>
  moveDeadline(laterDate(`${year + 1}-04-01`, addDays(askedOn, leastDays)))

/** What the final return asks for next: a letter now, nothing before an instant, nothing but an answer (null). */
type FinalReturnPlan =
  | { readonly is: 'letter'; readonly order: LetterOrder }
  | { readonly is: 'waits'; readonly until: string | null }

/**
 * The letter (L10) belongs on 1 October of the last year, before that year's review is there; it goes out with
 * the first letter of the review. While the account is missing after the due date printed, it is asked for again.
 * @returns null when nothing of it is missing, or it is not the last year
 */
export const planFinalReturn = (state: ReviewState, now: string): FinalReturnPlan | null => {
  const lead = leadOf(state)
  if (lead === null || finalReturnMissing(state).length === 0) return null
  const sent = lettersTo(state.letters, lead.municipality, 'final-return')
  const order: LetterOrder = {
    kind: 'final-return',
    party: lead.municipality,
    seq: sent.length + 1,
    about: '',
  }
  const last = sent.at(-1)
  if (last === undefined) {
    const at = sendingTime(todayInCopenhagen(now), now)
    return compareInstants(now, at) >= 0 ? { is: 'letter', order } : { is: 'waits', until: at }
  }
  if (sent.length >= mostLetters || wasSent(state.letters, order)) return { is: 'waits', until: null }
  const due = nineOn(nextWorkingDay(last.dueOn ?? accountDueOn(state.year, last.datedOn)))
  if (compareInstants(now, due) < 0) return { is: 'waits', until: due }
  if (hasUndecidedMail(state, lead.municipality)) return { is: 'waits', until: null }
  const at = sendingTime(todayInCopenhagen(now), now)
  return compareInstants(now, at) >= 0 ? { is: 'letter', order } : { is: 'waits', until: at }
}
