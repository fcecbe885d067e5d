import { runStream, isStreamId, type StreamId } from '../../domain/base/stream-id.ts'
import type { BaseEvent } from '../../domain/base/stream.ts'
import type { ListEntry } from '../../ports/record.ts'
import type { Ports } from '../../ports/ports.ts'
import type { WaitingCases } from '../../web/every-task.ts'
import type { CaseKind } from '../record/case-kind.ts'
import { loadCase } from '../record/perform.ts'
import { experiencesWaiting } from '../report/experiences.ts'
import { inboxCase, renegotiationCase, reviewCase, runCase } from './cases.ts'

/** A list entry with no task, open or to open by itself, needs no look; one of an older version says nothing of it. */
const mayWait = ({ summary }: ListEntry): boolean =>
  !Array.isArray(summary['tasks']) || summary['tasks'].length > 0

const waitingIn = async <S, E extends BaseEvent>(
  ports: Pick<Ports, 'listEntries' | 'streams'>,
  kind: CaseKind<S, E>,
  list: string,
): Promise<readonly { readonly stream: StreamId; readonly state: S }[]> => {
  const streams = (await ports.listEntries.list(list)).filter(mayWait).map(({ stream }) => stream)
  return Promise.all(
    streams.filter(isStreamId).map(async (stream) => {
      const { state } = await loadCase(ports, kind, stream)
      return { stream, state }
    }),
  )
}

/**
 * The list entries say where to look; each case is read from its stream, so that an entry a moment behind shows
 * nothing that is over.
 * @param years of the runs on record: a review can go on after its report is frozen
 */
export const waitingCases = async (
  ports: Pick<Ports, 'archive' | 'digest' | 'listEntries' | 'streams'>,
  years: readonly number[],
): Promise<WaitingCases> => {
  const [reviews, renegotiations, inboxes, runs] = await Promise.all([
    Promise.all(years.map((year) => waitingIn(ports, reviewCase, `reviews-${year}`))),
    waitingIn(ports, renegotiationCase, 'renegotiations'),
    waitingIn(ports, inboxCase, 'inboxes'),
    Promise.all(
      years.map(async (year) => {
        const { state } = await loadCase(ports, runCase, runStream(year))
        return { state, experiences: await experiencesWaiting(ports, state) }
      }),
    ),
  ])
  return {
    reviews: reviews.flat().map(({ state }) => state),
    renegotiations: renegotiations.map(({ state }) => state),
    inboxes,
    runs: runs.filter(({ state }) => state.status !== 'none'),
  }
}
