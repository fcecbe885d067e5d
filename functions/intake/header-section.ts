const newline = 0x0a
const carriageReturn = 0x0d

/** As much as is ever read of a header (intake/README.md, "What the parser is told"). */
const mostBytes = 256 * 1024

/**
 * The header of a mail, as its bytes: all up to the first empty line. Of a mail too large to be read it says whose
 * it is; nothing of what it brings is looked at.
 */
export const headerSection = (raw: Uint8Array): Uint8Array => {
  const end = Math.min(raw.length, mostBytes)
  for (let at = 0; at < end; at += 1) {
    if (raw[at] !== newline) continue
    const next = raw[at + 1] === carriageReturn ? at + 2 : at + 1
    if (raw[next] === newline) return raw.subarray(0, next + 1)
  }
  return raw.subarray(0, end)
}
