import type { StreamId } from '../../domain/base/stream-id.ts'
import type { PrivateParts, StreamRegister, StreamStore } from '../../ports/record.ts'
import { openCommits, type PrivatePart, type SealedCommit, sealCommit, whoseCommit } from '../commit-body.ts'

/** The streams in memory, sealed and opened as everywhere. */
export function memoryStreamStore(): StreamStore & StreamRegister & PrivateParts {
  const commits = new Map<StreamId, Map<number, SealedCommit>>()
  const parts = new Map<StreamId, Map<string, PrivatePart & { seq: number }>>()
  return {
    load: async (stream) => {
      const sealed = [...(commits.get(stream) ?? [])].sort(([a], [b]) => a - b).map(([, commit]) => commit)
      return openCommits(`PK ${stream}`, sealed, parts.get(stream) ?? new Map())
    },
    append: async (stream, commit) => {
      const { body, hash, part } = sealCommit(commit)
      const ofStream = commits.get(stream) ?? new Map<number, SealedCommit>()
      const there = ofStream.get(commit.seq)
      if (there !== undefined) {
        const own =
          whoseCommit(`PK ${stream}, commit ${commit.seq}`, there.body).commandId === commit.commandId
        return own ? { outcome: 'written', hash: there.hash } : { outcome: 'taken' }
      }
      commits.set(stream, ofStream.set(commit.seq, { body, hash }))
      if (part !== null) {
        const beside = parts.get(stream) ?? new Map<string, PrivatePart & { seq: number }>()
        parts.set(stream, beside.set(part.id, { ...part, seq: commit.seq }))
      }
      return { outcome: 'written', hash }
    },
    streams: async () => [...commits.keys()].sort(),
    erase: async (stream, seq) => {
      const beside = parts.get(stream)
      const ids = [...(beside?.values() ?? [])].filter((part) => part.seq === seq).map((part) => part.id)
      for (const id of ids) beside?.delete(id)
      return ids.length > 0
    },
  }
}
