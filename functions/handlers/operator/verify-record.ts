import {
  longestGapDays,
  signedText,
  type AnchorList,
  type AnchoredStream,
} from '../../domain/anchor/anchor-list.ts'
import { daysBetween, todayInCopenhagen } from '../../domain/base/time.ts'
import type { Ports } from '../../ports/ports.ts'
import type { AnchorSigner, StreamRegister } from '../../ports/record.ts'
import { lastAnchor, readAnchor, type StoredAnchor } from '../record/read-anchors.ts'
import { type Fault, verifyStream } from './verify-stream.ts'
import * as z from 'zod'
import type { StreamId } from '../../domain/base/stream-id.ts'
import { listEntriesOf } from '../record/last-commits.ts'

/** A night's list may come a day late. */
const latestDays = longestGapDays + 1

/**
 * The lists from the newest to the first, each by the one after it: a list that was removed, changed or signed by
 * a stranger is found.
 * @returns those that hold, oldest first
 */
const verifyLists = async (
  ports: Pick<Ports, 'archive' | 'digest'> & { readonly signer: AnchorSigner },
  on: string,
): Promise<{ readonly lists: readonly AnchorList[]; readonly faults: readonly Fault[] }> => {
  const faults: Fault[] = []
  const lists: AnchorList[] = []
  const fault = (where: string, what: string): void => {
    faults.push({ kind: 'list', where, what })
  }
  let anchor = await readable(() => lastAnchor(ports, on), on, fault)
  if (anchor !== null && daysBetween(anchor.file.list.on, on) > latestDays)
    fault(
      anchor.file.list.on,
      `the newest list is of ${anchor.file.list.on}: the later ones are gone or were never made`,
    )
  while (anchor !== null) {
    const { list, signature } = anchor.file
    if (ports.signer.verify(signedText(list), signature)) lists.push(list)
    else fault(list.on, `the list of ${list.on} is not signed by this installation`)
    const { previous } = list
    if (previous === null) break
    anchor = await readable(() => readAnchor(ports, previous.on), previous.on, fault)
    if (anchor === null)
      fault(previous.on, `the list of ${previous.on} is gone: the one of ${list.on} names it`)
    else if (anchor.sha256 !== previous.sha256)
      fault(previous.on, `the list of ${previous.on} is not the one that the list of ${list.on} names`)
  }
  return { lists: lists.toReversed(), faults }
}

const readable = async (
  read: () => Promise<StoredAnchor | null>,
  on: string,
  fault: (where: string, what: string) => void,
): Promise<StoredAnchor | null> => {
  try {
    return await read()
  } catch (error) {
    fault(on, `a list cannot be read: ${error instanceof Error ? error.message : String(error)}`)
    return null
  }
}

export const verifyInputSchema = z.object({}).nullish()

/** The streams are read anew each time: nothing that a process remembers may stand in for what lies there. */
export type VerifyPorts = Pick<Ports, 'archive' | 'clock' | 'digest' | 'listEntries'> & {
  readonly streams: Ports['streams'] & StreamRegister
  readonly signer: AnchorSigner
}

interface Verified {
  readonly ok: boolean
  readonly streams: number
  readonly commits: number
  readonly files: number
  readonly lists: number
  /** Files that two persons have had erased: their hashes are all that is left. */
  readonly erased: number
  readonly faults: readonly Fault[]
}

/**
 * Checks the whole record: each stream's chain and private parts, each nightly list and the chain of lists, and
 * each archived file that the record names. A removed last commit, stream, list or file is found and named; what
 * two persons have had erased is not missing, and is found where it still lies.
 */
export const makeVerifyRecord =
  (ports: VerifyPorts) =>
  async (_input: unknown): Promise<Verified> => {
    const [registered, { lists, faults }] = await Promise.all([
      ports.streams.streams(),
      verifyLists(ports, todayInCopenhagen(ports.clock.now())),
    ])
    const anchored = byStream(lists)
    const streams = [...new Set([...registered, ...anchored.keys()])].sort()
    const entries = await listEntriesOf(ports, streams)
    const found: Fault[] = [...faults]
    let commits = 0
    let files = 0
    const erased = new Set<string>()
    for (const stream of streams) {
      const checked = await verifyStream(ports, stream, {
        anchored: anchored.get(stream) ?? [],
        head: entries.get(stream) ?? null,
      })
      found.push(...checked.faults)
      if (!registered.includes(stream) && checked.commits > 0)
        found.push({ kind: 'stream-missing', where: stream, what: 'the register of streams has lost it' })
      commits += checked.commits
      files += checked.files
      for (const key of checked.erased) erased.add(key)
    }
    // A mail lies in its case and in the inbox it came from: either may name what is erased.
    const left = found.filter((fault) => fault.kind !== 'file-missing' || !erased.has(fault.where))
    return {
      ok: left.length === 0,
      streams: streams.length,
      commits,
      files,
      lists: lists.length,
      erased: erased.size,
      faults: left,
    }
  }

/** What all lists say of each stream, the oldest first. */
const byStream = (
  lists: readonly { readonly on: string; readonly streams: readonly AnchoredStream[] }[],
): ReadonlyMap<StreamId, readonly (AnchoredStream & { readonly on: string })[]> => {
  const known = new Map<StreamId, (AnchoredStream & { readonly on: string })[]>()
  for (const { on, streams } of lists)
    for (const one of streams) {
      const ofStream = known.get(one.stream) ?? []
      known.set(one.stream, ofStream)
      ofStream.push({ ...one, on })
    }
  return known
}
