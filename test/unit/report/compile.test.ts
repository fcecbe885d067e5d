import { describe, expect, test } from 'vitest'
import { canonicalJson } from '../../../functions/domain/judging/canonical.ts'
import { compileReport } from '../../../functions/domain/report/compile.ts'
import { jointReportSchema } from '../../../functions/domain/report/report.ts'
import { factsOf, type Case } from '../../fixtures/report/report-facts.ts'
import { partnership } from '../../fixtures/report/partnership.ts'
import { sampleFacts } from '../../fixtures/report/sample-year.ts'
import { own, only, target } from '../../fixtures/report/compiled.ts'

describe('the joint report', () => {
  test('Joint report 1: the sample year: 31 agreements by name, all targets judged, two left out until 2015', () => {
    const report = jointReportSchema.parse(compileReport(sampleFacts()))
    expect(report.agreements).toHaveLength(31)
    expect(report.agreements.at(0)?.parties[0]?.name).toBe('Assens Kommune')
    expect(report.agreements.at(-1)?.parties[0]?.name).toBe('Aalborg Kommune')
    const { verdicts, targets } = report.totals
    expect(Object.values(verdicts).reduce((all, one) => all + one, 0)).toBe(targets)
    expect(report.byKind.reduce((all, one) => all + one.tally.targets, 0)).toBe(targets)
    expect(report.leftOut.map((one) => one.reason)).toEqual(['first-year-next', 'first-year-next'])
    expect(report.ministry).toBe('Udlændinge-, Integrations- og Boligministeriet')
    expect(report.method.synthetic).toBe(31)
  })

  test('Joint report 13: compiled again from the same record, in whatever order it was read, it is the same byte for byte', () => {
    const facts = sampleFacts()
    const again = sampleFacts()
    expect(canonicalJson(compileReport(again))).toBe(canonicalJson(compileReport(facts)))
    const shuffled = compileReport({ ...again, asked: [...again.asked].reverse() })
    expect(canonicalJson(shuffled.agreements)).toBe(canonicalJson(compileReport(facts).agreements))
  })

  test('a target has its two numbers, its verdict and the reason in one sentence', () => {
    const report = compileReport(factsOf([own()]))
    expect(target(report)).toMatchObject({
      figure: { is: 'share', numerator: '61', denominator: '134' },
      baseline: { year: 2012, figure: { is: 'share', numerator: '47', denominator: '122' } },
      goal: '50',
      verdict: 'partly-met',
      byHand: null,
    })
    expect(target(report).sentence).toContain('61 af 134 personer')
    expect(only(report).actions[0]).toMatchObject({ key: 'H1', cost: '400000' })
    expect(only(report).hearing).toEqual({ is: 'none-received', comments: [] })
  })

  test('Joint report 1: a verdict changed by hand stands with the rule’s own and the reason, and is counted', () => {
    const reason = 'Netværket kom først i gang i efteråret.'
    const report = compileReport(factsOf([own({ changes: [{ target: 'M1', verdict: 'met', reason }] })]))
    expect(target(report)).toMatchObject({ verdict: 'met', byHand: { ruleVerdict: 'partly-met', reason } })
    expect(target(report).sentence).toContain('Efter en konkret vurdering: Målet vurderes at være opfyldt.')
    expect(report.method.changedByHand).toBe(1)
  })

  test('Joint report 2: comments stand beside the ministry’s answer', () => {
    const comment = { municipality: '479', text: 'Vi fik mange nye i efteråret.', answer: 'Det er indgået.' }
    const { hearing } = only(compileReport(factsOf([own({ comment })])))
    expect(hearing).toMatchObject({
      is: 'answered',
      comments: [{ municipality: '479', targets: ['M1'], text: comment.text, answer: comment.answer }],
    })
  })

  test('Joint report 1: an unfinished review stands so: its targets have no verdict and no figure', () => {
    for (const until of ['collecting', 'hearing'] as const) {
      const report = compileReport(factsOf([own({ until })]))
      expect(only(report)).toMatchObject({
        outcome: 'unfinished',
        overall: null,
        coverage: null,
        assessed: null,
      })
      expect(target(report)).toMatchObject({ verdict: null, figure: { is: 'nothing' } })
      expect(target(report).sentence).toMatch(/^Målet er ikke bedømt/)
      expect(report.totals.verdicts.pending).toBe(report.totals.targets)
    }
  })

  test('who was silent at the fact check is stated; an answer is kept', () => {
    const check = (answer: NonNullable<Case['options']['factCheck']>) =>
      only(compileReport(factsOf([own({ factCheck: answer })]))).parties[0]!.factCheck
    expect(only(compileReport(factsOf([own()]))).parties[0]!.factCheck.is).toBe('not-sent')
    expect(check({ '479': 'silent' })).toEqual({ is: 'silent', on: null, text: null })
    expect(check({ '479': { ok: true, text: '' } }).is).toBe('ok')
    expect(check({ '479': { ok: false, text: 'Navnet er stavet forkert.' } })).toMatchObject({
      is: 'corrections',
      text: 'Navnet er stavet forkert.',
    })
  })

  test('Joint report 10: an accepted correction changes the words alone, and is stated with its answer', () => {
    const compiled = (decided?: { as: 'corrected' | 'rejected'; text: string }) =>
      only(
        compileReport(
          factsOf([
            own({
              factCheck: {
                '479': {
                  ok: false,
                  text: 'Aktiviteten hedder Netværk.',
                  ...(decided === undefined
                    ? {}
                    : { decided: { ...decided, renamed: [{ key: 'H1', title: 'Netværk' }] } }),
                },
              },
            }),
          ]),
        ),
      )
    const [asked, accepted, rejected] = [
      compiled(),
      compiled({ as: 'corrected', text: 'Navnet er rettet.' }),
      compiled({ as: 'rejected', text: 'Det hedder den i aftalen.' }),
    ]
    expect(asked.parties[0]?.factCheck).not.toHaveProperty('decided')
    expect(accepted.parties[0]?.factCheck.decided).toMatchObject({
      as: 'corrected',
      text: 'Navnet er rettet.',
    })
    expect(accepted.actions[0]?.title).toBe('Netværk')
    expect({ ...accepted, actions: rejected.actions, parties: [], record: [] }).toEqual({
      ...rejected,
      parties: [],
      record: [],
    })
    expect(rejected.actions).toEqual(asked.actions)
  })

  test('a question of renegotiation that nobody has decided is stated as running', () => {
    const raised: Case = {
      ...own(),
      agreementEvents: [
        {
          type: 'RenegotiationRaised',
          v: 1,
          seq: 1,
          triggerId: 'o1',
          cause: 'assumption',
          assumptionKeys: ['FS1'],
          error: false,
          observationId: 'o1',
          matterId: 'm1',
        },
      ],
    }
    const report = compileReport(factsOf([raised]))
    expect(report.renegotiations).toEqual({ raised: 1, running: 1 })
    expect(only(report).renegotiations[0]).toMatchObject({
      seq: 1,
      causes: ['assumption'],
      phase: 'undecided',
    })
  })

  test('a silent member is named, and the others’ figures stand without a sum', () => {
    const { file, options } = partnership([
      ['810', 20, 60],
      ['813', 30, 90],
      ['825', 9, 40],
    ])
    const { '825': _silent, ...rest } = options.figures
    const report = compileReport(factsOf([{ file, options: { figures: rest } }]))
    expect(only(report).parties.map((party) => party.replied)).toEqual(['partly', 'complete', 'nothing'])
    expect(target(report)).toMatchObject({ verdict: 'not-assessable', figure: { is: 'nothing' } })
    expect(target(report).members.map((one) => one.figure.is)).toEqual(['share', 'share', 'nothing'])
  })
})
