import { describe, expect, it } from 'vitest'
import { accepted, at, counter, draft, flat, id, observed, proposed } from './scenario.ts'
import { anders, birgit, karl } from '../../support/ministry.ts'

describe('time', () => {
  it('reminds ten and three working days before, and lapses when the time is out', async () => {
    const { world } = await proposed()
    await world.pass(id, at('2015-06-01', '23:59'))
    expect((await world.state(id)).status).toBe('proposed')
    await world.pass(id, at('2015-06-02', '09:30'))
    expect(await world.letters(id)).toEqual([
      'observed-value@2015-03-27',
      'renegotiation-opened@2015-04-20',
      'proposal@2015-04-20',
      'proposal-reminder@2015-05-15',
      'proposal-reminder@2015-05-27',
      'proposal-lapsed@2015-06-02',
    ])
    expect((await world.agreementState(id)).questions[0]?.outcome).toBe('lapsed')
    expect((await world.agreementState(id)).versions).toHaveLength(1)
    expect(flat(await world.text(id, 'proposal-lapsed'))).toContain(
      'Fristen den 1. juni 2015 er udløbet, uden at forslaget er tiltrådt af alle parter.',
    )
  })

  it('never lapses what was not delivered', async () => {
    const world = await observed()
    world.ports.clock.set(at('2015-04-20', '09:00'))
    await world.propose(id, draft)
    await world.work(id)
    world.ports.clock.set(at('2015-12-01', '10:00'))
    expect(await world.work(id)).toMatchObject({ next: 'wait-municipality', kind: 'delivery' })
    await world.deliver(id)
    expect((await world.state(id)).proposal?.endsOn).toBe('2016-01-12')
  })

  it('reminds nobody and ends nothing while a mail that may be the answer is held', async () => {
    const { world } = await proposed()
    world.ports.clock.set(at('2015-05-30', '12:00'))
    const mailKey = await world.mail(id, { from: 'contact', standing: 'held', values: accepted })
    world.ports.clock.set(at('2015-06-10', '10:00'))
    expect(await world.work(id)).toMatchObject({ next: 'wait-ministry', kind: 'held-mail' })
    expect(await world.letters(id)).not.toContain('proposal-lapsed@2015-06-10')
    await world.decide(
      id,
      { do: 'decide-held-answer', mailKey, as: 'rejected', reason: 'ikke fra dem' },
      karl,
    )
    await world.work(id)
    expect((await world.state(id)).outcome).toBe('lapsed')
  })

  it('holds the lapse while a counter-proposal is open; refused, the proposal stands three weeks more', async () => {
    const { world } = await proposed()
    world.ports.clock.set(at('2015-05-29', '12:00'))
    const mailKey = await world.mail(id, { from: 'contact', values: counter })
    world.ports.clock.set(at('2015-06-03', '09:00'))
    expect(await world.work(id)).toMatchObject({ next: 'wait-ministry', kind: 'counter-proposal' })
    const reason = 'idet 46,0 pct. allerede tager højde for kvoten'
    expect(await world.decide(id, { do: 'answer-counter', accept: false, mailKey, reason }, karl)).toBe(
      'committed',
    )
    expect(await world.work(id)).toMatchObject({ kind: 'answers' })
    const text = flat(await world.text(id, 'counter-proposal-answer'))
    expect(text).toContain('kan ikke tilslutte sig forslaget, idet 46,0 pct. allerede')
    expect(text).toContain('står ved magt til den 24. juni 2015. Dette er første runde af højst tre.')
    await world.pass(id, at('2015-06-25', '10:00'))
    expect((await world.state(id)).outcome).toBe('lapsed')
  })

  it('an accepted counter-proposal is a new draft that two others approve', async () => {
    const { world } = await proposed()
    const mailKey = await world.mail(id, { from: 'contact', values: counter })
    const { subject, outcome } = await world.acceptCounter(id, mailKey)
    expect(outcome).toBe('committed')
    expect(await world.decide(id, { do: 'approve-proposal', subject }, birgit)).toBe('committed')
    expect(await world.decide(id, { do: 'approve-proposal', subject }, anders)).toBe('committed')
    await world.pass(id, at('2015-04-21', '12:00'))
    expect((await world.letters(id)).slice(-2)).toEqual([
      'counter-proposal-answer@2015-04-21',
      'proposal@2015-04-21',
    ])
    expect((await world.state(id)).proposal?.changes[0]?.to).toBe('44')
  })

  it('negotiates three counter-proposals, and answers a fourth without putting anything off', async () => {
    const { world } = await proposed()
    for (let round = 1; round <= 3; round += 1) {
      const mailKey = await world.mail(id, { from: 'contact', values: counter })
      await world.decide(
        id,
        { do: 'answer-counter', accept: false, mailKey, reason: 'forslaget er rimeligt' },
        karl,
      )
    }
    await world.mail(id, { from: 'contact', values: counter })
    expect((await world.state(id)).counters.map((one) => one.round)).toEqual([1, 2, 3, null])
    await world.pass(id, at('2015-04-21', '10:00'))
    expect(await world.work(id)).toMatchObject({ kind: 'answers' })
    expect((await world.letters(id)).filter((one) => one.startsWith('counter-proposal'))).toHaveLength(4)
  })
})
