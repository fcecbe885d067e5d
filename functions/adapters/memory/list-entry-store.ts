import type { StreamId } from '../../domain/base/stream-id.ts'
import type { ListEntry, ListEntryStore } from '../../ports/record.ts'

/** List entries in memory, in the order of their `sort`. */
export function memoryListEntryStore(): ListEntryStore {
  const entries = new Map<StreamId, ListEntry>()
  return {
    put: async (entry) => {
      const there = entries.get(entry.stream)
      if (there === undefined || there.version < entry.version)
        entries.set(entry.stream, { ...entry, summary: JSON.parse(JSON.stringify(entry.summary)) })
    },
    list: async (list) =>
      [...entries.values()]
        .filter((entry) => entry.list === list)
        .sort((a, b) => (a.sort < b.sort ? -1 : a.sort > b.sort ? 1 : 0)),
  }
}
