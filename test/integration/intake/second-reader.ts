import * as sheetjs from '@e965/xlsx'
import type { SheetCell, SheetRows } from '../../../functions/intake/message.ts'

/** The same workbook by another program's eyes: what our reader sees is compared with it. */
const asCell = (cell: sheetjs.CellObject | undefined, address: string): SheetCell => {
  if (cell === undefined || cell.t === 'z') return { address, text: '', type: 'empty' }
  if (cell.f !== undefined && (cell.v === undefined || cell.v === ''))
    return { address, text: '', type: 'formula-without-value' }
  const format = String(cell.z ?? '')
  switch (cell.t) {
    case 'e':
      return { address, text: String(cell.w ?? cell.v), type: 'error' }
    case 'b':
      return { address, text: cell.v === true ? 'ja' : 'nej', type: 'boolean' }
    case 'd':
      return { address, text: new Date(String(cell.v)).toISOString().slice(0, 10), type: 'date' }
    case 'n': {
      const value = Number(cell.v)
      if (format.includes('%'))
        return {
          address,
          text: `${String(Number((value * 100).toPrecision(15))).replace('.', ',')} %`,
          type: 'percent',
        }
      // A cell's three decimals are in no doubt; `1,234` typed by hand is.
      return {
        address,
        text: String(value)
          .replace('.', ',')
          .replace(/,\d{3}$/u, (decimals) => `${decimals}0`),
        type: 'number',
      }
    }
    default:
      return {
        address,
        text: String(cell.v ?? ''),
        type: String(cell.v ?? '').trim() === '' ? 'empty' : 'text',
      }
  }
}

/** Text files are read as they stand: the other program would make 245 of `24,5`. */
const isText = (content: Uint8Array): boolean => ![0x50, 0xd0].includes(content[0] ?? 0)

/** What the other program is told of a text: without a mark of its own it would take UTF-8 for Latin letters. */
const asText = (content: Uint8Array): { readonly raw: true; readonly codepage?: number } => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(content)
    return { raw: true, codepage: 65_001 }
  } catch {
    return { raw: true }
  }
}

export const secondReading = (content: Uint8Array, filename: string): readonly SheetRows[] => {
  const book = sheetjs.read(content, {
    cellNF: true,
    cellStyles: true,
    cellFormula: true,
    sheetStubs: true,
    ...(isText(content) ? asText(content) : {}),
  })
  return book.SheetNames.map((name, nth) => {
    const sheet = book.Sheets[name]
    const range = sheetjs.utils.decode_range(sheet?.['!ref'] ?? 'A1')
    return {
      file: 0,
      filename,
      sheet: name,
      hidden: (book.Workbook?.Sheets?.[nth]?.Hidden ?? 0) !== 0,
      identity: null,
      rows: Array.from({ length: Math.min(range.e.r + 1, 2000) }, (_, row) =>
        Array.from({ length: Math.min(range.e.c + 1, 60) }, (__, column) => {
          const address = sheetjs.utils.encode_cell({ r: row, c: column })
          const cell = asCell(sheet?.[address], address)
          return sheet?.['!cols']?.[column]?.hidden === true ? { ...cell, hidden: true } : cell
        }),
      ),
    }
  })
}
