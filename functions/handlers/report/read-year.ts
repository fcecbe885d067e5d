import type { AgreementState } from '../../domain/agreement/state.ts'
import type { RenegotiationState } from '../../domain/renegotiation/state.ts'
import type { AgreementFacts, ReportFacts } from '../../domain/report/report-facts.ts'
import { agreementStream, renegotiationStream, reviewStream } from '../../domain/base/stream-id.ts'
import type { AgreementId } from '../../domain/base/values.ts'
import type { RunState } from '../../domain/year-run/state.ts'
import { agreementCase } from '../streams/agreement-case.ts'
import { renegotiationCase } from '../streams/renegotiation-case.ts'
import { reviewCase } from '../streams/review-case.ts'
import { loadStream, type ReadablePorts, type ReadCase } from './load-stream.ts'
import type { ReviewEvent } from '../../domain/review/state.ts'

/** One agreement with everything that concerns it in a year. */
export interface ReadAgreement extends AgreementFacts {
  /** The review's events in order, for what is counted. */
  readonly events: readonly ReviewEvent[]
}

const renegotiationsOf = async (
  ports: ReadablePorts,
  id: AgreementId,
  agreement: AgreementState,
): Promise<readonly ReadCase<RenegotiationState, unknown>[]> => {
  const read = await Promise.all(
    agreement.questions.map((question) =>
      loadStream(ports, renegotiationCase, renegotiationStream(id, question.seq)),
    ),
  )
  // Raised on the agreement's own stream first: the course may not have begun.
  return read.filter((one) => one.state.status !== 'none')
}

/** Reads the agreement, its review of the year and its renegotiations; consistent reads, no lists. */
export const readAgreement = async (
  ports: ReadablePorts,
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
export const readReportFacts = async (ports: ReadablePorts, run: RunState): Promise<ReportFacts> => {
  const asked: AgreementFacts[] = []
  for (const entry of run.asked) asked.push(await readAgreement(ports, entry.agreement, run.year))
  const leftOut = await Promise.all(
    run.leftOut.map(async (entry) => {
      const { state, read } = await loadStream(ports, agreementCase, agreementStream(entry.agreement))
      return { id: entry.agreement, agreement: state, read: [read] }
    }),
  )
  return { run, asked, leftOut }
}
