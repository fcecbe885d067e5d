import { planRun } from '../../domain/year-run/plan.ts'
import { yearRun, type RunState, type RunEvent } from '../../domain/year-run/state.ts'
import type { CaseKind } from '../record/case-kind.ts'
import { readEvent } from '../record/read-event.ts'

export const runCase: CaseKind<RunState, RunEvent> = {
  folding: yearRun,
  folded: new WeakMap(),
  read: readEvent('year run', yearRun.eventSchema),
  attempts: (state) => state.attempts,
  plan: async (state, now, ports) => {
    const open = state.status === 'running' ? await ports.register.openReviews(state.year) : []
    return planRun(state, open.length, now)
  },
  // Its workflow has one wait for everything.
  ministryWaits: [],
  listEntry: (state) => ({
    list: 'runs',
    sort: String(state.year),
    summary: {
      year: state.year,
      status: state.status,
      asked: state.asked.length,
      leftOut: state.leftOut.length,
      released: state.released.length,
      started: state.started.length,
      stuck: state.attempts.lost,
      reportSubject: state.report?.subject ?? '',
    },
  }),
}
