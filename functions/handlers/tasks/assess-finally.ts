import { assessFinally } from '../../domain/review/decide/machine.ts'
import { takeObservations } from '../../domain/review/decide/observe.ts'
import type { CaseInput } from '../../../workflows/tasks.ts'
import { loadCase, type RecordPorts } from '../record/perform.ts'
import { done, performTask } from './perform-task.ts'
import { agreementOf, observationsOf } from './draft-assessment.ts'
import { reviewCase } from '../streams/cases.ts'
import { closeOpenReview } from '../record/owed-to-others.ts'
import { tellReport } from '../report/tell-report.ts'

/**
 * The final assessment; the run is told by its own open-review item. What was observed while the draft was on its
 * way is looked at once more: it may take the draft away instead.
 */
export const makeAssessFinally =
  (ports: RecordPorts) =>
  async (input: CaseInput): Promise<Record<string, never>> => {
    const read = await loadCase(ports, reviewCase, input.stream)
    const observed = observationsOf((await agreementOf(ports, read.state)).agreement)
    const visit = { task: 'AssessFinally', input, read } as const
    const performed = await performTask(ports, reviewCase, visit, (state, now) => {
      const assessed = assessFinally(state, input.attempt, now)
      if (!assessed.ok || assessed.events.length === 0) return assessed
      const overtaken = takeObservations(state, observed, '')
      return overtaken.ok && overtaken.events.length > 0 ? overtaken : assessed
    })
    done(performed)
    const { state } = performed.loaded
    const { agreement, finals, year } = state
    if (agreement !== null && finals.length > 0) await closeOpenReview(ports, year, agreement)
    // A new version after the report was frozen calls for a correction sheet.
    if (finals.length > 1) await tellReport(ports, state)
    return {}
  }
