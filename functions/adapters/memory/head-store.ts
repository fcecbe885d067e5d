import type { StreamId } from '../../domain/base/stream-id.ts'
import type { Head, HeadStore } from '../../ports/ports.ts'

/** Heads in memory, in the order of their `sort`. */
export function memoryHeadStore(): HeadStore {
  const heads = new Map<StreamId, Head>()
  return {
    put: async (head) => {
      const there = heads.get(head.stream)
      if (there === undefined || there.version < head.version)
        heads.set(head.stream, { ...head, summary: JSON.parse(JSON.stringify(head.summary)) })
    },
    list: async (list) =>
      [...heads.values()]
        .filter((head) => head.list === list)
        .sort((a, b) => (a.sort < b.sort ? -1 : a.sort > b.sort ? 1 : 0)),
  }
}
