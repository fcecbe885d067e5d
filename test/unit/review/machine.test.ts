import { describe, expect, it } from 'vitest'
import { attach, executionLost } from '../../../functions/domain/casefile/attempts.ts'
import { assess, currentRuleVersion } from '../../../functions/domain/judging/rule.ts'
import {
  assessFinally,
  makeDraft,
  mostRounds,
  recordOutcome,
} from '../../../functions/domain/review/decide/machine.ts'
import { assessmentInput, givenFor } from '../../../functions/domain/review/judge-input.ts'
import { finalAssessment, onlyInFavour } from '../../../functions/domain/judging/verdicts.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { allFigures, number, on, requested, ReviewWorld } from './review-world.ts'
import { partyOf } from '../../../functions/domain/review/slices/figures.ts'

const { agreement } = svendborg
const nothing = { ok: true, events: [] }
const judged = (values: Readonly<Record<string, unknown>>) => {
  const { state } = requested().mail({ values })
  return assess(assessmentInput(state, agreement, agreement.id, [], currentRuleVersion))
}

describe('an execution', () => {
  it('takes over from a lower attempt, and is refused below the one attached', () => {
    const world = new ReviewWorld().prepare()
    world.commit(attach(world.state, 2, 'a2'))
    expect(attach(world.state, 2, 'a2')).toEqual(nothing)
    expect(attach(world.state, 1, 'a1')).toMatchObject({ refusal: { kind: 'stale-attempt' } })
    expect(assessFinally(world.state, 1, world.now)).toMatchObject({ refusal: { kind: 'stale-attempt' } })
  })

  it('that is lost leaves the review stuck, taken up by redrive or the next attempt', () => {
    const world = new ReviewWorld().prepare()
    const lost = { execution: 'a1', status: 'FAILED' } as const
    world.commit(executionLost(world.state, { attempt: 1, ...lost }))
    expect(world.state.attempts.lost).toBe(true)
    world.commit(attach(world.state, 1, 'a1'))
    expect(world.state.attempts).toEqual({ attached: 1, lost: false })
    world.commit(executionLost(world.state, { attempt: 1, ...lost })).commit(attach(world.state, 1, 'a1'))
    expect(world.state.attempts.lost).toBe(false)
    world.commit(attach(world.state, 2, 'a2'))
    expect(executionLost(world.state, { attempt: 1, ...lost })).toEqual(nothing)
  })
})

describe('a draft', () => {
  const input = { assessment: judged({}), subject: 'c'.repeat(64), attempt: null }

  it('is made only when the record says that it is time', () => {
    const world = requested()
    expect(makeDraft(world.state, input, on('2015-02-10'))).toEqual(nothing)
    world.mail({ values: allFigures })
    expect(makeDraft(world.state, input, on('2015-03-02', '23:59'))).toEqual(nothing)
    expect(makeDraft(world.state, input, on('2015-03-03', '00:00'))).toMatchObject({
      events: [{ type: 'DraftMade', hearing: true }],
    })
  })

  it('is made ten times at most, then a person is asked', () => {
    const world = requested().mail({ values: allFigures }).pass(on('2015-03-03'))
    for (let round = 1; round < mostRounds; round += 1) world.mail({ values: { M2: number(round) } }).work()
    expect(world.state.rounds).toBe(mostRounds)
    world.mail({ values: { M2: number(99) } })
    expect(makeDraft(world.state, input, world.now)).toMatchObject({ refusal: { kind: 'too-many-rounds' } })
  })

  it('is assessed with the verdicts changed by hand, the working left as computed', () => {
    const assessment = judged(allFigures)
    const changed = finalAssessment(assessment, [{ target: 'M1', verdict: 'not-met' }])
    const [before, after] = [assessment, changed].map((one) => one.targets.find(({ key }) => key === 'M1'))
    expect(after).toEqual({ ...before, verdict: 'not-met' })
    expect(changed.targets.filter(({ key }) => key !== 'M1')).toEqual(
      assessment.targets.filter(({ key }) => key !== 'M1'),
    )
  })
})

describe('only in favour', () => {
  const heard = judged({ ...allFigures, M2: number(28) })

  it('is a better figure, not a worse one', () => {
    expect(onlyInFavour(heard, judged({ ...allFigures, M2: number(27) }))).toBe(true)
    expect(onlyInFavour(heard, heard)).toBe(true)
    expect(onlyInFavour(heard, judged({ ...allFigures, M2: number(40) }))).toBe(false)
  })

  it('is no mixture, and nothing that becomes unassessable', () => {
    expect(onlyInFavour(heard, judged({ ...allFigures, M2: number(20), 'M1 heraf': number(1) }))).toBe(false)
    expect(onlyInFavour(heard, judged({ ...allFigures, M2: { is: 'not-available' } }))).toBe(false)
  })
})

describe('what a party has given', () => {
  const [m1, m2, m3] = agreement.targets
  const given = (target: typeof m1, values: Readonly<Record<string, unknown>>, doubts: string[] = []) => {
    const { state } = requested().mail({ values, doubts: doubts.map((key) => ({ kind: 'hedged', key })) })
    if (target === undefined) throw new Error('the sample has no such target')
    return givenFor(target, partyOf(state, '479'))
  }

  it('is measured, not available, or nothing', () => {
    expect(given(m1, allFigures)).toEqual({
      given: 'measured',
      measured: { numerator: '61', denominator: '134' },
    })
    expect(given(m2, allFigures)).toEqual({ given: 'measured', measured: { value: '24.5' } })
    expect(given(m3, allFigures)).toEqual({ given: 'measured', measured: { met: true, on: '2014-11-14' } })
    expect(given(m1, { ...allFigures, 'M1 heraf': { is: 'not-available' } })).toEqual({
      given: 'not-available',
    })
    expect(given(m1, { 'M1 heraf': number(61) })).toEqual({ given: 'nothing' })
    expect(given(m2, {})).toEqual({ given: 'nothing' })
  })

  it('counts no doubted figure', () => {
    expect(given(m1, allFigures, ['M1 i alt'])).toEqual({ given: 'nothing' })
    expect(given(m1, allFigures, ['M1'])).toEqual({ given: 'nothing' })
    expect(given(m2, allFigures, ['M2'])).toEqual({ given: 'nothing' })
  })
})

describe('what the mail system tells', () => {
  it('is recorded once, and refused for a letter that is not on the record', () => {
    const world = requested()
    const outcome = {
      letterKey: world.state.letters[0]?.letterKey ?? '',
      addresses: ['contact-479@kommune.example'],
      at: world.now,
      result: 'delivered',
      permanent: false,
      status: '',
    } as const
    expect(recordOutcome(world.state, outcome)).toEqual(nothing)
    expect(recordOutcome(world.state, { ...outcome, letterKey: 'x' })).toMatchObject({
      refusal: { kind: 'unknown-letter' },
    })
    expect(recordOutcome(world.state, { ...outcome, addresses: ['POST-479@kommune.example'] })).toMatchObject(
      {
        events: [{ type: 'LetterDelivered', recipient: 'post-479' }],
      },
    )
  })
})
