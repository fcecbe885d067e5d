import * as sheetjs from '@e965/xlsx'
import { strFromU8, unzipSync } from 'fflate'
import { readXlsx } from 'hucre/xlsx'
import { expect, test } from 'vitest'
import { makeWorkbookWriter } from '../../../functions/adapters/workbook-writer.ts'
import { sampleRequest } from '../../fixtures/letters/sample-request.ts'

const writer = makeWorkbookWriter()
const written = (language: 'da' | 'en' = 'da') => writer.write(sampleRequest(language).workbook)

test('the workbook read back has one row per key in the mail’s order, with last year’s figures', async () => {
  const { sheets } = await readXlsx(await written())
  expect(sheets.map((sheet) => sheet.name)).toEqual(['Indberetning', 'Vejledning'])
  const rows = sheets[0]?.rows ?? []
  expect(rows[0]?.[0]).toBe('Indberetning for 2014, resultatkontrakt, Svendborg')
  expect(rows[1]?.[0]).toBe('Sagsnr. 2015-0479   Svarnr. 7QX4 M2P9 T3VW 8HND')
  expect(rows[3]).toEqual([
    'Nøgle',
    'Hvad spørges der om',
    'Enhed',
    'Mål 2014',
    'Sidste år',
    'Jeres tal (udfyldes)',
    'Bemærkning',
  ])
  expect(rows.slice(4).map((row) => row[0])).toEqual([
    'M1 i alt',
    'M1 heraf',
    'M2',
    'M3',
    'FS2',
    'H1 udgift',
    'Formidling',
    'Bemærkninger',
    'H1 status',
    'Genforhandling',
    'Erfaring',
    'Erfaring må deles',
    'Godkendt af',
    'Forbehold',
    'Færdig',
  ])
  expect(rows[4]?.slice(0, 5)).toEqual([
    'M1 i alt',
    'Andel i job eller virksomhedsrettet tilbud, i alt',
    'personer',
    '50,0 pct.',
    '53 af 126',
  ])
})

test('only the two columns to fill in are unlocked, on a sheet protected without a password', async () => {
  const { sheets } = await readXlsx(await written(), { readStyles: true })
  const sheet = sheets[0]
  expect(sheet?.protection?.sheet).toBe(true)
  expect(sheet?.protection?.password).toBeUndefined()
  const unlocked = [...(sheet?.cells ?? [])]
    .filter(([, cell]) => cell.style?.protection?.locked === false)
    .map(([at]) => at.split(',')[1])
  expect(new Set(unlocked)).toEqual(new Set(['5', '6']))
  expect(unlocked).toHaveLength(30)
})

test('validation warns and never refuses', async () => {
  const { sheets } = await readXlsx(await written())
  const validations = sheets[0]?.dataValidations ?? []
  expect(validations.length).toBeGreaterThanOrEqual(6)
  expect(new Set(validations.map((validation) => validation.errorStyle))).toEqual(new Set(['warning']))
  expect(validations.find((validation) => validation.range === 'F5')?.type).toBe('whole')
})

test('a hidden name carries token, year and format version, and the document its language and title', async () => {
  const parts = unzipSync(await written())
  const part = (name: string): string => strFromU8(parts[name] ?? new Uint8Array())
  expect(part('xl/workbook.xml')).toContain(
    '<definedName name="aarshjul" hidden="1">"7QX4M2P9T3VW8HND 2014 1"</definedName>',
  )
  expect(part('docProps/core.xml')).toContain('<dc:language>da-DK</dc:language>')
  expect(part('docProps/core.xml')).toContain(
    '<dc:title>Indberetning for 2014, resultatkontrakt, Svendborg</dc:title>',
  )
  const { namedRanges } = await readXlsx(await written())
  expect(namedRanges?.find((range) => range.name === 'aarshjul')?.range).toContain('7QX4M2P9T3VW8HND 2014 1')
})

test('there are no formulas, macros, external links or hidden sheets', async () => {
  const parts = unzipSync(await written())
  expect(Object.keys(parts).filter((name) => /vba|external|calcChain/i.test(name))).toEqual([])
  const sheets = Object.entries(parts).filter(([name]) => name.startsWith('xl/worksheets/sheet'))
  expect(sheets).toHaveLength(2)
  for (const [, sheet] of sheets) expect(strFromU8(sheet)).not.toMatch(/<f>|<f |mergeCell/)
  expect(strFromU8(parts['xl/workbook.xml'] ?? new Uint8Array())).not.toMatch(/state="(very)?hidden"/i)
})

test('another program reads the same cells', async () => {
  const book = sheetjs.read(await written())
  const sheet = book.Sheets['Indberetning']
  expect(sheet?.['A5']?.v).toBe('M1 i alt')
  expect(sheet?.['E7']?.v).toBe('27')
  expect(book.SheetNames).toEqual(['Indberetning', 'Vejledning'])
})

test('equal forms give equal bytes, so that a letter sent again is the same letter', async () => {
  const [first, second] = [await written(), await written()]
  expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true)
})

test('in English headers, keys and guide are English', async () => {
  const { sheets } = await readXlsx(await written('en'))
  expect(sheets.map((sheet) => sheet.name)).toEqual(['Return', 'Guide'])
  expect(sheets[0]?.rows[3]?.[5]).toBe('Your figure (fill in)')
  expect(sheets[0]?.rows[4]?.[0]).toBe('M1 total')
})
