/**
 * Marks: what must not stand where logs, heads, histories, metrics and addresses of pages are. Looked for as written
 * and as programs write it: in JSON, in addresses, in quoted-printable, in base64, in small letters.
 */

const utf8 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')
const json = (text: string): string =>
  JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(/[\u0080-\uFFFF]/gu, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
const quotedPrintable = (text: string): string =>
  utf8(text).replaceAll(/[\u0080-\u00FF=]/gu, (sign) => `=${sign.charCodeAt(0).toString(16).toUpperCase()}`)

/** The signs of base64 that a text gives wherever it begins among its bytes: those at the ends depend on the rest. */
const base64 = (text: string): readonly string[] =>
  [0, 1, 2].map((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text, 'utf8')])
    const from = Math.ceil((before * 8) / 6)
    return bytes.toString('base64').slice(from, Math.floor((bytes.length * 8) / 6))
  })

/** Shorter ones stand in a hash by chance. */
const shortest = 8

interface Spelled {
  readonly mark: string
  readonly lower: readonly string[]
  readonly exact: readonly string[]
}

const spelled = (mark: string): Spelled => ({
  mark,
  lower: [
    ...new Set(
      [utf8(mark), mark, json(mark), encodeURIComponent(mark), quotedPrintable(mark), quotedPrintable(mark).replaceAll(' ', '_')] // prettier-ignore
        .map((way) => way.toLowerCase()),
    ),
  ],
  exact: base64(mark).filter((way) => way.length >= shortest),
})

/** A finder of marks: which of them stand in some bytes. @throws for a mark so short that it would stand anywhere */
export const marksFinder = (marks: readonly string[]): ((bytes: Uint8Array) => readonly string[]) => {
  for (const mark of marks) if (mark.length < shortest) throw new RangeError(`too short for a mark: ${mark}`)
  const all = [...new Set(marks)].map(spelled)
  return (bytes) => {
    const exact = Buffer.from(bytes).toString('latin1')
    const lower = exact.toLowerCase()
    return all.flatMap(({ mark, ...ways }) =>
      ways.lower.some((way) => lower.includes(way)) || ways.exact.some((way) => exact.includes(way))
        ? [mark]
        : [],
    )
  }
}
