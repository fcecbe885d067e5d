import { renegotiationEventSchema, type RenegotiationEvent } from '../../domain/renegotiation/events.ts'
import { renegotiationFolding } from '../../domain/renegotiation/evolve.ts'
import { renegotiationHead } from '../../domain/renegotiation/head.ts'
import { planRenegotiation, renegotiationMinistryWaits } from '../../domain/renegotiation/plan.ts'
import type { RenegotiationState } from '../../domain/renegotiation/state.ts'
import type { CaseKind } from '../record/case-kind.ts'
import { readEvent } from '../record/read-event.ts'

export const renegotiationCase: CaseKind<RenegotiationState, RenegotiationEvent> = {
  folding: renegotiationFolding,
  folded: new WeakMap(),
  read: readEvent('renegotiation', renegotiationEventSchema),
  attempts: (state) => state.attempts,
  plan: (state, now) => Promise.resolve(planRenegotiation(state, now)),
  ministryWaits: renegotiationMinistryWaits,
  head: (state) => renegotiationHead(state),
}
