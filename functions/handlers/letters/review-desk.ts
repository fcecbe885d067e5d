import { accept } from '../../domain/base/stream.ts'
import { wasSent } from '../../domain/casefile/letters.ts'
import { nobodyReachable } from '../../domain/casefile/unreachable.ts'
import { recordLetter, recordOutcome } from '../../domain/review/decide/machine.ts'
import type { ReviewState, ReviewEvent } from '../../domain/review/state.ts'
import { addressedInReview, owedByReview, reviewLetter } from '../../mail/compose-letter.ts'
import type { LetterDraft } from '../../mail/letter.ts'
import { letters } from '../../mail/letters.ts'
import type { ReviewLetter } from '../../mail/review-letter.ts'
import type { LetterDesk, NeededPorts } from './letter-desk.ts'
import { issuedCorrection, runningRequest } from './needed.ts'

/** The letter as its kind writes it, with what it needs beside the review. */
const draftOf = async (ports: NeededPorts, letter: ReviewLetter): Promise<LetterDraft> => {
  const { kind } = letter.context.order
  const { review } = letters[kind]
  if (review === undefined) throw new Error(`a review sends no letter of the kind ${kind}`)
  switch (review.needs) {
    case undefined:
      return review.compose(letter)
    case 'running-request':
      return review.compose(letter, await runningRequest(ports, letter))
    case 'correction-sheet':
      return review.compose(letter, await issuedCorrection(ports, letter))
    default:
      return review satisfies never
  }
}

export const reviewDesk: LetterDesk<ReviewState, ReviewEvent> = {
  agreementOf: (state) => {
    if (state.agreement === null) throw new Error('the review was never prepared')
    return state.agreement
  },
  yearOf: (state) => state.year,
  owed: owedByReview,
  wasSent: (state, order) => wasSent(state.letters, order),
  compose: async (state, context, ports) => {
    const letter = reviewLetter(state, context)
    return addressedInReview(letter, await draftOf(ports, letter))
  },
  record: recordLetter,
  recordUnreachable: (state, party, now) =>
    accept<ReviewEvent>(...nobodyReachable(state.unreachable, party, now)),
  recordOutcome,
}
