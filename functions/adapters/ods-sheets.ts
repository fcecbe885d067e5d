import { asRaised } from '../intake/clean-text.ts'
import { readXml } from './xml-events.ts'

/** What the library leaves out of an ODS file: what is not shown, struck out, raised, and the words of a format. */
export interface OdsSheet {
  readonly hidden: boolean
  readonly hiddenColumns: ReadonlySet<number>
  /** By `row,column` from 0: cells whose looks say more than their value. */
  readonly cells: ReadonlyMap<string, OdsCell>
}

interface OdsCell {
  /** The text as it is looked at, where something in it is struck out or raised. */
  readonly text?: string
  /** What its format writes beside the number: `t.kr.`. */
  readonly words?: string
}

interface Style {
  readonly isStruck: boolean | null
  readonly isRaised: boolean
  readonly isHiddenTable: boolean
}

interface OpenSheet {
  readonly hidden: boolean
  readonly hiddenColumns: Set<number>
  readonly cells: Map<string, OdsCell>
  readonly columnStyles: string[]
  columns: number
  row: number
  rowSpan: number
  column: number
}

interface OpenCell {
  readonly repeated: number
  readonly isStruck: boolean
  readonly number: boolean
  readonly value: string
  shown: string
  written: string
  paragraphs: number
  hasMarks: boolean
}

type Attributes = Readonly<Record<string, string>>

const isNone = (value: string | undefined): boolean => value === undefined || value === 'none'
const count = (value: string | undefined): number => {
  const read = Number(value ?? '1')
  return Number.isSafeInteger(read) && read > 0 ? read : 1
}

class OdsReader {
  readonly sheets: OpenSheet[] = []
  readonly #styles = new Map<string, { struck: boolean | null; raised: boolean; hidden: boolean }>()
  readonly #limits: { readonly maxRows: number; readonly maxColumns: number }
  readonly #spans: { readonly struck: boolean; readonly raised: boolean }[] = []
  #style: string | null = null
  #cell: OpenCell | null = null
  #inText = 0

  constructor(limits: { readonly maxRows: number; readonly maxColumns: number }) {
    this.#limits = limits
  }

  start(name: string, attributes: Attributes): void {
    const sheet = this.sheets.at(-1)
    switch (name) {
      case 'style:style':
        this.#style = attributes['style:name'] ?? ''
        this.#styles.set(this.#style, { struck: null, raised: false, hidden: false })
        break
      case 'style:text-properties':
        this.#textStyle(attributes)
        break
      case 'style:table-properties':
        if (attributes['table:display'] === 'false') this.#change((style) => ({ ...style, hidden: true }))
        break
      case 'table:table':
        this.sheets.push({
          hidden: this.#styleOf(attributes['table:style-name']).isHiddenTable,
          hiddenColumns: new Set(),
          cells: new Map(),
          columnStyles: [],
          columns: 0,
          row: 0,
          rowSpan: 1,
          column: 0,
        })
        break
      case 'table:table-column':
        if (sheet !== undefined) this.#column(sheet, attributes)
        break
      case 'table:table-row':
        if (sheet !== undefined) this.#row(sheet, attributes)
        break
      case 'table:table-cell':
      case 'table:covered-table-cell':
        if (sheet !== undefined) this.#open(sheet, attributes)
        break
      case 'text:p':
        this.#inText += 1
        if (this.#cell !== null && this.#cell.paragraphs++ > 0) this.#write('\n')
        break
      case 'text:span':
        this.#span(attributes)
        break
      case 'text:s':
        this.#write(' '.repeat(Math.min(100, count(attributes['text:c']))))
        break
      case 'text:tab':
        this.#write('\t')
        break
      case 'text:line-break':
        this.#write('\n')
        break
      case 'office:annotation':
        this.#inText = -1000
        break
      default:
    }
  }

  end(name: string): void {
    const sheet = this.sheets.at(-1)
    if (name === 'text:p') this.#inText -= 1
    if (name === 'text:span') this.#spans.pop()
    if (name === 'office:annotation') this.#inText = 0
    if (sheet === undefined) return
    if (name === 'table:table-row') sheet.row += sheet.rowSpan
    if (name === 'table:table-cell' || name === 'table:covered-table-cell') this.#close(sheet)
  }

  text(text: string): void {
    if (this.#inText > 0) this.#write(text)
  }

  #styleOf(name: string | undefined): Style {
    const style = this.#styles.get(name ?? '')
    return {
      isStruck: style?.struck ?? null,
      isRaised: style?.raised ?? false,
      isHiddenTable: style?.hidden ?? false,
    }
  }

  #change(
    change: (style: { struck: boolean | null; raised: boolean; hidden: boolean }) => {
      struck: boolean | null
      raised: boolean
      hidden: boolean
    },
  ): void {
    const style = this.#styles.get(this.#style ?? '')
    if (this.#style !== null && style !== undefined) this.#styles.set(this.#style, change(style))
  }

  #textStyle(attributes: Attributes): void {
    const [line, type] = [
      attributes['style:text-line-through-style'],
      attributes['style:text-line-through-type'],
    ]
    const position = attributes['style:text-position'] ?? ''
    this.#change((style) => ({
      ...style,
      struck: line === undefined && type === undefined ? style.struck : !(isNone(line) && isNone(type)),
      raised: style.raised || /^(?:super|sub|-?[1-9])/u.test(position),
    }))
  }

  #column(sheet: OpenSheet, attributes: Attributes): void {
    const end = Math.min(
      this.#limits.maxColumns,
      sheet.columns + count(attributes['table:number-columns-repeated']),
    )
    for (; sheet.columns < end; sheet.columns += 1) {
      sheet.columnStyles.push(attributes['table:default-cell-style-name'] ?? '')
      if (isUnseen(attributes)) sheet.hiddenColumns.add(sheet.columns)
    }
  }

  #row(sheet: OpenSheet, attributes: Attributes): void {
    sheet.column = 0
    sheet.rowSpan = count(attributes['table:number-rows-repeated'])
  }

  #open(sheet: OpenSheet, attributes: Attributes): void {
    const style = attributes['table:style-name'] ?? sheet.columnStyles[sheet.column]
    this.#cell = {
      repeated: count(attributes['table:number-columns-repeated']),
      isStruck: this.#styleOf(style).isStruck === true,
      number: /^(?:float|currency)$/u.test(attributes['office:value-type'] ?? ''),
      value: attributes['office:value'] ?? '',
      shown: '',
      written: '',
      paragraphs: 0,
      hasMarks: false,
    }
  }

  #close(sheet: OpenSheet): void {
    const cell = this.#cell
    this.#cell = null
    if (cell === null) return
    const words = cell.number ? wordsAround(cell.written) : ''
    const found: OdsCell | null =
      cell.hasMarks || (cell.isStruck && cell.written !== '')
        ? { text: cell.shown }
        : words === ''
          ? null
          : { words }
    const end = Math.min(this.#limits.maxColumns, sheet.column + cell.repeated)
    if (found !== null)
      for (let column = sheet.column; column < end; column += 1)
        for (let row = sheet.row; row < Math.min(this.#limits.maxRows, sheet.row + sheet.rowSpan); row += 1)
          sheet.cells.set(`${row},${column}`, found)
    sheet.column += cell.repeated
  }

  #span(attributes: Attributes): void {
    const { isStruck, isRaised } = this.#styleOf(attributes['text:style-name'])
    const outer = this.#spans.at(-1) ?? { struck: this.#cell?.isStruck === true, raised: false }
    this.#spans.push({ struck: isStruck ?? outer.struck, raised: isRaised || outer.raised })
  }

  #write(text: string): void {
    const cell = this.#cell
    if (cell === null) return
    const { struck, raised } = this.#spans.at(-1) ?? { struck: cell.isStruck, raised: false }
    cell.written += text
    if (struck || raised) cell.hasMarks = true
    if (!struck) cell.shown += raised ? asRaised(text) : text
  }
}

/** The words before and behind the digits, with their full stops: `1.250 t.kr.` has `t.kr.`, `1E+06` none. */
const wordsAround = (written: string): string => {
  const words = written
    .replace(/\d[\d.,'’]*|[()+-]/gu, ' ')
    .trim()
    .replaceAll(/\s+/gu, ' ')
  return /[\p{L}%]/u.test(words) && words.toLowerCase() !== 'e' ? words : ''
}

const isUnseen = (attributes: Attributes): boolean =>
  attributes['table:visibility'] === 'collapse' || attributes['table:visibility'] === 'filter'

/** The sheets of an ODS file's `content.xml`, in their order. Total: what is broken is left. */
export const odsSheets = (
  content: string,
  limits: { readonly maxRows: number; readonly maxColumns: number },
): readonly OdsSheet[] => {
  const reader = new OdsReader(limits)
  readXml(content, reader)
  return reader.sheets
}
