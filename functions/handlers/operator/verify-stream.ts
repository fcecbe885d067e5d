import * as z from 'zod'
import type { AnchoredStream } from '../../domain/anchor/anchor-list.ts'
import { type BaseEvent, mailErasedSchema, type MailErased } from '../../domain/base/stream.ts'
import type { StreamId } from '../../domain/base/stream-id.ts'
import type { ListEntry, StoredCommit } from '../../ports/record.ts'
import type { Ports } from '../../ports/ports.ts'

/** What is wrong with the record, named so that a person can look. */
export interface Fault {
  readonly kind:
    | 'chain'
    | 'commit-missing'
    | 'stream-missing'
    | 'commit-changed'
    | 'file-missing'
    | 'file-changed'
    | 'private-missing'
    | 'not-erased'
    | 'erased-by-one'
    | 'list'
  /** The stream, the archive's key or the list's date. */
  readonly where: string
  readonly what: string
}

/** What a stream's commits were expected to be: by the lists, and by its own head. */
export interface Expected {
  readonly anchored: readonly (AnchoredStream & { readonly on: string })[]
  readonly head: Pick<ListEntry, 'version' | 'hash'> | null
}

export interface StreamVerified {
  readonly faults: readonly Fault[]
  readonly commits: number
  readonly files: number
  /** Files that the stream names as erased: in no stream are they missing. */
  readonly erased: readonly string[]
}

/** Checks one stream's chain and private parts, what lists and head know of it, and its raw files. */
export const verifyStream = async (
  ports: Pick<Ports, 'streams' | 'archive' | 'digest'>,
  stream: StreamId,
  expected: Expected,
): Promise<StreamVerified> => {
  let commits: readonly StoredCommit[]
  try {
    commits = await ports.streams.load(stream)
  } catch (error) {
    // Opening a stream checks bodies, chain and private parts; what it finds is the finding.
    const what = error instanceof Error ? error.message : String(error)
    return { faults: [{ kind: 'chain', where: stream, what }], commits: 0, files: 0, erased: [] }
  }
  const files = commits.flatMap((commit) => commit.events.flatMap(filesOf))
  const erasures = commits.flatMap((commit) => commit.events.flatMap(erasureIn))
  const erased = [...new Set(erasures.flatMap((erasure) => erasure.files))]
  const [checked, leftOver] = await Promise.all([
    Promise.all(files.map((file) => verifyFile(ports, stream, file))),
    Promise.all(erased.map((key) => verifyErased(ports, stream, key))),
  ])
  return {
    faults: [
      ...expectedFaults(stream, commits, expected),
      ...erasureFaults(stream, commits, erasures),
      ...[...checked, ...leftOver].filter((fault) => fault !== null),
    ],
    commits: commits.length,
    files: files.length,
    erased,
  }
}

const erasureIn = (event: BaseEvent): readonly MailErased[] => {
  const read = mailErasedSchema.safeParse(event)
  return read.success ? [read.data] : []
}

/** What is gone was named by two different persons' erasure, and what they named is gone. */
const erasureFaults = (
  stream: StreamId,
  commits: readonly StoredCommit[],
  erasures: readonly MailErased[],
): readonly Fault[] => {
  const named = new Set(erasures.flatMap((erasure) => erasure.commits))
  return [
    ...erasures
      .filter((erasure) => erasure.askedBy === erasure.confirmedBy)
      .map(({ mailKey }) => ({
        kind: 'erased-by-one' as const,
        where: stream,
        what: `the mail ${mailKey.slice(0, 12)} was erased on one person's word`,
      })),
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

const verifyErased = async (
  ports: Pick<Ports, 'archive'>,
  stream: StreamId,
  key: string,
): Promise<Fault | null> =>
  (await ports.archive.get(key)) === null
    ? null
    : { kind: 'not-erased', where: key, what: `${stream} names it as erased; the archive still has it` }

const expectedFaults = (
  stream: StreamId,
  commits: readonly StoredCommit[],
  { anchored, head }: Expected,
): readonly Fault[] => {
  const faults: Fault[] = []
  const by = (seq: number): StoredCommit | undefined => commits[seq - 1]
  // One finding a commit: the oldest list that knew it says since when.
  const told = new Set<number>()
  for (const { seq, hash, on } of anchored) {
    if (told.has(seq) || by(seq)?.hash === hash) continue
    told.add(seq)
    if (commits.length === 0)
      return [
        {
          kind: 'stream-missing',
          where: stream,
          what: `the list of ${on} has it up to commit ${seq}; it is gone`,
        },
      ]
    faults.push(
      by(seq) === undefined
        ? { kind: 'commit-missing', where: stream, what: `commit ${seq}, in the list of ${on}, is gone` }
        : {
            kind: 'commit-changed',
            where: stream,
            what: `commit ${seq} is not the one in the list of ${on}`,
          },
    )
  }
  if (head !== null && !told.has(head.version) && by(head.version)?.hash !== head.hash)
    faults.push({
      kind: by(head.version) === undefined ? 'commit-missing' : 'commit-changed',
      where: stream,
      what: `its head stands at commit ${head.version}, which is ${by(head.version) === undefined ? 'gone' : 'another one'}`,
    })
  return faults
}

interface NamedFile {
  readonly key: string
  readonly sha256: string | null
}

const rawSchema = z.looseObject({ rawSha256: z.string() })
const filesSchema = z.looseObject({
  files: z.array(z.looseObject({ archiveKey: z.string(), sha256: z.string() })),
})
const keySchema = z.looseObject({ archiveKey: z.string() })

/** The archive's files that an event names: raw mails, letters as sent, reports. */
const filesOf = (event: BaseEvent): readonly NamedFile[] => {
  const raw = rawSchema.safeParse(event)
  if (raw.success) {
    const { rawSha256 } = raw.data
    return [{ key: `${event.type === 'LetterSent' ? 'letters' : 'mail'}/${rawSha256}`, sha256: rawSha256 }]
  }
  const many = filesSchema.safeParse(event)
  if (many.success) return many.data.files.map(({ archiveKey, sha256 }) => ({ key: archiveKey, sha256 }))
  const one = keySchema.safeParse(event)
  return one.success ? [{ key: one.data.archiveKey, sha256: null }] : []
}

const verifyFile = async (
  ports: Pick<Ports, 'archive' | 'digest'>,
  stream: StreamId,
  file: NamedFile,
): Promise<Fault | null> => {
  const bytes = await ports.archive.get(file.key)
  if (bytes === null)
    return { kind: 'file-missing', where: file.key, what: `${stream} names it; the archive has it not` }
  return file.sha256 === null || ports.digest(bytes) === file.sha256
    ? null
    : { kind: 'file-changed', where: file.key, what: `its content is not what ${stream} recorded` }
}
