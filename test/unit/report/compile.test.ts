import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isDisclosive, publishedRules } from '../../../functions/domain/disclosure.ts'
import { canonicalJson } from '../../../functions/domain/judging/canonical.ts'
import { compileReport } from '../../../functions/domain/report/compile.ts'
import {
  jointReportSchema,
  type JointReport,
  type ShownFigure,
} from '../../../functions/domain/report/report.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import {
  factsOf,
  partnership,
  sampleAgreements,
  sampleFacts,
  type Case,
} from '../../fixtures/report/year-record.ts'

const figures = {
  '479': {
    'M1 i alt': '134',
    'M1 heraf': '61',
    M2: '24,5',
    M3: 'ja, 14. november 2014',
    FS2: '83',
    'H1 udgift': '400000',
  },
}
const own = (options: Partial<Case['options']> = {}): Case => ({
  file: svendborg,
  options: { figures, ...options },
})
const only = (report: JointReport) => report.agreements[0]!
const target = (report: JointReport, key = 'M1') => only(report).targets.find((one) => one.key === key)!

describe('the joint report', () => {
  test('the sample year: 31 agreements by name, all targets judged, two left out until 2015', () => {
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

  test('compiled again from the same record, in whatever order it was read, it is the same byte for byte', () => {
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

  test('a verdict changed by hand stands with the rule’s own and the reason, and is counted', () => {
    const reason = 'Netværket kom først i gang i efteråret.'
    const report = compileReport(factsOf([own({ changes: [{ target: 'M1', verdict: 'met', reason }] })]))
    expect(target(report)).toMatchObject({ verdict: 'met', byHand: { ruleVerdict: 'partly-met', reason } })
    expect(target(report).sentence).toContain('Efter en konkret vurdering: Målet vurderes at være opfyldt.')
    expect(report.method.changedByHand).toBe(1)
  })

  test('comments stand beside the ministry’s answer', () => {
    const comment = { municipality: '479', text: 'Vi fik mange nye i efteråret.', answer: 'Det er indgået.' }
    const { hearing } = only(compileReport(factsOf([own({ comment })])))
    expect(hearing).toMatchObject({
      is: 'answered',
      comments: [{ municipality: '479', targets: ['M1'], text: comment.text, answer: comment.answer }],
    })
  })

  test('an unfinished review stands so: its targets have no verdict and no figure', () => {
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

  test('an accepted correction changes the words alone, and is stated with its answer', () => {
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
