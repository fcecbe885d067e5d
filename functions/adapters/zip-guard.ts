import { inflateRawSync } from 'node:zlib'
import type { SheetRefusal } from '../intake/message.ts'

/** Limits of intake/README.md, "Archives and workbooks": a reader never sees an archive that breaks one. */
const zipLimits = {
  entries: 200,
  entryBytes: 20 * 1024 * 1024,
  totalBytes: 50 * 1024 * 1024,
  ratio: 200,
} as const

/** The files of an archive by name, and the same archive with nothing packed: a reader need not inflate them again. */
interface JudgedArchive {
  readonly ok: true
  readonly files: ReadonlyMap<string, Buffer>
  readonly unpacked: Uint8Array
}

export type ZipJudgement = JudgedArchive | { readonly ok: false; readonly refusal: SheetRefusal }

const refused = (refusal: SheetRefusal): ZipJudgement => ({ ok: false, refusal })
const endSignature = 0x06054b50
const centralSignature = 0x02014b50
const localSignature = 0x04034b50

interface Entry {
  readonly name: string
  /** The name as it is written, whatever its charset. */
  readonly written: Buffer
  readonly method: number
  readonly encrypted: boolean
  readonly crc: number
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
    const written = zip.subarray(at + 46, at + 46 + nameLength)
    entries.push({
      name: written.toString('utf8'),
      written,
      method: zip.readUInt16LE(at + 10),
      encrypted: (zip.readUInt16LE(at + 8) & 1) === 1,
      crc: zip.readUInt32LE(at + 16),
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
  const archive = new StoredArchive(entries)
  for (const entry of entries) {
    const content = inflated(zip, entry)
    if (content === null) return refused('broken')
    if (/\.(?:xml|rels|vml)$/iu.test(entry.name) && hasDoctype(content)) return refused('doctype')
    archive.add(entry, content)
  }
  return { ok: true, files: archive.files, unpacked: archive.finished() }
}

const localBytes = 30
const centralBytes = 46
const endBytes = 22

/**
 * An archive that holds its files as they are (APPNOTE.TXT 4.3.7, 4.3.12, 4.3.16). The checksums are those of the
 * archive it was: whoever opens it still finds a file that is broken.
 */
class StoredArchive {
  /** The files by name, as pieces of the archive. */
  readonly files = new Map<string, Buffer>()
  readonly #bytes: Buffer
  /** Where the next file stands, and the next entry of the directory, which begins behind the last file. */
  #at = 0
  #directoryAt: number
  readonly #directory: number

  /** @param entries all that will be added; their sizes are true */
  constructor(entries: readonly Entry[]) {
    const sum = (header: number, of: (entry: Entry) => number): number =>
      entries.reduce((total, entry) => total + header + entry.written.length + of(entry), 0)
    this.#directory = sum(localBytes, ({ size }) => size)
    this.#directoryAt = this.#directory
    this.#bytes = Buffer.alloc(this.#directory + sum(centralBytes, () => 0) + endBytes)
  }

  add({ name, written, crc, size }: Entry, content: Buffer): void {
    const bytes = this.#bytes
    const central = this.#directoryAt
    bytes.writeUInt32LE(centralSignature, central)
    bytes.writeUInt32LE(crc, central + 16)
    bytes.writeUInt32LE(size, central + 20)
    bytes.writeUInt32LE(size, central + 24)
    bytes.writeUInt16LE(written.length, central + 28)
    bytes.writeUInt32LE(this.#at, central + 42)
    bytes.set(written, central + centralBytes)
    this.#directoryAt += centralBytes + written.length
    bytes.writeUInt32LE(localSignature, this.#at)
    bytes.writeUInt16LE(written.length, this.#at + 26)
    bytes.set(written, this.#at + localBytes)
    const start = this.#at + localBytes + written.length
    bytes.set(content, start)
    this.#at = start + size
    this.files.set(name, bytes.subarray(start, this.#at))
  }

  finished(): Uint8Array {
    const end = this.#directoryAt
    this.#bytes.writeUInt32LE(endSignature, end)
    this.#bytes.writeUInt16LE(this.files.size, end + 8)
    this.#bytes.writeUInt16LE(this.files.size, end + 10)
    this.#bytes.writeUInt32LE(end - this.#directory, end + 12)
    this.#bytes.writeUInt32LE(this.#directory, end + 16)
    return this.#bytes
  }
}

/** Also in UTF-16: the NUL bytes between the letters are left out. */
const hasDoctype = (content: Buffer): boolean => {
  if (content.includes('<!DOCTYPE') || content.includes('<!ENTITY')) return true
  const wide = content[0] === 0xff || content[0] === 0xfe || content[1] === 0
  return wide && /<!(?:DOCTYPE|ENTITY)/iu.test(content.toString('latin1').replaceAll('\u0000', ''))
}
