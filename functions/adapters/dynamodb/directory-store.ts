import { directorySchema } from '../../domain/directory.ts'
import type { DirectoryStore } from '../../ports.ts'
import type { Table } from './table.ts'

const key = { PK: 'DIRECTORY', SK: 'CURRENT' } as const

/** The ministry's people and names: one item. Read often, changed by an administrator. */
export function makeDirectoryStore(table: Table): DirectoryStore {
  return {
    async read() {
      const row = await table.get(key)
      if (row === null) throw new Error(`Table ${table.name}: no directory of the ministry's people yet`)
      return directorySchema.parse(JSON.parse(String(row['body'])))
    },
    async write(directory) {
      await table.put({ ...key, body: JSON.stringify(directory) })
    },
  }
}
