import type { Theme } from '../agreement/theme.ts'
import type { ReviewState } from '../review/state.ts'
import type { CommitMeta } from '../stream.ts'
import { todayInCopenhagen } from '../time.ts'
import type { AgreementId } from '../values.ts'
import type { RunEvent } from './events.ts'

/** An experience of a municipality's reply that it says may be shared (`Erfaring`, `Erfaring må deles: ja`). */
export interface OfferedExperience {
  readonly agreement: AgreementId
  readonly municipality: string
  /** The mail that holds it: another text is another experience. */
  readonly mailKey: string
  readonly receivedOn: string
  /** As the municipality wrote it. */
  readonly text: string
  /** Of the agreement's targets, in their order; what the caseworker chooses from first. */
  readonly themes: readonly Theme[]
}

/** A card: redacted by a caseworker, with its theme. */
export interface ExperienceCard {
  readonly agreement: AgreementId
  readonly municipality: string
  readonly mailKey: string
  readonly theme: Theme
  readonly text: string
  readonly publishedOn: string
}

export interface Experiences {
  readonly published: readonly ExperienceCard[]
  /** Mails whose experience a caseworker left out. */
  readonly leftOut: readonly string[]
}
export const noExperiences: Experiences = { published: [], leftOut: [] }

/** What a review's parties offer: a text that counts, and consent that stands. Silence is no consent. */
export const offeredIn = (review: ReviewState): readonly OfferedExperience[] =>
  review.parties.flatMap(({ municipality, figures }) => {
    const { agreement, content } = review
    const told = figures['Erfaring']
    const may = figures['Erfaring må deles']?.value
    const text = told?.text.trim() ?? ''
    return agreement === null || told === undefined || text === '' || may?.is !== 'yes-no' || !may.yes
      ? []
      : [
          {
            agreement,
            municipality,
            mailKey: told.mailKey,
            receivedOn: todayInCopenhagen(told.receivedAt),
            text,
            themes: [...new Set((content?.targets ?? []).flatMap(({ theme }) => theme ?? []))],
          },
        ]
  })

type ExperienceEvent = Extract<RunEvent, { type: 'ExperiencePublished' | 'ExperienceLeftOut' }>

export const evolveExperiences = (
  state: Experiences,
  event: ExperienceEvent,
  meta: CommitMeta,
): Experiences => {
  if (event.type === 'ExperienceLeftOut') return { ...state, leftOut: [...state.leftOut, event.mailKey] }
  const { agreement, municipality, mailKey, theme } = event
  const others = state.published.filter(
    (card) => card.agreement !== agreement || card.municipality !== municipality,
  )
  const text = event.private?.text ?? ''
  const publishedOn = todayInCopenhagen(meta.at)
  return {
    ...state,
    published: [...others, { agreement, municipality, mailKey, theme, text, publishedOn }],
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
