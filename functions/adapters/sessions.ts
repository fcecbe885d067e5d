import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import * as z from 'zod'
import { ministryRoleSchema, personIdSchema } from '../domain/base/values.ts'
import type { SessionStore } from '../ports/console.ts'
import { jsonText, readRow, type Key, type Table } from './dynamodb/table.ts'
import { tableTimeToLive } from './table-keys.ts'

/**
 * Session ids: 256 random bits and their signature, `<random>.<hmac>`, base64url. The signature lets a forged
 * id be refused without a look at the table; the table knows an id only by its SHA-256.
 */
interface SessionIds {
  create(): string
  isSigned(id: string): boolean
  keyOf(id: string): string
}

const longestId = 200

export function makeSessionIds(secret: string): SessionIds {
  const signature = (random: string): Buffer => createHmac('sha256', secret).update(random).digest()
  return {
    create: () => {
      const random = randomBytes(32).toString('base64url')
      return `${random}.${signature(random).toString('base64url')}`
    },
    isSigned: (id) => {
      const [random, signed, ...more] = id.length > longestId ? [] : id.split('.')
      if (random === undefined || signed === undefined || more.length > 0) return false
      const given = Buffer.from(signed, 'base64url')
      const right = signature(random)
      return given.length === right.length && timingSafeEqual(given, right)
    },
    keyOf: (id) => createHash('sha256').update(id).digest('hex'),
  }
}

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
