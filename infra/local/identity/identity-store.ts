import { randomBytes, webcrypto } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import type { Adapter, AdapterPayload, JWKS } from 'oidc-provider'
import * as z from 'zod'

const rowSchema = z.object({ payload: z.string(), consumedAt: z.number().nullable() })
const secretSchema = z.object({ value: z.string() })
const keysSchema = z.object({
  jwks: z.object({ keys: z.array(z.looseObject({ kty: z.literal('RSA') })) }),
  cookieKeys: z.array(z.string()),
})

const isPayload = (value: unknown): value is AdapterPayload =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Sessions, grants and keys of the local identity provider in one SQLite file, so that a restart
 * of the system logs nobody out. Real time: these are security matters, the moved clock has no part in them.
 */
export function openIdentityStore(file: string) {
  const db = new DatabaseSync(file)
  db.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS items (
      model TEXT NOT NULL,
      id TEXT NOT NULL,
      payload TEXT NOT NULL,
      expiresAt INTEGER,
      grantId TEXT,
      uid TEXT,
      userCode TEXT,
      consumedAt INTEGER,
      PRIMARY KEY (model, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS items_uid ON items (model, uid) WHERE uid IS NOT NULL;
    CREATE INDEX IF NOT EXISTS items_grant ON items (grantId) WHERE grantId IS NOT NULL;
    CREATE TABLE IF NOT EXISTS secrets (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  `)
  const nowSeconds = (): number => Math.floor(Date.now() / 1000)
  db.prepare('DELETE FROM items WHERE expiresAt < ?').run(nowSeconds())

  const upsert = db.prepare(
    `INSERT INTO items (model, id, payload, expiresAt, grantId, uid, userCode) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (model, id) DO UPDATE SET payload = excluded.payload, expiresAt = excluded.expiresAt,
       grantId = excluded.grantId, uid = excluded.uid, userCode = excluded.userCode`,
  )
  const select = (column: 'id' | 'uid' | 'userCode') =>
    db.prepare(
      `SELECT payload, consumedAt FROM items WHERE model = ? AND ${column} = ? AND (expiresAt IS NULL OR expiresAt >= ?)`,
    )
  const by = { id: select('id'), uid: select('uid'), userCode: select('userCode') }
  const consume = db.prepare('UPDATE items SET consumedAt = ? WHERE model = ? AND id = ?')
  const destroy = db.prepare('DELETE FROM items WHERE model = ? AND id = ?')
  const revoke = db.prepare('DELETE FROM items WHERE grantId = ?')

  const find = (model: string, column: keyof typeof by, value: string): AdapterPayload | undefined => {
    const row = by[column].get(model, value, nowSeconds())
    if (row === undefined) return undefined
    const { payload, consumedAt } = rowSchema.parse(row)
    const found: unknown = JSON.parse(payload)
    if (!isPayload(found)) return undefined
    return consumedAt === null ? found : { ...found, consumed: consumedAt }
  }

  return {
    /** The storage of one of the provider's models, as oidc-provider asks for it. */
    adapterOf: (model: string): Adapter => ({
      upsert: async (id, payload, expiresIn) => {
        const expiresAt = expiresIn === undefined ? null : nowSeconds() + expiresIn
        const { grantId = null, uid = null, userCode = null } = payload
        upsert.run(model, id, JSON.stringify(payload), expiresAt, grantId, uid, userCode)
      },
      find: async (id) => find(model, 'id', id),
      findByUid: async (uid) => find(model, 'uid', uid),
      findByUserCode: async (userCode) => find(model, 'userCode', userCode),
      consume: async (id) => {
        consume.run(nowSeconds(), model, id)
      },
      destroy: async (id) => {
        destroy.run(model, id)
      },
      revokeByGrantId: async (grantId) => {
        revoke.run(grantId)
      },
    }),

    /** The signing key and the cookie keys, made at the first start and kept. */
    async keys(): Promise<{ jwks: JWKS; cookieKeys: string[] }> {
      const row = db.prepare(`SELECT value FROM secrets WHERE name = 'keys'`).get()
      if (row !== undefined) return keysSchema.parse(JSON.parse(secretSchema.parse(row).value))
      const pair = await webcrypto.subtle.generateKey(
        {
          name: 'RSASSA-PKCS1-v1_5',
          modulusLength: 2048,
          publicExponent: new Uint8Array([1, 0, 1]),
          hash: 'SHA-256',
        },
        true,
        ['sign', 'verify'],
      )
      const { kty, n, e, d, p, q, dp, dq, qi } = await webcrypto.subtle.exportKey('jwk', pair.privateKey)
      const key = {
        kty,
        n,
        e,
        d,
        p,
        q,
        dp,
        dq,
        qi,
        use: 'sig',
        alg: 'RS256',
        kid: randomBytes(8).toString('hex'),
      }
      const made = { jwks: { keys: [key] }, cookieKeys: [randomBytes(32).toString('base64url')] }
      db.prepare(`INSERT INTO secrets (name, value) VALUES ('keys', ?)`).run(JSON.stringify(made))
      return keysSchema.parse(made)
    },

    close: () => db.close(),
  }
}
