import { describe, expect, test } from 'vitest'
import { openCounters } from '../../../../functions/domain/renegotiation/state.ts'
import { planRenegotiation } from '../../../../functions/domain/renegotiation/plan.ts'
import { svendborg } from '../../../fixtures/agreements/svendborg.ts'
import { observe, run, signedOf } from '../../../support/judging/agreement-world.ts'
import { anders, karl, sofie } from '../../../support/ministry.ts'
import { Machine } from '../../renegotiation/machine.ts'

const accepted = { Svar: { is: 'proposal-answer', answer: 'accepted' } } as const
const counter = {
  Svar: { is: 'proposal-answer', answer: 'counter-proposal' },
  'M1 ny målværdi': { is: 'number', value: '44' },
} as const

const proposed = (delivered = true): Machine => {
  const machine = new Machine().raise()
  machine.person({ do: 'open-renegotiation', targets: ['M1'], text: '' }, anders)
  machine.draft(sofie)
  const subject = machine.state.proposal?.subject ?? ''
  machine.person({ do: 'approve-proposal', subject }, karl)
  machine.person({ do: 'approve-proposal', subject }, anders)
  return machine.work(delivered)
}

describe('numbered edge cases: renegotiation', () => {
  test('Edge case 48: accepted by somebody without the role of signatory is not accepted', () => {
    const machine = proposed().pass(1)
    machine.mail('479', false, accepted)
    machine.mail('450', false, accepted)
    expect(machine.state.proposal?.acceptedBy).toEqual([])
    expect(machine.pass(1).state.status).toBe('proposed')
    machine.mail('479', true, accepted)
    machine.mail('450', true, accepted)
    expect(machine.pass(2).state).toMatchObject({ outcome: 'rider' })
  })

  test('Edge case 54: one observation on 30 agreements is one matter, a question on each', () => {
    const agreements = Array.from({ length: 30 }, (_, index) => ({
      ...svendborg.agreement,
      caseNumber: `2015-${String(index).padStart(4, '0')}`,
    }))
    const raised = agreements.flatMap(
      (content) =>
        run(signedOf(content), [observe('FS1', '160', 2015, { matterId: 'kommunekvoter-2015' })]).state
          .questions,
    )
    expect(raised).toHaveLength(30)
    expect(new Set(raised.flatMap((one) => one.triggers.map((trigger) => trigger.matterId)))).toEqual(
      new Set(['kommunekvoter-2015']),
    )
    const twice = run(signedOf(svendborg.agreement), [
      observe('FS1', '160', 2015, { matterId: 'kommunekvoter-2015' }),
      { ...observe('FS1', '160', 2015, { matterId: 'kommunekvoter-2015' }) },
    ])
    expect(twice.state.questions).toHaveLength(1)
  })

  test('Edge case 64: the time limit does not end while a counter-proposal is held', () => {
    const machine = proposed().pass(40)
    machine.mail('479', true, counter)
    expect(openCounters(machine.state)).toHaveLength(1)
    machine.pass(60)
    expect(machine.state.status).not.toBe('settled')
    expect(planRenegotiation(machine.state, machine.now)).toMatchObject({ next: 'wait', until: null })
    const mailKey = openCounters(machine.state)[0]?.mailKey ?? ''
    machine.person({ do: 'answer-counter', accept: false, mailKey, reason: 'nej' }, sofie)
    expect(machine.pass(90).state).toMatchObject({ status: 'settled', outcome: 'lapsed' })
  })
})

describe('numbered invariants: renegotiation', () => {
  test('Invariant I13: no proposal lapses by time without proof of delivery', () => {
    const machine = proposed(false).pass(200, false)
    expect(machine.state.status).not.toBe('settled')
    expect(proposed().pass(60).state).toMatchObject({ outcome: 'lapsed' })
  })
})
