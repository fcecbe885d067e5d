import { anchorFileSchema, anchorKey, type AnchorFile } from '../../domain/anchor/anchor-list.ts'
import { addDays } from '../../domain/base/time.ts'
import type { Ports } from '../../ports/ports.ts'

/** A list as it lies in the archive. */
export interface StoredAnchor {
  readonly file: AnchorFile
  readonly bytes: Uint8Array
  readonly sha256: string
}

/** The key of the mail that takes a day's list to the journal. */
export const journalMailKey = (ports: Pick<Ports, 'digest'>, on: string): string =>
  ports.digest(`anchor|${on}`)

/** A list from its file. @throws when it cannot be read */
export const parseAnchor = (ports: Pick<Ports, 'digest'>, bytes: Uint8Array): StoredAnchor => ({
  file: anchorFileSchema.parse(JSON.parse(new TextDecoder().decode(bytes))),
  bytes,
  sha256: ports.digest(bytes),
})

/** The list of a day; null when there is none. @throws when it cannot be read */
export const readAnchor = async (
  ports: Pick<Ports, 'archive' | 'digest'>,
  on: string,
): Promise<StoredAnchor | null> => {
  const bytes = await ports.archive.get(anchorKey(on))
  return bytes === null ? null : parseAnchor(ports, bytes)
}

/** Lists come at least weekly; a system that stood still longer is looked back on for two years. */
export const lookBackDays = 731
/** Mostly there is one of yesterday; further back many days are asked for at once. */
const daysAtOnce = [2, 8] as const
const manyDays = 31

/** The newest list on or before a day: looked for backwards, since the archive knows keys alone. */
export const lastAnchor = async (
  ports: Pick<Ports, 'archive' | 'digest'>,
  on: string,
): Promise<StoredAnchor | null> => {
  let back = 0
  for (let nth = 0; back <= lookBackDays; nth += 1) {
    const days = Array.from({ length: daysAtOnce[nth] ?? manyDays }, (_, day) => addDays(on, -(back + day)))
    const found = await Promise.all(days.map((day) => readAnchor(ports, day)))
    const newest = found.find((anchor) => anchor !== null)
    if (newest !== undefined && newest !== null) return newest
    back += days.length
  }
  return null
}
