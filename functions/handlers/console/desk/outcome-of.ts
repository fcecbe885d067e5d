import type { DeskOutcome } from '../year-desk.ts'
import type { Performed } from '../../record/perform.ts'

/** What a decision came to, as the page tells it. */
export const outcomeOf = <S, E>(performed: Performed<S, E>): DeskOutcome => {
  switch (performed.outcome) {
    case 'refused':
      return { outcome: 'refused', refusal: performed.refusal }
    case 'committed':
      return { outcome: 'done' }
    case 'repeated':
    case 'nothing':
      return { outcome: 'nothing' }
    default:
      return performed satisfies never
  }
}
