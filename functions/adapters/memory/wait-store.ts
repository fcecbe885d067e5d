import type { StreamId } from '../../domain/base/stream-id.ts'
import type { OpenWait, WaitStore } from '../../ports/record.ts'

/** Open waits in memory: one per kind and token, never overwritten. */
export function memoryWaitStore(): WaitStore {
  const waits = new Map<StreamId, Map<string, OpenWait>>()
  const keyOf = ({ kind, token }: OpenWait): string => JSON.stringify([kind, token])
  return {
    put: async (stream, wait) => {
      const ofStream = waits.get(stream) ?? new Map<string, OpenWait>()
      waits.set(stream, ofStream)
      const { kind, expects, token } = wait
      if (!ofStream.has(keyOf(wait))) ofStream.set(keyOf(wait), { kind, expects, token })
    },
    list: async (stream) => [...(waits.get(stream)?.values() ?? [])],
    remove: async (stream, wait) => {
      waits.get(stream)?.delete(keyOf(wait))
    },
  }
}
