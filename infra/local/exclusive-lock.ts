import { DatabaseSync } from 'node:sqlite'

const sqliteBusy = 5

/**
 * Takes a lock that only one process at a time can hold, and that the operating system takes back however
 * the process ends: an exclusive SQLite transaction on a file of its own.
 * @returns the release, or undefined when another process (or this one) holds it
 */
export function takeExclusiveLock(path: string): (() => void) | undefined {
  const database = new DatabaseSync(path)
  try {
    database.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy) return undefined
    throw error
  }
  let held = true
  return () => {
    if (held) database.close()
    held = false
  }
}
