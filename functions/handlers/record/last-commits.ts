import { inListOrder, type AnchoredStream } from '../../domain/anchor/anchor-list.ts'
import { parseStreamId, type StreamId, type StreamKindName } from '../../domain/base/stream-id.ts'
import type { Head, Ports } from '../../ports/ports.ts'
import type { StreamRegister } from '../../ports/record.ts'

export type LastCommitPorts = Pick<Ports, 'heads'> & {
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

/** The list of heads that a stream stands in. */
const listOf = (stream: StreamId): string => {
  const parsed = parseStreamId(stream)
  return parsed.kind === 'review' ? `reviews-${parsed.year}` : listNames[parsed.kind]
}

/** The heads of streams, in a query per list. */
export const headsOf = async (
  ports: Pick<Ports, 'heads'>,
  streams: readonly StreamId[],
): Promise<ReadonlyMap<StreamId, Head>> => {
  const lists = [...new Set(streams.map(listOf))]
  const heads = await Promise.all(lists.map((list) => ports.heads.list(list)))
  return new Map(heads.flat().map((head) => [head.stream, head]))
}

/**
 * The last commit of every stream that ever began. The register says which there are, so that none can hide; the
 * heads say where they stand, in a handful of queries; a stream without a head is read itself. A head a moment
 * behind names an earlier commit, which is anchored all the same, and the later one the next night.
 */
export const lastCommits = async (ports: LastCommitPorts): Promise<AnchoredStream[]> => {
  const streams = await ports.streams.streams()
  const heads = await headsOf(ports, streams)
  const last = await Promise.all(
    streams.map(async (stream): Promise<AnchoredStream | null> => {
      const head = heads.get(stream)
      if (head !== undefined) return { stream, seq: head.version, hash: head.hash }
      const commit = (await ports.streams.load(stream)).at(-1)
      return commit === undefined ? null : { stream, seq: commit.meta.seq, hash: commit.hash }
    }),
  )
  return inListOrder(last.filter((one) => one !== null))
}
