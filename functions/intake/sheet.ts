import type { MessageAttachment } from './message.ts'

/** A workbook as the spreadsheet adapter hands it on: values as shown, formulas never computed. */

export interface SheetCell {
  /** `F4`. */
  readonly address: string
  /** As shown; a number in Danish notation (`24,5`), a date as `YYYY-MM-DD`, a percentage with its sign. */
  readonly text: string
  readonly type:
    'empty' | 'text' | 'number' | 'percent' | 'date' | 'boolean' | 'error' | 'formula-without-value'
}

export interface SheetRows {
  /** Index of the attachment in the message. */
  readonly file: number
  readonly filename: string
  readonly sheet: string
  /** Not shown, so not read. */
  readonly hidden: boolean
  /** The hidden name `aarshjul` of a workbook of ours: token, results' year and format version. */
  readonly identity: string | null
  readonly rows: readonly (readonly SheetCell[])[]
}

/** Why a file is not read; each has its words in the answer (MAIL 86, 87, 95). */
const sheetRefusals = [
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

/** Reads one attachment; `null` when it does not claim to be a spreadsheet. Never throws. */
export type ReadSpreadsheet = (
  attachment: MessageAttachment,
  file: number,
) => Promise<
  | { readonly ok: true; readonly sheets: readonly SheetRows[] }
  | { readonly ok: false; readonly refusal: SheetRefusal }
  | null
>
