import {
  bouncedForFirst,
  endFromDelivery,
  firstDeliveryAt,
  lettersTo,
  wasSent,
  type LetterOrder,
  type LetterRecord,
} from '../casefile/letters.ts'
import type { LetterKind } from '../casefile/letter-kinds.ts'
import type { RenegotiationState } from './state.ts'
import { proposalEnd } from '../base/calendar.ts'
import { laterDate } from '../base/time.ts'

/** The first of the parties that has not been sent just this letter. */
export const unsentTo = (
  state: RenegotiationState,
  parties: readonly string[],
  letter: Omit<LetterOrder, 'party'>,
): LetterOrder | null => {
  for (const party of parties) {
    const order: LetterOrder = { ...letter, party }
    if (!wasSent(state.letters, order)) return order
  }
  return null
}

export const everyParty = (state: RenegotiationState): readonly string[] =>
  state.parties.map((party) => party.municipality)

/** Letters about one thing to a party, oldest first: a second goes to the next contact when one came back. */
export const lettersAbout = (
  state: RenegotiationState,
  party: string,
  kind: LetterKind,
  about: string,
): readonly LetterRecord[] =>
  lettersTo(state.letters, party, kind).filter((letter) => letter.order.about === about)

const cameBack = (letter: LetterRecord): boolean =>
  firstDeliveryAt(letter) === null && bouncedForFirst(letter)

/** The letter that a party is still to be sent, or to be sent again: until nobody is left, and a person telephones. */
export const unsent = (
  state: RenegotiationState,
  kind: LetterKind,
  about: string,
  parties: readonly string[] = everyParty(state),
): LetterOrder | null => {
  for (const party of parties) {
    const sent = lettersAbout(state, party, kind, about)
    const last = sent.at(-1)
    if (last === undefined || cameBack(last)) return { kind, party, seq: sent.length + 1, about }
  }
  return null
}

/** The proposal's letters to a party, oldest first. */
export const proposalLetters = (state: RenegotiationState, party: string): readonly LetterRecord[] =>
  lettersAbout(state, party, 'proposal', state.proposal?.subject ?? '')

/** The letter that tells a party how it ended; null while it has not. */
export const lastLetter = (
  state: RenegotiationState,
): {
  readonly kind: LetterKind
  readonly about: string
  readonly parties: readonly string[]
} | null => {
  const about = state.proposal?.subject ?? ''
  const parties = everyParty(state)
  switch (state.outcome) {
    case 'declined':
      return { kind: 'renegotiation-declined', about: '', parties }
    case 'lapsed':
      return { kind: 'proposal-lapsed', about, parties }
    case 'withdrawn':
      return { kind: 'withdrawal', about: '', parties }
    case 'not-accepted':
      // The party that would not has its own answer; the others are told here.
      return {
        kind: 'withdrawal',
        about,
        parties: parties.filter((party) => party !== state.declinedBy?.party),
      }
    case 'rider':
      return { kind: 'rider', about, parties }
    case null:
      return null
    default:
      return state.outcome satisfies never
  }
}

/**
 * When the time is out, once every party has been delivered the proposal: six weeks from the last delivery, at
 * the earliest the date printed. Null while delivery is not proven.
 */
export const deliveredEnd = (state: RenegotiationState): string | null =>
  endFromDelivery(
    everyParty(state).map((party) => proposalLetters(state, party)),
    proposalEnd,
  )

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
