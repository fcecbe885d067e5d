import type { Theme } from '../agreement/theme.ts'
import type { CommitMeta } from '../base/stream.ts'
import { todayInCopenhagen } from '../base/time.ts'
import type { AgreementId, PersonId } from '../base/values.ts'
import type { RunEvent } from './events.ts'
import type { OfferedExperience } from '../review/slices/facts.ts'

/** A card: redacted by a caseworker, with its theme. */
export interface ExperienceCard {
  readonly agreement: AgreementId
  readonly municipality: string
  readonly mailKey: string
  readonly theme: Theme
  readonly text: string
  readonly publishedOn: string
  /** Who published it: another person releases the letter. */
  readonly by: PersonId
}

export interface Experiences {
  readonly published: readonly ExperienceCard[]
  /** Mails whose experience a caseworker left out. */
  readonly leftOut: readonly string[]
  /** The letter's release: the hash of the cards that were seen. Other cards are released anew. */
  readonly released: { readonly subject: string; readonly by: PersonId; readonly at: string } | null
}
export const noExperiences: Experiences = { published: [], leftOut: [], released: null }

type ExperienceEvent = Extract<
  RunEvent,
  { type: 'ExperiencePublished' | 'ExperienceLeftOut' | 'ExperiencesReleased' }
>

export const evolveExperiences = (
  state: Experiences,
  event: ExperienceEvent,
  meta: CommitMeta,
): Experiences => {
  if (event.type === 'ExperienceLeftOut') return { ...state, leftOut: [...state.leftOut, event.mailKey] }
  if (event.type === 'ExperiencesReleased')
    return { ...state, released: { subject: event.subject, by: event.by, at: meta.at } }
  const { agreement, municipality, mailKey, theme, by } = event
  const others = state.published.filter(
    (card) => card.agreement !== agreement || card.municipality !== municipality,
  )
  const text = event.private?.text ?? ''
  const publishedOn = todayInCopenhagen(meta.at)
  return {
    ...state,
    published: [...others, { agreement, municipality, mailKey, theme, text, publishedOn, by }],
  }
}

const isSource = (card: ExperienceCard, offered: OfferedExperience): boolean =>
  card.agreement === offered.agreement && card.municipality === offered.municipality

/** Cards that may be shown: consent taken back takes the card away, an erased text too. */
export const cardsOf = (
  state: Experiences,
  offered: readonly OfferedExperience[],
): readonly ExperienceCard[] =>
  state.published.filter((card) => card.text !== '' && offered.some((one) => isSource(card, one)))

/** Offered, and decided on by nobody. */
export const undecidedOf = (
  state: Experiences,
  offered: readonly OfferedExperience[],
): readonly OfferedExperience[] =>
  offered.filter(
    ({ mailKey }) =>
      !state.leftOut.includes(mailKey) && !state.published.some((card) => card.mailKey === mailKey),
  )
