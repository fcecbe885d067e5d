import { inListOrder, type AnchoredStream } from '../../domain/anchor/anchor-list.ts'
import { parseStreamId, type StreamId, type StreamKindName } from '../../domain/base/stream-id.ts'
import type { ListEntry, StreamRegister } from '../../ports/record.ts'
import type { Ports } from '../../ports/ports.ts'

export type LastCommitPorts = Pick<Ports, 'listEntries'> & {
  readonly streams: Ports['streams'] & StreamRegister
}

const listNames = {
  agreement: 'agreements',
  renegotiation: 'renegotiations',
  run: 'runs',
  inbox: 'inboxes',
  answers: 'answers',
  commitments: 'commitments',
} as const satisfies Record<Exclude<StreamKindName, 'review'>, string>

/** The list that a stream stands in. */
const listOf = (stream: StreamId): string => {
  const parsed = parseStreamId(stream)
  return parsed.kind === 'review' ? `reviews-${parsed.year}` : listNames[parsed.kind]
}

/** The list entries of streams, in a query per list. */
export const listEntriesOf = async (
  ports: Pick<Ports, 'listEntries'>,
  streams: readonly StreamId[],
): Promise<ReadonlyMap<StreamId, ListEntry>> => {
  const lists = [...new Set(streams.map(listOf))]
  const entries = await Promise.all(lists.map((list) => ports.listEntries.list(list)))
  return new Map(entries.flat().map((entry) => [entry.stream, entry]))
}

/**
 * The last commit of every stream that ever began. The register says which there are, so that none can hide; the
 * lists say where they stand, in a handful of queries; a stream without an entry is read itself. An entry a moment
 * behind names an earlier commit, which is anchored all the same, and the later one the next night.
 */
export const lastCommits = async (ports: LastCommitPorts): Promise<AnchoredStream[]> => {
  const streams = await ports.streams.streams()
  const entries = await listEntriesOf(ports, streams)
  const last = await Promise.all(
    streams.map(async (stream): Promise<AnchoredStream | null> => {
      const entry = entries.get(stream)
      if (entry !== undefined) return { stream, seq: entry.version, hash: entry.hash }
      const commit = (await ports.streams.load(stream)).at(-1)
      return commit === undefined ? null : { stream, seq: commit.meta.seq, hash: commit.hash }
    }),
  )
  return inListOrder(last.filter((one) => one !== null))
}
