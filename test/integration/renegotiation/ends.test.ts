import { describe, expect, it } from 'vitest'
import { anders } from '../../support/ministry.ts'
import { accepted, at, draft, flat, id, partnership, proposed } from './scenario.ts'
import { RenegotiationWorld } from './world.ts'
import { makeSettleRenegotiation } from '../../../functions/handlers/tasks/settle-renegotiation.ts'

const ends = (on: string) => ({
  do: 'terminate-agreement' as const,
  on,
  reason: 'kommunen har opsagt aftalen',
})

describe('an agreement that has ended', () => {
  it('takes no rider, though all have accepted it: a person is asked, ends it, and all are told', async () => {
    const { world } = await proposed()
    await world.agreement(id, ends('2015-05-10'))
    world.ports.clock.set(at('2015-05-20', '09:00'))
    await world.mail(id, { from: 'signatory', values: accepted })
    expect(await world.work(id)).toMatchObject({ next: 'wait-ministry', kind: 'proposal' })
    expect(await world.state(id)).toMatchObject({ status: 'opened', riderRefused: { kind: 'ended' } })
    expect((await world.agreementState(id)).versions).toHaveLength(1)
    await world.decide(id, { do: 'withdraw', reason: 'aftalen er ophørt' }, anders)
    await world.pass(id, at('2015-05-21', '10:00'))
    expect((await world.agreementState(id)).questions[0]?.outcome).toBe('withdrawn')
    expect(flat(await world.text(id, 'withdrawal'))).toContain('idet aftalen er ophørt')
  })

  it('gets no question from an observation that comes after its end', async () => {
    const world = await new RenegotiationWorld(at('2015-03-20')).prepare({
      ...partnership,
      agreement: { ...partnership.agreement, expiresOn: '2015-12-31' },
    })
    const joint = partnership.agreement.id
    await world.agreement(joint, ends('2015-03-26'))
    world.ports.clock.set(at('2015-03-27'))
    expect(await world.observe({ [joint]: '160' })).toMatchObject({ raised: [], joined: [] })
    expect((await world.agreementState(joint)).questions).toEqual([])
  })
})

it('its end repeated after a crash, the task still writes the list entry its commit owes', async () => {
  const { world } = await proposed()
  const { ports } = world
  await world.decide(id, { do: 'withdraw', reason: 'kvoten er ændret' }, anders)
  const visit = { stream: world.stream(id), attempt: 1, entered: ports.clock.now() }
  const put: typeof ports.listEntries.put = (entry) =>
    entry.stream === visit.stream ? Promise.reject(new Error('crash')) : ports.listEntries.put(entry)
  const crashing = { ...ports, listEntries: { ...ports.listEntries, put } }
  await expect(makeSettleRenegotiation(crashing)(visit)).rejects.toThrow('crash')
  const { length: version } = await ports.streams.load(visit.stream)
  const entries = () => ports.listEntries.list('renegotiations')
  expect(await entries()).toMatchObject([{ version: version - 1, summary: { status: 'ending' } }])
  await makeSettleRenegotiation(ports)(visit)
  expect(await entries()).toMatchObject([{ version, summary: { status: 'settled' } }])
  expect(await ports.streams.load(visit.stream), 'nothing is committed again').toHaveLength(version)
})

describe('how it ended is told to every party of a partnership', () => {
  const joint = partnership.agreement.id
  const withParties = async (): Promise<RenegotiationWorld> => {
    const world = await new RenegotiationWorld(at('2015-03-27', '08:30')).prepare(partnership)
    await world.observe({ [joint]: '160' })
    await world.pass(joint, at('2015-04-17', '13:00'))
    await world.propose(joint, draft)
    await world.pass(joint, at('2015-04-20', '12:00'))
    return world
  }
  const told = async (world: RenegotiationWorld, kind: string) =>
    (await world.state(joint)).letters
      .filter(({ order }) => order.kind === kind)
      .map(({ order }) => order.party)
      .toSorted((a, b) => String(a).localeCompare(String(b)))

  it.each([
    ['a withdrawal', 'withdrawal'],
    ['a lapse', 'proposal-lapsed'],
    ['a rider', 'rider'],
  ] as const)('%s', async (_, kind) => {
    const world = await withParties()
    if (kind === 'withdrawal')
      await world.decide(joint, { do: 'withdraw', reason: 'kvoten er ændret' }, anders)
    if (kind === 'rider')
      for (const party of ['479', '450', '482'])
        await world.mail(joint, { from: 'signatory', party, values: accepted })
    await world.pass(
      joint,
      kind === 'proposal-lapsed' ? at('2015-06-02', '10:00') : at('2015-04-21', '10:00'),
    )
    expect(await told(world, kind)).toEqual(['450', '479', '482'])
  })
})
