import * as z from 'zod'
import { themeSchema, type Theme } from '../../agreement/theme.ts'
import { event, hashSchema as hash, privateText } from '../../base/stream.ts'
import { slice } from '../../base/slice.ts'
import { todayInCopenhagen } from '../../base/time.ts'
import {
  agreementIdSchema,
  municipalityCodeSchema,
  personIdSchema,
  type AgreementId,
  type PersonId,
} from '../../base/values.ts'
import type { OfferedExperience } from '../../review/slices/facts.ts'

const experience = {
  agreement: agreementIdSchema,
  municipality: municipalityCodeSchema,
  /** The mail it was told in. */
  mailKey: z.string(),
  by: personIdSchema,
  private: privateText,
}
/** A card for all municipalities: the redacted text lies beside the chain. */
const experiencePublishedSchema = event('ExperiencePublished', { ...experience, theme: themeSchema })
/** Not made a card of; the reason lies beside the chain. */
const experienceLeftOutSchema = event('ExperienceLeftOut', experience)
/** The letter with the cards may go to every municipality: the hash names the cards that were seen. */
const experiencesReleasedSchema = event('ExperiencesReleased', {
  subject: hash,
  cards: z.int().positive(),
  by: personIdSchema,
})

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
const initial: { readonly experiences: Experiences } = {
  experiences: { published: [], leftOut: [], released: null },
}

/** What municipalities share of their experience with all others. */
export const experiencesSlice = slice({
  initial,
  events: [experiencePublishedSchema, experienceLeftOutSchema, experiencesReleasedSchema],
  fold: {
    ExperiencePublished: ({ experiences }, published, { at }) => {
      const { agreement, municipality, mailKey, theme, by, private: own } = published
      const others = experiences.published.filter(
        (card) => card.agreement !== agreement || card.municipality !== municipality,
      )
      const text = own?.text ?? ''
      const card = { agreement, municipality, mailKey, theme, text, publishedOn: todayInCopenhagen(at), by }
      return { experiences: { ...experiences, published: [...others, card] } }
    },
    ExperienceLeftOut: ({ experiences }, { mailKey }) => ({
      experiences: { ...experiences, leftOut: [...experiences.leftOut, mailKey] },
    }),
    ExperiencesReleased: ({ experiences }, { subject, by }, { at }) => ({
      experiences: { ...experiences, released: { subject, by, at } },
    }),
  },
})

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
