import * as XLSX from '@e965/xlsx'
import { describe, expect, test } from 'vitest'
import { makeSpreadsheetReader } from '../../../functions/adapters/spreadsheet-reader.ts'
import { makeWorkbookWriter } from '../../../functions/adapters/workbook-writer.ts'
import type { Reading } from '../../../functions/domain/casefile/reading.ts'
import { readReply } from '../../../functions/intake/read-reply.ts'
import type { SheetRows } from '../../../functions/intake/message.ts'
import { sampleRequest } from '../../fixtures/letters/sample-request.ts'
import { agreementKeys, form, message, request, values } from '../../unit/intake/mail.ts'
import { secondReading } from './second-reader.ts'
import { entered, figuresOf } from './filled-workbook.ts'

const reader = makeSpreadsheetReader()
const writer = makeWorkbookWriter()

const read = async (content: Uint8Array, filename: string, year = 2014): Promise<Reading> => {
  const result = await reader({ filename, mimeType: '', content, sha256: '', inline: false }, 0)
  if (result === null || !result.ok) throw new Error(`not read: ${JSON.stringify(result)}`)
  const ours = readSheets(result.sheets, year)
  // The hidden name, by which a workbook of another year is known, is not seen by the second reader.
  if (year === 2014) {
    const second = readSheets(secondReading(content, filename), year)
    expect(values(second)).toEqual(values(ours))
    expect(second.doubts).toHaveLength(ours.doubts.length)
  }
  return ours
}

const readSheets = (workbook: readonly SheetRows[], year: number): Reading =>
  readReply({
    message: message({}),
    form,
    sent: [request],
    year,
    receivedOn: '2015-02-27',
    agreementKeys,
    workbook,
  })

/** Fills »Jeres tal« by key with another program and saves it again. */
const fill = (
  bytes: Uint8Array,
  figures: Readonly<Record<string, string | number>>,
  bookType: XLSX.BookType,
): Uint8Array => {
  const book = XLSX.read(bytes)
  const sheet = book.Sheets[book.SheetNames[0]!]!
  for (let row = 5; row < 60; row += 1) {
    const value = figures[String(sheet[`A${row}`]?.v ?? '')]
    if (value !== undefined)
      sheet[`F${row}`] = typeof value === 'number' ? { t: 'n', v: value } : { t: 's', v: value }
  }
  return XLSX.write(book, { type: 'buffer', bookType }) as Uint8Array
}

describe.each([
  ['da', { ...entered, Færdig: 'ja' }],
  [
    'en',
    {
      'M1 total': 134,
      'M1 of which': 61,
      M2: 24.5,
      M3: 'yes, 14 November 2014',
      FS2: 83,
      'H1 cost': 400000,
      Dissemination: 'Erfaringsbasen, juni 2015',
      Finished: 'yes',
    },
  ],
] as const)('our own workbook (%s)', (language, figures) => {
  const made = writer.write(sampleRequest(language).workbook)

  test.each(['xlsx', 'ods', 'biff8'] as const)(
    'LETTERS 9.13: filled in and saved as %s gives the figures',
    async (type) => {
      const reading = await read(fill(await made, figures, type), type === 'biff8' ? 'a.xls' : `a.${type}`)
      expect(values(reading)).toEqual({ ...figuresOf, Færdig: 'ja' })
      expect(reading.doubts).toEqual([])
    },
  )

  test('sent back empty it says nothing', async () => {
    expect(await read(await made, 'a.xlsx')).toMatchObject({ answers: [], doubts: [], wishes: [] })
  })

  test('MAIL 93: read for another year it is named and left', async () => {
    const reading = await read(fill(await made, figures, 'xlsx'), 'a.xlsx', 2015)
    expect(reading.answers).toEqual([])
    expect(reading.doubts.map(({ kind, details }) => [kind, details['year']])).toEqual([
      ['last-year-sheet', '2014'],
    ])
  })
})
