import { runStream } from '../../domain/base/stream-id.ts'
import { renegotiationRowSchema, reviewRowSchema, type YearPageInput } from '../../web/year/year-page.ts'
import { runCase } from '../streams/cases.ts'
import { loadCase } from '../record/perform.ts'
import type { ConsolePorts } from './console-ports.ts'
import type { RunStatus } from '../../domain/year-run/slices/manifest.ts'

const statusWords: Readonly<Record<RunStatus, string>> = {
  none: 'ikke begyndt',
  opened: 'åbnet',
  prepared: 'forberedt, afventer frigivelse',
  running: 'i gang',
  compiled: 'afrapportering dannet',
  approved: 'afrapportering godkendt',
  frozen: 'afsluttet, afrapportering frosset',
}

/** The run from its stream, its reviews and renegotiations from their list entries; null when no run is on record. */
export const yearPageInput = async (ports: ConsolePorts, year: number): Promise<YearPageInput | null> => {
  const [{ state }, reviews, renegotiations] = await Promise.all([
    loadCase(ports, runCase, runStream(year)),
    ports.listEntries.list(`reviews-${year}`),
    ports.listEntries.list('renegotiations'),
  ])
  if (state.status === 'none') return null
  return {
    year,
    status: statusWords[state.status],
    requestOn: state.requestOn,
    dueOn: state.dueOn,
    factCheckOn: state.factCheckOn,
    reportingOn: state.reportingOn,
    stuck: state.attempts.lost,
    reviews: reviews
      .map((entry) => reviewRowSchema.parse(entry.summary))
      .filter((row) => row.status !== 'not-asked'),
    leftOut: state.leftOut,
    renegotiations: renegotiations
      .map((entry) => renegotiationRowSchema.parse(entry.summary))
      .filter((row) => row.year === year),
  }
}
