/** A workbook as the spreadsheet adapter hands it on: values as shown, formulas never computed. */

export interface SheetCell {
  /** `F4`. */
  readonly address: string
  /** As shown: Danish decimals are not assumed, a number is its exact decimal text. */
  readonly text: string
  readonly type:
    'empty' | 'text' | 'number' | 'percent' | 'date' | 'boolean' | 'error' | 'formula-without-value'
}

export interface SheetRows {
  /** Index of the attachment in the message. */
  readonly file: number
  readonly filename: string
  readonly sheet: string
  readonly hidden: boolean
  readonly rows: readonly (readonly SheetCell[])[]
}

/** Why a file is not read; each has its words in the answer (MAIL 86, 87, 95). */
export const sheetRefusals = [
  'xlsb',
  'macros',
  'encrypted',
  'too-large',
  'doctype',
  'not-a-spreadsheet',
  'broken',
  'empty',
] as const
export type SheetRefusal = (typeof sheetRefusals)[number]
