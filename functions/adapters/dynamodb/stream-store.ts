import * as z from 'zod'
import { isStreamId, type StreamId } from '../../domain/base/stream-id.ts'
import type {
  NewCommit,
  InspectedRow,
  PrivateParts,
  RowInspection,
  StoredCommit,
  StreamInspection,
  StreamRegister,
  StreamStore,
} from '../../ports/record.ts'
import {
  chainStart,
  inspectCommits,
  lastSeq,
  openCommits,
  sealCommit,
  whoseCommit,
  type PrivatePart,
  type SealedCommit,
} from '../commit-body.ts'
import { absent, readRow, streamIdSchema, type Key, type Row, type Table } from './table.ts'

/** So many streams are remembered; the one remembered longest is forgotten first. */
const mostStreams = 200

/** The commits of streams read a short while ago. */
interface StreamMemory {
  /** What was read of the stream before, empty when nothing is remembered. */
  recall(stream: StreamId): readonly StoredCommit[]
  remember(stream: StreamId, commits: readonly StoredCommit[]): void
  forget(stream: StreamId): void
}

/**
 * Commits never change, so a process that read a stream a moment ago needs to read only what came since: a load
 * is as consistent as without. Private parts can be erased, though, and another process may hold what this one
 * erased: so nothing is remembered longer than `rememberMs` after it was read, however often it is used.
 * @param options.rememberMs 0 remembers nothing
 * @param options.nowMs real time, ms
 */
function makeStreamMemory(options: { rememberMs: number; nowMs: () => number }): StreamMemory {
  const { rememberMs, nowMs } = options
  const streams = new Map<StreamId, { commits: readonly StoredCommit[]; untilMs: number }>()
  const known = (stream: StreamId) => {
    const found = streams.get(stream)
    if (found === undefined || found.untilMs > nowMs()) return found
    streams.delete(stream)
    return undefined
  }
  return {
    recall: (stream) => known(stream)?.commits ?? [],
    remember: (stream, commits) => {
      if (rememberMs === 0 || commits.length === 0) return
      streams.set(stream, { commits, untilMs: known(stream)?.untilMs ?? nowMs() + rememberMs })
      const [oldest] = streams.keys()
      if (streams.size > mostStreams && oldest !== undefined) streams.delete(oldest)
    },
    forget: (stream) => {
      streams.delete(stream)
    },
  }
}

const commitPrefix = 'C#'
const partPrefix = 'P#'
/** Sorts behind every sequence (`~` is above all digits). */
const behindAll = '~'
const streamsKey = 'STREAMS#0'

const commitRow = z.object({ body: z.string(), hash: z.string() })
const partRow = z.object({ SK: z.string(), salt: z.string(), content: z.string() })
const streamRow = z.object({ SK: streamIdSchema })

/**
 * The streams in DynamoDB: a commit is `PK = <stream>, SK = C#000007`, its private part `SK = P#000007#<id>`.
 * A load is one query over both, since C < P. Between them in that order lies only the stream's list entry. No row of a
 * stream's partition is ever deleted: what is private is emptied.
 * @param options.rememberMs how long a process may go on from what it read before (`makeStreamMemory`); 0, which
 * is the default, reads everything each time, as a verification must
 */
export function makeStreamStore(
  table: Table,
  options: { rememberMs?: number; nowMs?: () => number } = {},
): StreamStore & StreamRegister & StreamInspection & PrivateParts {
  const { rememberMs = 0, nowMs = Date.now } = options
  const memory = makeStreamMemory({ rememberMs, nowMs })

  const between = (stream: StreamId, first: string, last: string) =>
    table.query({
      where: '#PK = :PK AND #SK BETWEEN :first AND :last',
      names: ['PK', 'SK'],
      values: { PK: stream, first, last },
    })
  /** The rows of all commits from a sequence on, and of their parts. */
  const rowsFrom = async (stream: StreamId, seq: number): Promise<readonly Row[]> => {
    if (seq === 1) return between(stream, commitPrefix, partPrefix + behindAll)
    const commits = await between(stream, commitPrefix + padded(seq), commitPrefix + behindAll)
    if (!commits.some((row) => bodyOf(row, stream).part !== null)) return commits
    return [...commits, ...(await between(stream, partPrefix + padded(seq), partPrefix + behindAll))]
  }
  const bodyOf = (row: Row, stream: StreamId) =>
    whoseCommit(`PK ${stream}, SK ${row['SK']}`, readRow(table, commitRow, row).body)

  /** Commits have no gaps (a verification looks for them): where the next one is not, there is none behind it. */
  const isAtEnd = async (stream: StreamId, known: readonly StoredCommit[]): Promise<boolean> =>
    known.length > 0 && (await table.get(commitKey(stream, known.length + 1))) === null

  const whereOf = (stream: StreamId): string => `Table ${table.name}, PK ${stream}`
  /** What was written need not be read again; it is opened all the same, as whoever reads it will see it. */
  const rememberOwn = (
    stream: StreamId,
    { seq, prev }: NewCommit,
    sealed: SealedCommit,
    part: PrivatePart | null,
  ): void => {
    const known = memory.recall(stream)
    if (known.length !== seq - 1 || (known.at(-1)?.hash ?? chainStart) !== prev) return
    const parts = new Map(part === null ? [] : [[part.id, part]])
    memory.remember(stream, [...known, ...openCommits(whereOf(stream), [sealed], parts, known.at(-1))])
  }

  return {
    async load(stream) {
      const known = memory.recall(stream)
      // Mostly nothing has come since, and looking for one item is the cheapest request there is.
      if (await isAtEnd(stream, known)) return known
      const rows = await rowsFrom(stream, known.length + 1)
      const sealed = rows.filter(startsWith(commitPrefix)).map((row) => readRow(table, commitRow, row))
      // Read behind the commits: a commit that was seen has its part written before it.
      const parts = rows.filter(startsWith(partPrefix)).map((row) => readRow(table, partRow, row))
      const byId = new Map(parts.filter(isKept).map((part) => [partIdOf(part), part]))
      const commits = [...known, ...openCommits(whereOf(stream), sealed, byId, known.at(-1))]
      memory.remember(stream, commits)
      return commits
    },

    async append(stream, commit) {
      const { body, hash, part } = sealCommit(commit)
      const key = commitKey(stream, commit.seq)
      const partKey = part && { PK: stream, SK: `${partPrefix}${padded(commit.seq)}#${part.id}` }
      // Both before the commit: no commit without its part, no stream outside the register.
      await Promise.all([
        partKey && table.put({ ...partKey, salt: part.salt, content: part.content }, absent),
        commit.seq === 1 && table.put({ PK: streamsKey, SK: stream }),
      ])
      if (await table.put({ ...key, body, hash }, absent)) {
        rememberOwn(stream, commit, { body, hash }, part)
        return { outcome: 'written', hash }
      }

      const row = await table.get(key)
      if (row === null)
        throw new Error(`Table ${table.name}, PK ${key.PK}, SK ${key.SK}: taken, but not there`)
      const there: SealedCommit = readRow(table, commitRow, row)
      const { commandId, part: partThere } = bodyOf(row, stream)
      // The SDK may have sent our own put twice: the commit that is there can be the one that names our part.
      if (partKey && partThere !== part.id) await table.put(emptied(partKey))
      return commandId === commit.commandId ? { outcome: 'written', hash: there.hash } : { outcome: 'taken' }
    },

    async inspect(stream) {
      const rows = await rowsAsTheyLie(table, stream)
      const faults: { seq: number; what: string }[] = []
      const read = <T extends z.ZodType>(schema: T, row: Row): readonly z.output<T>[] => {
        const parsed = schema.safeParse(row)
        if (parsed.success) return [parsed.data]
        faults.push({ seq: seqOf(row), what: `the row ${row['SK']} cannot be read` })
        return []
      }
      const sealed = rows
        .filter(startsWith(commitPrefix))
        .flatMap((row) => read(commitRow, row).map((one) => ({ ...one, seq: seqOf(row) })))
      const parts = rows.filter(startsWith(partPrefix)).flatMap((row) => read(partRow, row))
      const inspected = inspectCommits(
        sealed,
        new Map(parts.filter(isKept).map((part) => [partIdOf(part), part])),
      )
      return { commits: inspected.commits, faults: [...faults, ...inspected.faults] }
    },

    async streams() {
      const rows = await table.query({ where: '#PK = :PK', names: ['PK'], values: { PK: streamsKey } })
      return rows.map((row) => readRow(table, streamRow, row).SK)
    },

    async erase(stream, seq) {
      const rows = await between(
        stream,
        `${partPrefix}${padded(seq)}#`,
        `${partPrefix}${padded(seq)}#${behindAll}`,
      )
      const parts = rows.map((row) => readRow(table, partRow, row)).filter(isKept)
      for (const { SK } of parts) await table.put(emptied({ PK: stream, SK }))
      memory.forget(stream)
      return parts.length > 0
    },
  }
}

const partIdOf = ({ SK }: { readonly SK: string }): string => SK.slice(SK.lastIndexOf('#') + 1)

/**
 * Content and salt of a part go, its row stays: nobody on AWS may delete a row that lies in a stream's partition,
 * where the commits are, and a right cannot tell them apart.
 */
const emptied = (key: Key): Key & Row => ({ ...key, salt: '', content: '' })
const isKept = ({ content }: { readonly content: string }): boolean => content !== ''

/** The sequence in a commit's or a part's key; 0 for a key that has none. */
const seqOf = (row: Row): number => Number(/^[CP]#(\d{6})/.exec(String(row['SK']))?.[1] ?? 0)

const rowsAsTheyLie = (table: Table, stream: StreamId): Promise<readonly Row[]> =>
  table.query({
    where: '#PK = :PK AND #SK BETWEEN :first AND :last',
    names: ['PK', 'SK'],
    values: { PK: stream, first: commitPrefix, last: partPrefix + behindAll },
  })

/** Rows of the record beside its streams: none of them ever goes by itself. */
const recordRows =
  'ADDRESS# AGREEMENTS# CONTACTS# DIRECTORY HELD-ANSWERS# LETTER# MESSAGE# RUN# RUNS# STREAMS# TAG# TODO# TOKEN# WAITS#'.split(
    ' ',
  )
const isOfRecord = (PK: string): boolean =>
  isStreamId(PK) || recordRows.some((beginning) => PK.startsWith(beginning))

/** Every row by its seal; counts of an hour and sessions, which the table removes by itself, are left out. */
export const makeRowInspection = (table: Table): RowInspection => ({
  async unsealed() {
    const found: InspectedRow[] = []
    for await (const { goes, ...row } of table.rows())
      if (row.seal !== 'holds' && !(goes && !isOfRecord(row.PK))) found.push(row)
    return found
  },
})

const startsWith = (prefix: string) => (row: Row) => String(row['SK']).startsWith(prefix)

const commitKey = (stream: StreamId, seq: number): Key => ({
  PK: stream,
  SK: `${commitPrefix}${padded(seq)}`,
})

const padded = (seq: number): string => String(seq).padStart(String(lastSeq).length, '0')
