import { maxLines } from '../intake/clean-text.ts'
import { decodeMixed, holdsLatinUtf8 } from '../intake/mixed-charset.ts'

/**
 * Text parts without a charset, or with a wrong one, lose their letters in the parser (MAIL 65).
 * This pass looks at the raw bytes of every text part and writes the charset that fits into its header: strict
 * UTF-8, otherwise windows-1252; a body whose lines are of both is written anew in UTF-8 (MAIL 283). A body longer than is ever read is cut here, since the parser's cost is by the line
 * (MAIL security 10, 11). Nothing else of the mail is touched.
 */

const maxDepth = 20
const maxParts = 500
const maxTextBytes = 5 * 1024 * 1024

interface Edit {
  readonly from: number
  readonly to: number
  readonly text: string
}

interface Walk {
  readonly raw: string
  readonly edits: Edit[]
  parts: number
  cut: boolean
}

/** The mail with charsets that fit and bodies of bounded length, and whether anything had to be changed. */
export const repairCharsets = (
  bytes: Uint8Array,
): { readonly bytes: Uint8Array; readonly repaired: boolean; readonly cut: boolean } => {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  const walk: Walk = { raw, edits: [], parts: 0, cut: false }
  visit(walk, 0, raw.length, 0)
  if (walk.edits.length === 0) return { bytes, repaired: false, cut: false }
  let mended = ''
  let at = 0
  for (const edit of walk.edits) {
    mended += raw.slice(at, edit.from) + edit.text
    at = edit.to
  }
  return {
    bytes: Buffer.from(mended + raw.slice(at), 'latin1'),
    repaired: walk.edits.some(({ text }) => text !== ''),
    cut: walk.cut,
  }
}

const visit = (walk: Walk, from: number, to: number, depth: number): void => {
  walk.parts += 1
  if (depth > maxDepth || walk.parts > maxParts) return
  const blank = /\r?\n\r?\n/gu
  blank.lastIndex = from
  const startsBlank = /^\r?\n/u.exec(walk.raw.slice(from, from + 2))
  const gap = startsBlank === null ? blank.exec(walk.raw) : null
  const headEnd = startsBlank === null ? (gap?.index ?? to) : from
  const bodyStart = startsBlank === null ? headEnd + (gap?.[0].length ?? 0) : from + startsBlank[0].length
  if (headEnd > to || bodyStart > to) return
  const head = walk.raw.slice(from, headEnd)
  const type = header(head, 'content-type')
  const value = type?.value ?? 'text/plain'
  const boundary = parameter(value, 'boundary')
  if (/^\s*multipart\//iu.test(value) && boundary !== null) {
    for (const [partFrom, partTo] of partsOf(walk.raw, bodyStart, to, boundary))
      visit(walk, partFrom, partTo, depth + 1)
    return
  }
  if (!/^\s*text\//iu.test(value)) return
  const attached = /^\s*attachment\b/iu.test(header(head, 'content-disposition')?.value ?? '')
  const end = attached ? to : boundedEnd(walk.raw, bodyStart, to)
  if (end - bodyStart > maxTextBytes) return
  const cut = (): void => {
    if (end === to) return
    walk.edits.push({ from: end, to, text: '' })
    walk.cut = true
  }
  const encoding = header(head, 'content-transfer-encoding')?.value ?? ''
  const bytes = decoded(walk.raw.slice(bodyStart, end), encoding)
  const charset = fitting(bytes, parameter(value, 'charset'))
  if (charset === null) {
    cut()
    return
  }
  const bare = value.replace(/;\s*charset\s*=\s*(?:"[^"]*"|[^;\s]*)/giu, '').trim()
  const line = `Content-Type: ${bare}; charset=${charset}`
  walk.edits.push(
    type === null
      ? { from, to: from, text: `${line}\r\n` }
      : { from: from + type.from, to: from + type.to, text: line },
  )
  if (charset === 'utf-8' && !isUtf8(bytes))
    walk.edits.push({ from: bodyStart, to: end, text: encoded(decodeMixed(bytes), encoding) })
  cut()
}

/** Where a body ends that has at most as many lines and bytes as are read. */
const boundedEnd = (raw: string, from: number, to: number): number => {
  const most = Math.min(to, from + maxTextBytes)
  let at = from
  for (let line = 0; line < maxLines; line += 1) {
    const next = raw.indexOf('\n', at)
    if (next === -1 || next >= most) return most
    at = next + 1
  }
  return Math.min(at, to)
}

/** A header of a part with its place, unfolded. */
const header = (head: string, name: string): { value: string; from: number; to: number } | null => {
  const match = new RegExp(`^${name}[ \\t]*:((?:[^\\r\\n]|\\r?\\n[ \\t])*)`, 'imu').exec(head)
  if (match === null) return null
  return {
    value: (match[1] ?? '').replace(/\r?\n/gu, ' ').trim(),
    from: match.index,
    to: match.index + match[0].length,
  }
}

const parameter = (value: string, name: string): string | null => {
  const match = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^;\\s]+))`, 'iu').exec(value)
  return match?.[1] ?? match?.[2] ?? null
}

/** The parts between the lines of a boundary. */
const partsOf = (
  raw: string,
  from: number,
  to: number,
  boundary: string,
): readonly (readonly [number, number])[] => {
  const parts: [number, number][] = []
  const mark = `--${boundary}`
  let open = -1
  for (let at = raw.indexOf(mark, from); at !== -1 && at < to; at = raw.indexOf(mark, at + mark.length)) {
    if (at > from && raw[at - 1] !== '\n') continue
    if (open !== -1) parts.push([open, at])
    if (parts.length > maxParts || raw.startsWith('--', at + mark.length)) return parts
    const line = raw.indexOf('\n', at)
    if (line === -1) return parts
    open = line + 1
  }
  if (open !== -1 && open < to) parts.push([open, to])
  return parts
}

const decoded = (body: string, encoding: string): Buffer => {
  switch (encoding.trim().toLowerCase()) {
    case 'base64':
      return Buffer.from(body, 'base64')
    case 'quoted-printable':
      return quotedPrintable(body)
    default:
      return Buffer.from(body, 'latin1')
  }
}

/** A text in UTF-8 as a body of the given transfer encoding. */
const encoded = (text: string, encoding: string): string => {
  const bytes = Buffer.from(text, 'utf8')
  switch (encoding.trim().toLowerCase()) {
    case 'base64':
      return `${bytes.toString('base64').replace(/.{76}/gu, '$&\r\n')}\r\n`
    case 'quoted-printable':
      return bytes
        .toString('latin1')
        .replace(
          /[=\u0080-\u00FF]/gu,
          (sign) => `=${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
        )
    default:
      return bytes.toString('latin1')
  }
}

const equalsSign = 0x3d
const lineFeed = 0x0a
const carriageReturn = 0x0d

const hexDigit = (code: number): number => {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  const lower = code | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
}

/** Quoted-printable to bytes, enough to tell their charset by; sign by sign, since bodies are long. */
const quotedPrintable = (body: string): Buffer => {
  const bytes = Buffer.allocUnsafe(body.length)
  let length = 0
  for (let at = 0; at < body.length; at += 1) {
    const code = body.charCodeAt(at)
    if (code === equalsSign) {
      const next = body.charCodeAt(at + 1)
      const high = hexDigit(next)
      const low = hexDigit(body.charCodeAt(at + 2))
      if (high !== -1 && low !== -1) {
        bytes[length] = high * 16 + low
        length += 1
        at += 2
        continue
      }
      const breaks =
        next === lineFeed ? 1 : next === carriageReturn && body.charCodeAt(at + 2) === lineFeed ? 2 : 0
      if (breaks > 0) {
        at += breaks
        continue
      }
    }
    bytes[length] = code
    length += 1
  }
  return bytes.subarray(0, length)
}

/** Charsets that programs name by habit, whatever they write. */
const byHabit = /^(?:(?:us-)?ascii|ansi_x3.*|iso-?8859-1|iso-?8859-15|latin-?1|windows-1252|cp-?1252)$/u

/** The charset to write in, or null when the declared one stands. */
const fitting = (bytes: Buffer, declared: string | null): string | null => {
  const label = declared?.trim().toLowerCase() ?? ''
  const ascii = label === '' || /^(?:us-)?ascii$|^ansi_x3/u.test(label)
  const isUtf8Said = /^utf-?8$/u.test(label)
  if (!ascii && !isUtf8Said && isKnown(label) && !(byHabit.test(label) && holdsLatinUtf8(bytes))) return null
  if (!bytes.some((byte) => byte >= 0x80)) return ascii || isKnown(label) ? null : 'utf-8'
  if (isUtf8(bytes)) return isUtf8Said ? null : 'utf-8'
  return holdsLatinUtf8(bytes) ? 'utf-8' : 'windows-1252'
}

const isKnown = (label: string): boolean => {
  try {
    return new TextDecoder(label).encoding !== ''
  } catch {
    return false
  }
}

const isUtf8 = (bytes: Buffer): boolean => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes) !== ''
  } catch {
    return false
  }
}
