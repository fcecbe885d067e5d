import { readFileSync } from 'node:fs'
import * as sheetjs from '@e965/xlsx'
import { describe, expect, test } from 'vitest'
import { makeSpreadsheetReader } from '../../../functions/adapters/spreadsheet-reader.ts'
import { makeWorkbookWriter } from '../../../functions/adapters/workbook-writer.ts'
import { formFor, missing, readableFields } from '../../../functions/domain/form/form.ts'
import type { Reading } from '../../../functions/domain/casefile/reading.ts'
import { readReply } from '../../../functions/intake/read-reply.ts'
import type { SheetRows } from '../../../functions/intake/message.ts'
import { renderLetter } from '../../../functions/mail/render-letter.ts'
import { toText } from '../../../functions/mail/block.ts'
import { receipt } from '../../../functions/mail/receipt.ts'
import { request } from '../../../functions/mail/request.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { sampleFrame } from '../../fixtures/letters/sample-frame.ts'
import { sampleReceipt } from '../../fixtures/letters/sample-receipt.ts'
import { sampleRequest } from '../../fixtures/letters/sample-request.ts'
import { agreementKeys, message } from '../../unit/intake/mail.ts'
import { entered, ourWorkbook } from '../intake/filled-workbook.ts'

const file = (path: string): string =>
  readFileSync(new URL(`../../fixtures/${path}`, import.meta.url), 'utf8')
const asked = { year: 2014, municipality: '479' } as const
const sent = renderLetter(request(sampleRequest()), sampleFrame)
const fields = readableFields(svendborg.agreement, asked)

const read = (text: string, workbook: readonly SheetRows[] = []): Reading =>
  readReply({
    message: message({ from: [], subject: `SV: ${sent.subject}`, messageId: null, text }),
    form: fields,
    sent: [sent.text],
    year: 2014,
    receivedOn: '2015-02-24',
    workbook,
    agreementKeys,
  })

const receiptTo = (reading: Reading, outcome = sampleReceipt().outcome): string => {
  const wish = reading.wishes.find((one) => one.wish === 'renegotiation')
  const { context, ...rest } = sampleReceipt()
  const wishToShow = wish === undefined ? null : { assumptions: wish.assumptionKeys, answerBy: '2015-03-24' }
  return toText(
    receipt({
      ...rest,
      outcome,
      context: { ...context, fields, renegotiation: wishToShow },
      answers: reading.answers,
      missing: missing(formFor(svendborg.agreement, asked), reading.answers),
      doubts: reading.doubts,
    }).blocks,
  )
}

test('reply 1, with our own request quoted below it, gets exactly the receipt of the specification', () => {
  const quoted = sent.text.replace(/^/gm, '> ')
  const text = receiptTo(read(`${file('mails/reply-1.txt')}\n\n${quoted}`))
  expect(text).toBe(file('letters/receipt-svendborg.txt'))
})

test('reply 2 is asked for two things and about two answers', () => {
  const text = receiptTo(read(file('mails/reply-2.txt')), {
    is: 'provisional',
    sender: 'Jonas Prøve',
    brought: 'figures',
  })
  expect(text.slice(0, text.indexOf('\n\n')).replaceAll('\n', ' ')).toBe(
    'Tak. Jonas Prøve har sendt tal. Svar OK for at bekræfte dem. Vi mangler to ting og er i tvivl om to svar:',
  )
  expect(text).toContain('FS2 mangler endnu (I skrev: »ved Mette«).')
  expect(text.replace(/\s+/g, ' ')).toContain(
    'M1: Vi har brug for de to tal bag de 45,5 pct. Sidste år skrev I 126 i alt, heraf 53.',
  )
})

const bySheetjs = async (written: Uint8Array): Promise<Uint8Array> => {
  const book = sheetjs.read(written)
  const sheet = book.Sheets['Indberetning']
  if (sheet === undefined) throw new Error('the workbook has lost its sheet')
  sheetjs.utils.sheet_to_json<string[]>(sheet, { header: 1 }).forEach((row, at) => {
    const value = entered[row[0] ?? '']
    if (value !== undefined) sheetjs.utils.sheet_add_aoa(sheet, [[value]], { origin: { r: at, c: 5 } })
  })
  return new Uint8Array(sheetjs.write(book, { type: 'buffer', bookType: 'xlsx' }))
}

describe('the workbook, filled in and saved by another program', () => {
  test.each([
    ['SheetJS', async () => bySheetjs(await makeWorkbookWriter().write(sampleRequest().workbook))],
    ['hucre', ourWorkbook],
  ] as const)('gives the same figures from %s', async (_program, fill) => {
    const content = await fill()
    const result = await makeSpreadsheetReader()(
      {
        filename: 'Kopi af indberetning-2014-svendborg (2).xlsx',
        mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        content,
        sha256: '',
        inline: false,
      },
      0,
    )
    const sheets = result?.ok === true ? result.sheets : []
    const reading = read('Se venligst vedhæftede.', sheets)
    expect(reading.doubts).toEqual([])
    expect(
      Object.fromEntries(
        reading.answers.map(({ key, value, text }) => [key, value.is === 'text' ? text : value]),
      ),
    ).toEqual({
      'M1 i alt': { is: 'number', value: '134' },
      'M1 heraf': { is: 'number', value: '61' },
      M2: { is: 'number', value: '24.5' },
      M3: { is: 'milestone', met: true, on: '2014-11-14' },
      FS2: { is: 'number', value: '83' },
      'H1 udgift': { is: 'number', value: '400000' },
      Formidling: 'Erfaringsbasen, juni 2015',
    })
    expect(missing(formFor(svendborg.agreement, asked), reading.answers)).toEqual([])
  })
})

test('an untouched workbook sent back says nothing', async () => {
  const content = await makeWorkbookWriter().write(sampleRequest().workbook)
  const result = await makeSpreadsheetReader()(
    { filename: 'indberetning.xlsx', mimeType: '', content, sha256: '', inline: false },
    0,
  )
  const reading = read('Vedhæftet.', result?.ok === true ? result.sheets : [])
  expect(reading.answers).toEqual([])
  expect(reading.doubts).toEqual([])
})
