import type { StreamId } from '../../domain/base/stream-id.ts'
import type { StoredCommit } from '../../ports/record.ts'

/** So many streams are remembered; the one remembered longest is forgotten first. */
const mostStreams = 200

/** The commits of streams read a short while ago. */
export interface StreamMemory {
  /** What was read of the stream before, empty when nothing is remembered. */
  recall(stream: StreamId): readonly StoredCommit[]
  remember(stream: StreamId, commits: readonly StoredCommit[]): void
  forget(stream: StreamId): void
}

/**
 * Commits never change, so a process that read a stream a moment ago needs to read only what came since: a load
 * is as consistent as without. Private parts can be erased, though, and another process may hold what this one
 * erased: so nothing is remembered longer than `rememberMs` after it was read, however often it is used.
 * @param options.rememberMs 0 remembers nothing
 * @param options.nowMs real time, ms
 */
export function makeStreamMemory(options: { rememberMs: number; nowMs: () => number }): StreamMemory {
  const { rememberMs, nowMs } = options
  const streams = new Map<StreamId, { commits: readonly StoredCommit[]; untilMs: number }>()
  const known = (stream: StreamId) => {
    const found = streams.get(stream)
    if (found === undefined || found.untilMs > nowMs()) return found
    streams.delete(stream)
    return undefined
  }
  return {
    recall: (stream) => known(stream)?.commits ?? [],
    remember: (stream, commits) => {
      if (rememberMs === 0 || commits.length === 0) return
      streams.set(stream, { commits, untilMs: known(stream)?.untilMs ?? nowMs() + rememberMs })
      const [oldest] = streams.keys()
      if (streams.size > mostStreams && oldest !== undefined) streams.delete(oldest)
    },
    forget: (stream) => {
      streams.delete(stream)
    },
  }
}
