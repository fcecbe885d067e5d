import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { sealCommit } from '../../functions/adapters/commit-body.ts'
import { makeStreamStore } from '../../functions/adapters/dynamodb/stream-store.ts'
import type { Key, Row } from '../../functions/adapters/dynamodb/table.ts'
import type { StreamId } from '../../functions/domain/base/stream-id.ts'
import type { Actor, BaseEvent } from '../../functions/domain/base/stream.ts'
import type { StoredCommit } from '../../functions/ports/record.ts'
import { archiveBucket, type StoredRecord } from './stored-record.ts'

type TamperedRow = Record<string, string | number>

/** Who can write table and archive, but has none of the functions' keys; whatever is done can be undone. */
export function attackerOf(record: StoredRecord) {
  const undo: (() => Promise<unknown> | void)[] = []
  const { table, objects } = record
  const rowAt = async (key: Key): Promise<TamperedRow & Key> => {
    const row = await table.get(key)
    if (row === null) throw new Error(`There is no row ${key.PK} ${key.SK}`)
    return { ...row, ...key }
  }
  const commitsOf = async (stream: StreamId): Promise<readonly StoredCommit[]> =>
    (await record.ports.streams.inspect(stream)).commits
  const append = async (stream: StreamId, actor: Actor, events: readonly BaseEvent[], sealed: boolean) => {
    const last = (await commitsOf(stream)).at(-1)
    if (last === undefined) throw new Error(`There is no stream ${stream}`)
    const seq = last.meta.seq + 1
    const on = makeStreamStore(sealed ? record.sealed : table)
    const commit = { seq, at: last.meta.at, actor, commandId: `forged/${seq}`, prev: last.hash, events }
    await on.append(stream, commit)
    undo.push(async () => {
      const rows = await table.query({
        where: '#PK = :PK AND #SK BETWEEN :first AND :last',
        names: ['PK', 'SK'],
        values: { PK: stream, first: 'C#', last: 'P#~' },
      })
      const own = new RegExp(`^[CP]#${String(seq).padStart(6, '0')}`)
      for (const { SK } of rows) if (own.test(String(SK))) await table.remove({ PK: stream, SK: String(SK) })
    })
  }
  const object = (key: string) => {
    const found = objects.get(archiveBucket, key)
    if (found === undefined) throw new Error(`There is no object ${key}`)
    return found
  }
  const put = (key: string, bytes: Buffer, like: ReturnType<typeof object>['stored']): void => {
    const checksums = { 'x-amz-checksum-sha256': createHash('sha256').update(bytes).digest('base64') }
    objects.put(archiveBucket, key, { bytes, headers: like.headers, checksums })
  }

  return {
    commitsOf,
    rows: (PK: string): Promise<readonly Row[]> =>
      table.query({ where: '#PK = :PK', names: ['PK'], values: { PK } }),
    /** A row taken away. */
    removeRow: async (key: Key): Promise<void> => {
      const row = await rowAt(key)
      undo.push(() => table.put(row))
      await table.remove(key)
    },
    /** A row changed, its seal left as it was. */
    changeRow: async (key: Key, change: (row: TamperedRow) => TamperedRow): Promise<void> => {
      const row = await rowAt(key)
      const changed = change({ ...row })
      if (JSON.stringify(changed) === JSON.stringify(row)) throw new Error(`${key.PK} ${key.SK} is as it was`)
      undo.push(() => table.put(row))
      await table.put({ ...changed, ...key })
    },
    /** A row put where none was. */
    addRow: async (row: Key & TamperedRow): Promise<void> => {
      undo.push(() => table.remove({ PK: row.PK, SK: row.SK }))
      await table.put(row)
    },
    /** A commit written anew, its hash with it, and every later one chained to it. */
    rewriteFrom: async (stream: StreamId, seq: number, change: (body: string) => string): Promise<void> => {
      let prev: string | null = null
      for (const { meta } of (await commitsOf(stream)).slice(seq - 1)) {
        const key = { PK: stream, SK: `C#${String(meta.seq).padStart(6, '0')}` }
        const row = await rowAt(key)
        undo.push(() => table.put(row))
        const before = String(row['body'])
        const chained: string =
          prev === null ? change(before) : before.replace(/"prev":"[0-9a-f]{64}"/, `"prev":"${prev}"`)
        if (chained === before) throw new Error(`${stream} ${meta.seq} is as it was`)
        prev = createHash('sha256').update(chained).digest('hex')
        await table.put({ ...row, body: chained, hash: prev, ...key })
      }
    },
    /** A commit that hangs together, hash and chain, in whosever name. */
    forgeCommit: (stream: StreamId, actor: Actor, ...events: readonly BaseEvent[]) =>
      append(stream, actor, events, false),
    /** The same with the functions' own keys: what only what it says can give away. */
    misuseFunctions: (stream: StreamId, actor: Actor, ...events: readonly BaseEvent[]) =>
      append(stream, actor, events, true),
    /** A whole stream that hangs together and is in the register. */
    forgeStream: async (stream: StreamId, actor: Actor, event: BaseEvent): Promise<void> => {
      const commit = {
        seq: 1,
        at: '2015-01-20T10:00:00.000Z',
        actor,
        commandId: 'forged',
        prev: '0'.repeat(64),
      }
      const { body, hash } = sealCommit({ ...commit, events: [event] })
      const rows = [
        { PK: stream, SK: 'C#000001', body, hash },
        { PK: 'STREAMS#0', SK: stream },
      ]
      for (const row of rows) {
        undo.push(() => table.remove({ PK: row.PK, SK: row.SK }))
        await table.put(row)
      }
    },
    keys: (prefix: string): readonly string[] => objects.keys(archiveBucket, prefix),
    read: (key: string): string => object(key).bytes.toString('utf8'),
    /** One bit of the disk. */
    flipBit: (key: string): void => {
      const path = objects.pathOf(archiveBucket, key)
      const bytes = readFileSync(path)
      undo.push(() => {
        writeFileSync(path, bytes)
      })
      const flipped = Buffer.from(bytes)
      flipped[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
      writeFileSync(path, flipped)
    },
    removeFile: (key: string): void => {
      const { stored, bytes } = object(key)
      undo.push(() => {
        put(key, bytes, stored)
      })
      objects.remove(archiveBucket, key, true)
    },
    /** Another object under the same key, with a checksum that holds. */
    replaceFile: (key: string, change: (content: string) => string): void => {
      const { stored, bytes } = object(key)
      undo.push(() => {
        objects.remove(archiveBucket, key, true)
        put(key, bytes, stored)
      })
      const changed = change(bytes.toString('latin1'))
      if (changed === bytes.toString('latin1')) throw new Error(`${key} is as it was`)
      objects.remove(archiveBucket, key, true)
      put(key, Buffer.from(changed, 'latin1'), stored)
    },
    undoAll: async (): Promise<void> => {
      for (const step of undo.splice(0).toReversed()) await step()
    },
  }
}

export type Attacker = ReturnType<typeof attackerOf>
