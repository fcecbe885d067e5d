import { parse } from 'csv-parse/sync'

/** Bytes as text: BOM, UTF-16 from Excel's "Unicode text", strict UTF-8, otherwise windows-1252 (MAIL 83). */
const decodeText = (bytes: Uint8Array): string => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

const delimiters = [';', '\t', ','] as const

/** The delimiter that stands most often in the first lines, outside quotes; `sep=;` says it itself. */
const delimiterOf = (text: string): string => {
  const head = text
    .split(/\r?\n/u, 10)
    .join('\n')
    .replace(/"[^"]*"/gu, '')
  const counts = delimiters.map((delimiter) => head.split(delimiter).length)
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ';'
}

/** The rows of a CSV file as text; null when it is none. */
export const csvRows = (bytes: Uint8Array, maxRows: number): readonly (readonly string[])[] | null => {
  const decoded = decodeText(bytes).replace(/^\uFEFF/u, '')
  const declared = /^sep=(.)\r?\n/iu.exec(decoded)
  const text = declared === null ? decoded : decoded.slice(declared[0].length)
  if (text.includes('\u0000') || /^\s*<(?:!doctype|html|\?xml)/iu.test(text)) return null
  try {
    const rows: string[][] = parse(text, {
      delimiter: declared?.[1] ?? delimiterOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      max_record_size: 100_000,
      to: maxRows,
    })
    return rows
  } catch {
    return null
  }
}
