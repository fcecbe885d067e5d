import { openXlsx, saveXlsx } from 'hucre/xlsx'
import { makeWorkbookWriter } from '../../../functions/adapters/workbook-writer.ts'
import { sampleRequest } from '../../fixtures/letters/sample-request.ts'

/** The workbook of the sample request, filled in; and the same as plain rows, for every other program. */
export type Row = readonly (string | number | boolean | Date | null)[]

export const entered: Readonly<Record<string, string | number>> = {
  'M1 i alt': 134,
  'M1 heraf': 61,
  M2: 24.5,
  M3: 'ja, 14-11-2014',
  FS2: 83,
  'H1 udgift': 400000,
  Formidling: 'Erfaringsbasen, juni 2015',
}

/** What a reader must find in it. */
export const figuresOf = {
  'M1 i alt': '134',
  'M1 heraf': '61',
  M2: '24.5',
  M3: 'ja 2014-11-14',
  FS2: '83',
  'H1 udgift': '400000',
  Formidling: 'Erfaringsbasen, juni 2015',
} as const

export const headings: Row = [
  'Nøgle',
  'Hvad spørges der om',
  'Enhed',
  'Mål 2014',
  'Sidste år',
  'Jeres tal (udfyldes)',
  'Bemærkning',
]

export const filledRows: readonly Row[] = [
  ['Indberetning for 2014, resultatkontrakt, Svendborg'],
  ['Sagsnr. 2015-0479   Svarnr. 7QX4 M2P9 T3VW 8HND'],
  [],
  headings,
  ...Object.entries(entered).map(([key, value]) => [key, 'Hvad der spørges om', '', '', '', value, '']),
]

/** Our own workbook with »Jeres tal« filled in, saved again. @param changed values in place of those entered */
export const ourWorkbook = async (
  changed: Readonly<Record<string, number | string>> = {},
): Promise<Uint8Array> => {
  const book = await openXlsx(await makeWorkbookWriter().write(sampleRequest().workbook))
  const rows = book.sheets[0]?.rows ?? []
  rows.forEach((row, at) => {
    const value = changed[String(row[0])] ?? entered[String(row[0])]
    if (value === undefined) return
    row[5] = value
    book.sheets[0]?.cells?.delete(`${at},5`)
  })
  return saveXlsx(book)
}
