import { randomBytes } from 'node:crypto'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { schema, upgrades, VERSION } from './store-schema.ts'
import type { Survival } from '../types.ts'

type Row = Readonly<Record<string, unknown>>

/** The SQLite file: one connection, one writer, statements prepared once. */
export interface Store {
  get(sql: string, ...values: SQLInputValue[]): Row | undefined
  all(sql: string, ...values: SQLInputValue[]): readonly Row[]
  /** Runs a statement; answers the id of the inserted row. */
  run(sql: string, ...values: SQLInputValue[]): number
  /** Counts the writes so far. */
  writes(): number
  begin(): void
  commit(): void
  rollback(): void
  close(): void
  /** Seals task tokens; made with the file. */
  readonly secret: string
}

const versionOf = (db: DatabaseSync): string | undefined => {
  const made = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'meta'").get() !== undefined
  const row = made ? db.prepare("SELECT value FROM meta WHERE key = 'version'").get() : undefined
  return row === undefined ? undefined : String(row['value'])
}

/** Makes the tables, or brings those of an older version up to this one. */
const makeTables = (db: DatabaseSync): void => {
  let version = versionOf(db)
  if (version === VERSION) return
  for (let step = upgrades[version ?? '']; step !== undefined; step = upgrades[version]) {
    db.exec(step.sql)
    version = step.to
  }
  if (version === undefined) db.exec(schema)
  else if (version !== VERSION)
    throw new Error(`it has version ${version}; this engine reads versions up to ${VERSION}`)
  db.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('version', ?)").run(VERSION)
}

const prepare = (file: string, survives: Survival): DatabaseSync => {
  const db = new DatabaseSync(file, { timeout: 0 })
  try {
    // The lock is held until the connection closes; the operating system frees it when the process dies.
    db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;')
    db.exec(`PRAGMA synchronous = ${survives === 'kill' ? 'NORMAL' : 'FULL'}`)
    // A larger log and cache: a checkpoint costs a wait for the disk.
    db.exec('PRAGMA wal_autocheckpoint = 8000; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;')
    db.exec('BEGIN IMMEDIATE')
    const damage = db.prepare('PRAGMA quick_check(1)').get()?.['quick_check']
    if (damage !== 'ok') throw new Error(`it is damaged: ${String(damage)}`)
    makeTables(db)
    db.exec('COMMIT')
    return db
  } catch (error) {
    // An open transaction is rolled back with it: a store that is refused stays as it was.
    db.close()
    const message = error instanceof Error ? error.message : String(error)
    if (/locked|busy/.test(message))
      throw new Error(`The workflow store ${file} is in use by another process.`, { cause: error })
    throw new Error(`The workflow store ${file} cannot be opened: ${message}`, { cause: error })
  }
}

/**
 * Opens the store, creating it when missing. Throws when another process has it, when it is damaged, or when it
 * was written by another version of the engine. `seed` makes the secret of a new store reproducible.
 */
export const openStore = (file: string, seed: string | undefined, survives: Survival = 'kill'): Store => {
  const db = prepare(file, survives)
  const statements = new Map<string, StatementSync>()
  const statement = (sql: string): StatementSync => {
    const known = statements.get(sql)
    if (known !== undefined) return known
    const made = db.prepare(sql)
    statements.set(sql, made)
    return made
  }
  const meta = (key: string, initial: string): string => {
    statement('INSERT OR IGNORE INTO meta (key, value) VALUES (?, ?)').run(key, initial)
    return String(statement('SELECT value FROM meta WHERE key = ?').get(key)?.['value'])
  }
  let writes = 0
  return {
    secret: meta('secret', seed ?? randomBytes(24).toString('hex')),
    get: (sql, ...values) => statement(sql).get(...values),
    all: (sql, ...values) => statement(sql).all(...values),
    run: (sql, ...values) => {
      writes += 1
      return Number(statement(sql).run(...values).lastInsertRowid)
    },
    writes: () => writes,
    begin: () => db.exec('BEGIN'),
    commit: () => db.exec('COMMIT'),
    rollback: () => {
      if (db.isTransaction) db.exec('ROLLBACK')
    },
    close: () => db.close(),
  }
}
