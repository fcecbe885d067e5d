import { DatabaseSync } from 'node:sqlite'
import * as z from 'zod'

const tagsSchema = z.array(z.object({ name: z.string(), value: z.string() }))

/** A mail the endpoint took: from here on it is delivered, whatever happens to the process. */
export interface LoggedMail {
  readonly id: string
  /** Milliseconds since 1970, on the moved clock. */
  readonly acceptedAt: number
  readonly source: string
  readonly destinations: readonly string[]
  readonly configurationSet: string
  readonly tags: z.infer<typeof tagsSchema>
  readonly raw: Buffer
}

const rowSchema = z.object({
  id: z.string(),
  acceptedAt: z.number(),
  source: z.string(),
  destinations: z.string(),
  configurationSet: z.string(),
  tags: z.string(),
  raw: z.instanceof(Uint8Array),
})

/**
 * The mails taken, on disk before anything is done with them (for a killed process; see
 * sqs-store.ts on power cuts). Their bytes are kept until they are handed over.
 */
export function openMailLog(file: string) {
  const db = new DatabaseSync(file)
  db.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS mails (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      acceptedAt INTEGER NOT NULL,
      source TEXT NOT NULL,
      destinations TEXT NOT NULL,
      configurationSet TEXT NOT NULL,
      tags TEXT NOT NULL,
      raw BLOB,
      finished INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX IF NOT EXISTS mails_unfinished ON mails (seq) WHERE finished = 0;
  `)
  const insert = db.prepare(
    'INSERT INTO mails (id, acceptedAt, source, destinations, configurationSet, tags, raw) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const open = db.prepare('SELECT * FROM mails WHERE finished = 0 ORDER BY seq')
  const finish = db.prepare('UPDATE mails SET finished = 1, raw = NULL WHERE id = ?')

  return {
    add(mail: LoggedMail): void {
      const { id, acceptedAt, source, configurationSet } = mail
      const lists = [JSON.stringify(mail.destinations), configurationSet, JSON.stringify(mail.tags)] as const
      insert.run(id, acceptedAt, source, ...lists, mail.raw)
    },
    /** The mails whose delivery or events a kill may have cut short, oldest first. */
    unfinished: (): LoggedMail[] =>
      open.all().map((row) => {
        const { destinations, tags, raw, ...rest } = rowSchema.parse(row)
        return {
          ...rest,
          destinations: z.array(z.string()).parse(JSON.parse(destinations)),
          tags: tagsSchema.parse(JSON.parse(tags)),
          raw: Buffer.from(raw),
        }
      }),
    finish(id: string): void {
      finish.run(id)
    },
    close: () => db.close(),
  }
}
