import * as z from 'zod'
import { directorySchema, type Directory } from '../../domain/directory/directory.ts'
import type { DirectoryStore } from '../../ports/record.ts'
import { readRow } from './read-row.ts'
import type { Table } from './table.ts'

const bodyRow = z.object({ body: z.string() })
const key = { PK: 'DIRECTORY', SK: 'CURRENT' } as const

/**
 * The ministry's people and names: one item, read with every letter and page, changed by an administrator.
 * @param options.rememberMs how long (real time) this process keeps what it read; nothing by default. Who may
 *   decide what is the login's to say, not the directory's
 */
export function makeDirectoryStore(
  table: Table,
  { rememberMs = 0, nowMs = Date.now }: { rememberMs?: number; nowMs?: () => number } = {},
): DirectoryStore {
  let known: { readonly directory: Directory; readonly atMs: number } | null = null
  return {
    async read() {
      if (known !== null && nowMs() - known.atMs < rememberMs) return known.directory
      const row = await table.get(key)
      if (row === null) throw new Error(`Table ${table.name}: no directory of the ministry's people yet`)
      const directory = directorySchema.parse(JSON.parse(readRow(table, bodyRow, row).body))
      known = { directory, atMs: nowMs() }
      return directory
    },
    async write(directory) {
      known = null
      await table.put({ ...key, body: JSON.stringify(directory) })
    },
  }
}
