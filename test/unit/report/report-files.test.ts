import * as fc from 'fast-check'
import { parse } from 'csv-parse/sync'
import { DomUtils, parseDocument } from 'htmlparser2'
import { describe, expect, test } from 'vitest'
import { makePdfPrinter } from '../../../functions/adapters/pdf/printer.ts'
import { makeTableWorkbookWriter } from '../../../functions/adapters/workbook-writer.ts'
import { compileReport } from '../../../functions/domain/report/compile.ts'
import type { JointReport } from '../../../functions/domain/report/report.ts'
import { agreementPages, reportPage } from '../../../functions/web/report/report-page.ts'
import { reportCsv } from '../../../functions/web/report/report-rows.ts'
import { reportFiles } from '../../../functions/web/report/report-files.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { factsOf } from '../../fixtures/report/report-facts.ts'
import { partnership } from '../../fixtures/report/partnership.ts'
import { sampleFacts } from '../../fixtures/report/sample-year.ts'

const sample = compileReport(sampleFacts())
const filesOf = (report: JointReport) =>
  Promise.all(
    reportFiles(report, { print: makePdfPrinter(), workbook: makeTableWorkbookWriter() }).map(
      async ({ name, bytes }) => ({ name, bytes: await bytes() }),
    ),
  )
const rows = (csv: string): Record<string, string>[] => parse(csv, { delimiter: ';', columns: true })
const withTitle = (title: string): JointReport => {
  const report = compileReport(
    factsOf([{ file: svendborg, options: { figures: { '479': { 'M1 i alt': '134', 'M1 heraf': '61' } } } }]),
  )
  return { ...report, agreements: report.agreements.map((one) => ({ ...one, title })) }
}
const pageOf = async (report: JointReport) => parseDocument(await reportPage(report))
type Dom = Awaited<ReturnType<typeof pageOf>>
const all = (dom: Dom, name: string) => DomUtils.getElementsByTagName(name, dom, true)
const words = (text: string) => text.replace(/\s+/g, ' ')

describe('the report as a web page', () => {
  test('Joint report 6: has a language, one first heading, no skipped level, and unique ids', async () => {
    const dom = await pageOf(sample)
    expect(all(dom, 'html')[0]!.attribs['lang']).toBe('da')
    const levels = DomUtils.findAll((one) => /^h[1-6]$/.test(one.name), dom.children).map((one) =>
      Number(one.name[1]),
    )
    expect(levels.filter((level) => level === 1)).toHaveLength(1)
    levels.forEach((level, index) => expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1))
    const ids = DomUtils.findAll((one) => one.attribs['id'] !== undefined, dom.children).map(
      (one) => one.attribs['id'],
    )
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('Joint report 15, Edge case 66: effort stands beside resources: what was granted, what it cost and what was reached, with the ground of an advance', async () => {
    const advance = {
      year: 2014,
      kroner: '100000',
      ground: 'necessary' as const,
      reason: 'Løn fra den 1. januar.',
      rule: { paragraph: '2.2.12', edition: 2006 },
    }
    const file = { ...svendborg, agreement: { ...svendborg.agreement, advances: [advance] } }
    const given = { 'M1 i alt': '134', 'M1 heraf': '61', 'H1 udgift': '400000' }
    const report = compileReport(factsOf([{ file, options: { figures: { '479': given } } }]))
    const page = words(DomUtils.textContent(await pageOf(report)))
    expect(page).toContain('Tilskud 320.000 kr. og udgifter 400.000 kr. i 2014.')
    expect(page).toContain('I alt: tilskud 320.000 kr., udgift 400.000 kr.; opnået: ')
    expect(page).toContain(
      '100.000 kr. udbetales forskudsvis (nødvendigt for projektet; Budgetvejledning 2006, pkt. 2.2.12): Løn fra den 1. januar.',
    )
    expect(page).toContain('Tilskuddet afhænger ikke af, om målene er opfyldt.')
  })

  test('Joint report 6: every table has a caption and headers, every chart a title, a description and a table with its numbers', async () => {
    const dom = await pageOf(sample)
    for (const table of all(dom, 'table')) {
      expect(DomUtils.getElementsByTagName('caption', table)).toHaveLength(1)
      expect(
        DomUtils.getElementsByTagName('th', table).every((cell) => cell.attribs['scope'] !== undefined),
      ).toBe(true)
    }
    const charts = all(dom, 'svg')
    expect(charts).toHaveLength(2)
    for (const chart of charts) {
      expect(chart.attribs['role']).toBe('img')
      for (const id of chart.attribs['aria-labelledby']!.split(' '))
        expect(DomUtils.findOne((one) => one.attribs['id'] === id, chart.children)).not.toBeNull()
      expect(DomUtils.getElementsByTagName('table', chart.parent!.parent!)).toHaveLength(1)
    }
  })

  test('names all agreements, those left out, and the ministry’s name on the reporting date', async () => {
    const text = words(DomUtils.textContent(await pageOf(sample)))
    for (const agreement of sample.agreements) expect(text).toContain(agreement.title)
    expect(text).toContain('indberetter første gang for 2015')
    expect(text).toContain('Udlændinge-, Integrations- og Boligministeriet')
    expect(text).toMatch(/målopfyldelse \d+ pct\. \(dækning \d+ pct\.\)/)
    expect(text).not.toMatch(/undefined|\[object|NaN/)
  })

  test('nothing a person wrote becomes markup', async () => {
    const page = await reportPage(withTitle('<script>alert(1)</script> & "co"'))
    expect(page).not.toContain('<script')
    expect(page).toContain('&lt;script&gt;')
  })

  test('says of an unfinished review and of a silent fact check that they are so', async () => {
    const [figures, silent] = [
      { '479': { 'M1 i alt': '134', 'M1 heraf': '61' } },
      { '479': 'silent' as const },
    ]
    const text = async (options: object) =>
      words(
        DomUtils.textContent(
          await pageOf(compileReport(factsOf([{ file: svendborg, options: { figures, ...options } }]))),
        ),
      )
    expect(await text({ until: 'hearing' })).toContain('Ikke afsluttede bedømmelser')
    expect(await text({ factCheck: silent })).toContain('ikke kontrolleret af kommunen')
    const decided = { as: 'rejected', renamed: [], text: 'Navnet står i aftalen.' }
    const asked = await text({ factCheck: { '479': { ok: false, text: 'Forkert navn', decided } } })
    expect(asked).toContain('kommunen har bedt om rettelser')
    expect(asked).toContain('»Forkert navn« Ministeriets svar: Navnet står i aftalen.')
  })

  test('Joint report 10: an agreement’s own pages hold that agreement alone', async () => {
    const [first, second] = sample.agreements
    const pages = await agreementPages(sample, first!)
    expect(pages).toContain(`aftale-${first!.agreement}`)
    expect(pages).toContain('Til faktatjek')
    expect(pages).not.toContain(second!.title)
  })

  test('is the same byte for byte from the same report', async () => {
    const again = await filesOf(compileReport(sampleFacts()))
    expect(again.map(({ name }) => name)).toHaveLength(8)
    expect(again).toEqual(await filesOf(sample))
  }, 30_000)

  test('a hidden figure is said to be hidden in page and table, and is in neither', async () => {
    const report = compileReport(factsOf([partnership([['825', 3, 47]])]))
    for (const { name, bytes } of (await filesOf(report)).filter((file) => !/pdf|xlsx/.test(file.name))) {
      const text = new TextDecoder().decode(bytes)
      expect(text).not.toMatch(/\b47 personer|3 af 47|6,4 pct/)
      if (!name.endsWith('.json')) expect(text).toContain('Tallet vises ikke af diskretionshensyn')
    }
    expect(rows(reportCsv(report))[0]).toMatchObject({ Heraf: '', 'I alt': '', Værdi: '' })
  })
})

describe('the report as a table', () => {
  test('Joint report 9: one row for each target and one for each member’s part, Danish numbers, no byte order mark', () => {
    const csv = reportCsv(sample)
    const read = rows(csv)
    expect(csv.charCodeAt(0)).not.toBe(0xfeff)
    expect(csv).toMatch(/\r\n$/)
    expect(read.filter((row) => row['Niveau'] === 'aftale')).toHaveLength(sample.totals.targets)
    const svendborgs = read.find((row) => row['Aftale'] === 'svendborg-rk' && row['Målnøgle'] === 'M1')!
    expect(svendborgs).toMatchObject({
      År: '2014',
      Kommunekode: '479',
      Heraf: '61',
      'I alt': '134',
      Værdi: '45,5224',
      Målværdi: '50',
    })
    expect(read.some((row) => row['Niveau'] === 'medlem' && row['Kommunekode'] === '813')).toBe(true)
  })

  test('MAIL security 12: a cell that a spreadsheet would run is marked as text; numbers are not', () => {
    for (const start of ['=', '+', '-', '@', '\t', '\r']) {
      const title = `${start}HYPERLINK("http://ond.example";"x")`
      expect(rows(reportCsv(withTitle(title)))[0]!['Titel']).toBe(`'${title}`)
    }
    const report = withTitle('Aftale')
    const negative: JointReport = {
      ...report,
      agreements: report.agreements.map((one) => ({
        ...one,
        targets: one.targets
          .slice(0, 1)
          .map((target) => ({ ...target, measure: 'number', figure: { is: 'number', value: '-3.5' } })),
      })),
    }
    expect(rows(reportCsv(negative))[0]!['Værdi']).toBe('-3,5')
  })

  test('MAIL security 12: nor does one whose sign is full-width, or stands behind signs that are not seen', () => {
    for (const before of [
      '',
      ' ',
      '\u00A0',
      '\u200B',
      '\uFEFF',
      '\u00AD',
      '\u2060',
      '\u3164',
      '\u0000',
      ' \u200B ',
    ])
      for (const sign of ['=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫']) {
        const title = `${before}${sign}1+1`
        expect(rows(reportCsv(withTitle(title)))[0]!['Titel'], JSON.stringify(title)).toBe(`'${title}`)
      }
    expect(rows(reportCsv(withTitle('\u202E=1+1')))[0]!['Titel']).toBe("'=1+1")
    expect(rows(reportCsv(withTitle('\u200Bet mål = et tal')))[0]!['Titel']).toBe('\u200Bet mål = et tal')
  })

  test('any text comes back as it was, or with the apostrophe', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (title) => {
        const read = rows(reportCsv(withTitle(title)))[0]!['Titel']
        const shown = title.replaceAll(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '')
        const [first = ''] = shown.replace(/^[\p{Cc}\p{Cf}\p{Z}\u3164\uFFA0]+/u, '')
        const isMarked = /^[\t\r\n]/.test(shown) || /^[=+\-@]/.test(first.normalize('NFKC'))
        expect(read).toBe(isMarked ? `'${shown}` : shown)
      }),
    )
  })
})
