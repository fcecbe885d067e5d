import { printDate } from '../../domain/base/danish.ts'
import { runStream } from '../../domain/base/stream-id.ts'
import { planRun } from '../../domain/year-run/plan.ts'
import type { RunState } from '../../domain/year-run/state.ts'
import type { ReportConsolePage } from '../../web/year/report-console-page.ts'
import { loadCase } from '../record/perform.ts'
import { makeReadReport } from '../report/read-report.ts'
import { runCase } from '../streams/cases.ts'
import type { ConsolePorts } from './console-ports.ts'
import { correctionsView } from './corrections-page-input.ts'

const statusWords = (run: RunState): string => {
  if (run.frozen !== null) return `frosset den ${printDate(run.frozen.on)}`
  return run.status === 'approved' ? 'godkendt' : 'udkast'
}

/** The compiled report as the console shows and approves it; null before it is compiled. */
export const reportPageInput = async (
  ports: Pick<ConsolePorts, 'archive' | 'clock' | 'digest' | 'streams'>,
  year: number,
): Promise<ReportConsolePage | null> => {
  const [read, { state }] = await Promise.all([
    makeReadReport(ports)(year),
    loadCase(ports, runCase, runStream(year)),
  ])
  if (read === null) return null
  const { report, compiledAt, subject, files } = read
  const plan = planRun(state, 0, ports.clock.now())
  return {
    report,
    compiledAt,
    subject,
    files,
    status: statusWords(state),
    awaitsApproval: plan.next === 'wait' && plan.kind === 'report-approval',
    corrections: await correctionsView(ports, state),
  }
}
