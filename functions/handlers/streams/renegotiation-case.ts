import { renegotiationHead } from '../../domain/renegotiation/head.ts'
import { planRenegotiation, renegotiationMinistryWaits } from '../../domain/renegotiation/plan.ts'
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
  ministryWaits: renegotiationMinistryWaits,
  head: (state) => renegotiationHead(state),
}
