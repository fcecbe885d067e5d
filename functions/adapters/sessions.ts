import * as z from 'zod'
import { ministryRoleSchema, personIdSchema } from '../domain/base/values.ts'
import type { SessionStore } from '../ports/console.ts'
import { jsonText, readRow } from './dynamodb/read-row.ts'
import type { Key, Table } from './dynamodb/table.ts'
import { makeSessionIds } from './session-id.ts'
import { tableTimeToLive } from './table-keys.ts'

const sessionRow = z.object({
  session: jsonText(
    z.object({
      person: z.object({
        id: personIdSchema,
        name: z.string(),
        email: z.string(),
        roles: z.array(ministryRoleSchema),
      }),
      createdAtMs: z.number(),
      expiresAtMs: z.number(),
    }),
  ),
})

/**
 * The console's sessions in the table: `PK = SESSION#<SHA-256 of the id>`. They expire in real time, and the
 * table removes them some time after.
 * @param options.nowMs real time, ms since 1970
 */
export function makeSessionStore(options: {
  table: Table
  secret: string
  nowMs?: () => number
}): SessionStore {
  const { table, secret, nowMs = Date.now } = options
  const ids = makeSessionIds(secret)
  const rowKey = (id: string): Key => ({ PK: `SESSION#${ids.keyOf(id)}`, SK: 'SESSION' })
  return {
    async create(session) {
      const id = ids.create()
      await table.put({
        ...rowKey(id),
        session: JSON.stringify(session),
        [tableTimeToLive]: Math.ceil(session.expiresAtMs / 1000),
      })
      return { id }
    },
    async find(id) {
      const row = ids.isSigned(id) ? await table.get(rowKey(id)) : null
      if (row === null) return null
      const { session } = readRow(table, sessionRow, row)
      return session.expiresAtMs > nowMs() ? session : null
    },
    async delete(id) {
      if (ids.isSigned(id)) await table.remove(rowKey(id))
    },
  }
}
