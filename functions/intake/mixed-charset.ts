/**
 * Bytes of a text whose lines were written in different charsets: a footer in windows-1252 below words in UTF-8, an
 * answer pasted into another's mail (MAIL 283). Every line is decoded by itself, and within a line that fits neither
 * every letter of UTF-8 that Danish text has is one.
 */

const windows1252 = new TextDecoder('windows-1252')

/** The length of a letter or sign of Latin text in UTF-8 that begins here: U+00A0 to U+00FF, dashes, quotes, the euro; 0 when none does. */
const latinAt = (bytes: Uint8Array, at: number): number => {
  const [first = 0, second = 0, third = 0] = [bytes[at], bytes[at + 1], bytes[at + 2]]
  if ((first === 0xc2 && second >= 0xa0 && second <= 0xbf) || (first === 0xc3 && second >= 0x80 && second <= 0xbf)) return 2 // prettier-ignore
  // A decomposed letter's ring, dots or stroke.
  if (first === 0xcc && second >= 0x80 && second <= 0xbf) return 2
  return first === 0xe2 && second >= 0x80 && second <= 0x84 && third >= 0x80 && third <= 0xbf ? 3 : 0
}

/** Whether any Latin letter or sign beyond ASCII stands there in UTF-8. */
export const holdsLatinUtf8 = (bytes: Uint8Array): boolean => {
  for (let at = 0; at < bytes.length; at += 1)
    if ((bytes[at] ?? 0) >= 0xc2 && latinAt(bytes, at) > 0) return true
  return false
}

const strictUtf8 = (bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

/** A line that is no UTF-8: its Latin letters in UTF-8 are such, every other byte is windows-1252. */
const mixedLine = (bytes: Uint8Array): string => {
  let text = ''
  let from = 0
  for (let at = 0; at < bytes.length; at += 1) {
    const length = (bytes[at] ?? 0) >= 0xc2 ? latinAt(bytes, at) : 0
    if (length === 0) continue
    text +=
      windows1252.decode(bytes.subarray(from, at)) + new TextDecoder().decode(bytes.subarray(at, at + length))
    from = at + length
    at = from - 1
  }
  return text + windows1252.decode(bytes.subarray(from))
}

const lineFeed = 0x0a

/** Bytes as text: strict UTF-8, else windows-1252, else line by line. */
export const decodeMixed = (bytes: Uint8Array): string => {
  const whole = strictUtf8(bytes)
  if (whole !== null) return whole
  if (!holdsLatinUtf8(bytes)) return windows1252.decode(bytes)
  let text = ''
  for (let from = 0; from < bytes.length;) {
    const next = bytes.indexOf(lineFeed, from)
    const line = bytes.subarray(from, next === -1 ? bytes.length : next + 1)
    text += strictUtf8(line) ?? mixedLine(line)
    from += line.length
  }
  return text
}
