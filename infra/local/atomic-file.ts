import { readFileSync, renameSync, writeFileSync } from 'node:fs'

/**
 * Writes a whole small file so that a reader, or a process killed half-way, sees the old text or the new one
 * and never a mixture. Not synced to the platter: it outlives `kill -9`, which is what the local system
 * promises; a power cut may bring back the text before.
 */
export function writeFileAtomically(path: string, text: string, options: { mode?: number } = {}): void {
  const beside = `${path}.new`
  writeFileSync(beside, text, options)
  renameSync(beside, path)
}

/** The text of a file, or undefined when there is none; any other failure is thrown. */
export function readFileIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
