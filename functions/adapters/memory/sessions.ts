import type { ConsoleSession, SessionStore } from '../../ports/console.ts'
import { makeSessionIds } from '../session-id.ts'

/** Sessions in memory. */
export function memorySessionStore(options: { secret: string; nowMs?: () => number }): SessionStore {
  const { secret, nowMs = Date.now } = options
  const ids = makeSessionIds(secret)
  const sessions = new Map<string, ConsoleSession>()
  return {
    create: async (session) => {
      const id = ids.create()
      sessions.set(ids.keyOf(id), structuredClone(session))
      return { id }
    },
    find: async (id) => {
      const session = ids.isSigned(id) ? sessions.get(ids.keyOf(id)) : undefined
      return session !== undefined && session.expiresAtMs > nowMs() ? session : null
    },
    delete: async (id) => {
      sessions.delete(ids.keyOf(id))
    },
  }
}
