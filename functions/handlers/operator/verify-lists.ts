import { longestGapDays, signedText, type AnchorList } from '../../domain/anchor/anchor-list.ts'
import { daysBetween } from '../../domain/base/time.ts'
import type { Ports } from '../../ports/ports.ts'
import type { AnchorSigner } from '../../ports/record.ts'
import { lastAnchor, readAnchor, type StoredAnchor } from '../record/read-anchors.ts'
import type { Fault } from './verify-stream.ts'

/** A night's list may come a day late. */
const latestDays = longestGapDays + 1

/**
 * The lists from the newest to the first, each by the one after it: a list that was removed, changed or signed by
 * a stranger is found.
 * @returns those that hold, oldest first
 */
export const verifyLists = async (
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
