import type { AgreementState } from '../../domain/agreement/state.ts'
import { renegotiationEventSchema } from '../../domain/renegotiation/events.ts'
import { renegotiationFolding } from '../../domain/renegotiation/evolve.ts'
import type { RenegotiationState } from '../../domain/renegotiation/state.ts'
import type { AgreementFacts, ReportFacts } from '../../domain/report/report-facts.ts'
import type { ReviewEvent } from '../../domain/review/events.ts'
import { agreementStream, renegotiationStream, reviewStream } from '../../domain/stream-id.ts'
import type { AgreementId } from '../../domain/values.ts'
import type { RunState } from '../../domain/year-run/state.ts'
import type { Ports } from '../../ports.ts'
import { agreementCase } from '../cases/agreement-case.ts'
import { reviewCase } from '../cases/review-case.ts'
import { readEvent } from '../record/read-event.ts'
import { loadStream, type ReadCase } from './load-stream.ts'

const renegotiationReading = {
  folding: renegotiationFolding,
  read: readEvent('renegotiation', renegotiationEventSchema),
}

/** One agreement with everything that concerns it in a year. */
export interface ReadAgreement extends AgreementFacts {
  /** The review's events in order, for what is counted. */
  readonly events: readonly ReviewEvent[]
}

const renegotiationsOf = async (
  ports: Pick<Ports, 'streams'>,
  id: AgreementId,
  agreement: AgreementState,
): Promise<readonly ReadCase<RenegotiationState, unknown>[]> => {
  const read = await Promise.all(
    agreement.questions.map((question) =>
      loadStream(ports, renegotiationReading, renegotiationStream(id, question.seq)),
    ),
  )
  // Raised on the agreement's own stream first: the course may not have begun.
  return read.filter((one) => one.state.status !== 'none')
}

/** Reads the agreement, its review of the year and its renegotiations; consistent reads, no heads. */
export const readAgreement = async (
  ports: Pick<Ports, 'streams'>,
  id: AgreementId,
  year: number,
): Promise<ReadAgreement> => {
  const [agreement, review] = await Promise.all([
    loadStream(ports, agreementCase, agreementStream(id)),
    loadStream(ports, reviewCase, reviewStream(year, id)),
  ])
  const renegotiations = await renegotiationsOf(ports, id, agreement.state)
  return {
    id,
    agreement: agreement.state,
    review: review.state,
    events: review.events,
    renegotiations: renegotiations.map((one) => one.state),
    read: [agreement.read, review.read, ...renegotiations.map((one) => one.read)],
  }
}

/** Everything the joint report is compiled from. */
export const readReportFacts = async (ports: Pick<Ports, 'streams'>, run: RunState): Promise<ReportFacts> => {
  const asked: AgreementFacts[] = []
  for (const entry of run.asked) asked.push(await readAgreement(ports, entry.agreement, run.year))
  const leftOut = await Promise.all(
    run.leftOut.map(async (entry) => ({
      id: entry.agreement,
      agreement: (await loadStream(ports, agreementCase, agreementStream(entry.agreement))).state,
    })),
  )
  return { run, asked, leftOut }
}
