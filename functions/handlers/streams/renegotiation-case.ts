import { renegotiationListEntry } from '../../domain/renegotiation/list-entry.ts'
import { waitsHeld } from '../../domain/casefile/open-task.ts'
import { renegotiationHolds } from '../../domain/renegotiation/open-tasks.ts'
import { planRenegotiation } from '../../domain/renegotiation/plan.ts'
import {
  renegotiation,
  type RenegotiationState,
  type RenegotiationEvent,
} from '../../domain/renegotiation/state.ts'
import type { CaseKind } from '../record/case-kind.ts'
import { readEvent } from '../record/read-event.ts'

export const renegotiationCase: CaseKind<RenegotiationState, RenegotiationEvent> = {
  folding: renegotiation,
  folded: new WeakMap(),
  read: readEvent('renegotiation', renegotiation.eventSchema),
  attempts: (state) => state.attempts,
  plan: (state, now) => Promise.resolve(planRenegotiation(state, now)),
  ministryWaits: waitsHeld(renegotiationHolds),
  listEntry: (state) => renegotiationListEntry(state),
}
