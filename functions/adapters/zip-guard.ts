import { inflateRawSync } from 'node:zlib'
import type { SheetRefusal } from '../intake/message.ts'

/** Limits of intake/README.md, "Archives and workbooks": a reader never sees an archive that breaks one. */
const zipLimits = {
  entries: 200,
  entryBytes: 20 * 1024 * 1024,
  totalBytes: 50 * 1024 * 1024,
  ratio: 200,
} as const

export type ZipJudgement =
  | { readonly ok: true; readonly names: ReadonlySet<string>; readonly mimetype: string }
  | { readonly ok: false; readonly refusal: SheetRefusal }

const refused = (refusal: SheetRefusal): ZipJudgement => ({ ok: false, refusal })
const endSignature = 0x06054b50
const centralSignature = 0x02014b50
const localSignature = 0x04034b50

interface Entry {
  readonly name: string
  readonly method: number
  readonly encrypted: boolean
  readonly packed: number
  readonly size: number
  readonly offset: number
}

const endRecord = (zip: Buffer): number => {
  for (let at = zip.length - 22; at >= Math.max(0, zip.length - 65_557); at -= 1)
    if (zip.readUInt32LE(at) === endSignature) return at
  return -1
}

/** The central directory; null when it is not there, zip64 or cut. */
const entriesOf = (zip: Buffer): readonly Entry[] | null => {
  const end = endRecord(zip)
  if (end === -1) return null
  const count = zip.readUInt16LE(end + 10)
  let at = zip.readUInt32LE(end + 16)
  if (count === 0xffff || at === 0xffffffff || count > zipLimits.entries) return null
  const entries: Entry[] = []
  for (let nth = 0; nth < count; nth += 1) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== centralSignature) return null
    const nameLength = zip.readUInt16LE(at + 28)
    const skip = nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
    entries.push({
      name: zip.toString('utf8', at + 46, at + 46 + nameLength),
      method: zip.readUInt16LE(at + 10),
      encrypted: (zip.readUInt16LE(at + 8) & 1) === 1,
      packed: zip.readUInt32LE(at + 20),
      size: zip.readUInt32LE(at + 24),
      offset: zip.readUInt32LE(at + 42),
    })
    at += 46 + skip
  }
  return entries
}

/** An entry's bytes, never more than it declares; null when it lies or is broken. */
const inflated = (zip: Buffer, entry: Entry): Buffer | null => {
  if (entry.offset + 30 > zip.length || zip.readUInt32LE(entry.offset) !== localSignature) return null
  const start = entry.offset + 30 + zip.readUInt16LE(entry.offset + 26) + zip.readUInt16LE(entry.offset + 28)
  const packed = zip.subarray(start, start + entry.packed)
  if (packed.length !== entry.packed) return null
  if (entry.method === 0) return packed.length === entry.size ? packed : null
  if (entry.method !== 8) return null
  try {
    const bytes = inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.size) })
    return bytes.length === entry.size ? bytes : null
  } catch {
    return null
  }
}

/** Judges an archive before any reader opens it: sizes declared and true, no DOCTYPE, no macros, no xlsb. */
export const judgeZip = (bytes: Uint8Array): ZipJudgement => {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = zip.length < 22 ? -1 : endRecord(zip)
  if (end !== -1 && zip.readUInt16LE(end + 10) > zipLimits.entries) return refused('too-large')
  const entries = zip.length < 22 ? null : entriesOf(zip)
  if (entries === null || entries.length === 0) return refused('broken')
  const names = new Set(entries.map(({ name }) => name))
  if (names.size !== entries.length) return refused('broken')
  if (entries.some(({ encrypted }) => encrypted)) return refused('encrypted')
  if (names.has('xl/workbook.bin')) return refused('xlsb')
  if (
    [...names].some(
      (name) => /vbaProject\.bin$|^Basic\/.+\.xml$/iu.test(name) && !/script-l[bc]\.xml$/u.test(name),
    )
  )
    return refused('macros')
  const total = entries.reduce((sum, { size }) => sum + size, 0)
  const bloated = (entry: Entry): boolean =>
    entry.size > 64 * 1024 && entry.size > entry.packed * zipLimits.ratio
  if (
    total > zipLimits.totalBytes ||
    entries.some((entry) => entry.size > zipLimits.entryBytes || bloated(entry))
  )
    return refused('too-large')
  let mimetype = ''
  for (const entry of entries) {
    const content = inflated(zip, entry)
    if (content === null) return refused('broken')
    if (entry.name === 'mimetype') mimetype = content.toString('utf8').trim()
    if (/\.(?:xml|rels|vml)$/iu.test(entry.name) && hasDoctype(content)) return refused('doctype')
  }
  return { ok: true, names, mimetype }
}

/** The text of one entry of an archive that was judged before; null when there is none. */
export const entryText = (bytes: Uint8Array, name: string): string | null => {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entry = entriesOf(zip)?.find((one) => one.name === name)
  return (entry === undefined ? null : inflated(zip, entry))?.toString('utf8') ?? null
}

/** Also in UTF-16: the NUL bytes between the letters are left out. */
const hasDoctype = (content: Buffer): boolean => {
  if (content.includes('<!DOCTYPE') || content.includes('<!ENTITY')) return true
  const wide = content[0] === 0xff || content[0] === 0xfe || content[1] === 0
  return wide && /<!(?:DOCTYPE|ENTITY)/iu.test(content.toString('latin1').replaceAll('\u0000', ''))
}
