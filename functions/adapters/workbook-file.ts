import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'

/** Every part carries this time, so that equal values give equal bytes and a retried letter is the same letter. */
export const partTime = new Date('2000-01-01T12:00:00Z')

/**
 * A written workbook with what its writer has no option for.
 * @param finish edits a part by name: `find` must be in it
 * @throws Error when a part is not as the writer made it until now
 */
export const finishedWorkbook = (
  written: Uint8Array,
  finish: (edit: (name: string, find: string, replacement: string) => void) => void,
): Uint8Array => {
  const parts = unzipSync(written)
  finish((name, find, replacement) => {
    const part = parts[name]
    const text = part === undefined ? '' : strFromU8(part)
    if (!text.includes(find)) throw new Error(`${name} of a workbook holds no ${find}`)
    parts[name] = strToU8(text.replace(find, () => replacement))
  })
  return zipSync(parts, { mtime: partTime })
}
