import * as z from 'zod'
import { instantSchema } from '../../domain/base/values.ts'
import type { Outbox } from '../../ports/record.ts'
import { readRow, streamIdSchema } from './read-row.ts'
import type { Table } from './table.ts'

const todoRow = z.object({ commandId: z.string(), stream: streamIdSchema, at: instantSchema })
const sortKey = 'TODO'
const listKey = 'TODO#0'

/** Commands begun: `PK = TODO#<command id>`, found through the sparse index `todo`, oldest first. */
export function makeOutbox(table: Table): Outbox {
  const keyOf = (commandId: string) => ({ PK: `TODO#${commandId}`, SK: sortKey })
  return {
    async put({ commandId, stream, at }) {
      await table.put({ ...keyOf(commandId), TPK: listKey, TSK: at, commandId, stream, at })
    },
    async remove(commandId) {
      await table.remove(keyOf(commandId))
    },
    async list() {
      const rows = await table.query({
        index: 'todo',
        where: '#TPK = :TPK',
        names: ['TPK'],
        values: { TPK: listKey },
      })
      return rows.map((row) => readRow(table, todoRow, row))
    },
  }
}
