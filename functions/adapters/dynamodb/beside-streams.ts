import { createHash } from 'node:crypto'
import * as z from 'zod'
import { instantSchema } from '../../domain/base/values.ts'
import type { ListEntryStore, OpenWait, Outbox, WaitStore } from '../../ports/record.ts'
import type { StreamId } from '../../domain/base/stream-id.ts'
import { absent, jsonText, readRow, streamIdSchema, type Table } from './table.ts'

const todoRow = z.object({ commandId: z.string(), stream: streamIdSchema, at: instantSchema })
const todoKey = 'TODO#0'

/** Commands begun: `PK = TODO#<command id>`, found through the sparse index `todo`, oldest first. */
export function makeOutbox(table: Table): Outbox {
  const todoOf = (commandId: string) => ({ PK: `TODO#${commandId}`, SK: 'TODO' })
  return {
    async put({ commandId, stream, at }) {
      await table.put({ ...todoOf(commandId), TPK: todoKey, TSK: at, commandId, stream, at })
    },
    async remove(commandId) {
      await table.remove(todoOf(commandId))
    },
    async list() {
      const rows = await table.query({
        index: 'todo',
        where: '#TPK = :TPK',
        names: ['TPK'],
        values: { TPK: todoKey },
      })
      return rows.map((row) => readRow(table, todoRow, row))
    },
  }
}

const waitRow = z.object({ kind: z.string(), expects: z.string(), token: z.string() })

/**
 * Open waits: `PK = WAITS#<stream>, SK = WAIT#<kind>#<32 hex of SHA-256(token)>`, in a partition of their own, so that
 * who registers a wait need not be able to write where commits are. Those of an older version lie in the stream's
 * partition, where nothing may be deleted: they are read until they are over, and then emptied.
 */
export function makeWaitStore(table: Table): WaitStore {
  const inPartition = async (PK: string) => {
    const rows = await table.query({
      where: '#PK = :PK AND begins_with(#SK, :SK)',
      names: ['PK', 'SK'],
      values: { PK, SK: 'WAIT#' },
    })
    return rows.map((row) => readRow(table, waitRow, row)).filter(({ token }) => token !== '')
  }
  /** Nothing is put there any more: where none was found once, none comes. */
  const withoutOlder = new Set<StreamId>()
  const older = async (stream: StreamId): Promise<readonly OpenWait[]> => {
    if (withoutOlder.has(stream)) return []
    const found = await inPartition(stream)
    if (found.length === 0) withoutOlder.add(stream)
    return found
  }
  return {
    async put(stream, wait) {
      const { kind, expects, token } = wait
      // A token that is there already stays as it is: at worst its execution is woken once more, and looks again.
      await table.put({ ...waitKey(stream, wait), kind, expects, token }, absent)
    },
    async list(stream) {
      return [...(await inPartition(waitsOf(stream))), ...(await older(stream))]
    },
    async remove(stream, wait) {
      const { kind, expects } = wait
      await table.remove(waitKey(stream, wait))
      const isOlder = (await older(stream)).some((one) => one.kind === kind && one.token === wait.token)
      if (isOlder) await table.put({ PK: stream, SK: waitKey(stream, wait).SK, kind, expects, token: '' })
    },
  }
}

const waitsOf = (stream: StreamId): string => `WAITS#${stream}`

const waitKey = (stream: StreamId, { kind, token }: OpenWait) => ({
  PK: waitsOf(stream),
  SK: `WAIT#${kind}#${createHash('sha256').update(token).digest('hex').slice(0, 32)}`,
})

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
        const { PK: stream, HPK, HSK: sort, ...rest } = readRow(table, headRow, row)
        return { stream, list: HPK.slice(0, -shard.length), sort, ...rest }
      })
    },
  }
}

/** One shard by default (adapters/README.md, "The table"). */
const shard = '#0'
const listKey = (list: string): string => `${list}${shard}`
