import { reviewStream } from '../../domain/base/stream-id.ts'
import { accept } from '../../domain/base/stream.ts'
import type { AgreementId } from '../../domain/base/values.ts'
import { wasSent } from '../../domain/casefile/letters.ts'
import { nobodyReachable } from '../../domain/casefile/unreachable.ts'
import { recordLetter, recordOutcome } from '../../domain/renegotiation/decide/machine.ts'
import type { RenegotiationState, RenegotiationEvent } from '../../domain/renegotiation/state.ts'
import {
  addressedInRenegotiation,
  owedByRenegotiation,
  renegotiationLetter,
} from '../../mail/compose-letter.ts'
import { letters } from '../../mail/letters.ts'
import { loadCase } from '../record/perform.ts'
import { reviewCase } from '../streams/review-case.ts'
import type { LetterDesk } from './letter-desk.ts'

const agreementOf = (state: RenegotiationState): AgreementId => {
  if (state.agreement === null) throw new Error('no question was raised')
  return state.agreement
}

export const renegotiationDesk: LetterDesk<RenegotiationState, RenegotiationEvent> = {
  agreementOf,
  yearOf: (state) => state.year,
  owed: owedByRenegotiation,
  wasSent: (state, order) => wasSent(state.letters, order),
  compose: async (state, context, ports) => {
    const { state: review } = await loadCase(ports, reviewCase, reviewStream(state.year, agreementOf(state)))
    const { kind } = context.order
    const { renegotiation } = letters[kind]
    if (renegotiation === undefined) throw new Error(`a renegotiation sends no letter of the kind ${kind}`)
    const letter = renegotiationLetter(state, review, context)
    return addressedInRenegotiation(letter, renegotiation.compose(letter))
  },
  record: recordLetter,
  recordUnreachable: (state, party, now) =>
    accept<RenegotiationEvent>(...nobodyReachable(state.unreachable, party, now)),
  recordOutcome,
}
