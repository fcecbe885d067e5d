import { addWorkingDays, workingDaysFor, nineOn, sendingTime } from '../base/calendar.ts'
import type { Plan } from '../casefile/plan.ts'
import { atCopenhagen, compareInstants, endOfDay, todayInCopenhagen } from '../base/time.ts'
import { type RunState } from './state.ts'
import { toCheck } from './slices/report.ts'
import { toStart } from './slices/manifest.ts'

/** What a run waits for. */
export const runWaitKinds = [
  'release',
  'request-day',
  'reviews',
  'fact-check-day',
  'fact-check',
  'report-approval',
  'reporting-day',
] as const
export type RunWaitKind = (typeof runWaitKinds)[number]
export const runSteps = ['prepare', 'start-reviews', 'compile', 'fact-check', 'freeze'] as const
export type RunStep = (typeof runSteps)[number]
export type RunPlan = Plan<RunWaitKind, RunStep>

const wait = (kind: RunWaitKind, until: string | null): RunPlan => ({ next: 'wait', kind, until })
const step = (name: RunStep): RunPlan => ({ next: 'step', step: name })

/**
 * What comes next in a year run.
 * @param openReviews agreements whose review is not finally assessed, from the run's open items
 */
export const planRun = (state: RunState, openReviews: number, now: string): RunPlan => {
  const reached = (instant: string) => compareInstants(now, instant) >= 0
  switch (state.status) {
    case 'none':
    case 'frozen':
      return { next: 'ended' }
    case 'opened':
      return step('prepare')
    case 'prepared':
      return wait('release', null)
    case 'running': {
      if (toStart(state).length > 0)
        return reached(nineOn(state.requestOn))
          ? step('start-reviews')
          : wait('request-day', nineOn(state.requestOn))
      // Two waits with one end: the last final assessment completes the first, the fact check's day the second.
      const day = nineOn(state.factCheckOn)
      if (!reached(day))
        return wait(openReviews > 0 || !allStarted(state) ? 'reviews' : 'fact-check-day', day)
      return step('compile')
    }
    case 'compiled': {
      if (toCheck(state).length > 0) {
        const at = sendingTime(todayInCopenhagen(now), now)
        return reached(at) ? step('fact-check') : wait('fact-check-day', at)
      }
      const checked = endOfDay(factCheckEnd(state))
      if (!reached(checked)) return wait('fact-check', checked)
      // Compiled again when the municipalities have looked at their pages: who was silent is stated.
      return awaitsApproval(state) ? wait('report-approval', null) : step('compile')
    }
    case 'approved': {
      const day = atCopenhagen(state.reportingOn, '09:00')
      return reached(day) ? step('freeze') : wait('reporting-day', day)
    }
    default:
      return state.status satisfies never
  }
}

/** Is the report compiled with all that the municipalities said of their pages, so that it can be approved? */
export const awaitsApproval = (state: RunState): boolean =>
  state.status === 'compiled' &&
  toCheck(state).length === 0 &&
  state.report !== null &&
  !state.report.outdated &&
  compareInstants(state.report.compiledAt, endOfDay(factCheckEnd(state))) >= 0

const allStarted = (state: RunState): boolean =>
  state.asked.every((entry) => state.started.includes(entry.agreement))

/** Ten working days from the day the pages went out; silence does not block and is stated. */
export const factCheckEnd = (state: RunState): string =>
  addWorkingDays(
    todayInCopenhagen(state.factChecksSentAt ?? nineOn(state.factCheckOn)),
    workingDaysFor.factCheck,
  )
