import { DomUtils, parseDocument } from 'htmlparser2'
import { describe, expect, test } from 'vitest'
import { makePdfPrinter } from '../../../functions/adapters/pdf/printer.ts'
import { makeTableWorkbookWriter } from '../../../functions/adapters/workbook-writer.ts'
import { targetSchema } from '../../../functions/domain/agreement/content.ts'
import { themes } from '../../../functions/domain/agreement/theme.ts'
import { compileReport } from '../../../functions/domain/report/compile.ts'
import {
  jointReportSchema,
  type JointReport,
  targetsByTheme,
  unmetTargets,
} from '../../../functions/domain/report/report.ts'
import { packPage } from '../../../functions/web/report/coordination-pack.ts'
import { reportFileNames, reportFiles } from '../../../functions/web/report/report-files.ts'
import { reportPage } from '../../../functions/web/report/report-page.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { factsOf } from '../../fixtures/report/report-facts.ts'
import { sampleAgreements, sampleFacts } from '../../fixtures/report/sample-year.ts'

const sample = compileReport(sampleFacts())
const figures = { '479': { 'M1 i alt': '134', 'M1 heraf': '61', M2: '31', M3: 'ja, 14. november 2014' } }
const factor = 'Den største virksomhed i kommunen lukkede i august.'
const own = (file = svendborg): JointReport =>
  compileReport(factsOf([{ file, options: { figures, externalFactors: [factor] } }]))
const textOf = (page: string) => DomUtils.textContent(parseDocument(page)).replace(/\s+/g, ' ')
const captions = (page: string) =>
  DomUtils.getElementsByTagName('caption', parseDocument(page), true).map((one) =>
    DomUtils.textContent(one).trim(),
  )

describe('the report theme by theme', () => {
  test('Joint report 4: every target stands under its theme once, themes in the barometer’s order, with a table for each', async () => {
    const parts = targetsByTheme(sample)
    expect(parts.flatMap((part) => part.targets)).toHaveLength(sample.totals.targets)
    const order = parts.map(({ theme }) => theme)
    expect(order).toEqual(themes.filter((theme) => order.includes(theme)))
    expect(order.length).toBeGreaterThan(3)
    const found = captions(await reportPage(sample))
    for (const name of ['Arbejde', 'Uddannelse', 'Danskkundskaber', 'Medborgerskab'])
      expect(found).toContain(`${name}: mål og resultater for 2014`)
  })

  test('every target of the sample set names a theme, and an agreement without themes is read as before', async () => {
    const targets = sampleAgreements.flatMap(({ agreement }) => agreement.targets)
    expect(targets.filter(({ theme }) => theme === undefined)).toEqual([])
    const { theme: _, ...without } = svendborg.agreement.targets[0]!
    expect(targetSchema.parse(without)).toEqual(without)
    const old = own({
      ...svendborg,
      agreement: {
        ...svendborg.agreement,
        targets: svendborg.agreement.targets.map(({ theme: _theme, ...target }) => target),
      },
    })
    expect(JSON.stringify(old)).not.toContain('"theme"')
    expect(jointReportSchema.parse(old)).toEqual(old)
    expect(await reportPage(old)).not.toContain('Tema for tema')
  })

  test('Joint report 3: at every unmet target stand the external factors of its assessment; where none is named that is said', async () => {
    const page = await reportPage(own())
    const themed = page.slice(page.indexOf('id="temaer"'), page.indexOf('id="sider"'))
    expect(unmetTargets(own()).length).toBeGreaterThan(0)
    expect(themed.split(factor)).toHaveLength(unmetTargets(own()).length + 1)
    const silent = compileReport(factsOf([{ file: svendborg, options: { figures } }]))
    expect(textOf(await reportPage(silent))).toContain('Ingen ydre forhold er nævnt.')
  })
})

describe('the paper for the coordination group', () => {
  test('Joint report 5: says the overview, the unmet targets with their factors, and what is asked of the group', async () => {
    const text = textOf(await packPage(own()))
    expect(text).toContain('Til følgegruppen: resultaterne for 2014')
    expect(text).toContain(factor)
    expect(text).toContain('Ingen genforhandling er i gang.')
    expect(text).toContain('Det indstilles, at følgegruppen')
    expect(unmetTargets(own())).toHaveLength(2)
    expect(text).toContain('drøfter de 2 mål, der ikke er fuldt opfyldt.')
    expect(text).not.toContain('der ikke er afsluttet.')
  })

  test('a renegotiation that is under way stands in it, and the group is asked to discuss it', async () => {
    const report = own()
    const running = {
      ...report,
      agreements: report.agreements.map((one) => ({
        ...one,
        renegotiations: [
          {
            seq: 1,
            raisedOn: '2015-03-27',
            causes: ['assumption' as const],
            error: false,
            assumptions: [],
            phase: 'negotiated' as const,
            reason: null,
            rider: null,
          },
        ],
      })),
    }
    const text = textOf(await packPage(running))
    expect(text).toContain('27. marts 2015')
    expect(text).toContain('drøfter den ene genforhandling, der ikke er afsluttet.')
  })

  test('Joint report 5: is among the report’s files as a page and as its print', async () => {
    const names = reportFileNames(2014)
    const files = reportFiles(own(), { print: makePdfPrinter(), workbook: makeTableWorkbookWriter() })
    const print = files.find(({ name }) => name === names.packPrint)!
    expect(new TextDecoder().decode((await print.bytes()).slice(0, 5))).toBe('%PDF-')
    expect(files.map(({ name }) => name)).toContain(names.pack)
  })
})
