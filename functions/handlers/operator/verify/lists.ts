import { longestGapDays, signedText, type AnchoredStream } from '../../../domain/anchor/anchor-list.ts'
import type { StreamId } from '../../../domain/base/stream-id.ts'
import { addDays, daysBetween, isBefore } from '../../../domain/base/time.ts'
import type { Ports } from '../../../ports/ports.ts'
import type { AnchorSigner } from '../../../ports/record.ts'
import { mapConcurrently } from '../../record/map-concurrently.ts'
import { journalMailKey, parseAnchor, readAnchor, type StoredAnchor } from '../../record/read-anchors.ts'
import { type Fault, readFile, reasonOf, type StoredFile, tried } from './fault.ts'

export type ListPorts = Pick<Ports, 'archive' | 'claims' | 'digest' | 'mime'> & {
  readonly signer: AnchorSigner
}

/** What the lists say of one stream, the oldest first. */
type Anchored = readonly (AnchoredStream & { readonly on: string })[]

export interface VerifiedLists {
  readonly faults: readonly Fault[]
  /** Lists of the archive that hold. */
  readonly count: number
  /** What every list says, those too that are left in a journal's copy alone. */
  readonly anchored: ReadonlyMap<StreamId, Anchored>
  /** Days of lists that hold, oldest first. */
  readonly days: readonly string[]
  /** Up to which commit a stream may be without seals: what was written before rows were sealed. */
  readonly unsealedUpTo: (stream: StreamId) => number
  /** Every row was sealed from the first on. */
  readonly beganSealed: boolean
}

/** A night's list may come a day late. */
const latestDays = longestGapDays + 1

interface Day {
  readonly on: string
  /** As the archive has it; null when there is none. */
  readonly stored: StoredAnchor | null
  /** There is something that cannot be read. */
  readonly unreadable: string | null
  /** The archive's copy of its mail to the journal; null when none was claimed. */
  readonly mail: { readonly key: string; readonly sha256: string; readonly file: StoredFile } | null
}

/**
 * Every list since a day, each by the one after it, by its signature and by the mail that took it to the journal:
 * one that was removed, changed or signed by a stranger is found, the newest too, and what it said is read from
 * that mail's archived copy.
 * @param since the day of the oldest commit; two years back where there is none
 * @param copies the journal's own copies, as texts: they count as lists, and the archive must have the same
 */
export const verifyLists = async (
  ports: ListPorts,
  { on, since, copies }: { readonly on: string; readonly since: string; readonly copies: readonly string[] },
): Promise<VerifiedLists> => {
  const faults: Fault[] = []
  const fault = (where: string, what: string): void => {
    faults.push({ kind: 'list', where, what })
  }
  const dates = Array.from({ length: daysBetween(since, on) + 1 }, (_, back) => addDays(on, -back))
  const days = [...(await mapConcurrently(dates, (day) => readDay(ports, day)))]
  // Of streams that are gone altogether the lists may reach further back.
  for (let before = earlierThan(days, since); before !== null; before = earlierThan(days, before))
    days.push(await readDay(ports, before))
  const kept = days.filter(({ stored }) => stored !== null)
  const newest = kept[0]
  if (newest !== undefined && daysBetween(newest.on, on) > latestDays)
    fault(newest.on, `the newest list is of ${newest.on}: the later ones are gone or were never made`)
  const lists: StoredAnchor[] = []
  const named = namedByLater(days)
  for (const day of days) {
    const { on: of, stored, unreadable, mail } = day
    const later = named.get(of)
    const holds = stored !== null && isSigned(ports, stored)
    if (unreadable !== null) fault(of, `the list of ${of} cannot be read: ${unreadable}`)
    else if (stored === null && later !== undefined)
      fault(of, `the list of ${of} is gone: the one of ${later.on} names it`)
    else if (stored === null && mail !== null)
      fault(of, `the list of ${of} is gone: it was mailed to the journal`)
    else if (stored !== null && !holds) fault(of, `the list of ${of} is not signed by this installation`)
    else if (stored !== null && later !== undefined && later.sha256 !== stored.sha256)
      fault(of, `the list of ${of} is not the one that the list of ${later.on} names`)
    faults.push(...mailFaults(day, on))
    if (holds) lists.push(stored)
    else if (mail?.file.is === 'there') lists.push(...(await mailedList(ports, mail.file.bytes)))
  }
  const fromArchive = lists.length
  for (const copy of copies) lists.push(...journalsCopy(ports, copy, days, fault))
  const ordered = lists.map(({ file }) => file.list).toSorted((a, b) => (isBefore(a.on, b.on) ? -1 : 1))
  const anchored = new Map<StreamId, (AnchoredStream & { on: string })[]>()
  for (const list of ordered)
    for (const one of list.streams) {
      const ofStream = anchored.get(one.stream) ?? []
      anchored.set(one.stream, ofStream)
      ofStream.push({ ...one, on: list.on })
    }
  const [oldest] = ordered
  const beganSealed = oldest === undefined || oldest.sealed === true
  const firstSealed = ordered.find((list) => list.sealed === true)
  return {
    faults,
    count: fromArchive,
    anchored,
    days: ordered.map((list) => list.on),
    beganSealed,
    unsealedUpTo: (stream) => {
      if (beganSealed) return 0
      if (firstSealed === undefined) return Number.POSITIVE_INFINITY
      return firstSealed.streams.find((one) => one.stream === stream)?.seq ?? 0
    },
  }
}

const isSigned = (ports: ListPorts, { file }: StoredAnchor): boolean =>
  ports.signer.verify(signedText(file.list), file.signature)

const readDay = async (ports: ListPorts, on: string): Promise<Day> => {
  const [list, claim] = await Promise.all([
    tried(() => readAnchor(ports, on)),
    tried(() => ports.claims.find(journalMailKey(ports, on))),
  ])
  const sha256 = claim.ok ? (claim.value?.rawSha256 ?? null) : null
  const key = `letters/${sha256}`
  return {
    on,
    stored: list.ok ? list.value : null,
    unreadable: list.ok ? null : list.why,
    mail: sha256 === null ? null : { key, sha256, file: await readFile(ports, key) },
  }
}

/** A list goes to the journal the night it is made, and its mail is kept. */
const mailFaults = ({ on, stored, mail }: Day, today: string): readonly Fault[] => {
  if (mail === null)
    return stored === null || on === today
      ? []
      : [{ kind: 'row-missing', where: on, what: `no claim tells that the list of ${on} was mailed` }]
  const what = `it is the mail that took the list of ${on} to the journal`
  if (mail.file.is === 'gone') return [{ kind: 'file-missing', where: mail.key, what }]
  return mail.file.is === 'there' && mail.file.sha256 === mail.sha256
    ? []
    : [{ kind: 'file-changed', where: mail.key, what }]
}

/** The day of a list that one of these names, older than all of them; null when there is none. */
const earlierThan = (days: readonly Day[], first: string): string | null =>
  [...namedByLater(days).keys()].find((day) => isBefore(day, first)) ?? null

/** What the list after a day says of that day's: its date and its hash. */
const namedByLater = (
  days: readonly Day[],
): ReadonlyMap<string, { readonly on: string; readonly sha256: string }> =>
  new Map(
    days.flatMap(({ on, stored }) => {
      const previous = stored?.file.list.previous ?? null
      return previous === null ? [] : [[previous.on, { on, sha256: previous.sha256 }] as const]
    }),
  )

/** The list as its mail to the journal carries it. */
const mailedList = async (ports: ListPorts, raw: Uint8Array): Promise<readonly StoredAnchor[]> => {
  const read = await tried(async () => {
    const { attachments } = await ports.mime.parse(raw)
    return attachments.map(({ content }) => parseAnchor(ports, content))
  })
  return read.ok ? read.value.filter((list) => isSigned(ports, list)) : []
}

const journalsCopy = (
  ports: ListPorts,
  copy: string,
  days: readonly Day[],
  fault: (where: string, what: string) => void,
): readonly StoredAnchor[] => {
  let list: StoredAnchor
  try {
    list = parseAnchor(ports, new TextEncoder().encode(copy))
  } catch (error) {
    fault('journal', `a copy of the journal's cannot be read: ${reasonOf(error)}`)
    return []
  }
  const { on } = list.file.list
  if (!isSigned(ports, list)) {
    fault(on, `the journal's copy of the list of ${on} is not signed by this installation`)
    return []
  }
  const stored = days.find((day) => day.on === on)?.stored ?? null
  if (stored === null) fault(on, `the journal has the list of ${on}; the archive has it not`)
  else if (stored.sha256 !== list.sha256) fault(on, `the archive's list of ${on} is not the journal's`)
  return [list]
}
