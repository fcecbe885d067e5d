import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testAssumption } from '../../../functions/domain/agreement/assumption-rules.ts'
import type { AgreementCommand } from '../../../functions/domain/agreement/commands.ts'
import { openQuestion } from '../../../functions/domain/agreement/versions.ts'
import { run, after, refusal, signed, observe, wish } from './agreement-course.ts'

describe('observations', () => {
  test('the quota raises a question, once, within its matter', () => {
    const first = run(signed(), observe('FS1', '160', 2015))
    expect(first.types).toEqual(['ObservationRecorded', 'RenegotiationRaised'])
    expect(openQuestion(first.state)?.triggers[0]).toMatchObject({
      matterId: 'quotas-2015',
      assumptionKeys: ['FS1'],
    })
    expect(run(first.state, observe('FS1', '160', 2015)).types).toEqual([])
    expect(run(first.state, observe('FS1', '170', 2015)).types).toEqual(['ObservationRecorded'])
  })

  test('within the limit it is recorded and nothing more', () => {
    expect(run(signed(), observe('FS2', '70', 2014)).types).toEqual(['ObservationRecorded'])
  })

  test('a second trigger joins the question that is open; after its end a new one is raised', () => {
    const state = after([observe('FS2', '83', 2014)], signed())
    const joined = run(state, observe('FS1', '160', 2015))
    expect(joined.types).toEqual(['ObservationRecorded', 'TriggerJoined'])
    expect(joined.state.questions).toHaveLength(1)
    const declined = after([{ do: 'settle', seq: 1, outcome: 'declined' }], state)
    const next = run(declined, observe('FS1', '160', 2015))
    expect(next.types).toEqual(['ObservationRecorded', 'RenegotiationRaised'])
    expect(next.state.questions.map((one) => one.seq)).toEqual([1, 2])
  })

  test('each assumption is observed by the one it names', () => {
    expect(
      refusal(signed(), { ...observe('FS1', '160', 2015), by: 'municipality' } as AgreementCommand),
    ).toBe('not-theirs')
    expect(refusal(signed(), observe('FS7', '1', 2015))).toBe('unknown-assumption')
  })

  test('after the agreement’s end it is recorded only', () => {
    expect(run(signed(), observe('FS2', '83', 2015, '2016-02-20')).types).toEqual(['ObservationRecorded'])
  })
})

describe('wishes', () => {
  test('a wish raises a question once', () => {
    const first = run(signed(), wish)
    expect(first.types).toEqual(['RenegotiationRaised'])
    expect(run(first.state, wish).types).toEqual([])
  })
})

describe('the limit of an assumption', () => {
  const rule = { kind: 'relative', limit: '40', minAbsolute: '10', direction: 'both' } as const
  const quota = (reference: string) => ({
    reference: { value: reference, on: '2014-09-30', source: 'afledt', derived: true },
    rule,
  })

  test('Odense’s quota of 334 against 111 is beyond it, Fanø’s 9 against 3 is not', () => {
    expect(testAssumption(quota('111'), { value: '334' })).toMatchObject({ beyond: true, difference: '223' })
    expect(testAssumption(quota('3'), { value: '9' })).toMatchObject({ beyond: false, changePct: '200' })
  })

  test('exactly on the limit is not beyond it', () => {
    expect(testAssumption(quota('100'), { value: '140' }).beyond).toBe(false)
    expect(testAssumption(quota('100'), { value: '141' }).beyond).toBe(true)
    expect(testAssumption(quota('100'), { value: '59' }).beyond).toBe(true)
  })

  test('from zero any change of the least size is beyond', () => {
    expect(testAssumption(quota('0'), { value: '10' })).toMatchObject({ beyond: true, changePct: null })
    expect(testAssumption(quota('0'), { value: '9' }).beyond).toBe(false)
  })

  test('direction, absolute, any and by hand', () => {
    const of = (changes: object, value: string) =>
      testAssumption({ ...quota('100'), rule: { ...rule, ...changes } }, { value }).beyond
    expect([of({ direction: 'up' }, '20'), of({ direction: 'down' }, '20')]).toEqual([false, true])
    expect([
      of({ kind: 'absolute', limit: '2', minAbsolute: '0' }, '102'),
      of({ kind: 'absolute', limit: '2', minAbsolute: '0' }, '102.5'),
    ]).toEqual([false, true])
    expect([
      of({ kind: 'any', minAbsolute: '0' }, '100'),
      of({ kind: 'any', minAbsolute: '0' }, '100.1'),
    ]).toEqual([false, true])
    expect([of({ kind: 'by-hand' }, '100'), of({ kind: 'by-hand' }, '101')]).toEqual([false, true])
  })

  test('no change is beyond no limit, and a larger change is never less beyond', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), fc.nat(100), (reference, change, more) => {
        const at = (size: number) =>
          testAssumption(quota(String(reference)), { value: String(reference + size) }).beyond
        expect(at(0)).toBe(false)
        expect(!at(change) || at(change + more)).toBe(true)
      }),
    )
  })
})
