import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeSpreadsheetReader } from '../../functions/adapters/spreadsheet-reader.ts'
import { makeWorkbookWriter } from '../../functions/adapters/workbook-writer.ts'
import type { Reading } from '../../functions/domain/casefile/reading.ts'
import { readReply } from '../../functions/intake/read-reply.ts'
import type { SheetRows } from '../../functions/intake/message.ts'
import { sampleRequest } from '../fixtures/letters/sample-request.ts'
import { secondReading } from '../integration/intake/second-reader.ts'
import { agreementKeys, form, message, request, values } from '../unit/intake/mail.ts'
import { figuresOf } from '../integration/intake/filled-workbook.ts'
import { fillInLibreOffice, installLibreOffice, savedTypes, type SavedType } from './libreoffice.ts'

/**
 * The workbook that goes out with the request, opened in Debian's LibreOffice, filled in as a person types, and
 * saved again in each type: our reader and the second one find the same figures in it, and find the same in each.
 */
const reader = makeSpreadsheetReader()
const folders: string[] = []
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'libreoffice-'))
  folders.push(made)
  return made
}
beforeAll(installLibreOffice, 600_000)
afterAll(() => {
  for (const made of folders) rmSync(made, { recursive: true, force: true })
})

const read = (workbook: readonly SheetRows[]): Reading =>
  readReply({
    message: message({}),
    form,
    sent: [request],
    year: 2014,
    receivedOn: '2015-02-27',
    agreementKeys,
    workbook,
  })
const ours = async (content: Uint8Array, filename: string): Promise<Reading> => {
  const result = await reader({ filename, mimeType: '', content, sha256: '', inline: false }, 0)
  if (result === null || !result.ok) throw new Error(`not read: ${JSON.stringify(result)}`)
  return read(result.sheets)
}
const asked = ({ doubts }: Reading): readonly string[] => doubts.map(({ kind, key }) => `${key} ${kind}`)

/** Both readers on one file; what the first finds. */
const agreed = async (content: Uint8Array, type: SavedType): Promise<Reading> => {
  const reading = await ours(content, `filled.${type}`)
  const second = read(secondReading(content, `filled.${type}`))
  expect(values(second), `the second reader on ${type}`).toEqual(values(reading))
  expect(asked(second)).toEqual(asked(reading))
  return reading
}

const figures = { ...figuresOf, Færdig: 'ja' }

const typedIn = {
  da: {
    'M1 i alt': '134',
    'M1 heraf': '61',
    M2: '24,5',
    M3: 'ja, 14-11-2014',
    FS2: '83',
    'H1 udgift': '400000',
    Formidling: 'Erfaringsbasen, juni 2015',
    Færdig: 'ja',
  },
  en: {
    'M1 total': '134',
    'M1 of which': '61',
    M2: '24.5',
    M3: 'yes, 14 November 2014',
    FS2: '83',
    'H1 cost': '400000',
    Dissemination: 'Erfaringsbasen, juni 2015',
    Finished: 'yes',
  },
} as const

describe.each([
  ['da', 'da-DK'],
  ['en', 'en-GB'],
] as const)('our workbook (%s) filled in with LibreOffice', (language, locale) => {
  let saved: Readonly<Record<SavedType, Uint8Array>>
  beforeAll(async () => {
    const workbook = await makeWorkbookWriter().write(sampleRequest(language).workbook)
    saved = await fillInLibreOffice(workbook, typedIn[language], { folder: folder(), language: locale })
  }, 300_000)

  it.each(savedTypes)('gives the figures when it is saved as %s', async (type) => {
    const reading = await agreed(saved[type], type)
    expect(values(reading)).toEqual(figures)
    expect(asked(reading)).toEqual([])
  })

  it('gives nothing when it is only opened and saved', async () => {
    const workbook = await makeWorkbookWriter().write(sampleRequest(language).workbook)
    const empty = await fillInLibreOffice(workbook, {}, { folder: folder(), language: locale })
    for (const type of savedTypes) {
      const reading = await agreed(empty[type], type)
      expect({ type, values: values(reading), asked: asked(reading) }).toEqual({
        type,
        values: {},
        asked: [],
      })
    }
  })
})

describe('what a person may type in LibreOffice', () => {
  it('is read or asked alike from every type', async () => {
    const workbook = await makeWorkbookWriter().write(sampleRequest('da').workbook)
    const saved = await fillInLibreOffice(
      workbook,
      {
        'M1 i alt': '1.234',
        'M1 heraf': '=60+1',
        M2: 'ca. 24',
        M3: 'nej, forventes 1. juni 2015',
        FS2: 'ikke opgjort',
        'H1 udgift': '400.000 kr.',
      },
      { folder: folder(), language: 'da-DK' },
    )
    const readings = await Promise.all(savedTypes.map((type) => agreed(saved[type], type)))
    for (const reading of readings) {
      expect(values(reading)).toEqual({
        'M1 i alt': '1234',
        'M1 heraf': '61',
        M3: 'nej 2015-06-01',
        FS2: 'ikke opgjort',
        'H1 udgift': '400000',
      })
      expect(asked(reading)).toEqual(['M2 hedged'])
    }
  }, 300_000)
})

describe('what a person may do to the workbook in LibreOffice', () => {
  const beside = { 'M1 i alt': '126', 'M1 heraf': '53', M2: '27', FS2: '60', 'H1 udgift': '380000' }
  const filledIn = async (
    typed: Readonly<Record<string, string>>,
    handled: Parameters<typeof fillInLibreOffice>[2]['handled'],
    language: 'da-DK' | 'en-GB' = 'da-DK',
  ) => {
    const workbook = await makeWorkbookWriter().write(sampleRequest('da').workbook)
    return fillInLibreOffice(workbook, typed, {
      folder: folder(),
      language,
      ...(handled === undefined ? {} : { handled }),
    })
  }
  const numbers = { 'M1 i alt': '134', 'M1 heraf': '61', M2: '24,5', FS2: '83', 'H1 udgift': '400000' }
  const read134 = { 'M1 i alt': '134', 'M1 heraf': '61', M2: '24.5', FS2: '83', 'H1 udgift': '400000' }

  it.each(['Sidste år, rettet', '2013', 'Kladde', ''])(
    'a column inserted before theirs, headed »%s«, changes nothing',
    async (heading) => {
      const saved = await filledIn(numbers, { beside, heading })
      for (const type of savedTypes) {
        const reading = await ours(saved[type], `filled.${type}`)
        expect({ type, values: values(reading), asked: asked(reading) }).toEqual({
          type,
          values: read134,
          asked: [],
        })
      }
    },
    300_000,
  )

  it('a column that is hidden is not what the sender sees', async () => {
    const saved = await filledIn(numbers, { beside, heading: 'Jeres tal', hidden: true })
    for (const type of ['xlsx', 'ods'] as const) {
      const reading = await ours(saved[type], `filled.${type}`)
      expect({ type, values: values(reading), asked: asked(reading) }).toEqual({
        type,
        values: read134,
        asked: [],
      })
    }
    // A text file has no hidden columns: there both are theirs, and are asked.
    const text = await ours(saved.csv, 'filled.csv')
    expect(values(text)).toEqual({})
    expect(new Set(text.doubts.map(({ kind }) => kind))).toEqual(new Set(['two-values']))
  }, 300_000)

  it('a struck-out cell is no value, a struck-out run no part of one, and a raised sign a footnote’s mark', async () => {
    const saved = await filledIn(
      { ...numbers, M2: '24,5', FS2: '60 personer 83 personer', 'M1 i alt': '134 personer1' },
      { struck: ['M2', 'H1 udgift'], run: { FS2: 12 }, raised: { 'M1 i alt': 1 } },
    )
    for (const type of ['xlsx', 'ods'] as const) {
      const reading = await ours(saved[type], `filled.${type}`)
      expect({ type, values: values(reading), asked: asked(reading) }).toEqual({
        type,
        values: { 'M1 i alt': '134', 'M1 heraf': '61', FS2: '83' },
        asked: [],
      })
    }
  }, 300_000)

  it('a date that the program makes of a decimal is told as one', async () => {
    const saved = await filledIn({ 'M1 i alt': '134', M2: '24-5-2015', FS2: '3. marts 2015' }, undefined)
    for (const type of savedTypes) {
      const reading = await ours(saved[type], `filled.${type}`)
      expect({ type, values: values(reading), asked: asked(reading) }).toEqual({
        type,
        values: { 'M1 i alt': '134' },
        asked: ['M2 a-date', 'FS2 a-date'],
      })
    }
  }, 300_000)

  it('the words of a format are read', async () => {
    const saved = await filledIn(
      { 'H1 udgift': '1250', 'M1 heraf': '45,5' },
      { formats: { 'H1 udgift': '#.##0" t.kr."', 'M1 heraf': '0,0" %"' } },
    )
    // A text file holds the number alone.
    for (const type of ['xlsx', 'ods'] as const) {
      const reading = await ours(saved[type], `filled.${type}`)
      expect({ type, values: values(reading), asked: asked(reading) }).toEqual({
        type,
        values: { 'H1 udgift': '1250000' },
        asked: ['M1 share-only'],
      })
    }
  }, 300_000)
})
