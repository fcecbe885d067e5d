import type { AnchoredStream } from '../../../domain/anchor/anchor-list.ts'
import type { Actor, BaseEvent } from '../../../domain/base/stream.ts'
import type { StreamId } from '../../../domain/base/stream-id.ts'
import { addDays, isBefore, todayInCopenhagen } from '../../../domain/base/time.ts'
import type { InspectedRow, InspectedStream, ListEntry, StoredCommit } from '../../../ports/record.ts'
import type { Fault } from './fault.ts'

/** Every stream with its commits, as far as they can be opened. */
export type Streams = ReadonlyMap<StreamId, readonly StoredCommit[]>

/** What a stream's commits were expected to be: by the lists, by its own list entry, and by the seals. */
export interface Expected {
  readonly anchored: readonly (AnchoredStream & { readonly on: string })[]
  /** The days of all lists, oldest first: they tell what no list has. */
  readonly listDays: readonly string[]
  readonly head: Pick<ListEntry, 'version' | 'hash'> | null
  /** Rows of the stream whose seal does not hold. */
  readonly unsealed: readonly InspectedRow[]
  /** Up to this commit rows may be without one. */
  readonly unsealedUpTo: number
}

/** Checks one stream's chain and private parts, and what lists, list entry and seals know of it. */
export const streamFaults = (
  stream: StreamId,
  { commits, faults }: InspectedStream,
  expected: Expected,
): readonly Fault[] => {
  const chain = faults.map(({ what }): Fault => ({ kind: 'chain', where: stream, what }))
  const wrong = new Set(faults.map(({ seq }) => seq))
  const compared = expectedFaults(stream, commits, expected, wrong)
  for (const { seq } of compared) wrong.add(seq)
  const unlisted = unlistedFaults(stream, commits, expected)
  return [
    ...chain,
    ...compared.map(({ fault }) => fault),
    ...sealFaults(stream, commits, expected, wrong),
    ...unlisted,
  ]
}

const by = (commits: readonly StoredCommit[], seq: number): StoredCommit | undefined =>
  commits.find((commit) => commit.meta.seq === seq)

const expectedFaults = (
  stream: StreamId,
  commits: readonly StoredCommit[],
  { anchored, head }: Expected,
  wrong: ReadonlySet<number>,
): readonly { readonly seq: number; readonly fault: Fault }[] => {
  const found: { seq: number; fault: Fault }[] = []
  // One finding a commit: the oldest list that knew it says since when.
  const told = new Set<number>(wrong)
  for (const { seq, hash, on } of anchored) {
    const there = by(commits, seq)
    if (told.has(seq) || there?.hash === hash) continue
    told.add(seq)
    if (commits.length === 0)
      return [
        {
          seq,
          fault: {
            kind: 'stream-missing',
            where: stream,
            what: `the list of ${on} has it up to commit ${seq}; it is gone`,
          },
        },
      ]
    found.push({
      seq,
      fault:
        there === undefined
          ? { kind: 'commit-missing', where: stream, what: `commit ${seq}, in the list of ${on}, is gone` }
          : {
              kind: 'commit-changed',
              where: stream,
              what: `commit ${seq} is not the one in the list of ${on}`,
            },
    })
  }
  if (head === null || told.has(head.version)) return found
  const there = by(commits, head.version)
  if (there?.hash === head.hash) return found
  return [
    ...found,
    {
      seq: head.version,
      fault: {
        kind: there === undefined ? 'commit-missing' : 'commit-changed',
        where: stream,
        what: `its head stands at commit ${head.version}, which is ${there === undefined ? 'gone' : 'another one'}`,
      },
    },
  ]
}

/** Days after which a commit stands in a list: one for the night, one for a list entry that was a moment behind. */
export const listedWithinDays = 2

/** A commit that says it is older than a list without it was put there later, with a time that is not its own. */
const unlistedFaults = (
  stream: StreamId,
  commits: readonly StoredCommit[],
  { anchored, listDays }: Expected,
): readonly Fault[] => {
  const reached = Math.max(0, ...anchored.map(({ seq }) => seq))
  const newest = listDays.at(-1)
  if (newest === undefined) return []
  return commits
    .filter(({ meta }) => meta.seq > reached)
    .filter(({ meta }) => !isBefore(newest, addDays(todayInCopenhagen(meta.at), listedWithinDays)))
    .map(({ meta }) => ({
      kind: 'commit-unlisted',
      where: stream,
      what: `commit ${meta.seq} says it is of ${todayInCopenhagen(meta.at)}, and no list up to ${newest} has it`,
    }))
}

const nameOf = (actor: Actor): string => {
  switch (actor.by) {
    case 'person':
      return `${actor.personId} (${actor.roles.join(', ')})`
    case 'contact':
      return `the contact ${actor.contactId}`
    case 'sender':
      return 'a sender'
    case 'system':
      return actor.name
    default:
      return actor satisfies never
  }
}

/** Rows of a stream's commits and of their private parts. */
export const commitRow = /^([CP])#(\d{6})/

/** Whoever can write the table can write a whole commit, hash and all; what it cannot make is a seal. */
const sealFaults = (
  stream: StreamId,
  commits: readonly StoredCommit[],
  { unsealed, unsealedUpTo }: Expected,
  told: ReadonlySet<number>,
): readonly Fault[] =>
  unsealed.flatMap(({ SK, seal }): readonly Fault[] => {
    const key = commitRow.exec(SK)
    const seq = Number(key?.[2])
    if (key === null || told.has(seq) || (seal === 'none' && seq <= unsealedUpTo)) return []
    const commit = by(commits, seq)
    return [
      key[1] === 'C' && commit !== undefined
        ? {
            kind: 'commit-forged',
            where: stream,
            what: `commit ${seq}, in the name of ${nameOf(commit.meta.actor)}, was not written by this installation`,
          }
        : {
            kind: 'row-forged',
            where: `${stream} ${SK}`,
            what: 'the row was not written by this installation, or is not as it was written',
          },
    ]
  })

/** All events of a stream that can be opened, with their commit. */
export const eventsOf = (
  commits: readonly StoredCommit[],
): readonly { readonly event: BaseEvent; readonly commit: StoredCommit }[] =>
  commits.flatMap((commit) => commit.events.map((event) => ({ event, commit })))
