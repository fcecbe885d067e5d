import { describe, expect, test } from 'vitest'
import { agreementFileSchema, type AgreementFile } from '../../../functions/domain/agreement/content.ts'
import { compileReport } from '../../../functions/domain/report/compile.ts'
import { figuresTypedSchema, type TypedSource } from '../../../functions/domain/casefile/figures-typed.ts'
import { methodSection } from '../../../functions/web/report/report-content.ts'
import { goalText, resultText } from '../../../functions/web/report/report-words.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { factsOf } from '../../fixtures/report/report-facts.ts'
import { foldReview } from '../../fixtures/report/folding.ts'
import { reviewEvents } from '../../fixtures/report/review-events.ts'
import { textOf } from '../web/page-parts.ts'

const figures = { '479': { 'M1 i alt': '134', 'M1 heraf': '61', M2: '24,5', M3: 'ja, 14. november 2014' } }
const [share, weeks, milestone] = svendborg.agreement.targets
const withTargets = (targets: readonly unknown[], more: object = {}): AgreementFile =>
  agreementFileSchema.parse({ ...svendborg, agreement: { ...svendborg.agreement, ...more, targets } })
const reportOf = (file: AgreementFile) => compileReport(factsOf([{ file, options: { figures } }]))
const words = async (report: ReturnType<typeof reportOf>) =>
  (await textOf(methodSection(report))).replaceAll(/\s+/g, ' ')

describe('Invariant I20: the method note says the agreements’ own rules', () => {
  test('Invariant I20: caps, decimals and least coverage where an agreement has its own; nothing of them otherwise', async () => {
    const plain = reportOf(svendborg)
    for (const key of ['caps', 'decimals', 'coverages', 'typedFrom'])
      expect(plain.method).not.toHaveProperty(key)
    expect(await words(plain)).toContain(
      'regnet med højst 100 pct. for hvert mål; er under halvdelen af vægten bedømt, kan helheden ikke bedømmes. Kun',
    )
    const own = reportOf(
      withTargets(
        [
          { ...share, capPct: '120', rounding: 'rounded' },
          { ...weeks, rounding: 'rounded', roundingDecimals: 0 },
          milestone,
        ],
        { scoring: { minimumCoveragePct: '60' } },
      ),
    )
    expect(own.method).toMatchObject({
      rounded: 2,
      caps: [{ capPct: '120', targets: 1 }],
      decimals: [{ decimals: 0, targets: 1 }],
      coverages: [{ minimumCoveragePct: '60', agreements: 1 }],
    })
    const text = await words(own)
    expect(text).toContain('To mål er bedømt på tal afrundet til én decimal og ingen decimaler (ét mål).')
    expect(text).toContain('for hvert mål, hvor aftalen ikke siger andet: 120 pct. for ét mål;')
    expect(text).toContain('kan helheden ikke bedømmes, hvor aftalen ikke siger andet: 60 pct. i én aftale.')
  })

  test('Edge case 47: figures typed in from a letter, a telephone call or a mail’s attachment are counted by what they came from', async () => {
    const facts = factsOf([{ file: svendborg, options: { figures } }])
    const typed = (source: TypedSource, key: string, value: string) =>
      figuresTypedSchema.parse({
        type: 'FiguresTyped',
        v: 1,
        entryKey: `typed-${source}`,
        party: '479',
        source,
        mailKey: source === 'mail' ? 'svendborg-rk-479' : null,
        attachment: source === 'mail' ? 0 : null,
        receivedAt: '2015-02-25T08:00:00.000Z',
        values: [{ key, value: { is: 'number', value }, at: { part: 'typed', page: 'side 2' } }],
        by: 'sofie',
        private: { source: 'brev af 25. februar', texts: {}, written: {} },
      })
    const review = foldReview([
      ...reviewEvents(svendborg, { figures, until: 'collecting' }),
      typed('letter', 'M1 i alt', '140'),
      typed('phone', 'M2', '23'),
      typed('mail', 'M1 heraf', '70'),
    ])
    const report = compileReport({ ...facts, asked: [{ ...facts.asked[0]!, review }] })
    expect(report.method).toMatchObject({
      typedByMinistry: 3,
      typedFrom: [
        { source: 'mail', figures: 1 },
        { source: 'letter', figures: 1 },
        { source: 'phone', figures: 1 },
      ],
    })
    expect(await words(report)).toContain(
      'Tre tal er indtastet af ministeriet efter en mail (ét tal), et brev (ét tal) og en telefonsamtale (ét tal).',
    )
  })
})

describe('a goal', () => {
  const shown = (value: string, of = '61') => {
    const file = withTargets([{ ...share, targets: [{ year: 2014, value }] }, weeks, milestone])
    const report = compileReport(
      factsOf([{ file, options: { figures: { '479': { ...figures['479'], 'M1 heraf': of } } } }]),
    )
    const [target] = report.agreements[0]!.targets
    return [goalText(target!), resultText(target!)]
  }

  test('is printed with its own decimals, and the result beside it with as many', () => {
    expect(shown('50')).toEqual(['mindst 50,0 pct.', '61 af 134 personer (45,5 pct.)'])
    expect(shown('47.25')).toEqual(['mindst 47,25 pct.', '61 af 134 personer (45,52 pct.)'])
    expect(shown('45.523')).toEqual(['mindst 45,523 pct.', '61 af 134 personer (45,522 pct.)'])
    expect(shown('45.5223')[0]).toBe('mindst 45,5 pct.')
  })
})
