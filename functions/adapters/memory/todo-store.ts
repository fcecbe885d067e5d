import type { StreamId } from '../../domain/base/stream-id.ts'
import type { TodoStore } from '../../ports/ports.ts'

/** Commands begun, in memory, oldest first. */
export function memoryTodoStore(): TodoStore {
  const todos = new Map<string, { commandId: string; stream: StreamId; at: string }>()
  return {
    put: async (todo) => {
      todos.set(todo.commandId, { ...todo })
    },
    remove: async (commandId) => {
      todos.delete(commandId)
    },
    list: async () => [...todos.values()].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
  }
}
