import * as z from 'zod'
import type { ListEntryStore } from '../../ports/record.ts'
import { jsonText, readRow, streamIdSchema } from './read-row.ts'
import type { Table } from './table.ts'

const headRow = z.object({
  PK: streamIdSchema,
  version: z.int(),
  hash: z.string(),
  HPK: z.string().regex(/#0$/),
  HSK: z.string(),
  summary: jsonText(z.record(z.string(), z.unknown())),
})

/** List entries beside their stream (`SK = HEAD`), found by list through the sparse index `heads`. */
export function makeListEntryStore(table: Table): ListEntryStore {
  return {
    async put(entry) {
      await table.put(
        {
          PK: entry.stream,
          SK: 'HEAD',
          HPK: listKey(entry.list),
          HSK: entry.sort,
          version: entry.version,
          hash: entry.hash,
          summary: JSON.stringify(entry.summary),
        },
        {
          where: 'attribute_not_exists(#SK) OR #version < :version',
          names: ['SK', 'version'],
          values: { version: entry.version },
        },
      )
    },
    async list(list) {
      const rows = await table.query({
        index: 'heads',
        where: '#HPK = :HPK',
        names: ['HPK'],
        values: { HPK: listKey(list) },
      })
      return rows.map((row) => {
        const { PK, HPK, HSK, ...rest } = readRow(table, headRow, row)
        return {
          stream: PK,
          list: HPK.slice(0, -shard.length),
          sort: HSK,
          version: rest.version,
          hash: rest.hash,
          summary: rest.summary,
        }
      })
    },
  }
}

/** One shard by default (adapters/README.md, "The table"). */
const shard = '#0'
const listKey = (list: string): string => `${list}${shard}`
