import { openXlsx, saveXlsx } from 'hucre'

/** "Jeres tal (udfyldes)", "Your figure (fill in)". */
const inputHeader = /^(?:jeres tal|your figure)/i
const keyHeader = /^(?:nøgle|key)$/i

/**
 * Fills the column »Jeres tal« of the workbook that came with a letter, as somebody would in a spreadsheet
 * program: digits become number cells, the rest text.
 * @param figures by the key that stands in the sheet, in either language
 * @returns the saved file and the keys that had a row
 */
export async function fillWorkbook(
  workbook: Uint8Array,
  figures: ReadonlyMap<string, string>,
): Promise<{ bytes: Uint8Array; filled: string[] }> {
  const book = await openXlsx(workbook)
  const filled: string[] = []
  for (const sheet of book.sheets) {
    const header = sheet.rows.findIndex((row) => row.some((cell) => inputHeader.test(String(cell ?? ''))))
    const headers = sheet.rows[header]
    if (headers === undefined) continue
    const input = headers.findIndex((cell) => inputHeader.test(String(cell ?? '')))
    const key = Math.max(
      0,
      headers.findIndex((cell) => keyHeader.test(String(cell ?? ''))),
    )
    for (const [nth, row] of sheet.rows.entries()) {
      const name = String(row[key] ?? '').trim()
      const figure = nth > header ? figures.get(name) : undefined
      if (figure === undefined) continue
      const value = /^-?\d+(,\d+)?$/.test(figure) ? Number(figure.replace(',', '.')) : figure
      row[input] = value
      const cell = sheet.cells?.get(`${nth},${input}`)
      if (cell !== undefined) {
        cell.value = value
        cell.type = typeof value === 'number' ? 'number' : 'string'
      }
      filled.push(name)
    }
  }
  return { bytes: await saveXlsx(book), filled }
}
