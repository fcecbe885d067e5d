import { evolveAttempts } from '../casefile/attempts.ts'
import { evolveErasure } from '../casefile/erasures.ts'
import { evolveLetters } from '../casefile/letters.ts'
import { evolveUnreachable, reached } from '../casefile/unreachable.ts'
import { evolveMails } from '../casefile/mails.ts'
import { evolveUnplaced } from '../casefile/unplaced-mails.ts'
import type { CommitMeta, Folding } from '../base/stream.ts'
import type { Ground, RenegotiationEvent } from './events.ts'
import { evolveNegotiation } from './evolve-negotiation.ts'
import { noRenegotiation, type RenegotiationState, type StatedGround } from './state.ts'
import { mayHappen, statusAfter } from './transitions.ts'

const stated = (ground: Ground, at: string, text: string | undefined): StatedGround => ({
  ...ground,
  at,
  text: text ?? '',
})

const evolveCase = (
  state: RenegotiationState,
  event: RenegotiationEvent,
  meta: CommitMeta,
): RenegotiationState => {
  switch (event.type) {
    case 'QuestionRaised':
      return {
        ...state,
        agreement: event.agreement,
        seq: event.seq,
        year: event.year,
        version: event.version,
        content: event.content,
        signedOn: event.signedOn,
        parties: event.parties,
        grounds: [stated(event.ground, meta.at, event.private?.text)],
        raisedAt: meta.at,
      }
    case 'GroundJoined':
      return {
        ...state,
        grounds: [...state.grounds, stated(event.ground, meta.at, event.private?.text)],
      }
    case 'ExecutionAttached':
    case 'ExecutionLost':
      return { ...state, attempts: evolveAttempts(state.attempts, event) }
    case 'LetterSent':
    case 'LetterDelivered':
    case 'LetterBounced':
      return {
        ...state,
        letters: evolveLetters(state.letters, event, meta.at),
        unreachable:
          event.type === 'LetterSent' ? reached(state.unreachable, event.order.party) : state.unreachable,
      }
    case 'NobodyReachable':
      return { ...state, unreachable: evolveUnreachable(state.unreachable, event, meta.at) }
    case 'MailReceived':
    case 'MailReread':
    case 'HeldMailDecided':
    case 'MailConfirmed':
      return { ...state, mails: evolveMails(state.mails, event, meta.at) }
    case 'ErasureAsked':
    case 'ErasureDeclined':
    case 'ErasureConfirmed':
    case 'MailErased':
      return { ...state, mails: evolveErasure(state.mails, event, meta) }
    case 'UnplacedMailNoted':
    case 'UnplacedMailDecided':
      return { ...state, unplaced: evolveUnplaced(state.unplaced, event, meta.at) }
    case 'Noted':
      return {
        ...state,
        notes: [
          ...state.notes,
          { by: event.by, on: event.on, about: event.about, text: event.private?.text ?? '' },
        ],
      }
    default:
      return evolveNegotiation(state, event, meta)
  }
}

/**
 * The renegotiation after one more event. The status moves by the table of transitions alone; an event that
 * may not happen in it changes nothing, so that what is settled stays settled.
 */
export const evolveRenegotiation = (
  state: RenegotiationState,
  event: RenegotiationEvent,
  meta: CommitMeta,
): RenegotiationState => {
  if (!mayHappen(state.status, event.type)) return state
  const status = statusAfter(state.status, event.type)
  return { ...evolveCase(state, event, meta), status, lastAt: meta.at }
}

export const renegotiationFolding: Folding<RenegotiationState, RenegotiationEvent> = {
  initial: noRenegotiation,
  evolve: evolveRenegotiation,
}
