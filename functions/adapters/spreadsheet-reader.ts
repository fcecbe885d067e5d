import { parse } from 'csv-parse/sync'
import { read, type Cell, type CellValue, type Sheet, type Workbook } from 'hucre'
import { readOds } from 'hucre/ods'
import { readXlsx } from 'hucre/xlsx'
import { asRaised, cleanText } from '../intake/clean-text.ts'
import { decodeMixed } from '../intake/mixed-charset.ts'
import type {
  MessageAttachment,
  ReadSpreadsheet,
  SheetCell,
  SheetRefusal,
  SheetRows,
} from '../intake/message.ts'
import { numberFormat } from './number-format.ts'
import { odsSheets, type OdsSheet } from './ods-sheets.ts'
import { withXlsLooks } from './xls-looks.ts'
import { judgeZip } from './zip-guard.ts'
import { isSpreadsheetXml, spreadsheetXml, textRows } from './plain-sheets.ts'
import { cellAddress, danishNumber, plainCell } from './sheet-cell.ts'

/** Bytes as text: BOM, UTF-16 from Excel's "Unicode text", else UTF-8 or windows-1252 or lines of both (MAIL 83, 283). */
const decodeText = (bytes: Uint8Array): string => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return decodeMixed(bytes)
}

/** More cells than a form's rows and columns hold many times over: a file of delimiters alone is none of ours. */
const mostDelimiters = 250_000

/** Counted up to the limit: what the parser makes of a file stays in proportion to it. */
const hasTooManyCells = (text: string, delimiter: string): boolean => {
  let found = 0
  for (let at = text.indexOf(delimiter); at !== -1; at = text.indexOf(delimiter, at + 1)) {
    found += 1
    if (found > mostDelimiters) return true
  }
  return false
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
const csvRows = (bytes: Uint8Array, maxRows: number): readonly (readonly string[])[] | 'too-large' | null => {
  const decoded = decodeText(bytes).replace(/^\uFEFF/u, '')
  const declared = /^sep=(.)\r?\n/iu.exec(decoded)
  const text = declared === null ? decoded : decoded.slice(declared[0].length)
  const delimiter = declared?.[1] ?? delimiterOf(text)
  if (hasTooManyCells(text, delimiter)) return 'too-large'
  if (text.includes('\u0000') || /^\s*<(?:!doctype|html|\?xml)/iu.test(text)) return null
  try {
    const rows: string[][] = parse(text, {
      delimiter,
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

/** More rows than any form has; what lies below is not read. */
const maxRows = 2000
const maxColumns = 60
const maxPlainBytes = 5 * 1024 * 1024

/** hucre and csv-parse behind our own guard. A file is judged by its content; its name only says what it claims. */
export const makeSpreadsheetReader = (): ReadSpreadsheet => async (attachment, file) => {
  const claim = claimOf(attachment)
  if (claim === null) return null
  if (attachment.content.length === 0) return refused('empty')
  if (claim === 'xlsb') return refused('xlsb')
  if (claim === 'xlsm') return refused('macros')
  if (claim === 'text' || claim === 'xml') return readText(attachment, file, claim)
  const start = Buffer.from(attachment.content.subarray(0, 8)).toString('latin1')
  if (start.startsWith('PK')) return readArchive(attachment, file)
  if (start === '\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1') return readBinary(attachment, file)
  return readPlain(attachment, file)
}

type Result = Awaited<ReturnType<ReadSpreadsheet>>
const refused = (refusal: SheetRefusal): Result => ({ ok: false, refusal })

/** What an attachment claims to be, by name or type; null when it claims no spreadsheet. */
const claimOf = ({ filename, mimeType, content }: MessageAttachment): string | null => {
  const extension = /\.([a-z]{2,4})$/iu.exec(filename)?.[1]?.toLowerCase() ?? ''
  if (['xlsx', 'xlsm', 'xlsb', 'xls', 'ods', 'csv', 'tsv', 'xml'].includes(extension)) return extension
  if (/spreadsheet|ms-excel|text\/csv|tab-separated/iu.test(mimeType)) return 'typed'
  if (['txt', 'text', 'htm', 'html', 'md', 'log'].includes(extension)) return 'text'
  if (extension === '' && /^text\/(?:plain|html)$/iu.test(mimeType)) return 'text'
  if (extension !== '' && extension !== 'bin' && extension !== 'dat') return null
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  const start = bytes.subarray(0, 4000)
  if (start.includes('mimetypeapplication/vnd.oasis.opendocument.spreadsheet')) return 'ods'
  return start.includes('[Content_Types].xml') && bytes.includes('xl/workbook') ? 'xlsx' : null
}

const readArchive = async (attachment: MessageAttachment, file: number): Promise<Result> => {
  const archive = judgeZip(attachment.content)
  if (!archive.ok) return archive
  const { files, unpacked } = archive
  const options = { readStyles: true, maxRows }
  const type = files.get('mimetype')?.toString('utf8').trim()
  const ods = type === 'application/vnd.oasis.opendocument.spreadsheet'
  if (!ods && !files.has('xl/workbook.xml')) return refused('not-a-spreadsheet')
  return ods
    ? opened(
        attachment,
        file,
        () => readOds(unpacked, options),
        () => odsSheets(files.get('content.xml')?.toString('utf8') ?? '', { maxRows, maxColumns }),
      )
    : opened(attachment, file, () => readXlsx(unpacked, options))
}

/** The old binary format, or an encrypted file in the same container. */
const readBinary = async (attachment: MessageAttachment, file: number): Promise<Result> => {
  const { content } = attachment
  if (content.length > maxPlainBytes) return refused('too-large')
  if (Buffer.from(content).includes(Buffer.from('EncryptedPackage', 'utf16le'))) return refused('encrypted')
  return opened(attachment, file, async () => withXlsLooks(content, await read(content, { maxRows })))
}

const readPlain = (attachment: MessageAttachment, file: number): Result => {
  if (attachment.content.length > maxPlainBytes) return refused('too-large')
  const rows = csvRows(attachment.content, maxRows)
  if (rows === null) return refused('not-a-spreadsheet')
  if (rows === 'too-large') return refused('too-large')
  const sheet: SheetRows = {
    file,
    filename: attachment.filename,
    sheet: '',
    hidden: false,
    identity: null,
    rows: rows.map((row, at) => row.slice(0, maxColumns).map((text, column) => plainCell(text, at, column))),
  }
  return { ok: true, sheets: [sheet] }
}

/**
 * An attached text or page, or Excel's XML of 2003. A text whose rows are cells set apart by tabs ("Unicode-tekst" of
 * Excel) under our headings is a sheet; every other is read line by line (MAIL 284).
 */
const readText = (attachment: MessageAttachment, file: number, claim: 'text' | 'xml'): Result => {
  if (attachment.content.length > maxPlainBytes) return refused('too-large')
  const text = decodeText(attachment.content).replace(/^\uFEFF/u, '')
  const limits = { rows: maxRows, columns: maxColumns }
  const of = { file, filename: attachment.filename, identity: null }
  if (isSpreadsheetXml(text)) {
    if (/<!doctype/iu.test(text.slice(0, 5000))) return refused('doctype')
    return { ok: true, sheets: spreadsheetXml(text, limits).map((sheet) => ({ ...of, ...sheet })) }
  }
  if (claim === 'xml') return null
  if (text.includes('\u0000')) return refused('broken')
  const rows = textRows(text, limits)
  const isSheet = rows.slice(0, 40).some((row) => row.some((cell) => ourHeading.test(cell.text.trim())))
  return {
    ok: true,
    sheets: [{ ...of, sheet: '', hidden: false, rows, ...(isSheet ? {} : { isText: true as const }) }],
  }
}
const ourHeading = /^(?:jeres tal|your figures?)(?:\s*\(.*\))?$/iu

const opened = async (
  attachment: MessageAttachment,
  file: number,
  open: () => Promise<Workbook>,
  looks: () => readonly OdsSheet[] = () => [],
): Promise<Result> => {
  try {
    const workbook = await open()
    const shown = looks()
    const identity =
      workbook.namedRanges?.find(({ name }) => name.toLowerCase() === 'aarshjul')?.range ?? null
    return {
      ok: true,
      sheets: workbook.sheets.map((sheet, nth) =>
        toRows(sheet, { file, filename: attachment.filename, identity }, shown[nth]),
      ),
    }
  } catch (error) {
    return refused(error instanceof Error && error.name === 'EncryptedFileError' ? 'encrypted' : 'broken')
  }
}

/** No program lets a name be as long; what names a cell is kept on the record. */
const mostSheetName = 100

const toRows = (
  sheet: Sheet,
  of: Pick<SheetRows, 'file' | 'filename' | 'identity'>,
  ods: OdsSheet | undefined,
): SheetRows => ({
  ...of,
  sheet: sheet.name.slice(0, mostSheetName),
  hidden: sheet.hidden === true || sheet.veryHidden === true || ods?.hidden === true,
  // The binary format leaves holes for empty rows, whatever the type says.
  rows: Array.from(sheet.rows.slice(0, maxRows), (row: CellValue[] | undefined, at) =>
    Array.from((row ?? []).slice(0, maxColumns), (value: CellValue | undefined, column) => {
      const unseen = sheet.columns?.[column]?.hidden === true || ods?.hiddenColumns.has(column) === true
      const marked = ods?.cells.get(`${at},${column}`)
      const cell =
        marked?.text === undefined
          ? toCell(value, sheet.cells?.get(`${at},${column}`), cellAddress(at, column), marked?.words)
          : textCell(marked.text, cellAddress(at, column))
      return unseen ? { ...cell, hidden: true } : cell
    }),
  ),
})

const errorText = /^#(?:REF|N\/A|DIV\/0|VALUE|NAME|NUM|NULL|SPILL|CALC|GETTING_DATA)[!?]?$/u

/** The text of a cell as it is looked at: runs that are struck out are gone, raised ones are marks. */
const visibleText = (cell: Cell | undefined, text: string): string => {
  const struck = cell?.style?.font?.strikethrough === true
  if (cell?.richText === undefined || cell.richText.length === 0) return struck ? '' : text
  return cell.richText
    .map((run) => {
      if (run.font === undefined ? struck : run.font.strikethrough === true) return ''
      return run.font?.vertAlign === undefined ? run.text : asRaised(run.text)
    })
    .join('')
}

const textCell = (text: string, address: string): SheetCell =>
  text.trim() === ''
    ? { address, text: '', type: 'empty' }
    : { address, text: cleanText(text.trim()), type: 'text' }

/** @param words what an ODS cell writes around its number */
const toCell = (
  value: CellValue | undefined,
  cell: Cell | undefined,
  address: string,
  words?: string,
): SheetCell => {
  const empty: SheetCell = { address, text: '', type: 'empty' }
  if (cell?.formula !== undefined && (value === null || value === undefined || value === ''))
    return { address, text: '', type: 'formula-without-value' }
  if (value === null || value === undefined || value === '') return empty
  if (typeof value !== 'string' && cell?.style?.font?.strikethrough === true) return empty
  if (value instanceof Date) return { address, text: dateOnly(value), type: 'date' }
  switch (typeof value) {
    case 'boolean':
      return { address, text: value ? 'ja' : 'nej', type: 'boolean' }
    case 'number':
      return words === undefined
        ? numberCell(value, cell?.style?.numFmt ?? '', address)
        : { address, text: `${danishNumber(value)} ${words}`, type: 'number' }
    case 'string': {
      const text = visibleText(cell, value)
      const isError = cell?.type === 'error' || errorText.test(value)
      if (text.trim() === '') return { address, text: cleanText(text), type: 'empty' }
      return { address, text: cleanText(text), type: isError ? 'error' : 'text' }
    }
    default:
      return value satisfies never
  }
}

const numberCell = (value: number, format: string, address: string): SheetCell => {
  if (/[dy]/iu.test(format.replace(/\[[^\][]*\]|"[^"]*"|\\./gu, '')) && value > 1 && value < 200_000)
    return {
      address,
      text: dateOnly(new Date(Date.UTC(1899, 11, 30) + Math.round(value) * 86_400_000)),
      type: 'date',
    }
  const { before, after, power } = numberFormat(format, value)
  const text = [before, danishNumber(power > 0 ? value * 100 : value / 10 ** -power), after]
    .filter((part) => part !== '')
    .join(' ')
  return { address, text, type: after.startsWith('%') ? 'percent' : 'number' }
}

const dateOnly = (date: Date): string => (Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10))
