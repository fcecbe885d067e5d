import { type BaseEvent, mailErasedSchema, type MailErased } from '../../../domain/base/stream.ts'
import type { StreamId } from '../../../domain/base/stream-id.ts'
import type { Ports } from '../../../ports/ports.ts'
import type { StoredCommit } from '../../../ports/record.ts'
import { mapConcurrently } from '../../record/map-concurrently.ts'
import { type Fault, readFile } from './fault.ts'
import { eventsOf, type Streams } from './streams.ts'

const erasureIn = (event: BaseEvent): readonly MailErased[] => {
  const read = mailErasedSchema.safeParse(event)
  return read.success ? [read.data] : []
}

/** Who asked for and who confirmed the erasure of each mail, in a commit of their own. */
const decidedBy = (streams: Streams, type: 'ErasureAsked' | 'ErasureConfirmed'): ReadonlySet<string> =>
  new Set(
    [...streams.values()].flatMap((commits) =>
      eventsOf(commits).flatMap(({ event, commit: { meta } }) =>
        event.type === type &&
        'mailKey' in event &&
        'by' in event &&
        meta.actor.by === 'person' &&
        meta.actor.personId === event.by
          ? [`${String(event.mailKey)}|${meta.actor.personId}`]
          : [],
      ),
    ),
  )

/**
 * What is gone was named by two different persons' erasure, each of whom said so in the record, and what they named
 * is gone.
 */
export const erasureFaults = async (
  ports: Pick<Ports, 'archive' | 'digest'>,
  streams: Streams,
): Promise<{ readonly faults: readonly Fault[]; readonly erased: ReadonlySet<string> }> => {
  const [asked, confirmed] = [decidedBy(streams, 'ErasureAsked'), decidedBy(streams, 'ErasureConfirmed')]
  const faults: Fault[] = []
  const erased = new Map<string, StreamId>()
  for (const [stream, commits] of streams) {
    const erasures = eventsOf(commits).flatMap(({ event }) => erasureIn(event))
    for (const one of erasures) {
      const what = `the mail ${one.mailKey.slice(0, 12)} was erased`
      if (one.askedBy === one.confirmedBy)
        faults.push({ kind: 'erased-by-one', where: stream, what: `${what} on one person's word` })
      else if (!asked.has(`${one.mailKey}|${one.askedBy}`))
        faults.push({
          kind: 'erased-by-nobody',
          where: stream,
          what: `${what}, and ${one.askedBy} never asked for it`,
        })
      else if (!confirmed.has(`${one.mailKey}|${one.confirmedBy}`))
        faults.push({
          kind: 'erased-by-nobody',
          where: stream,
          what: `${what}, and ${one.confirmedBy} never decided it`,
        })
      for (const key of one.files) erased.set(key, stream)
    }
    faults.push(...privateFaults(stream, commits, erasures))
  }
  const left = await mapConcurrently([...erased], async ([key, stream]): Promise<readonly Fault[]> =>
    (await readFile(ports, key)).is === 'gone'
      ? []
      : [{ kind: 'not-erased', where: key, what: `${stream} names it as erased; the archive still has it` }],
  )
  return { faults: [...faults, ...left.flat()], erased: new Set(erased.keys()) }
}

const privateFaults = (
  stream: StreamId,
  commits: readonly StoredCommit[],
  erasures: readonly MailErased[],
): readonly Fault[] => {
  const named = new Set(erasures.flatMap((erasure) => erasure.commits))
  return [
    ...commits
      .filter((commit) => commit.privateGone === true && !named.has(commit.meta.seq))
      .map((commit) => ({
        kind: 'private-missing' as const,
        where: stream,
        what: `the private part of commit ${commit.meta.seq} is gone, and no erasure names it`,
      })),
    ...commits
      .filter((commit) => named.has(commit.meta.seq) && commit.events.some((event) => event.private != null))
      .map((commit) => ({
        kind: 'not-erased' as const,
        where: stream,
        what: `the private part of commit ${commit.meta.seq} was to be erased and is still there`,
      })),
  ]
}
