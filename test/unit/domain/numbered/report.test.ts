import { describe, expect, test } from 'vitest'
import { publishedRules, suppressedFor } from '../../../../functions/domain/judging/disclosure.ts'
import { canonicalJson } from '../../../../functions/domain/judging/canonical.ts'
import { compileReport } from '../../../../functions/domain/report/compile.ts'
import { figures, only, own } from '../../../fixtures/report/compiled.ts'
import { factsOf } from '../../../fixtures/report/report-facts.ts'
import { partnership } from '../../../fixtures/report/partnership.ts'
import { inputFor, shareTarget } from '../judging-input.ts'

describe('numbered edge cases: the joint report', () => {
  test('Edge case 33: few persons are in no report and in no other member’s letter; a member sees the sum only where the others’ is not in it', () => {
    const three = [
      ['810', 20, 60],
      ['813', 30, 90],
      ['825', 2, 9],
    ] as const
    const report = only(compileReport(factsOf([partnership(three)]))).targets[0]!
    expect(report.members.map((one) => one.figure.is)).toEqual(['suppressed', 'suppressed', 'suppressed'])
    expect(report.figure).toMatchObject({ is: 'share', numerator: '52', denominator: '159' })
    const target = shareTarget({ reportedBy: ['810', '813'] })
    const two = inputFor(target, { 810: [20, 60], 813: [2, 9] })
    expect([...suppressedFor(two, '810')]).toEqual(['M1'])
    const input = inputFor(
      { ...target, reportedBy: ['810', '813', '825'] },
      { 810: [20, 60], 813: [30, 90], 825: [6, 20] },
    )
    expect([...suppressedFor(input, '810')]).toEqual([])
  })

  test('Edge case 47: figures a caseworker typed in are counted in the method note', () => {
    const facts = factsOf([own()])
    const [one] = facts.asked
    const typed = { part: 'typed', page: 'side 2' } as const
    const parties = one!.review.parties.map((party) => ({
      ...party,
      figures: Object.fromEntries(
        Object.entries(party.figures).map(([key, value]) => [
          key,
          key === 'M2' ? { ...value, at: typed } : value,
        ]),
      ),
    }))
    const report = compileReport({ ...facts, asked: [{ ...one!, review: { ...one!.review, parties } }] })
    expect(report.method.typedByMinistry).toBe(1)
  })

  test('Joint report 11, Edge case 61: one municipality silent at the fact check: the report says so and is compiled', () => {
    const report = compileReport(factsOf([own({ factCheck: { '479': 'silent' } })]))
    expect(only(report).parties[0]?.factCheck).toMatchObject({ is: 'silent', text: null })
    expect(only(report).outcome).toBe('assessed')
  })
})

describe('numbered invariants: the joint report', () => {
  test('Invariant I6: no cell of few persons is printed, nor one that would give it away by subtraction', () => {
    const two = [
      ['810', 20, 60],
      ['825', 2, 9],
    ] as const
    const shown = only(compileReport(factsOf([partnership(two)]))).targets[0]!
    expect([...shown.members.map((one) => one.figure.is), shown.figure.is]).toEqual([
      'suppressed',
      'suppressed',
      'suppressed',
    ])
    const few = only(
      compileReport(factsOf([own({ figures: { '479': { ...figures['479'], 'M1 heraf': '3' } } })])),
    )
    expect(few.targets[0]?.figure).toEqual({ is: 'suppressed' })
    expect(few.targets[0]?.sentence).not.toMatch(/\d/)
    expect(few.targets[0]?.achieved).toBeNull()
  })

  test('Invariant I19: compiled from the same record the report is the same, byte for byte', () => {
    const compiled = () => canonicalJson(compileReport(factsOf([own(), partnership([['810', 20, 60]])])))
    expect(compiled()).toBe(compiled())
  })

  test('Invariant I20: the method note counts what the ministry typed in and changed by hand, with data date, sources, rules, coverage and suppression', () => {
    const reason = 'Netværket kom først i gang i efteråret.'
    const report = compileReport(factsOf([own({ changes: [{ target: 'M1', verdict: 'met', reason }] })]))
    expect(report.method).toMatchObject({
      changedByHand: 1,
      typedByMinistry: 0,
      ruleVersions: ['r2'],
      suppression: { threshold: publishedRules.threshold, zeroShown: false, cells: 0, overalls: 0 },
      agreementsChanged: [],
    })
    expect(report.method.sources).toContain('kommunens jobcenter')
    expect(report.method.dataOn).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    expect(report.totals.coverage).toBe('100')
  })
})
