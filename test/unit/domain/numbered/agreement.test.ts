import { describe, expect, test } from 'vitest'
import type { Target } from '../../../../functions/domain/agreement/content.ts'
import { contentShortcomings } from '../../../../functions/domain/agreement/completeness.ts'
import { agreementFolding } from '../../../../functions/domain/agreement/state.ts'
import {
  contentForYear,
  lapsedTargets,
  latestVersion,
  targetsFor,
  versionAsKnown,
  versionOn,
} from '../../../../functions/domain/agreement/versions.ts'
import { municipalities, municipality } from '../../../../functions/domain/directory/municipalities.ts'
import { assess } from '../../../../functions/domain/judging/rule.ts'
import { svendborg } from '../../../fixtures/agreements/svendborg.ts'
import {
  contentWith,
  foldAgreement,
  hash,
  observe,
  refusal,
  rider,
  run,
  signedOf,
  wish,
} from '../../../support/judging/agreement-world.ts'
import { inputFor, shareTarget } from '../judging-input.ts'

const content = svendborg.agreement
const signed = () => signedOf(content)
const asked = (state = signed()) => run(state, [wish]).state
const named = (key: string, weight: number, changes: Partial<Target> = {}): Target =>
  shareTarget({ key, weight, ...changes })

describe('numbered edge cases: versions of an agreement', () => {
  test('Edge case 8: a target replaced on 1 July: the version on each measuring date judges, the old one lapses, weights are shown again', () => {
    const before = contentWith([named('M1', 40, { measuringDate: '06-30' }), named('M2', 60)])
    const after = contentWith([named('M3', 40), named('M2', 60)])
    const { state } = run(signedOf(before), [wish, rider(after)])
    expect(targetsFor(state, 2014).map(({ target, version }) => [target.key, version])).toEqual([
      ['M1', 1],
      ['M3', 2],
      ['M2', 2],
    ])
    expect(lapsedTargets(state, 2014)).toMatchObject([
      { target: { key: 'M1' }, version: 1, riderNumber: 1, lapsedOn: '2014-07-01' },
    ])
    expect(lapsedTargets(state, 2013)).toEqual([])
    const { targets } = contentForYear(state, 2014)!
    const judged = assess(inputFor(targets[0]!, { 479: [50, 100] }, { targets }))
    expect(judged.targets.map((one) => one.weightPct)).toEqual(['200/7', '200/7', '300/7'])
    expect(judged.notes).toEqual([
      {
        da: 'Vægtene er beregnet på ny efter de mål, der gælder for året: mål 1 med 28,6 pct., mål 3 med 28,6 pct. og mål 2 med 42,9 pct.',
        en: 'The weights have been computed anew for the targets of the year: target 1 at 28.6 per cent, target 3 at 28.6 per cent and target 2 at 42.9 per cent.',
      },
    ])
  })

  test('Edge case 9, Invariant I15: a rider takes effect after every opened year, never in an assessed year, and into an opened one only with both signatures and a note', () => {
    const state = run(asked(), [{ do: 'open-year', year: 2014 }]).state
    const back = rider(content, { effectiveFrom: '2014-12-01', signedOn: '2015-02-01' })
    const both = { ...back, backdating: { signedByAll: true, note: 'Enighed om tidspunktet.' } }
    expect(refusal(state, back)).toBe('year-opened')
    expect(refusal(state, { ...back, backdating: { signedByAll: true, note: ' ' } })).toBe('year-opened')
    expect(refusal(state, { ...back, backdating: { signedByAll: false, note: 'x' } })).toBe('year-opened')
    expect(refusal(state, rider(content, { effectiveFrom: '2014-12-31' }))).toBe('year-opened')
    expect(refusal(state, rider(content, { effectiveFrom: '2015-01-01' }))).toBeNull()
    expect(run(state, [both]).events[0]).toMatchObject({ type: 'RiderInForce', reachesBackTo: [2014] })
    expect(refusal(state, both, { today: '2015-07-01', finalYears: [2014] })).toBe('year-assessed')
  })

  test('Edge case 12: a target that is its baseline is no progress, and one on the wrong side of it is not signed', () => {
    const shortcomings = (changes: Partial<Target>) =>
      contentShortcomings(contentWith([named('M1', 100, changes)])).map((one) => one.path)
    expect(shortcomings({ targets: [{ year: 2014, value: '40' }] })).toEqual(['targets.0.targets.0.value'])
    expect(shortcomings({ targets: [{ year: 2014, value: '30' }] })).toEqual(['targets.0.targets.0.value'])
    expect(shortcomings({ targets: [{ year: 2014, value: '30' }], direction: 'falling' })).toEqual([])
    expect(shortcomings({ targets: [{ year: 2014, value: '40' }], method: 'maintain' })).toEqual([])
    const same = shareTarget({ targets: [{ year: 2014, value: '40' }] })
    const judged = assess(inputFor(same, { 479: [50, 100] })).targets[0]
    expect([judged?.verdict, judged?.reason]).toEqual(['not-assessable', 'no-baseline'])
  })

  test('Edge case 21: an agreement that expires while a question is open: the final year is judged, no new targets come', () => {
    const state = run(asked(), [{ do: 'expire', on: '2016-01-01' }]).state
    expect(contentForYear(state, 2015)?.targets.length).toBeGreaterThan(0)
    expect(refusal(state, { do: 'open-year', year: 2015 })).toBeNull()
    expect(refusal(state, { do: 'settle', seq: 1, outcome: 'lapsed' })).toBeNull()
    const late = rider(content, { effectiveFrom: '2016-07-01', signedOn: '2016-05-01' })
    expect(refusal(state, late, { today: '2016-05-01', finalYears: [] })).toBe('ended')
  })

  test('Edge case 22: a prolongation asked after the agreement has ended is refused, and before it is not', () => {
    const prolonged = rider(
      { ...content, expiresOn: '2016-12-31' },
      { effectiveFrom: '2016-01-01', signedOn: '2015-12-01' },
    )
    expect(refusal(asked(), prolonged, { today: '2016-01-04', finalYears: [] })).toBe('ended')
    expect(refusal(signed(), wish, { today: '2016-01-04', finalYears: [] })).toBe('ended')
    expect(refusal(asked(), prolonged, { today: '2015-12-30', finalYears: [] })).toBeNull()
  })

  test('Edge case 23: an appropriation reduced raises a question; without a version in force there is no cycle', () => {
    const reduced = contentWith([named('M1', 100)], {
      reservation: 'Tilsagn for senere år gives med forbehold for den nødvendige bevilling.',
      assumptions: [
        {
          key: 'FS1',
          type: 'appropriation',
          title: 'Bevilling',
          titleEn: 'Appropriation',
          unit: 'kr.',
          observedBy: 'ministry',
          reference: { value: '8500000', on: '2013-12-01', source: 'prøve', derived: false },
          rule: { kind: 'relative', limit: '10', limitDown: '0', minAbsolute: '0', direction: 'both' },
          bearsOn: ['M1'],
          years: [2014, 2015],
        },
      ],
    })
    const questions = (value: string) =>
      run(signedOf(reduced), [observe('FS1', value, 2015)]).state.questions.length
    expect([questions('8400000'), questions('9300000'), questions('9500000')]).toEqual([1, 0, 1])
    const ended = run(signed(), [{ do: 'terminate-agreement', on: '2014-06-30', reason: 'bevilling' }])
    expect(versionOn(ended.state, '2014-12-31')).toBeNull()
    expect(refusal(ended.state, { do: 'open-year', year: 2014 })).toBe('not-in-force')
  })

  test('Edge case 25: municipalities go by their code, whatever spelling their name has', () => {
    const rest = municipalities.map((one) => one.code)
    expect(new Set(rest).size).toBe(98)
    expect(['751', '169', '480', '810'].map((code) => municipality(code).name)).toEqual([
      'Aarhus',
      'Høje-Taastrup',
      'Nordfyns',
      'Brønderslev',
    ])
    expect(() => municipality('411')).toThrow(RangeError)
    expect(() => municipality('Århus')).toThrow(RangeError)
  })

  test('Edge case 32: the agreement on a date, as it was known on another', () => {
    const after = { ...content, title: 'Efter tillæg' }
    const { state } = run(asked(), [rider(after, { signedOn: '2014-05-20', effectiveFrom: '2014-07-01' })])
    const version = (on: string, knownOn: string) => versionAsKnown(state, { on, knownOn })?.version ?? null
    expect(version('2014-12-31', '2014-05-19')).toBe(1)
    expect(version('2014-12-31', '2014-05-20')).toBe(2)
    expect(version('2014-06-30', '2015-01-01')).toBe(1)
    expect(version('2014-06-30', '2012-11-11')).toBeNull()
    const ended = run(state, [{ do: 'terminate-agreement', on: '2015-06-30', reason: 'opsagt' }]).state
    expect(versionAsKnown(ended, { on: '2015-07-01', knownOn: '2015-06-29' })?.version).toBe(2)
    expect(versionAsKnown(ended, { on: '2015-07-01', knownOn: '2015-07-01' })).toBeNull()
  })

  test('Edge case 36: an agreement signed after the measuring date is not asked for that year, and is for the next', () => {
    const state = signedOf({ ...content, kind: 'partnerskabsaftale' }, '2015-03-30')
    expect(contentForYear(state, 2014)).toBeNull()
    expect(refusal(state, { do: 'open-year', year: 2014 })).toBe('not-in-force')
    expect(contentForYear(state, 2015)?.targets.map((one) => one.key)).toEqual(['M1', 'M2'])
  })

  test('Edge case 52: a lapsed key is never used again, for the same thing or another', () => {
    const m = (key: string, weight: number, indicator: string): Target => {
      const target = named(key, weight)
      return { ...target, measurement: { ...target.measurement, indicator } }
    }
    const start = signedOf(contentWith([m('M1', 50, 'a'), m('M2', 50, 'b')]))
    const without = contentWith([m('M1', 50, 'a'), m('M4', 50, 'd')])
    const { state } = run(start, [wish, rider(without)])
    const second = { seq: 2, riderNumber: 2, effectiveFrom: '2015-01-01', contentHash: hash('c') }
    const again = run(state, [{ ...wish, triggerId: 'mail-2' }]).state
    const with2 = (indicator: string) =>
      rider(contentWith([m('M1', 50, 'a'), m('M2', 50, indicator)]), second)
    expect(refusal(again, with2('e'))).toBe('key-reused')
    expect(refusal(again, with2('b'))).toBe('key-reused')
  })
})

describe('numbered invariants: the agreement', () => {
  test('Invariant I1: no year is opened without a signed version in force on a measuring date', () => {
    const drafted = foldAgreement(agreementFolding.initial, [{ type: 'AgreementDrafted', v: 1, content }])
    expect(latestVersion(drafted)).toBeNull()
    expect(contentForYear(drafted, 2014)).toBeNull()
    expect(refusal(drafted, { do: 'open-year', year: 2014 })).toBe('not-in-force')
    expect(refusal(signed(), { do: 'open-year', year: 2012 })).toBe('not-in-force')
    expect(refusal(signed(), { do: 'open-year', year: 2016 })).toBe('not-in-force')
    expect(run(signed(), [{ do: 'open-year', year: 2014 }]).events).toMatchObject([
      { versions: [{ version: 1 }, { version: 1 }, { version: 1 }] },
    ])
  })

  test('Invariant I7: a renegotiation names an assumption, an error in one, or the reason of a wish', () => {
    const raise = { ...wish, cause: 'ministry', reason: 'Vi vil.' } as const
    expect(refusal(signed(), raise)).toBe('no-ground')
    expect(refusal(signed(), { ...raise, cause: 'review' })).toBe('no-ground')
    expect(refusal(signed(), { ...wish, reason: '  ' })).toBe('no-ground')
    expect(refusal(signed(), { ...raise, error: true })).toBeNull()
    expect(refusal(signed(), { ...raise, assumptionKeys: ['FS1'] })).toBeNull()
    expect(refusal(signed(), { ...raise, assumptionKeys: ['FS9'] })).toBe('unknown-assumption')
    expect(refusal(signed(), wish)).toBeNull()
  })

  test('Invariant I17: a key names one thing for the agreement’s life', () => {
    const other = content.targets.map((target) =>
      target.key === 'M1'
        ? { ...target, measurement: { ...target.measurement, indicator: 'noget-andet' } }
        : target,
    )
    expect(refusal(asked(), rider({ ...content, targets: other }))).toBe('key-reused')
    const assumptions = content.assumptions.map((one) => ({ ...one, type: 'local' as const }))
    expect(refusal(asked(), rider({ ...content, assumptions }))).toBe('key-reused')
    expect(refusal(asked(), rider({ ...content, title: 'Nyt navn' }))).toBeNull()
  })
})
