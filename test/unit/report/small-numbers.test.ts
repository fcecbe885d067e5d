import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isDisclosive, publishedRules } from '../../../functions/domain/judging/disclosure.ts'
import { canonicalJson } from '../../../functions/domain/judging/canonical.ts'
import { compileReport } from '../../../functions/domain/report/compile.ts'
import type { ShownFigure } from '../../../functions/domain/report/report.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { factsOf, type Case } from '../../fixtures/report/report-facts.ts'
import { partnership } from '../../fixtures/report/partnership.ts'
import { sampleAgreements } from '../../fixtures/report/sample-year.ts'
import { figures, only, target } from '../../fixtures/report/compiled.ts'

describe('small numbers in the joint report', () => {
  test('a share of a few persons is neither shown nor said nor to be worked out', () => {
    const report = compileReport(factsOf([partnership([['825', 3, 40]])]))
    const text = canonicalJson(report)
    expect(target(report).figure).toEqual({ is: 'suppressed' })
    expect(target(report).achieved).toBeNull()
    expect(target(report).sentence).toMatch(/^Tallet vises ikke af diskretionshensyn\./)
    expect(text).not.toContain('3 af 40')
    expect(text).not.toContain('7,5 pct.')
    expect(report.method.suppression.cells).toBe(1)
  })

  test('the overall result goes too where the hidden figure could be worked out of it', () => {
    const one = partnership([['825', 45, 48]])
    const file = {
      ...one.file,
      agreement: {
        ...one.file.agreement,
        targets: one.file.agreement.targets.map((each) => ({
          ...each,
          targets: [{ year: 2014, value: '100' }],
        })),
      },
    }
    const report = compileReport(factsOf([{ ...one, file }]))
    expect(target(report).verdict).toBe('partly-met')
    expect(only(report)).toMatchObject({ overall: null, overallSuppressed: true, coverage: '100' })
  })

  test('free text with a number in it is withheld beside a hidden figure, other text is not', () => {
    const small = partnership([['825', 3, 40]])
    const comment = (text: string) =>
      only(
        compileReport(
          factsOf([
            {
              ...small,
              options: { ...small.options, comment: { municipality: '825', text, answer: 'Noteret.' } },
            },
          ]),
        ),
      ).hearing.comments[0]
    expect(comment('Kun 3 kom i job.')).toMatchObject({ text: null, answer: 'Noteret.' })
    expect(comment('Netværket er nyt.')).toMatchObject({ text: 'Netværket er nyt.' })
  })

  const withTarget = (change: Partial<Case['file']['agreement']['targets'][number]>, given: object): Case => {
    const file = {
      ...svendborg,
      agreement: {
        ...svendborg.agreement,
        targets: [{ ...svendborg.agreement.targets[0]!, ...change, weight: 100 }],
      },
    }
    return { file, options: { figures: { '479': { FS2: '83', ...given } } } }
  }

  test('a small baseline is not shown, and the progress since it is not said', () => {
    const baseline = { year: 2012, measured: { numerator: '2', denominator: '40' }, source: 'prøve' }
    const report = compileReport(factsOf([withTarget({ baseline }, { 'M1 i alt': '134', 'M1 heraf': '61' })]))
    expect(target(report)).toMatchObject({
      baseline: { figure: { is: 'suppressed' } },
      figure: { is: 'share', numerator: '61' },
      achieved: null,
    })
    expect(target(report).sentence).toMatch(/^Udgangspunktet vises ikke af diskretionshensyn\. [^\d]*$/)
    expect(only(report)).toMatchObject({ overall: null, overallSuppressed: true })
  })

  test('a count of a few persons is hidden, a number of weeks is not', () => {
    const number = (unit: string) => ({
      measure: { type: 'number' as const, unit, whole: true },
      method: 'level' as const,
      direction: 'falling' as const,
      baseline: null,
    })
    const shown = (unit: string, value: string) =>
      target(compileReport(factsOf([withTarget(number(unit), { M1: value })]))).figure.is
    expect([
      shown('personer', '3'),
      shown('elever', '0'),
      shown('personer', '5'),
      shown('uger', '3'),
    ]).toEqual(['suppressed', 'suppressed', 'number', 'number'])
  })

  test('a small number that the municipality observed is not said in the reason', () => {
    const file = {
      ...svendborg,
      agreement: {
        ...svendborg.agreement,
        assumptions: svendborg.agreement.assumptions.map((one) => ({ ...one, bearsOn: ['M1'] })),
      },
    }
    const report = compileReport(
      factsOf([{ file, options: { figures: { '479': { ...figures['479'], FS2: '3' } } } }]),
    )
    expect(target(report).failedAssumptions).toMatchObject([{ key: 'FS2', observed: null, suppressed: true }])
    expect(target(report).sentence).toBe(
      'Forudsætningens tal vises ikke af diskretionshensyn. Målet vurderes at være delvist opfyldt.',
    )
  })

  const codes = sampleAgreements.flatMap((file) => file.agreement.parties.map((party) => party.municipality))
  const tables = fc.array(
    fc.nat(40).chain((all) => fc.nat(all).map((part) => [part, all] as const)),
    { minLength: 1, maxLength: 4 },
  )

  /** All non-empty sets of the list. */
  const subsets = <T>(list: readonly T[]): T[][] =>
    Array.from({ length: 2 ** list.length - 1 }, (_, bits) =>
      list.filter((_each, index) => ((bits + 1) >> index) % 2 === 1),
    )
  const counts = (figure: ShownFigure) =>
    figure.is === 'share'
      ? { numerator: BigInt(figure.numerator), denominator: BigInt(figure.denominator) }
      : null
  const sumOf = (list: readonly { numerator: bigint; denominator: bigint }[]) =>
    list.reduce(
      (all, one) => ({
        numerator: all.numerator + one.numerator,
        denominator: all.denominator + one.denominator,
      }),
      { numerator: 0n, denominator: 0n },
    )

  test('no subtraction of printed cells leaves fewer persons than the threshold', () => {
    fc.assert(
      fc.property(tables, (list) => {
        const rows = list.map(([part, all], index) => [codes[index]!, part, all] as const)
        const report = compileReport(factsOf([partnership(rows)]))
        const shown = target(report)
        const cells = (
          shown.members.length === 0 ? [shown.figure] : shown.members.map((one) => one.figure)
        ).map(counts)
        for (const cell of cells) if (cell !== null) expect(isDisclosive(cell, publishedRules)).toBe(false)
        const total = counts(shown.figure)
        if (total === null || shown.members.length === 0) return
        expect(isDisclosive(total, publishedRules)).toBe(false)
        const hidden = shown.members.filter((one) => one.figure.is === 'suppressed')
        const printed = cells.filter((cell) => cell !== null)
        for (const taken of subsets(printed)) {
          // What is left is somebody's own figure only when all other members were taken away.
          const left = sumOf(taken)
          const rest = {
            numerator: total.numerator - left.numerator,
            denominator: total.denominator - left.denominator,
          }
          if (taken.length === printed.length && hidden.length > 0) {
            expect(hidden.length).toBeGreaterThan(1)
            expect(isDisclosive(rest, publishedRules)).toBe(false)
          }
        }
      }),
      { numRuns: 150 },
    )
  })

  test('where a figure is hidden, no text or number of the report names it', () => {
    fc.assert(
      fc.property(tables, (list) => {
        const rows = list.map(([part, all], index) => [codes[index]!, part, all] as const)
        const report = compileReport(factsOf([partnership(rows)]))
        const shown = target(report)
        if (shown.figure.is !== 'suppressed') return
        expect(shown.achieved).toBeNull()
        expect(shown.sentence).not.toMatch(/\d/)
        const { overall, overallSuppressed } = only(report)
        expect(overall === null || ['0', '100'].includes(overall) || overallSuppressed).toBe(true)
      }),
      { numRuns: 150 },
    )
  })
})
