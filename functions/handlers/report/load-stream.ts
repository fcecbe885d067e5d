import type { BaseEvent, Folding } from '../../domain/base/stream.ts'
import type { StreamId } from '../../domain/base/stream-id.ts'
import type { ReadStream } from '../../domain/report/report-facts.ts'
import type { StreamStore } from '../../ports/record.ts'

/** What reading takes: the record as it is, or as it was. */
export interface ReadablePorts {
  readonly streams: Pick<StreamStore, 'load'>
}

/** A stream's events beside its fold: what is counted, and how far it was read. */
export interface ReadCase<S, E> {
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
