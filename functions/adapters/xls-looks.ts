import type { Cell, FontStyle, RichTextRun, Sheet, Workbook } from 'hucre'

/**
 * How the sheets of an old workbook look: the spreadsheet library reads the values of BIFF8 and nothing of what is
 * struck out, raised, hidden or written around a number. Container: [MS-CFB] 2.2-2.6; records: [MS-XLS] 2.4.
 */

interface BiffRecord {
  readonly id: number
  readonly data: Buffer
  readonly offset: number
}

const ids = {
  formula: 0x06, endOfFile: 0x0a, filePass: 0x2f, font: 0x31, continued: 0x3c, columnInfo: 0x7d, boundSheet: 0x85, manyNumbers: 0xbd, cellFormat: 0xe0, strings: 0xfc, stringOf: 0xfd, richLabel: 0xd6, number: 0x0203, label: 0x0204, compactNumber: 0x027e, format: 0x041e, beginning: 0x0809,
} as const // prettier-ignore

const u16 = (bytes: Buffer, at: number): number => (at + 2 <= bytes.length ? bytes.readUInt16LE(at) : 0)
const u32 = (bytes: Buffer, at: number): number => (at + 4 <= bytes.length ? bytes.readUInt32LE(at) : 0)

/** Marks of a chain's end and of sectors that hold no stream ([MS-CFB] 2.1). */
const firstMark = 0xffff_fffa
const chain = (start: number, next: (sector: number) => number, most: number): readonly number[] => {
  const sectors: number[] = []
  for (let at = start; at < firstMark && sectors.length <= most; at = next(at)) sectors.push(at)
  return sectors
}

/** Sizes of sectors that there are: 512 or 4,096 bytes, and 64 for small streams ([MS-CFB] 2.2). */
const shifts = { sector: [9, 12], small: 6 } as const

/** The stream of the workbook in its container; null where there is none. */
const workbookStream = (file: Buffer): Buffer | null => {
  const shift = shifts.sector.find((known) => known === u16(file, 30))
  if (shift === undefined || u16(file, 32) !== shifts.small) return null
  const size = 2 ** shift
  const sector = (nth: number): Buffer => file.subarray((nth + 1) * size, (nth + 2) * size)
  const tables = Array.from({ length: 109 }, (_, nth) => u32(file, 76 + nth * 4)).filter(
    (at) => at < firstMark,
  )
  const perTable = size / 4
  const next = (at: number): number => {
    const table = tables[Math.floor(at / perTable)]
    return table === undefined ? firstMark : u32(sector(table), (at % perTable) * 4)
  }
  const joined = (start: number): Buffer => Buffer.concat(chain(start, next, file.length / size).map(sector))
  const directory = joined(u32(file, 48))
  const entries = Array.from({ length: Math.min(Math.floor(directory.length / 128), 1000) }, (_, nth) => {
    const entry = directory.subarray(nth * 128, (nth + 1) * 128)
    const name = entry.subarray(0, Math.max(0, Math.min(u16(entry, 64), 64) - 2)).toString('utf16le')
    return { name, kind: entry[66], start: u32(entry, 116), length: u32(entry, 120) }
  })
  const found = entries.find(({ name }) => name === 'Workbook')
  if (found === undefined) return null
  if (found.length >= u32(file, 56)) return joined(found.start).subarray(0, found.length)
  const small = joined(entries.find(({ kind }) => kind === 5)?.start ?? firstMark)
  const smallTable = joined(u32(file, 60))
  const smallSize = 2 ** shifts.small
  const nextSmall = (at: number): number => (at * 4 < smallTable.length ? u32(smallTable, at * 4) : firstMark)
  const parts = chain(found.start, nextSmall, small.length / smallSize)
  return Buffer.concat(parts.map((at) => small.subarray(at * smallSize, (at + 1) * smallSize))).subarray(0, found.length) // prettier-ignore
}

const recordsOf = (stream: Buffer): readonly BiffRecord[] => {
  const records: BiffRecord[] = []
  for (let at = 0; at + 4 <= stream.length;) {
    const [id, length] = [u16(stream, at), u16(stream, at + 2)]
    if (id === 0 && length === 0) break
    records.push({ id, data: stream.subarray(at + 4, at + 4 + length), offset: at })
    at += 4 + length
  }
  return records
}

/** A text of the table of shared strings that is not set in one font: from which sign on which font holds. */
interface SetText {
  readonly text: string
  readonly runs: readonly { readonly from: number; readonly font: number }[]
}

/** Shared strings ([MS-XLS] 2.5.293): a text may go on in the next record, there with its width said anew. */
const sharedTexts = (blocks: readonly Buffer[]): readonly SetText[] => {
  const bytes = Buffer.concat(blocks)
  const edges: number[] = []
  for (const block of blocks) edges.push((edges.at(-1) ?? 0) + block.length)
  const texts: SetText[] = []
  const count = Math.min(u32(bytes, 4), bytes.length)
  let at = 8
  let edge = 0
  while (texts.length < count && at + 3 <= bytes.length) {
    let left = u16(bytes, at)
    let flags = bytes[at + 2] ?? 0
    const isSet = (flags & 8) !== 0
    const runs = isSet ? u16(bytes, at + 3) : 0
    const extra = (flags & 4) === 0 ? 0 : u32(bytes, at + 3 + (isSet ? 2 : 0))
    at += 3 + (isSet ? 2 : 0) + ((flags & 4) === 0 ? 0 : 4)
    let text = ''
    while (left > 0 && at < bytes.length) {
      while ((edges[edge] ?? Infinity) < at) edge += 1
      if (edges[edge] === at) {
        flags = bytes[at] ?? 0
        at += 1
        edge += 1
      }
      const width = (flags & 1) === 0 ? 1 : 2
      const signs = Math.min(left, Math.floor(((edges[edge] ?? bytes.length) - at) / width))
      if (signs <= 0) return texts
      text += bytes.subarray(at, at + signs * width).toString(width === 1 ? 'latin1' : 'utf16le')
      at += signs * width
      left -= signs
    }
    const start = at
    texts.push({
      text,
      runs: Array.from({ length: Math.min(runs, text.length) }, (_, nth) => ({ from: u16(bytes, start + nth * 4), font: u16(bytes, start + nth * 4 + 2) })),
    }) // prettier-ignore
    at += runs * 4 + extra
  }
  return texts
}

/** Formats with a number of their own that scale what is shown; dates are told by the library. */
const ownFormats: ReadonlyMap<number, string> = new Map([[9, '0%'], [10, '0.00%']]) // prettier-ignore

const formatText = (data: Buffer): string => {
  const [signs, isWide] = [u16(data, 2), ((data[4] ?? 0) & 1) === 1]
  return data.subarray(5, 5 + signs * (isWide ? 2 : 1)).toString(isWide ? 'utf16le' : 'latin1')
}

const fontOf = (data: Buffer): FontStyle => {
  const isStruck = (u16(data, 2) & 8) !== 0
  const script = u16(data, 8)
  return {
    strikethrough: isStruck,
    ...(script === 1 ? { vertAlign: 'superscript' as const } : {}),
    ...(script === 2 ? { vertAlign: 'subscript' as const } : {}),
  }
}

interface Book {
  readonly fonts: readonly FontStyle[]
  readonly formats: readonly { readonly font: number; readonly format: string }[]
  readonly texts: readonly SetText[]
  readonly sheets: readonly { readonly offset: number; readonly hidden: boolean }[]
}

/** The fonts of a book are counted past a fourth that is never there ([MS-XLS] 2.5.129). */
const fontAt = ({ fonts }: Book, nth: number): FontStyle | undefined => fonts[nth > 4 ? nth - 1 : nth]

const bookOf = (records: readonly BiffRecord[]): Book => {
  const end = records.findIndex(({ id }) => id === ids.endOfFile)
  const globals = records.slice(0, end)
  const all = (wanted: number): readonly Buffer[] => globals.flatMap(({ id, data }) => (id === wanted ? [data] : []))
  const formats = new Map([...ownFormats, ...all(ids.format).map((data) => [u16(data, 0), formatText(data)] as const)]) // prettier-ignore
  const strings = globals.findIndex(({ id }) => id === ids.strings)
  const more = globals.slice(strings + 1).findIndex(({ id }) => id !== ids.continued)
  const blocks = strings === -1 ? [] : globals.slice(strings, more === -1 ? undefined : strings + 1 + more)
  return {
    fonts: all(ids.font).map(fontOf),
    formats: all(ids.cellFormat).map((data) => ({ font: u16(data, 0), format: formats.get(u16(data, 2)) ?? '' })),
    texts: sharedTexts(blocks.map(({ data }) => data)),
    sheets: all(ids.boundSheet).map((data) => ({ offset: u32(data, 0), hidden: ((data[4] ?? 0) & 3) !== 0 })),
  }
} // prettier-ignore

/** The pieces of a text, each in its font; nothing where it is all in the cell's. */
const piecesOf = (book: Book, shared: number, own: FontStyle | undefined): readonly RichTextRun[] => {
  const set = book.texts[shared]
  if (set === undefined || set.runs.length === 0) return []
  const starts = [{ from: 0, font: own }, ...set.runs.map(({ from, font }) => ({ from, font: fontAt(book, font) }))]
  return starts.flatMap(({ from, font }, nth) => {
    const text = set.text.slice(from, starts[nth + 1]?.from)
    return text === '' ? [] : [{ text, ...(font === undefined ? {} : { font }) }]
  })
} // prettier-ignore

/** Of a sheet in the old format. */
const mostColumns = 256

const cellKinds: ReadonlySet<number> = new Set([
  ids.formula,
  ids.number,
  ids.label,
  ids.richLabel,
  ids.compactNumber,
  ids.stringOf,
])

/** What a sheet's records say beside its values, as the library says it of newer workbooks. */
const lookOf = (book: Book, records: readonly BiffRecord[], values: Sheet): Pick<Sheet, 'cells' | 'columns'> => {
  const cells = new Map<string, Cell>()
  const hidden = new Set<number>()
  let ranges = 0
  const add = (row: number, column: number, format: number, shared: number | null): void => {
    const looks = book.formats[format]
    const font = looks === undefined ? undefined : fontAt(book, looks.font)
    const richText = shared === null ? [] : piecesOf(book, shared, font)
    const value = values.rows[row]?.[column] ?? null
    cells.set(`${row},${column}`, {
      value,
      type: typeof value === 'number' ? 'number' : 'string',
      style: { ...(font === undefined ? {} : { font }), numFmt: looks?.format ?? '' },
      ...(richText.length === 0 ? {} : { richText: [...richText] }),
    })
  }
  for (const { id, data } of records) {
    if (id === ids.endOfFile) break
    if (id === ids.columnInfo && (u16(data, 8) & 1) === 1 && (ranges += 1) <= mostColumns)
      for (let column = u16(data, 0); column <= Math.min(u16(data, 2), mostColumns - 1); column += 1) hidden.add(column)
    if (id === ids.manyNumbers)
      for (let nth = 0; nth * 6 + 6 < data.length - 2; nth += 1)
        add(u16(data, 0), u16(data, 2) + nth, u16(data, 4 + nth * 6), null)
    if (cellKinds.has(id))
      add(u16(data, 0), u16(data, 2), u16(data, 4), id === ids.stringOf ? u32(data, 6) : null)
  }
  return {
    cells,
    columns: Array.from({ length: Math.max(-1, ...hidden) + 1 }, (_, column) => ({ hidden: hidden.has(column) })),
  }
} // prettier-ignore

/** A password: what stands in the records is none of what was written. */
class EncryptedFileError extends Error {
  override readonly name = 'EncryptedFileError'
}

/**
 * An old workbook with its looks beside the values that the library has read.
 * @throws `EncryptedFileError` where it is protected by a password
 */
export const withXlsLooks = (content: Uint8Array, workbook: Workbook): Workbook => {
  const stream = workbookStream(Buffer.from(content))
  if (stream === null) return workbook
  const records = recordsOf(stream)
  if (records.some(({ id }) => id === ids.filePass)) throw new EncryptedFileError('protected by a password')
  const book = bookOf(records)
  const places = new Map(records.map(({ offset }, nth) => [offset, nth]))
  return {
    ...workbook,
    sheets: workbook.sheets.map((sheet, nth) => {
      const bound = book.sheets[nth]
      const start = bound === undefined ? undefined : places.get(bound.offset)
      if (bound === undefined || start === undefined) return sheet
      return { ...sheet, hidden: bound.hidden, ...lookOf(book, records.slice(start + 1), sheet) }
    }),
  }
}
