import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import * as z from 'zod'
import { ministryRoleSchema, type PersonId, personIdSchema } from '../domain/base/values.ts'
import type { ConsoleSession, SessionStore } from '../ports/console.ts'
import { jsonText, readRow, type Key, type Table } from './dynamodb/table.ts'
import { newestOf } from './secrets.ts'
import { patiently } from './service-fault.ts'
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

/** @param secrets by key version; the highest signs, the older ones know the sessions that they began */
export function makeSessionIds(secrets: ReadonlyMap<number, string>): SessionIds {
  const signature = (random: string, secret: string): Buffer =>
    createHmac('sha256', secret).update(random).digest()
  return {
    create: () => {
      const random = randomBytes(32).toString('base64url')
      return `${random}.${signature(random, newestOf(secrets)).toString('base64url')}`
    },
    isSigned: (id) => {
      const [random, signed, ...more] = id.length > longestId ? [] : id.split('.')
      if (random === undefined || signed === undefined || more.length > 0) return false
      const given = Buffer.from(signed, 'base64url')
      return [...secrets.values()].some((secret) => {
        const right = signature(random, secret)
        return given.length === right.length && timingSafeEqual(given, right)
      })
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
      /** A session of an older version was last seen when it began. */
      seenAtMs: z.number().optional(),
    }),
  ),
})
const ofPersonRow = z.object({ SK: z.string() })

/**
 * The console's sessions, in a table of their own: `PK = SESSION#<SHA-256 of the id>`, and `PK = SESSIONS#<person>` with that
 * hash as `SK`, for lists. They expire in real time, and the
 * table removes them some time after.
 * @param options.nowMs real time, ms since 1970
 */
export function makeSessionStore(options: {
  table: Table
  secrets: ReadonlyMap<number, string>
  nowMs?: () => number
}): SessionStore {
  const { table, secrets, nowMs = Date.now } = options
  const ids = makeSessionIds(secrets)
  const keyAt = (hash: string): Key => ({ PK: `SESSION#${hash}`, SK: 'SESSION' })
  const rowKey = (id: string): Key => keyAt(ids.keyOf(id))
  const ofPerson = (person: PersonId): string => `SESSIONS#${person}`
  const expiry = ({ expiresAtMs }: ConsoleSession) => ({ [tableTimeToLive]: Math.ceil(expiresAtMs / 1000) })
  const at = async (key: Key): Promise<ConsoleSession | null> => {
    const row = await table.get(key)
    if (row === null) return null
    const { session } = readRow(table, sessionRow, row)
    const { seenAtMs = session.createdAtMs } = session
    return session.expiresAtMs > nowMs() ? { ...session, seenAtMs } : null
  }
  const hashesOf = async (person: PersonId): Promise<readonly string[]> => {
    const rows = await table.query({
      where: '#PK = :PK',
      names: ['PK'],
      values: { PK: ofPerson(person) },
    })
    return rows.map((row) => readRow(table, ofPersonRow, row).SK)
  }
  return {
    async create(session) {
      const id = ids.create()
      // The login's code is used up by now: whoever asked again would be refused.
      await patiently(async () => {
        // The list first: no session that it does not know.
        await table.put({ PK: ofPerson(session.person.id), SK: ids.keyOf(id), ...expiry(session) })
        await table.put({ ...rowKey(id), session: JSON.stringify(session), ...expiry(session) })
      })
      return { id }
    },
    find: async (id) => (ids.isSigned(id) ? at(rowKey(id)) : null),
    async touch(id, session) {
      if (!ids.isSigned(id)) return
      const there = { where: 'attribute_exists(#SK)', names: ['SK'] }
      await table.put({ ...rowKey(id), session: JSON.stringify(session), ...expiry(session) }, there)
    },
    async delete(id) {
      if (!ids.isSigned(id)) return
      const session = await patiently(() => at(rowKey(id)))
      await patiently(() => table.remove(rowKey(id)))
      if (session === null) return
      await patiently(() => table.remove({ PK: ofPerson(session.person.id), SK: ids.keyOf(id) }))
    },
    async list(person, own) {
      const hashes = await hashesOf(person)
      const found = await Promise.all(hashes.map(async (hash) => ({ hash, session: await at(keyAt(hash)) })))
      return found
        .flatMap(({ hash, session }) =>
          session === null
            ? []
            : [
                {
                  createdAtMs: session.createdAtMs,
                  seenAtMs: session.seenAtMs,
                  own: hash === ids.keyOf(own),
                },
              ],
        )
        .toSorted((a, b) => b.createdAtMs - a.createdAtMs)
    },
    async deleteAll(person) {
      for (const hash of await hashesOf(person)) {
        await table.remove(keyAt(hash))
        await table.remove({ PK: ofPerson(person), SK: hash })
      }
    },
  }
}
