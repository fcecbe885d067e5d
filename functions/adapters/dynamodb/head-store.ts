import * as z from 'zod'
import type { HeadStore } from '../../ports/ports.ts'
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

/** Heads beside their stream (`SK = HEAD`), found by list through the sparse index `heads`. */
export function makeHeadStore(table: Table): HeadStore {
  return {
    async put(head) {
      await table.put(
        {
          PK: head.stream,
          SK: 'HEAD',
          HPK: listKey(head.list),
          HSK: head.sort,
          version: head.version,
          hash: head.hash,
          summary: JSON.stringify(head.summary),
        },
        {
          where: 'attribute_not_exists(#SK) OR #version < :version',
          names: ['SK', 'version'],
          values: { version: head.version },
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
