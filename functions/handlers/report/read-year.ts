import type { BaseEvent, Folding } from '../../domain/base/stream.ts'
import {
  type StreamId,
  agreementStream,
  renegotiationStream,
  reviewStream,
} from '../../domain/base/stream-id.ts'
import type { ReadStream, AgreementFacts, ReportFacts } from '../../domain/report/report-facts.ts'
import type { StreamStore } from '../../ports/record.ts'
import type { AgreementState } from '../../domain/agreement/state.ts'
import type { RenegotiationState } from '../../domain/renegotiation/state.ts'
import type { AgreementId } from '../../domain/base/values.ts'
import type { RunState } from '../../domain/year-run/state.ts'
import { agreementCase, renegotiationCase, reviewCase } from '../streams/cases.ts'
import type { ReviewEvent } from '../../domain/review/state.ts'

/** What reading takes: the record as it is, or as it was. */
export interface ReadablePorts {
  readonly streams: Pick<StreamStore, 'load'>
}

/** A stream's events beside its fold: what is counted, and how far it was read. */
interface ReadCase<S, E> {
  readonly state: S
  readonly events: readonly E[]
  readonly read: ReadStream
}

/** Reads a stream to its end: a consistent read. */
export const loadStream = async <S, E extends BaseEvent>(
  ports: ReadablePorts,
  kind: { readonly folding: Folding<S, E>; readonly read: (event: BaseEvent) => E },
  stream: StreamId,
): Promise<ReadCase<S, E>> => {
  const commits = await ports.streams.load(stream)
  const events: E[] = []
  let state = kind.folding.initial
  for (const commit of commits)
    for (const stored of commit.events) {
      const event = kind.read(stored)
      events.push(event)
      state = kind.folding.evolve(state, event, commit.meta)
    }
  const last = commits.at(-1)
  return {
    state,
    events,
    read: { stream, seq: last?.meta.seq ?? 0, hash: last?.hash ?? '', at: last?.meta.at ?? '' },
  }
}

/**
 * The record as it was: each stream up to the sequence given, and none that is not named.
 */
export const recordAsOf = (
  { streams }: ReadablePorts,
  lastSeq: ReadonlyMap<string, number>,
): ReadablePorts => ({
  streams: {
    load: async (stream) =>
      (await streams.load(stream)).filter((commit) => commit.meta.seq <= (lastSeq.get(stream) ?? 0)),
  },
})

/** One agreement with everything that concerns it in a year. */
interface ReadAgreement extends AgreementFacts {
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
