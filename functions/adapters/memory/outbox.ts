import type { StreamId } from '../../domain/base/stream-id.ts'
import type { Outbox } from '../../ports/record.ts'

/** Commands begun, in memory, oldest first. */
export function memoryOutbox(): Outbox {
  const outbox = new Map<string, { commandId: string; stream: StreamId; at: string }>()
  return {
    put: async (note) => {
      outbox.set(note.commandId, { ...note })
    },
    remove: async (commandId) => {
      outbox.delete(commandId)
    },
    list: async () => [...outbox.values()].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
  }
}
