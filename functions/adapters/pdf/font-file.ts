import { inflateSync } from 'node:zlib'

const woff = { header: 44, entry: 20 }
const sfnt = { header: 12, entry: 16 }

/**
 * The OpenType font inside a WOFF 1.0 file (W3C, WOFF File Format 1.0), its tables inflated here: the font reader
 * of PDFKit inflates them in JavaScript, a second for each document.
 * @throws Error when it is no WOFF file or one of its tables is damaged
 */
export const fontOfWoff = (file: Buffer): Buffer => {
  if (file.length < woff.header || file.toString('latin1', 0, 4) !== 'wOFF')
    throw new Error('a font of the design system is no WOFF file')
  const count = file.readUInt16BE(12)
  const tables = Array.from({ length: count }, (_, at) => {
    const entry = woff.header + at * woff.entry
    const [offset, stored, length] = [4, 8, 12].map((field) => file.readUInt32BE(entry + field))
    const bytes = file.subarray(offset, (offset ?? 0) + (stored ?? 0))
    const content = stored === length ? bytes : inflateSync(bytes)
    if (content.length !== length) throw new Error('a font of the design system is damaged')
    return { tag: file.subarray(entry, entry + 4), checksum: file.subarray(entry + 16, entry + 20), content }
  })
  const directory = Buffer.alloc(sfnt.header + count * sfnt.entry)
  file.copy(directory, 0, 4, 8)
  const power = Math.floor(Math.log2(count))
  directory.writeUInt16BE(count, 4)
  directory.writeUInt16BE(2 ** power * 16, 6)
  directory.writeUInt16BE(power, 8)
  directory.writeUInt16BE((count - 2 ** power) * 16, 10)
  const parts: Buffer[] = [directory]
  let offset = directory.length
  for (const [at, { tag, checksum, content }] of tables.entries()) {
    const entry = sfnt.header + at * sfnt.entry
    tag.copy(directory, entry)
    checksum.copy(directory, entry + 4)
    directory.writeUInt32BE(offset, entry + 8)
    directory.writeUInt32BE(content.length, entry + 12)
    const padding = (4 - (content.length % 4)) % 4
    parts.push(content, Buffer.alloc(padding))
    offset += content.length + padding
  }
  return Buffer.concat(parts)
}
