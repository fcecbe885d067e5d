import { nobodyReachable } from '../../domain/casefile/unreachable.ts'
import { accept } from '../../domain/base/stream.ts'
import { wasSent } from '../../domain/casefile/letters.ts'
import { recordLetter, recordOutcome } from '../../domain/renegotiation/decide/machine.ts'
import { owedLetters } from '../../domain/renegotiation/owed.ts'
import type { RenegotiationState, RenegotiationEvent } from '../../domain/renegotiation/state.ts'
import { reviewStream } from '../../domain/base/stream-id.ts'
import type { AgreementId } from '../../domain/base/values.ts'
import type { Ports } from '../../ports/ports.ts'
import { reviewCase } from '../streams/review-case.ts'
import { loadCase } from '../record/perform.ts'
import type { ComposedLetter, LetterDesk } from './letter-desk.ts'
import * as answers from './renegotiation/answers.ts'
import * as negotiation from './renegotiation/negotiation.ts'
import { renegotiationLetter, type RenegotiationLetter } from './renegotiation/shared.ts'

/** Composes the letter of an order; exhaustive over what a renegotiation sends. */
const compose = (
  letter: RenegotiationLetter,
  ports: Pick<Ports, 'archive' | 'digest'>,
): ComposedLetter | Promise<ComposedLetter> => {
  const { kind } = letter.context.order
  switch (kind) {
    case 'renegotiation-wish-received':
      return answers.composeWishReceived(letter)
    case 'observed-value':
      return negotiation.composeObservedValue(letter)
    case 'renegotiation-opened':
      return negotiation.composeOpened(letter)
    case 'renegotiation-declined':
      return negotiation.composeDeclined(letter)
    case 'proposal':
      return negotiation.composeProposal(letter, ports)
    case 'proposal-reminder':
      return negotiation.composeProposalReminder(letter)
    case 'counter-proposal-answer':
      return negotiation.composeCounterAnswer(letter)
    case 'no-authority':
      return answers.composeNoAuthority(letter)
    case 'party-accepted':
      return answers.composePartyAccepted(letter)
    case 'party-declined':
      return answers.composePartyDeclined(letter)
    case 'question':
      return answers.composeAskedBack(letter)
    case 'held-mail-notice':
      return answers.composeHeldNotice(letter)
    case 'neutral-notice':
      return answers.composeNeutralNotice(letter)
    case 'citizen-data-notice':
      return answers.composeCitizenDataNotice(letter)
    case 'mail-erased':
      return answers.composeMailErased(letter)
    case 'proposal-lapsed':
      return negotiation.composeLapsed(letter)
    case 'withdrawal':
      return negotiation.composeWithdrawal(letter)
    case 'rider':
      return negotiation.composeRider(letter, ports)
    default:
      throw new Error(`a renegotiation sends no letter of the kind ${kind}`)
  }
}

const agreementOf = (state: RenegotiationState): AgreementId => {
  if (state.agreement === null) throw new Error('no question was raised')
  return state.agreement
}

export const renegotiationDesk: LetterDesk<RenegotiationState, RenegotiationEvent> = {
  agreementOf,
  yearOf: (state) => state.year,
  owed: (state) => owedLetters(state).filter((order) => !wasSent(state.letters, order)),
  wasSent: (state, order) => wasSent(state.letters, order),
  compose: async (state, context, ports) => {
    const { state: review } = await loadCase(ports, reviewCase, reviewStream(state.year, agreementOf(state)))
    return compose(renegotiationLetter(state, review, context), ports)
  },
  record: recordLetter,
  recordUnreachable: (state, party, now) =>
    accept<RenegotiationEvent>(...nobodyReachable(state.unreachable, party, now)),
  recordOutcome,
}
