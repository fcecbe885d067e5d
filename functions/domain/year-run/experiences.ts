import { themes } from '../agreement/theme.ts'
import {
  lettersTo,
  outcomeEvents,
  wasSent,
  type LetterOrder,
  type LetterOutcome,
  type LetterRecord,
  letterSent,
  type SentLetter,
} from '../casefile/letters.ts'
import { compareDanish } from '../base/danish.ts'
import { caseworkerOf, type Directory, type MinistryPerson } from '../directory/directory.ts'
import { municipalities, municipality } from '../directory/municipalities.ts'
import { accept, refuse, type Decision } from '../base/stream.ts'
import type { ExperienceCard } from './slices/experiences.ts'
import type { RunState, RunEvent } from './state.ts'

/**
 * The letter with the year's experiences to every municipality (L16): once a year, after the report is
 * frozen. A caseworker publishes the cards, another person releases the letter; what goes out is what was seen.
 */

/** The one caseworker who sees to a year's experiences: they belong to no agreement's case. */
export const experiencesCaseworker = (directory: Directory, year: number): MinistryPerson =>
  caseworkerOf(directory, { agreement: `experiences-${year}`, parties: [] })

/** By theme in the barometer's order, then by the municipality's name. */
export const inThemeOrder = (cards: readonly ExperienceCard[]): readonly ExperienceCard[] =>
  cards.toSorted(
    (a, b) =>
      themes.indexOf(a.theme) - themes.indexOf(b.theme) ||
      compareDanish(municipality(a.municipality).name, municipality(b.municipality).name),
  )

/** What the letter would hold now, read from the record. */
export interface ExperienceLetter {
  readonly cards: readonly ExperienceCard[]
  /** Hash of the cards. */
  readonly subject: string
  /** Offered, and decided on by nobody. */
  readonly undecided: number
  /** Cards that hold a number although a figure of their agreement is hidden by now. */
  readonly unprintable: readonly ExperienceCard[]
}

/** Once a year to each municipality, whatever the cards are by then: a repetition finds it sent. */
export const experienceOrder = (code: string): LetterOrder => ({
  kind: 'experiences',
  party: code,
  seq: 1,
  about: '',
})

/** Municipalities that have not got the year's letter, by their codes. */
export const municipalitiesLeft = (state: RunState): readonly string[] =>
  municipalities.map(({ code }) => code).filter((code) => !wasSent(state.letters, experienceOrder(code)))

/** May the letter go now: released for exactly these cards? */
export const isReleased = (state: RunState, { subject, cards }: ExperienceLetter): boolean =>
  cards.length > 0 && state.frozen !== null && state.experiences.released?.subject === subject

/** Is there something to release that nobody has released? */
export const awaitsRelease = (state: RunState, letter: ExperienceLetter): boolean =>
  state.frozen !== null &&
  letter.cards.length > 0 &&
  letter.undecided === 0 &&
  !isReleased(state, letter) &&
  municipalitiesLeft(state).length > 0

/** Letters that are out; those on record already are left out. */
export const recordExperienceLetters = (
  state: RunState,
  letters: readonly SentLetter[],
): Decision<RunEvent> =>
  accept<RunEvent>(...letters.filter(({ order }) => !wasSent(state.letters, order)).map(letterSent))

/** A bounce goes on record; that a letter was delivered changes nothing, as nothing waits for it. */
export const recordExperienceOutcome = (state: RunState, outcome: LetterOutcome): Decision<RunEvent> => {
  const events = outcomeEvents(state.letters, outcome)
  return events === null
    ? refuse('unknown-letter', 'no letter of this run has that key')
    : accept<RunEvent>(...events.flatMap((event) => (event.type === 'LetterBounced' ? [event] : [])))
}

/** The year's letters to a municipality's main mailbox. */
export const experienceLetters = (state: RunState): readonly LetterRecord[] =>
  municipalities.flatMap(({ code }) => lettersTo(state.letters, code, 'experiences'))
