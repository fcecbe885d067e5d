import { describe, expect, it } from 'vitest'
import { countRenegotiations } from '../../support/renegotiation-counts.ts'
import { owedLetters } from '../../../functions/domain/renegotiation/owed.ts'
import { resultsYearOn } from '../../../functions/domain/renegotiation/grounds.ts'
import { contentWith, suggestedChanges } from '../../../functions/domain/renegotiation/proposal.ts'
import type { Target } from '../../../functions/domain/agreement/content.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { anders } from '../../support/ministry.ts'
import { ground, Machine } from './machine.ts'
import { renegotiationTransitions } from '../../../functions/domain/renegotiation/state.ts'

const wish = ground('a mail of theirs', {
  cause: 'municipality-wish',
  observationId: null,
  matterId: null,
  party: '479',
})
const no = { Genforhandling: { is: 'yes-no', yes: false } } as const

describe('a municipality’s own wish', () => {
  it('is owed its answer at once', () => {
    const machine = new Machine().raise(wish)
    expect(owedLetters(machine.state)).toEqual([
      { kind: 'renegotiation-wish-received', party: '479', seq: 1, about: 'a mail of theirs' },
    ])
  })

  it('is owed none where the receipt of its mail has told when it is answered (MAIL 212)', () => {
    const machine = new Machine().raise({ ...wish, toldByReceipt: true })
    expect(owedLetters(machine.state)).toEqual([])
  })

  it('taken back before it is opened ends the question, and counts as opened and withdrawn', () => {
    const machine = new Machine().raise(wish)
    machine.mail('479', false, no)
    machine.work()
    expect(machine.state).toMatchObject({ status: 'settled', outcome: 'withdrawn' })
    expect(countRenegotiations([machine.state])).toEqual({
      raised: 1,
      opened: 1,
      declined: 0,
      agreed: 0,
      lapsed: 0,
      withdrawn: 1,
      running: 0,
    })
  })

  it('is not another member’s to take back', () => {
    const machine = new Machine().raise(wish)
    machine.mail('450', false, no)
    expect(machine.state).toMatchObject({ status: 'raised', wishTakenBack: null })
  })

  it('taken back while another ground has joined leaves the question to a person', () => {
    const machine = new Machine().raise(wish)
    machine.join(ground('quota'))
    machine.mail('479', false, no)
    expect(machine.state).toMatchObject({ status: 'raised', wishTakenBack: { party: '479' } })
    expect(
      machine.person({ do: 'record-withdrawal', reason: 'kommunen ønsker det ikke længere' }, anders),
    ).toBe(1)
    expect(machine.work().state).toMatchObject({ status: 'settled', outcome: 'withdrawn' })
    expect(machine.state.withdrawn?.by).toBe('municipality')
  })
})

describe('a further ground', () => {
  it('joins once', () => {
    const machine = new Machine().raise()
    expect(machine.join(ground('later'))).toBe(1)
    expect(machine.join(ground('later'))).toBe(0)
    expect(machine.raise(ground('quota')).state.grounds).toHaveLength(2)
  })

  it('voids a decision that the agreement has not been told yet, and is refused after', () => {
    const machine = new Machine().raise()
    machine.person({ do: 'decline-renegotiation', reason: 'other', text: 'nej' }, anders)
    expect(machine.join(ground('later'))).toBe(2)
    expect(machine.state).toMatchObject({ status: 'raised', outcome: null, declined: null })
    machine.person({ do: 'decline-renegotiation', reason: 'other', text: 'stadig nej' }, anders)
    machine.work()
    expect(machine.join(ground('too late'))).toBe('settled')
  })
})

describe('a suggested draft', () => {
  const withTarget = (change: Partial<Target>) => {
    const machine = new Machine().raise(
      ground('quota', {
        changes: [
          {
            assumption: 'FS1',
            reference: '53',
            referenceOn: '2014-09-30',
            referenceSource: '',
            derived: true,
            value: '160',
            knownOn: '2015-03-27',
            validFrom: '2015-01-01',
            validTo: '2015-12-31',
            source: 'KL',
          },
        ],
      }),
    )
    const [first, ...rest] = svendborg.agreement.targets
    if (first === undefined) throw new Error('the sample has targets')
    const content = { ...svendborg.agreement, targets: [{ ...first, ...change }, ...rest] }
    return suggestedChanges({ ...machine.state, content })
  }

  it('leaves a share as it is: it does not move by itself with the number', () => {
    expect(withTarget({})).toEqual([{ target: 'M1', year: 2015, from: '50', to: '50', scaled: false }])
  })

  it('scales a number of persons with the assumption, rounded to whole persons', () => {
    const counted = withTarget({ measure: { type: 'number', unit: 'personer', whole: true } })
    expect(counted).toEqual([{ target: 'M1', year: 2015, from: '50', to: '151', scaled: true }])
  })

  it('does not scale a duration', () => {
    const weeks = withTarget({ measure: { type: 'number', unit: 'uger', whole: false } })
    expect(weeks[0]).toMatchObject({ to: '50', scaled: false })
  })

  it('changes the named value alone', () => {
    const before = svendborg.agreement
    const after = contentWith(before, [{ target: 'M1', year: 2015, from: '50', to: '46' }])
    expect(after.targets[0]?.targets).toEqual([
      { year: 2013, value: '44' },
      { year: 2014, value: '50' },
      { year: 2015, value: '46' },
    ])
    expect({ ...after, targets: [] }).toEqual({ ...before, targets: [] })
  })
})

describe('the table of transitions', () => {
  it('leads nowhere from settled', () => {
    const from = Object.values(renegotiationTransitions).flatMap((one): readonly string[] => one.from)
    expect(from).not.toContain('settled')
  })

  it.each([
    ['2014-12-01', 2014],
    ['2014-11-30', 2013],
    ['2015-03-27', 2014],
  ])('a question raised on %s belongs to the run for %i', (on, year) => {
    expect(resultsYearOn(on)).toBe(year)
  })
})
