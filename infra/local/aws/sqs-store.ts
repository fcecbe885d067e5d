import { createHash, randomUUID } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import * as z from 'zod'

export interface QueueSettings {
  /** How long a received message stays hidden, in seconds of business time. */
  readonly visibilityTimeoutSeconds: number
  /** After so many receptions without a delete the message moves to the dead-letter queue. */
  readonly maxReceiveCount?: number
  readonly deadLetterQueue?: string
}

const rowSchema = z.object({
  id: z.string(),
  queue: z.string(),
  body: z.string(),
  sentAt: z.number(),
  visibleAt: z.number(),
  receiveCount: z.number(),
  firstReceivedAt: z.number().nullable(),
  receipt: z.string().nullable(),
})
export type StoredMessage = z.infer<typeof rowSchema>
const timeSchema = z.object({ visibleAt: z.number().nullable() })
const countSchema = z.object({ visible: z.number(), inFlight: z.number(), delayed: z.number() })

export interface StoredSend {
  readonly queue: string
  readonly body: string
  readonly visibleAt: number
  readonly now: number
  /** A second send with the same key is dropped, also after the first was deleted. */
  readonly onceKey?: string | undefined
}

/**
 * The messages on disk. Times are milliseconds since 1970. A call that returns has written: killing
 * the process loses nothing. Only a power cut may take the last moments, here as in the objects and
 * the table; waiting for the disk after each step would make the year ten times slower.
 */
export function openMessageStore(file: string, queues: Readonly<Record<string, QueueSettings>>) {
  const db = new DatabaseSync(file)
  db.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS messages (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      queue TEXT NOT NULL,
      body TEXT NOT NULL,
      sentAt INTEGER NOT NULL,
      visibleAt INTEGER NOT NULL,
      receiveCount INTEGER NOT NULL DEFAULT 0,
      firstReceivedAt INTEGER,
      receipt TEXT UNIQUE
    ) STRICT;
    CREATE INDEX IF NOT EXISTS messages_due ON messages (queue, visibleAt);
    CREATE TABLE IF NOT EXISTS once (key TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  `)
  // Nobody can be working on a message of a process that is gone: what was in flight is visible at
  // once, and the reception that a kill cut short is not counted towards the dead-letter queue.
  db.exec(`
    UPDATE messages SET visibleAt = sentAt, receiveCount = receiveCount - 1, receipt = NULL
    WHERE receipt IS NOT NULL
  `)

  const columns = 'id, queue, body, sentAt, visibleAt, receiveCount, firstReceivedAt, receipt'
  const insert = db.prepare(
    'INSERT INTO messages (id, queue, body, sentAt, visibleAt) VALUES (?, ?, ?, ?, ?)',
  )
  const insertOnce = db.prepare('INSERT OR IGNORE INTO once (key) VALUES (?)')
  const due = db.prepare(
    `SELECT ${columns} FROM messages WHERE queue = ? AND visibleAt <= ? ORDER BY visibleAt, seq LIMIT 1`,
  )
  const take = db.prepare(
    `UPDATE messages SET visibleAt = ?, receiveCount = receiveCount + 1, receipt = ?,
       firstReceivedAt = coalesce(firstReceivedAt, ?) WHERE id = ? RETURNING ${columns}`,
  )
  const bury = db.prepare(
    'UPDATE messages SET queue = ?, visibleAt = ?, receiveCount = 0, receipt = NULL WHERE id = ?',
  )
  const remove = db.prepare('DELETE FROM messages WHERE queue = ? AND receipt = ?')
  const hide = db.prepare(
    'UPDATE messages SET visibleAt = ? WHERE queue = ? AND receipt = ? AND visibleAt > ?',
  )
  const next = db.prepare('SELECT min(visibleAt) AS visibleAt FROM messages WHERE queue = ?')
  const count = db.prepare(
    `SELECT count(*) FILTER (WHERE visibleAt <= $now) AS visible,
       count(*) FILTER (WHERE visibleAt > $now AND receipt IS NOT NULL) AS inFlight,
       count(*) FILTER (WHERE visibleAt > $now AND receipt IS NULL) AS delayed
     FROM messages WHERE queue = $queue`,
  )

  const inTransaction = <T>(work: () => T): T => {
    db.exec('BEGIN IMMEDIATE')
    try {
      const result = work()
      db.exec('COMMIT')
      return result
    } catch (error) {
      db.exec('ROLLBACK')
      throw error
    }
  }

  return {
    /** The new message's id; undefined when the once key was used before. */
    send: ({ queue, body, visibleAt, now, onceKey }: StoredSend): string | undefined =>
      inTransaction(() => {
        if (onceKey !== undefined && insertOnce.run(onceKey).changes === 0) return undefined
        const id = randomUUID()
        insert.run(id, queue, body, now, visibleAt)
        return id
      }),

    /** Takes the oldest visible message; those received too often move to the dead-letter queue first. */
    receive: (queue: string, now: number, hiddenUntil: number): StoredMessage | undefined =>
      inTransaction(() => {
        const settings = queues[queue]
        for (;;) {
          const row = due.get(queue, now)
          if (row === undefined) return undefined
          const { id, receiveCount } = rowSchema.parse(row)
          const { maxReceiveCount, deadLetterQueue } = settings ?? {}
          if (
            maxReceiveCount === undefined ||
            deadLetterQueue === undefined ||
            receiveCount < maxReceiveCount
          ) {
            const receipt = createHash('sha256').update(`${id} ${randomUUID()}`).digest('base64url')
            return rowSchema.parse(take.get(hiddenUntil, receipt, now, id))
          }
          bury.run(deadLetterQueue, now, id)
        }
      }),

    /** A receipt of an earlier reception, or of a message gone, changes nothing. */
    remove: (queue: string, receipt: string): boolean => remove.run(queue, receipt).changes > 0,

    /** False when the message is not in flight any more. */
    hide: (queue: string, receipt: string, times: { now: number; until: number }): boolean =>
      hide.run(times.until, queue, receipt, times.now).changes > 0,

    /** When the first message of the queue becomes or became visible; undefined when it is empty. */
    nextVisibleAt: (queue: string): number | undefined =>
      timeSchema.parse(next.get(queue)).visibleAt ?? undefined,

    count: (queue: string, now: number): z.infer<typeof countSchema> =>
      countSchema.parse(count.get({ $now: now, $queue: queue })),

    close: () => db.close(),
  }
}
