import * as z from 'zod'
import type { StreamId } from '../../domain/stream-id.ts'
import type { PrivateParts, StreamRegister } from '../../ports-record.ts'
import type { StreamStore } from '../../ports.ts'
import { lastSeq, openCommits, type SealedCommit, sealCommit, whoseCommit } from '../commit-body.ts'
import { readRow, streamIdSchema } from './read-row.ts'
import { absent, type Row, type Table } from './table.ts'

const commitPrefix = 'C#'
const partPrefix = 'P#'
/** Sorts behind every part (`~` is above all digits). */
const behindParts = 'P#~'
const streamsKey = 'STREAMS#0'

const commitRow = z.object({ body: z.string(), hash: z.string() })
const partRow = z.object({ SK: z.string(), salt: z.string(), content: z.string() })
const streamRow = z.object({ SK: streamIdSchema })

/**
 * The streams in DynamoDB: a commit is `PK = <stream>, SK = C#000007`, its private part `SK = P#000007#<id>`.
 * A load is one query over both, since C < P. Between them in that order lies only the stream's head.
 */
export function makeStreamStore(table: Table): StreamStore & StreamRegister & PrivateParts {
  const partsOf = (stream: StreamId, seq: number) =>
    table.query({
      where: '#PK = :PK AND begins_with(#SK, :SK)',
      names: ['PK', 'SK'],
      values: { PK: stream, SK: `${partPrefix}${padded(seq)}#` },
    })
  return {
    async load(stream) {
      const rows = await table.query({
        where: '#PK = :PK AND #SK BETWEEN :first AND :last',
        names: ['PK', 'SK'],
        values: { PK: stream, first: commitPrefix, last: behindParts },
      })
      const sealed = rows.filter(startsWith(commitPrefix)).map((row) => readRow(table, commitRow, row))
      // Behind the commits in the same query: a commit that was seen has its part written before it.
      const parts = rows.filter(startsWith(partPrefix)).map((row) => readRow(table, partRow, row))
      return openCommits(
        `Table ${table.name}, PK ${stream}`,
        sealed,
        new Map(parts.map((part) => [part.SK.slice(part.SK.lastIndexOf('#') + 1), part])),
      )
    },

    async append(stream, commit) {
      const { body, hash, part } = sealCommit(commit)
      const key = { PK: stream, SK: `${commitPrefix}${padded(commit.seq)}` }
      const partKey = part && { PK: stream, SK: `${partPrefix}${padded(commit.seq)}#${part.id}` }
      // Both before the commit: no commit without its part, no stream outside the register.
      await Promise.all([
        partKey && table.put({ ...partKey, salt: part.salt, content: part.content }, absent),
        commit.seq === 1 && table.put({ PK: streamsKey, SK: stream }),
      ])
      if (await table.put({ ...key, body, hash }, absent)) return { outcome: 'written', hash }

      const row = await table.get(key)
      if (row === null)
        throw new Error(`Table ${table.name}, PK ${key.PK}, SK ${key.SK}: taken, but not there`)
      const there: SealedCommit = readRow(table, commitRow, row)
      const { commandId, part: partThere } = whoseCommit(`PK ${key.PK}, SK ${key.SK}`, there.body)
      // The SDK may have sent our own put twice: the commit that is there can be the one that names our part.
      if (partKey && partThere !== part.id) await table.remove(partKey)
      return commandId === commit.commandId ? { outcome: 'written', hash: there.hash } : { outcome: 'taken' }
    },

    async streams() {
      const rows = await table.query({ where: '#PK = :PK', names: ['PK'], values: { PK: streamsKey } })
      return rows.map((row) => readRow(table, streamRow, row).SK)
    },

    async erase(stream, seq) {
      const rows = await partsOf(stream, seq)
      for (const row of rows) await table.remove({ PK: stream, SK: readRow(table, partRow, row).SK })
      return rows.length > 0
    },
  }
}

const startsWith = (prefix: string) => (row: Row) => String(row['SK']).startsWith(prefix)

const padded = (seq: number): string => String(seq).padStart(String(lastSeq).length, '0')
