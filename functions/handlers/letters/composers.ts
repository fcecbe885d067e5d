import * as renegotiationMachine from '../../domain/renegotiation/decide/machine.ts'
import * as reviewMachine from '../../domain/review/decide/machine.ts'
import { reviewStream, runStream } from '../../domain/base/stream-id.ts'
import { lettersTo, recordLetter } from '../../domain/casefile/letters.ts'
import { nobodyReachable } from '../../domain/casefile/unreachable.ts'
import type { RenegotiationEvent, RenegotiationState } from '../../domain/renegotiation/state.ts'
import type { ReviewEvent, ReviewState } from '../../domain/review/state.ts'
import { isOver } from '../../domain/review/status.ts'
import {
  addressedInRenegotiation,
  addressedInReview,
  owedByRenegotiation,
  owedByReview,
  renegotiationLetter,
  reviewLetter,
} from '../../mail/compose-letter.ts'
import type { Needed, ReviewLetter } from '../../mail/declared-letter.ts'
import type { LetterDraft } from '../../mail/letter.ts'
import { letters } from '../../mail/letters.ts'
import type { Ports } from '../../ports/ports.ts'
import { correctedPlaces, causesWords, correctionFileNames } from '../../web/report/correction-sheet.ts'
import { loadCase } from '../record/perform.ts'
import { readSheetOf } from '../report/corrections.ts'
import { renegotiationCase, reviewCase, runCase } from '../streams/cases.ts'
import type { LetterComposer, NeededPorts } from './letter-composer.ts'

const runningRequest = async (
  ports: Pick<Ports, 'streams'>,
  { state: { agreement, year: closed }, party, context }: ReviewLetter,
): Promise<Needed['running-request']> => {
  if (agreement === null) throw new Error('the review was never prepared')
  for (let year = Number(context.on.slice(0, 4)); year > closed; year -= 1) {
    const { state } = await loadCase(ports, reviewCase, reviewStream(year, agreement))
    const asked = lettersTo(state.letters, party.municipality, 'request', 'to-deputy').at(-1)
    if (asked !== undefined && !isOver(state.status)) return { year, requestedOn: asked.datedOn }
  }
  return null
}

const issuedCorrection = async (
  ports: Pick<Ports, 'streams' | 'archive' | 'digest'>,
  { state: { year }, context }: ReviewLetter,
): Promise<Needed['correction-sheet']> => {
  const { seq, about } = context.order
  const { state: run } = await loadCase(ports, runCase, runStream(year))
  const issued = run.corrections.issued.find((one) => one.number === seq && one.subject === about)
  if (issued === undefined) throw new Error(`no correction sheet ${seq} was issued for ${year}`)
  const { frozenOn, causes, why, was, holds } = await readSheetOf(ports, year, about)
  const names = correctionFileNames(year, seq)
  return {
    frozenOn,
    grounds: causesWords(causes),
    why,
    places: correctedPlaces(was, holds),
    documents: issued.files
      .filter(({ name }) => name === names.page || name === names.print)
      .map(({ name, archiveKey }) => ({ fileName: name, archiveKey })),
  }
}

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

export const reviewComposer: LetterComposer<ReviewState, ReviewEvent> = {
  kind: reviewCase,
  owed: owedByReview,
  compose: async (state, context, ports) => {
    const letter = reviewLetter(state, context)
    return addressedInReview(letter, await draftOf(ports, letter))
  },
  record: recordLetter,
  recordUnreachable: nobodyReachable,
  recordOutcome: reviewMachine.recordOutcome,
}

export const renegotiationComposer: LetterComposer<RenegotiationState, RenegotiationEvent> = {
  kind: renegotiationCase,
  owed: owedByRenegotiation,
  compose: async (state, context, ports) => {
    if (state.agreement === null) throw new Error('no question was raised')
    const yearsReview = reviewStream(state.year, state.agreement)
    const { state: review } = await loadCase(ports, reviewCase, yearsReview)
    const { kind } = context.order
    const { renegotiation } = letters[kind]
    if (renegotiation === undefined) throw new Error(`a renegotiation sends no letter of the kind ${kind}`)
    const letter = renegotiationLetter(state, review, context)
    return addressedInRenegotiation(letter, renegotiation.compose(letter))
  },
  record: recordLetter,
  recordUnreachable: nobodyReachable,
  recordOutcome: renegotiationMachine.recordOutcome,
}
