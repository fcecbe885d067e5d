import type { RenegotiationState } from '../../functions/domain/renegotiation/state.ts'

/** The run's summary of its renegotiations: raised = opened + declined, opened = agreed + lapsed + withdrawn. */
export interface RenegotiationCounts {
  readonly raised: number
  readonly opened: number
  readonly declined: number
  readonly agreed: number
  readonly lapsed: number
  readonly withdrawn: number
  /** Neither declined nor ended; 0 at a run's end. */
  readonly running: number
}

/**
 * Counts questions by how they ended. A proposal that a party declines counts as lapsed; a wish withdrawn
 * before it was opened counts as opened and withdrawn. A further ground joins and is not counted again.
 */
export const countRenegotiations = (states: readonly RenegotiationState[]): RenegotiationCounts => {
  const raised = states.filter((state) => state.status !== 'none')
  const ended = (...outcomes: readonly RenegotiationState['outcome'][]): number =>
    raised.filter((state) => outcomes.includes(state.outcome)).length
  const declined = ended('declined')
  return {
    raised: raised.length,
    opened: raised.filter(
      (state) => state.outcome !== 'declined' && (state.opened !== null || state.outcome !== null),
    ).length,
    declined,
    agreed: ended('rider'),
    lapsed: ended('lapsed', 'not-accepted'),
    withdrawn: ended('withdrawn'),
    running: ended(null),
  }
}
