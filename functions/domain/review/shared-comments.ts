import { wasSent, type LetterOrder } from '../casefile/letters.ts'
import type { HearingAnswer, ReviewState } from './state.ts'

/**
 * In a partnership a member's comment is told to the other members while the hearing runs (DOMAIN.md 8, 67): a
 * person puts it in substance, since its figures are the member's own.
 */
export const commentsToShare = (state: ReviewState): readonly HearingAnswer[] =>
  state.status !== 'hearing' || state.hearing === null || state.parties.length < 2
    ? []
    : state.hearing.answers.filter(
        ({ answer, mailKey }) =>
          answer === 'comments' && !state.sharedComments.some((one) => one.mailKey === mailKey),
      )

/** Does a text that goes to other parties hold a figure? A target's number is none. */
export const holdsFigures = (text: string): boolean => /\d/u.test(text.replaceAll(/\bmål \d+/giu, ''))

/** The letter that another party is still to be sent of what was shared; null when all have it. */
export const commentLetter = (state: ReviewState): LetterOrder | null => {
  for (const { mailKey } of state.sharedComments) {
    const comment = state.hearing?.answers.find((one) => one.mailKey === mailKey)
    for (const { municipality } of comment === undefined ? [] : state.parties) {
      const order: LetterOrder = { kind: 'hearing-comment', party: municipality, seq: 1, about: mailKey }
      if (municipality !== comment?.party && !wasSent(state.letters, order)) return order
    }
  }
  return null
}
