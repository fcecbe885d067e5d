import { themes, type Theme } from '../agreement/theme.ts'
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
import { type ExperienceCard, undecidedOf } from './slices/experiences.ts'
import type { RunState, RunEvent } from './state.ts'
import type { Decider } from '../base/command.ts'
import type { OfferedExperience } from '../review/slices/facts.ts'

/** A caseworker publishes the redacted text under a theme, or leaves it out with a reason. */
export const decideExperience = (
  state: RunState,
  offered: OfferedExperience | null,
  decision:
    | { readonly publish: true; readonly theme: Theme; readonly text: string }
    | { readonly publish: false; readonly reason: string },
  who: Decider,
): Decision<RunEvent> => {
  if (!who.roles.includes('caseworker')) return refuse('role', 'publishing an experience takes a caseworker')
  if (offered === null) return refuse('no-consent', 'no experience is offered with consent to share it')
  const { agreement, mailKey } = offered
  if (who.barredFrom.includes(offered.municipality))
    return refuse('barred', 'barred from the municipality’s case')
  if (undecidedOf(state.experiences, [offered]).length === 0)
    return refuse('status', 'the experience is decided on')
  const about = { v: 1, agreement, municipality: offered.municipality, mailKey, by: who.id } as const
  const text = (decision.publish ? decision.text : decision.reason).trim()
  if (text === '') return refuse('reason', 'a text is missing')
  return decision.publish
    ? accept<RunEvent>({
        type: 'ExperiencePublished',
        ...about,
        theme: decision.theme,
        private: { text },
      })
    : accept<RunEvent>({ type: 'ExperienceLeftOut', ...about, private: { text } })
}

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

/** An approver releases the letter as it was seen. */
export const releaseExperiences = (
  state: RunState,
  seen: string,
  letter: ExperienceLetter,
  who: Decider,
): Decision<RunEvent> => {
  if (!who.roles.includes('approver')) return refuse('role', 'releasing the letter takes an approver')
  if (state.frozen === null) return refuse('not-frozen', 'the letter goes after the report is frozen')
  if (letter.cards.length === 0) return refuse('no-cards', 'there is no card to send')
  if (letter.undecided > 0) return refuse('open-experiences', 'an experience waits for a caseworker')
  if (letter.unprintable.length > 0)
    return refuse('number-beside-hidden', 'a card holds a number, and a figure is not shown')
  if (letter.subject !== seen) return refuse('superseded', 'the cards are others than were seen')
  if (letter.cards.some((card) => card.by === who.id))
    return refuse('same-person', 'whoever published a card does not release the letter')
  if (municipalitiesLeft(state).length === 0) return refuse('status', 'the letter has gone to all')
  return isReleased(state, letter)
    ? { ok: true, events: [] }
    : accept<RunEvent>({
        type: 'ExperiencesReleased',
        v: 1,
        subject: letter.subject,
        cards: letter.cards.length,
        by: who.id,
      })
}

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
