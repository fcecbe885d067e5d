import { createHash } from 'node:crypto'
import * as z from 'zod'
import type { StreamId } from '../../domain/base/stream-id.ts'
import type { OpenWait, WaitStore } from '../../ports/record.ts'
import { readRow } from './read-row.ts'
import { absent, type Table } from './table.ts'

const waitRow = z.object({ kind: z.string(), expects: z.string(), token: z.string() })

/** Open waits beside their stream: `PK = <stream>, SK = WAIT#<kind>#<32 hex of SHA-256(token)>`. */
export function makeWaitStore(table: Table): WaitStore {
  return {
    async put(stream, wait) {
      const { kind, expects, token } = wait
      // A token that is there already stays as it is: at worst its execution is woken once more, and looks again.
      await table.put({ ...keyOf(stream, wait), kind, expects, token }, absent)
    },
    async list(stream) {
      const rows = await table.query({
        where: '#PK = :PK AND begins_with(#SK, :SK)',
        names: ['PK', 'SK'],
        values: { PK: stream, SK: 'WAIT#' },
      })
      return rows.map((row) => readRow(table, waitRow, row))
    },
    async remove(stream, wait) {
      await table.remove(keyOf(stream, wait))
    },
  }
}

const keyOf = (stream: StreamId, { kind, token }: OpenWait) => ({
  PK: stream,
  SK: `WAIT#${kind}#${createHash('sha256').update(token).digest('hex').slice(0, 32)}`,
})
