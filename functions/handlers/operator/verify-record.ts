import * as z from 'zod'
import { isStreamId, parseStreamId, type StreamId } from '../../domain/base/stream-id.ts'
import { addDays, daysBetween, todayInCopenhagen } from '../../domain/base/time.ts'
import type { Ports } from '../../ports/ports.ts'
import type {
  AnchorSigner,
  InspectedStream,
  RowInspection,
  StreamInspection,
  StreamRegister,
} from '../../ports/record.ts'
import { listEntriesOf } from '../record/last-commits.ts'
import { mapConcurrently } from '../record/map-concurrently.ts'
import { lookBackDays } from '../record/read-anchors.ts'
import { erasureFaults } from './verify/erasures.ts'
import { type Fault, reasonOf, tried } from './verify/fault.ts'
import { fileFaults } from './verify/files.ts'
import { judgingFaults, versionFaults } from './verify/judging.ts'
import { verifyLists, type ListPorts, type VerifiedLists } from './verify/lists.ts'
import { entryFaults, rowFaults, rowSealFaults, type RowPorts } from './verify/rows.ts'
import { listedWithinDays, streamFaults, type Streams } from './verify/streams.ts'
import { CompiledReportLost } from '../report/read-report.ts'
import { compiledAgain } from './verify-report.ts'

export const verifyInputSchema = z
  .object({
    /** Nightly lists as the ministry's journal has them: the texts of the attached files. */
    journal: z.array(z.string()).optional(),
  })
  .nullish()

/** Everything is read anew: nothing that a process remembers may stand in for what lies there. */
export type VerifyPorts = ListPorts &
  RowPorts &
  Pick<Ports, 'clock' | 'listEntries'> & {
    readonly streams: StreamRegister & StreamInspection
    readonly rows: RowInspection
    readonly signer: AnchorSigner
  }

interface Verified {
  readonly ok: boolean
  readonly streams: number
  readonly commits: number
  readonly files: number
  readonly lists: number
  /** Drafts and assessments that were judged again. */
  readonly judged: number
  /** Files that two persons have had erased: their hashes are all that is left. */
  readonly erased: number
  readonly faults: readonly Fault[]
}

/**
 * Checks the whole record in one run (handlers/README.md, "What a verification finds"): each stream's chain, private
 * parts and seals, each nightly list and the chain of lists, each archived file that the record names, each row
 * beside the streams, the two persons behind each erasure; and judges the year and compiles the report again from
 * what is stored. Whatever is wrong is named, and ends nothing: the rest is looked at all the same.
 */
export const makeVerifyRecord =
  (ports: VerifyPorts) =>
  async (input: unknown): Promise<Verified> => {
    const on = todayInCopenhagen(ports.clock.now())
    const copies = verifyInputSchema.parse(input)?.journal ?? []
    const [registered, rows] = await Promise.all([
      tried(() => ports.streams.streams()),
      tried(() => ports.rows.unsealed()),
    ])
    const known = registered.ok ? registered.value : []
    const unsealed = rows.ok ? rows.value : []
    const found: Fault[] = [registered, rows].flatMap((read) =>
      read.ok ? [] : [{ kind: 'row-changed' as const, where: 'table', what: read.why }],
    )
    const inspected = new Map<StreamId, InspectedStream>()
    const inspect = async (streams: readonly StreamId[]): Promise<void> => {
      await mapConcurrently(streams, async (stream) => {
        inspected.set(stream, await inspectedOrFault(ports, stream))
      })
    }
    await inspect(known)
    const since = oldestDay(inspected) ?? addDays(on, -lookBackDays)
    const lists = await verifyLists(ports, { on, since, copies })
    // A stream that the register has lost is known to the lists, and to whatever row of it has no seal.
    const strangers = unsealed.flatMap(({ PK }) => (isStreamId(PK) ? [PK] : []))
    await inspect([...new Set([...lists.anchored.keys(), ...strangers])].filter((one) => !inspected.has(one)))

    const streams = [...inspected.keys()].sort()
    const commits = new Map(streams.map((stream) => [stream, inspected.get(stream)?.commits ?? []]))
    const entries = await tried(() => listEntriesOf(ports, streams))
    found.push(...lists.faults, ...listGapFaults(commits, lists, on))
    for (const stream of streams) {
      found.push(
        ...streamFaults(stream, inspected.get(stream) ?? { commits: [], faults: [] }, {
          anchored: lists.anchored.get(stream) ?? [],
          listDays: lists.days,
          head: (entries.ok ? entries.value.get(stream) : null) ?? null,
          unsealed: unsealed.filter(({ PK }) => PK === stream),
          unsealedUpTo: lists.unsealedUpTo(stream),
        }),
      )
      if (!known.includes(stream) && (commits.get(stream)?.length ?? 0) > 0)
        found.push({ kind: 'stream-missing', where: stream, what: 'the register of streams has lost it' })
    }
    const [files, erasures, beside] = await Promise.all([
      fileFaults(ports, commits),
      erasureFaults(ports, commits),
      rowFaults(ports, commits),
    ])
    const judging = judgingFaults(ports, commits)
    const reports = await reportFaults(ports, commits)
    // Last of all: an entry that was a moment behind when its stream was read has caught up.
    const now = await tried(() => listEntriesOf(ports, streams))
    found.push(
      // A mail lies in its case and in the inbox it came from: either may name what is erased.
      ...files.faults.filter((fault) => fault.kind !== 'file-missing' || !erasures.erased.has(fault.where)),
      ...erasures.faults,
      ...rowSealFaults(unsealed, lists.beganSealed),
      ...beside,
      ...versionFaults(ports, commits),
      ...judging.faults,
      ...reports,
      ...(now.ok ? entryFaults(commits, now.value) : []),
    )
    if (!now.ok) found.push({ kind: 'row-changed', where: 'list entries', what: now.why })
    return {
      ok: found.length === 0,
      streams: streams.length,
      commits: [...commits.values()].reduce((sum, { length }) => sum + length, 0),
      files: files.files,
      lists: lists.count,
      judged: judging.judged,
      erased: erasures.erased.size,
      faults: found,
    }
  }

const inspectedOrFault = async (
  ports: Pick<VerifyPorts, 'streams'>,
  stream: StreamId,
): Promise<InspectedStream> => {
  const read = await tried(() => ports.streams.inspect(stream))
  return read.ok ? read.value : { commits: [], faults: [{ seq: 0, what: read.why }] }
}

const oldestDay = (inspected: ReadonlyMap<StreamId, InspectedStream>): string | null => {
  const days = [...inspected.values()].flatMap(({ commits: [first] }) =>
    first === undefined ? [] : [todayInCopenhagen(first.meta.at)],
  )
  return days.sort()[0] ?? null
}

/** Commits that are old enough to stand in a list, and no list is: the newest lists are gone. */
const listGapFaults = (commits: Streams, lists: VerifiedLists, on: string): readonly Fault[] => {
  const days = [...commits].flatMap(([stream, of]) => {
    const reached = Math.max(0, ...(lists.anchored.get(stream) ?? []).map(({ seq }) => seq))
    return of.filter(({ meta }) => meta.seq > reached).map(({ meta }) => todayInCopenhagen(meta.at))
  })
  const [oldest] = days.sort()
  const newest = lists.days.at(-1)
  if (oldest === undefined || daysBetween(oldest, on) <= listedWithinDays) return []
  // With a newer list the commits themselves are told.
  if (newest !== undefined && daysBetween(oldest, newest) >= listedWithinDays) return []
  const first = addDays(oldest, 1)
  return [
    {
      kind: 'list',
      where: first,
      what: `no list has the commits since ${oldest}: it is gone or was never made`,
    },
  ]
}

/** The joint report follows from the record as it was when it was compiled. */
const reportFaults = async (ports: VerifyPorts, commits: Streams): Promise<readonly Fault[]> => {
  const streams = { load: async (stream: StreamId) => commits.get(stream) ?? [] }
  const faults: Fault[] = []
  for (const stream of commits.keys()) {
    const parsed = parseStreamId(stream)
    if (parsed.kind !== 'run') continue
    try {
      const again = await compiledAgain({ ...ports, streams }, parsed.year)
      if (again === null) continue
      for (const changed of again.changedStreams)
        faults.push({
          kind: 'report-otherwise',
          where: changed,
          what: `the report of ${parsed.year} was compiled from another record of it`,
        })
      if (!again.reproducible && again.changedStreams.length === 0 && !again.erasedSince)
        faults.push({
          kind: 'report-otherwise',
          where: stream,
          what: 'compiled again from the record as it was, the report is another',
        })
    } catch (error) {
      // It is told as a file.
      if (!(error instanceof CompiledReportLost))
        faults.push({ kind: 'report-otherwise', where: stream, what: reasonOf(error) })
    }
  }
  return faults
}
