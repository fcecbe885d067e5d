import { hearingEnd } from '../base/calendar.ts'
import { firstDeliveryAt, lettersTo, type LetterRecord } from '../casefile/letters.ts'
import type { MailRecord } from '../casefile/mails.ts'
import { compareInstants, laterDate, todayInCopenhagen } from '../base/time.ts'
import type { Draft, HearingAnswer, HearingState, ReviewState } from './state.ts'
import type { ReviewStatus } from './transitions.ts'
import { finalAssessment, onlyInFavour } from './verdicts.ts'

/** What the record says of a hearing: who has been told which draft, until when, and what is still open in it. */

/** The hearing letters of a draft to a party, oldest first: the next contact gets it when one came back. */
export const hearingLetters = (
  state: ReviewState,
  municipality: string,
  subject: string,
): readonly LetterRecord[] =>
  lettersTo(state.letters, municipality, 'hearing').filter((letter) => letter.order.about === subject)

/**
 * Is the draft to be heard? Not when only the municipality's own correction in its favour changed it, unless a
 * verdict was then changed by hand to its disfavour.
 */
export const needsHearing = (state: ReviewState, draft: Draft): boolean =>
  draft.hearing ||
  state.heard === null ||
  !onlyInFavour(state.heard, finalAssessment(draft.assessment, state.recommendation?.changes ?? []))

/**
 * When the hearing on a draft ends, once every party has been delivered it: two weeks from the last delivery, at
 * the earliest the date printed. Null while delivery is not proven: silence then counts for nothing.
 */
export const hearingEndsOn = (state: ReviewState, subject: string): string | null => {
  const ends: string[] = []
  for (const party of state.parties) {
    const reached = hearingLetters(state, party.municipality, subject).find(
      (letter) => firstDeliveryAt(letter) !== null,
    )
    const deliveredAt = reached === undefined ? null : firstDeliveryAt(reached)
    if (reached === undefined || deliveredAt === null) return null
    ends.push(hearingEnd(todayInCopenhagen(deliveredAt)), reached.dueOn ?? '')
  }
  return ends.sort().at(-1) ?? null
}

/**
 * The hearing that goes on with a draft which needs none of its own: it keeps its end and its answers. Null when
 * the draft is to be heard, or no hearing runs (the draft of a reopened review that only bettered it).
 */
export const hearingThatGoesOn = (
  state: ReviewState,
): { readonly continues: string; readonly endsOn: string } | null => {
  const { draft, hearing } = state
  if (draft === null || hearing === null || needsHearing(state, draft)) return null
  const proven = hearingEndsOn(state, hearing.heardSubject)
  return {
    continues: hearing.heardSubject,
    endsOn: proven === null ? hearing.endsOn : laterDate(hearing.endsOn, proven),
  }
}

/** From the draft on until the final assessment: what is said of a draft that is superseded is not lost. */
const answerable: readonly ReviewStatus[] = [
  'collected',
  'drafted',
  'recommended',
  'asking',
  'approved',
  'hearing',
]

/** May a reply be an answer in a hearing? One that runs, or one whose letters are on their way to some party. */
export const takesHearingAnswers = (state: ReviewState): boolean =>
  answerable.includes(state.status) && (state.hearing !== null || state.status === 'approved')

/**
 * The answers that say nothing of the draft that is heard next: comments remain to be answered, »ingen
 * bemærkninger« lapses with the draft it was said of.
 */
export const answersToEarlier = (answers: readonly HearingAnswer[]): readonly HearingAnswer[] =>
  answers
    .filter(({ answer }) => answer === 'comments' || answer === 'unmarked')
    .map((answer) => ({ ...answer, toEarlier: true }))

/** Has the party answered what is heard now, one way or the other? */
export const hasAnswered = (hearing: HearingState, municipality: string): boolean =>
  hearing.answers.some(
    ({ party, answer, toEarlier }) =>
      party === municipality && !toEarlier && (answer === 'none' || answer === 'comments'),
  )

/**
 * Replies of colleagues, come since the hearing's letters, that no contact has confirmed: each may be an answer,
 * so that nobody's silence is concluded. Until the hearing is over the contact's OK is awaited; then a caseworker
 * asks (and decides it as a mail that is held), never the time.
 */
export const provisionalAnswers = (state: ReviewState): readonly MailRecord[] => {
  const { hearing } = state
  if (hearing === null) return []
  return state.mails.filter((mail) => {
    if (mail.standing !== 'provisional' || mail.party === null) return false
    const sent = hearingLetters(state, mail.party, hearing.heardSubject)[0]
    return compareInstants(mail.receivedAt, sent?.sentAt ?? hearing.begunAt) >= 0
  })
}
