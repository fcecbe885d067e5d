import { cleanText, splitLines } from '../intake/clean-text.ts'
import { htmlToText } from '../intake/html-text.ts'
import type { SheetCell, SheetRows } from '../intake/message.ts'
import { cellAddress, danishNumber, plainCell } from './sheet-cell.ts'
import { readXml } from './xml-events.ts'

/** Attached texts, pages and Excel's XML of 2003 as rows and cells: the same grid as a workbook's (MAIL 284). */

/** An attached text or page, line by line; the cells of its tables' rows are set apart by tabs. */
export const textRows = (
  text: string,
  limits: { readonly rows: number; readonly columns: number },
): SheetRows['rows'] => {
  const isPage = /^\s*<(?:!doctype html|html|head|body|meta|div|p|table|font|span|br)\b/iu.test(
    text.slice(0, 2000),
  )
  return splitLines(isPage ? htmlToText(text).body : text)
    .slice(0, limits.rows)
    .map((line, row) =>
      line
        .split('\t')
        .slice(0, limits.columns)
        .map((cell, column) => plainCell(cell, row, column)),
    )
}

/** Whether the text is a workbook in Excel's XML of 2003. */
export const isSpreadsheetXml = (text: string): boolean =>
  /^\s*<\?xml\b/iu.test(text.slice(0, 200)) &&
  text.slice(0, 5000).includes('urn:schemas-microsoft-com:office:spreadsheet')

interface OpenSheet {
  readonly name: string
  hidden: boolean
  readonly rows: SheetCell[][]
  row: number
  column: number
  readonly hiddenColumns: Set<number>
  columns: number
}

const types: Readonly<Record<string, SheetCell['type']>> = {
  Number: 'number',
  DateTime: 'date',
  Boolean: 'boolean',
  Error: 'error',
}

const shownAs = (written: string, type: SheetCell['type']): string => {
  switch (type) {
    case 'number':
      return Number.isFinite(Number(written)) ? danishNumber(Number(written)) : written
    case 'date':
      return written.slice(0, 10)
    case 'boolean':
      return written === '1' ? 'ja' : 'nej'
    default:
      return cleanText(written)
  }
}

/** Reads the sheets of a SpreadsheetML document (Microsoft, XML Spreadsheet Reference, 2001). */
class XmlReader {
  readonly sheets: OpenSheet[] = []
  readonly #limits: { readonly rows: number; readonly columns: number }
  #data: { readonly type: SheetCell['type']; text: string } | null = null
  #formula = false
  #visible = false
  #rowHidden = false
  #merged = 0

  constructor(limits: { readonly rows: number; readonly columns: number }) {
    this.#limits = limits
  }

  start(name: string, attributes: Readonly<Record<string, string>>): void {
    const sheet = this.sheets.at(-1)
    const index = Number(attributes['ss:Index'] ?? '0')
    switch (name) {
      case 'Worksheet':
        this.sheets.push({ name: attributes['ss:Name'] ?? '', hidden: false, rows: [], row: -1, column: -1, hiddenColumns: new Set(), columns: -1 }) // prettier-ignore
        break
      case 'Column':
        if (sheet === undefined) break
        sheet.columns = index > 0 ? index - 1 : sheet.columns + 1
        if (attributes['ss:Hidden'] === '1') sheet.hiddenColumns.add(sheet.columns)
        break
      case 'Row':
        if (sheet === undefined) break
        sheet.row = index > 0 ? index - 1 : sheet.row + 1
        sheet.column = -1
        this.#merged = 0
        this.#rowHidden = attributes['ss:Hidden'] === '1'
        break
      case 'Cell':
        if (sheet === undefined) break
        sheet.column = index > 0 ? index - 1 : sheet.column + 1 + this.#merged
        this.#merged = Math.min(this.#limits.columns, Number(attributes['ss:MergeAcross'] ?? '0') || 0)
        this.#formula = attributes['ss:Formula'] !== undefined
        break
      case 'Data':
      case 'ss:Data':
        this.#data = { type: types[attributes['ss:Type'] ?? ''] ?? 'text', text: '' }
        break
      case 'Visible':
        this.#visible = true
        break
      default:
    }
  }

  text(text: string): void {
    const sheet = this.sheets.at(-1)
    if (this.#visible && sheet !== undefined && /hidden/iu.test(text)) sheet.hidden = true
    if (this.#data !== null) this.#data.text += text
  }

  end(name: string): void {
    const sheet = this.sheets.at(-1)
    if (name === 'Visible') this.#visible = false
    const isData = name === 'Data' || name === 'ss:Data'
    if (sheet === undefined || (!isData && name !== 'Cell')) return
    const data = this.#data
    if (isData && data !== null) {
      this.#data = null
      this.#formula = false
      this.#put(sheet, data.type, data.text)
    } else if (name === 'Cell' && this.#formula) {
      this.#formula = false
      this.#put(sheet, 'formula-without-value', '')
    }
  }

  #put(sheet: OpenSheet, type: SheetCell['type'], written: string): void {
    const { row, column } = sheet
    if (row < 0 || column < 0 || row >= this.#limits.rows || column >= this.#limits.columns) return
    if (this.#rowHidden || sheet.hiddenColumns.has(column)) return
    for (let at = sheet.rows.length; at <= row; at += 1) sheet.rows.push([])
    const cells = sheet.rows[row] ?? []
    for (let at = cells.length; at < column; at += 1) cells.push(plainCell('', row, at))
    const text = shownAs(written.trim(), type)
    cells[column] = { address: cellAddress(row, column), text, type: type === 'text' && text === '' ? 'empty' : type } // prettier-ignore
  }
}

/** The sheets of a workbook in Excel's XML of 2003; hidden rows and columns are left out. */
export const spreadsheetXml = (
  text: string,
  limits: { readonly rows: number; readonly columns: number },
): readonly { readonly sheet: string; readonly hidden: boolean; readonly rows: SheetRows['rows'] }[] => {
  const reader = new XmlReader(limits)
  readXml(text, reader)
  return reader.sheets.map(({ name, hidden, rows }) => ({ sheet: name, hidden, rows }))
}
