import { writeXlsx } from 'hucre/xlsx'
import { expect } from 'vitest'
import { doubts, values } from '../../../unit/intake/mail.ts'
import { filledRows, type Row } from '../filled-workbook.ts'
import { readMail } from '../read-mime.ts'
import { secondReading } from '../second-reader.ts'

/** Files attached to a reply, read by both readers. */

export const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
export const attach = (
  content: Uint8Array,
  filename = 'indberetning-2014-svendborg.xlsx',
  contentType = xlsx,
) => ({
  filename,
  contentType,
  content: Buffer.from(content),
})
export const read = (...attachments: readonly ReturnType<typeof attach>[]) =>
  readMail({ text: 'Se venligst vedhæftede.', attachments })
/** Reads the files of a mail; what was read in a workbook is read by the second reader too, and must be the same. */
export const readFiles = async (...attachments: readonly ReturnType<typeof attach>[]) => {
  const reading = await read(...attachments)
  const [file] = attachments
  const unreadable = reading.doubts.some(
    ({ kind }) => kind === 'unreadable-attachment' || kind === 'last-year-sheet',
  )
  if (file !== undefined && attachments.length === 1 && !unreadable) {
    const workbook = secondReading(file.content, file.filename)
    const second = await readMail({ text: 'Se venligst vedhæftede.' }, { workbook })
    expect(values(second)).toEqual(values(reading))
    expect(doubts(second)).toEqual(doubts(reading))
  }
  return reading
}
export const written = async (rows: readonly Row[], name = 'Indberetning'): Promise<Uint8Array> =>
  writeXlsx({ sheets: [{ name, rows: rows.map((row) => [...row]) }] })
export const byKey = (key: string): number => filledRows.findIndex((row) => row[0] === key)
export const csv = (separator: string): string =>
  filledRows
    .map((row) =>
      row
        .map((cell) => (typeof cell === 'number' ? String(cell).replace('.', ',') : (cell ?? '')))
        .join(separator),
    )
    .join('\r\n')
