import type { ReviewState } from '../domain/review/state.ts'
import { runStream } from '../domain/stream-id.ts'
import { outdateReport } from '../domain/year-run/decide.ts'
import { runCase } from './cases/run-case.ts'
import { perform, type RecordPorts } from './record/perform.ts'

/**
 * Tells the run of each correction of the fact check that was decided on: its report is compiled anew. Safe to
 * repeat: each decision is told once, and a frozen report stays.
 */
export const outdateReportOf = async (ports: RecordPorts, review: ReviewState): Promise<void> => {
  const { agreement, year } = review
  if (agreement === null) return
  for (const { mailKey, decided } of review.factChecks)
    if (decided !== null)
      await perform(ports, runCase, runStream(year), {
        id: `fact-check/${agreement}/${mailKey}`,
        actor: { by: 'system', name: 'OutdateReport' },
        decide: (run) => outdateReport(run, agreement),
      })
}
