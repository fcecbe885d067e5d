import type { ExperienceCard } from '../../domain/year-run/slices/experiences.ts'
import type { OfferedExperience } from '../../domain/review/slices/facts.ts'

/** How far the letter with the cards to every municipality has come. */
export interface ExperienceLetterView {
  /** Hash of the cards as they stand: a release names it. */
  readonly subject: string
  readonly awaitsRelease: boolean
  /** UTC instant; null while nobody has released the cards as they stand. */
  readonly released: string | null
  readonly sent: number
  readonly left: number
  /** Codes of municipalities whose mailbox refused it for good. */
  readonly bounced: readonly string[]
  /** Codes of municipalities of which no main mailbox is known. */
  readonly withoutMailbox: readonly string[]
}

export interface ExperiencesView {
  readonly year: number
  /** In the letter's order: by theme, then by name. */
  readonly cards: readonly ExperienceCard[]
  /** Offered with consent, and decided on by nobody. */
  readonly undecided: readonly OfferedExperience[]
  /** Cards that hold a number beside a figure that is hidden by now: each is to be written anew. */
  readonly unprintable: readonly ExperienceCard[]
  /** Null until the report is frozen. */
  readonly letter: ExperienceLetterView | null
}

export const experiencesPath = (year: number): string => `/experiences/${year}`
