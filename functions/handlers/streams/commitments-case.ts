import { noAttempts } from '../../domain/casefile/attempts.ts'
import {
  reservations,
  type CommitmentsEvent,
  type ReservationsState,
} from '../../domain/money/reservations.ts'
import type { CaseKind } from '../record/case-kind.ts'
import { readEvent } from '../record/read-event.ts'

/** Commitments of all agreements in their order: one stream of the whole installation. */
export const commitmentsCase: CaseKind<ReservationsState, CommitmentsEvent> = {
  folding: reservations,
  folded: new WeakMap(),
  read: readEvent('commitments', reservations.eventSchema),
  attempts: () => noAttempts,
  plan: () => Promise.resolve(null),
  ministryWaits: [],
  listEntry: (state, stream) => ({ list: 'commitments', sort: stream, summary: { open: state.open.length } }),
}
