import { closeSync, openSync, writeSync } from 'node:fs'

/** A log of JSON lines, appended to; each line is with the operating system when `write` returns. */
export function openLineLog(path: string): { write(line: object): void; close(): void } {
  const file = openSync(path, 'a')
  let open = true
  return {
    write: (line) => {
      if (open) writeSync(file, `${JSON.stringify(line)}\n`)
    },
    close: () => {
      if (open) closeSync(file)
      open = false
    },
  }
}
