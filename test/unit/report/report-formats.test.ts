import { DomUtils, parseDocument } from 'htmlparser2'
import { describe, expect, test } from 'vitest'
import { digest } from '../../../functions/adapters/signing.ts'
import { makePdfPrinter } from '../../../functions/adapters/pdf/printer.ts'
import { makeSpreadsheetReader } from '../../../functions/adapters/spreadsheet-reader.ts'
import { makeTableWorkbookWriter } from '../../../functions/adapters/workbook-writer.ts'
import { compileReport } from '../../../functions/domain/report/compile.ts'
import { reportContent, reportTitle } from '../../../functions/web/report/report-content.ts'
import { reportIati } from '../../../functions/web/report/report-iati.ts'
import { reportWorkbook } from '../../../functions/web/report/report-workbook.ts'
import { iatiFaults } from '../../support/iati-standard.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { factsOf } from '../../fixtures/report/report-facts.ts'
import { partnership } from '../../fixtures/report/partnership.ts'
import { sampleFacts } from '../../fixtures/report/sample-year.ts'

const sample = compileReport(sampleFacts())
const page = {
  title: 'Prøve',
  author: 'Prøveministeriet',
  language: 'da-DK',
  datedOn: '2015-09-01',
  markup: '<h2>Én</h2><p>Tekst</p>',
} as const
const source = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
const count = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length

describe('the report in print', () => {
  test('Joint report 7: has a structure tree with every heading, table and figure of the page, its language and embedded fonts', async () => {
    const markup = (await reportContent(sample)).toString()
    const pdf = source(await makePdfPrinter()({ ...page, title: reportTitle(sample), markup }))
    expect(pdf).toMatch(/^%PDF-1\.7/)
    expect(pdf).toContain('<pdfuaid:part>1</pdfuaid:part>')
    expect(pdf).toMatch(/\/Lang \(da-DK\)/)
    expect(count(pdf, /\/FontFile2? /g)).toBe(2)
    const dom = parseDocument(markup)
    for (const [element, tag] of [
      ['h2', 'H2'],
      ['h3', 'H3'],
      ['h4', 'H4'],
      ['table', 'Table'],
      ['figure', 'Figure'],
      ['li', 'LI'],
    ] as const)
      expect(count(pdf, new RegExp(`/S /${tag}\\b`, 'g')), tag).toBe(
        DomUtils.getElementsByTagName(element, dom, true).length,
      )
    expect(count(pdf, /\/Scope \/Row/g)).toBe(
      DomUtils.findAll((one) => one.attribs['scope'] === 'row', dom.children).length,
    )
  })

  test('an element that print does not know is named, not left out', async () => {
    await expect(makePdfPrinter()({ ...page, markup: '<p>a</p><video></video>' })).rejects.toThrow('<video>')
    await expect(makePdfPrinter()({ ...page, markup: '<p>a <q>b</q></p>' })).rejects.toThrow('<q>')
  })

  test('a table longer than a page goes on under its headings', async () => {
    const rows = Array.from({ length: 80 }, (_, at) => `<tr><th>${at}</th><td>Kommune</td></tr>`).join('')
    const pdf = source(
      await makePdfPrinter()({
        ...page,
        markup: `<table><caption>Lang</caption><thead><tr><th>Nr.</th><th>Navn</th></tr></thead><tbody>${rows}</tbody></table>`,
      }),
    )
    expect(count(pdf, /\/Type \/Page\b(?!s)/g)).toBeGreaterThan(1)
    expect(count(pdf, /\/S \/TR\b/g)).toBe(81)
  })
})

describe('the report as a workbook', () => {
  test('Joint report 8: every sheet is one table with headings; numbers are numbers and text is text', async () => {
    const bytes = await makeTableWorkbookWriter()(reportWorkbook(sample))
    const read = await makeSpreadsheetReader()(
      {
        filename: 'samlet.xlsx',
        mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        content: bytes,
        sha256: digest(bytes),
        inline: false,
      },
      1,
    )
    const workbook = reportWorkbook(sample)
    expect(workbook.sheets.map(({ name }) => name)).toEqual(['I alt', 'Aftaler', 'Mål', 'Ikke spurgt'])
    expect(JSON.stringify(read)).toContain('svendborg-rk')
    const targets = workbook.sheets[2]!
    expect(targets.rows.filter((row) => row[6] === 'aftale')).toHaveLength(sample.totals.targets)
    expect(await makeTableWorkbookWriter()(reportWorkbook(sample))).toEqual(bytes)
  })
})

describe('the report in the shape of IATI', () => {
  test('Joint report 17: each target is a result with its indicator, baseline, target and actual', async () => {
    const xml = parseDocument(await reportIati(sample), { xmlMode: true })
    const all = (name: string) => DomUtils.getElementsByTagName(name, xml, true)
    expect(all('iati-activity')).toHaveLength(sample.agreements.length)
    expect(all('indicator')).toHaveLength(sample.totals.targets)
    const activity = all('iati-activity').find((one) => DomUtils.textContent(one).includes('Svendborg'))!
    const [first] = DomUtils.getElementsByTagName('indicator', activity, true)
    const value = (name: string) => DomUtils.getElementsByTagName(name, first!, true)[0]?.attribs['value']
    expect([value('target'), value('actual')]).toEqual(['50', '45.5224'])
  })

  test('Joint report 17: is as the IATI standard asks: elements in their order, attributes, values by measure, identifiers', async () => {
    expect(iatiFaults(await reportIati(sample))).toEqual([])
    const few = partnership([
      ['825', 3, 47],
      ['810', 30, 60],
    ])
    const unfinished = { file: svendborg, options: { figures: {}, until: 'collecting' } } as const
    for (const odd of [few, unfinished])
      expect(iatiFaults(await reportIati(compileReport(factsOf([odd]))))).toEqual([])
  })

  test('the check finds what the standard refuses', async () => {
    const xml = await reportIati(sample)
    const broken = (from: string | RegExp, to: string) => iatiFaults(xml.replace(from, to))
    expect(broken(/<period-start[^>]*>(?:<\/period-start>)?/, '')).toContain(
      '<period> wants <period-start> one',
    )
    expect(broken(/ measure="2"/, '')).toContain('<indicator> lacks measure')
    expect(broken(/<actual value="[^"]*"/, '<actual')).toContain('<actual> of measure 2: value')
    expect(broken(/<iati-identifier>aarshjul-/, '<iati-identifier>other-').join()).toContain(
      'identifier other-',
    )
    expect(broken('version="2.03"', 'version="2.3"')).toContain('<iati-activities> version="2.3"')
    expect(broken(/<target /, '<goal ').join()).toContain('<period> holds no <goal>')
  })

  test('a hidden figure has no value in it', async () => {
    const xml = await reportIati(compileReport(factsOf([partnership([['825', 3, 47]])])))
    expect(xml).not.toContain('6.383')
    expect(xml).not.toMatch(/<actual[^>]*value=/)
    expect(xml).toContain('Tallet vises ikke af diskretionshensyn')
  })
})
