import type { Theme } from '../agreement/theme.ts'
import { todayInCopenhagen } from '../base/time.ts'
import type { AgreementId } from '../base/values.ts'
import type { ReviewState } from './state.ts'

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
