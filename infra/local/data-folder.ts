import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { readFileIfThere, writeFileAtomically } from './atomic-file.ts'
import { takeExclusiveLock } from './exclusive-lock.ts'

/** Raised by one whenever what is in the folder changes so that older code could not go on with it. */
export const dataFormat = 1

/** Carries a folder of the format before `to` on to `to`. It may run twice: a kill can come in between. */
export type DataUpgrade = { readonly to: number; apply(folder: string): void }

/** None so far: there has been one format. */
const dataUpgrades: readonly DataUpgrade[] = []

/** Where the parts of a running system are, by name: `{ console: 'http://localhost:4400', ... }`. */
export type Addresses = Readonly<Record<string, string>>

export type DataFolder = {
  readonly path: string
  /** True when this start made it: nothing is in it yet. */
  readonly isNew: boolean
  /** The path of a file or folder in it. */
  file(name: string): string
  /** Tells later starts, and the command line, where this one's parts are. */
  writeAddresses(addresses: Addresses): void
  /** Gives the lock back; the addresses are gone. */
  close(): void
}

/** Another process runs on the folder; `addresses` are where it said its parts are, empty while it starts. */
export class DataFolderInUse extends Error {
  override readonly name = 'DataFolderInUse'
  readonly addresses: Addresses

  constructor(folder: string, addresses: Addresses) {
    super(`The data folder ${folder} is in use by a running system`)
    this.addresses = addresses
  }
}

/** The folder cannot be used by this start: newer, of another set or year, or not a data folder. */
export class DataFolderRefused extends Error {
  override readonly name = 'DataFolderRefused'
}

const markSchema = z.object({ format: z.int().positive(), set: z.string(), year: z.int() })
const addressesSchema = z.record(z.string(), z.string())
const markFile = 'data-folder.json'
const lockFile = 'lock.db'
const addressesFile = 'addresses.json'

/** Where the system running on a data folder has its parts, or undefined when none is running. */
export function runningAddresses(folder: string): Addresses | undefined {
  const text = readFileIfThere(join(folder, addressesFile))
  return text === undefined ? undefined : addressesSchema.parse(JSON.parse(text))
}

/**
 * Opens the data folder, or makes it, for one process at a time. The lock is the operating system's: a process
 * that was killed holds nothing. Nothing is changed in a folder that is refused.
 * @param options.set the name by which the set's content is known; another set is refused, not overwritten
 * @param options.formerSet the name it was known by before; such a folder is carried on
 * @param options.year the year the folder's run is for
 * @throws DataFolderInUse, DataFolderRefused
 */
export function openDataFolder(options: {
  folder: string
  set: string
  formerSet?: string
  year: number
  format?: number
  upgrades?: readonly DataUpgrade[]
}): DataFolder {
  const { folder, set, formerSet, year, format = dataFormat, upgrades = dataUpgrades } = options
  mkdirSync(folder, { recursive: true })
  if (readMark(folder) === undefined) refuseForeign(folder)
  const release = takeExclusiveLock(join(folder, lockFile))
  if (release === undefined) throw new DataFolderInUse(folder, runningAddresses(folder) ?? {})
  let isNew: boolean
  try {
    const found = readMark(folder)
    const known = found ?? { format, set, year }
    const mark = known.set === formerSet ? { ...known, set } : known
    isNew = found === undefined
    refuseOther(folder, mark, { format, set, year })
    // The addresses of a system that was killed lead nowhere.
    rmSync(join(folder, addressesFile), { force: true })
    const write = (reached: number): void =>
      writeFileAtomically(join(folder, markFile), `${JSON.stringify({ ...mark, format: reached })}\n`)
    if (isNew) write(format)
    for (let reached = mark.format; reached < format; reached += 1) {
      const upgrade = upgrades.find(({ to }) => to === reached + 1)
      if (upgrade === undefined)
        throw new Error(`There is no way from data format ${reached} to ${reached + 1}`)
      upgrade.apply(folder)
      write(upgrade.to)
    }
  } catch (error) {
    release()
    throw error
  }
  return {
    path: folder,
    isNew,
    file: (name) => join(folder, name),
    writeAddresses: (addresses) =>
      writeFileAtomically(join(folder, addressesFile), `${JSON.stringify(addresses, undefined, 2)}\n`),
    close: () => {
      rmSync(join(folder, addressesFile), { force: true })
      release()
    },
  }
}

function readMark(folder: string): z.infer<typeof markSchema> | undefined {
  const text = readFileIfThere(join(folder, markFile))
  if (text === undefined) return undefined
  try {
    return markSchema.parse(JSON.parse(text))
  } catch (error) {
    throw new DataFolderRefused(`${join(folder, markFile)} cannot be read`, { cause: error })
  }
}

/** A folder without the mark must be empty but for the lock of a start that was killed before it wrote it. */
function refuseForeign(folder: string): void {
  const others = readdirSync(folder).filter(
    (name) => !name.startsWith(lockFile) && name !== `${markFile}.new`,
  )
  if (others.length > 0)
    throw new DataFolderRefused(
      `${folder} is not a data folder: it has ${others[0]} in it. Choose an empty one with --data DIR`,
    )
}

type Mark = z.infer<typeof markSchema>
function refuseOther(folder: string, mark: Mark, wanted: Mark): void {
  if (mark.format > wanted.format)
    throw new DataFolderRefused(
      `${folder} has data format ${mark.format}; this version knows ${wanted.format} and older. Use the newer version, or another folder with --data DIR`,
    )
  if (mark.set !== wanted.set)
    throw new DataFolderRefused(
      `${folder} was made for the set ${mark.set}, not for ${wanted.set}. Choose another folder with --data DIR`,
    )
  if (mark.year !== wanted.year)
    throw new DataFolderRefused(
      `${folder} was made for the year ${mark.year}, not for ${wanted.year}. Choose another folder with --data DIR`,
    )
}
