import { proposalEnd } from '../base/calendar.ts'
import { firstDeliveryAt } from '../casefile/letters.ts'
import { laterDate, todayInCopenhagen } from '../base/time.ts'
import { everyParty, proposalLetters } from './letters-due.ts'
import type { RenegotiationState } from './state.ts'

/**
 * When the time is out, once every party has been delivered the proposal: six weeks from the last delivery, at
 * the earliest the date printed. Null while delivery is not proven.
 */
export const deliveredEnd = (state: RenegotiationState): string | null => {
  const ends: string[] = []
  for (const party of everyParty(state)) {
    const letters = proposalLetters(state, party)
    const reached = letters.find((letter) => firstDeliveryAt(letter) !== null)
    const deliveredAt = reached === undefined ? null : firstDeliveryAt(reached)
    if (reached === undefined || deliveredAt === null) return null
    ends.push(proposalEnd(todayInCopenhagen(deliveredAt)), reached.dueOn ?? '')
  }
  return ends.toSorted().at(-1) ?? null
}

/** The date in force: an answer to a counter-proposal prints a new one. Null before delivery. */
export const proposalEndsOn = (state: RenegotiationState): string | null => {
  const { proposal } = state
  if (proposal === null || proposal.endsOn === null) return null
  return state.letters
    .filter(
      (letter) =>
        letter.order.kind === 'counter-proposal-answer' &&
        state.counters.some(
          (counter) => counter.mailKey === letter.order.about && counter.subject === proposal.subject,
        ),
    )
    .reduce((ends, letter) => (letter.dueOn === null ? ends : laterDate(ends, letter.dueOn)), proposal.endsOn)
}
