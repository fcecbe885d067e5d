import { describe, expect, it } from 'vitest'
import { countRenegotiations } from '../../support/renegotiation-counts.ts'
import { agreementFileSchema } from '../../../functions/domain/agreement/content.ts'
import { makeDecideMatter } from '../../../functions/handlers/console/decide-matter.ts'
import { makeRaiseQuestion } from '../../../functions/handlers/record/raise-question.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { at, flat, id, observed } from './scenario.ts'
import { anders, birgit, withKarl } from '../../support/ministry.ts'
import { RenegotiationWorld } from './world.ts'

describe('from the observation to the question', () => {
  it('raises one question, starts its execution, and does neither twice', async () => {
    const world = await observed()
    expect(await world.observe({ [id]: '160' })).toEqual({ recorded: 0, raised: [], joined: [], errors: [] })
    await makeRaiseQuestion(world.ports)(id)
    expect(world.ports.workflows.executions().map(({ name }) => name)).toEqual([
      'renegotiation-svendborg-rk-1-a1',
    ])
    const state = await world.state(id)
    expect(state.grounds).toHaveLength(1)
    expect(state.grounds[0]).toMatchObject({ matterId: 'kommunekvoter-2015', targets: ['M1'] })
    expect(await world.work(id)).toMatchObject({ kind: 'sending-hour', until: at('2015-03-27', '09:00') })
    await world.pass(id, at('2015-03-27', '10:00'))
    expect(await world.work(id)).toMatchObject({ next: 'wait-ministry', kind: 'question' })
    expect(await world.letters(id)).toEqual(['observed-value@2015-03-27'])
    const text = flat(await world.text(id, 'observed-value'))
    expect(text).toContain('Tallet har ikke betydning for bedømmelsen af 2014.')
    expect(text).toContain('svar med linjen »FS1 bemærkning:«')
  })

  it('is signed by whoever was given the renegotiation, and says how to reach them', async () => {
    for (const [person, name] of [
      ['karl', 'Karl Prøveholm'],
      ['sofie', 'Sofie Eksempel'],
    ] as const) {
      const world = await observed()
      await world.ports.directory.write(withKarl)
      await world.decide(id, { do: 'take-over-renegotiation', person: 'karl' }, anders)
      await world.decide(id, { do: 'take-over-renegotiation', person }, anders)
      await world.pass(id, at('2015-03-27', '10:00'))
      expect(flat(await world.text(id, 'observed-value'))).toContain(`Spørgsmål: ${name},`)
    }
  })

  it('raises nothing within the limit, and names the agreement it cannot record on', async () => {
    const world = await new RenegotiationWorld(at('2015-03-27')).prepare(svendborg)
    const result = await world.observe({ [id]: '55', 'ukendt-rk': '9' })
    expect(result).toMatchObject({ recorded: 1, raised: [], joined: [] })
    expect(result.errors).toEqual([{ agreement: 'ukendt-rk', error: expect.stringContaining('not-signed') }])
  })

  it('lets a further ground join the open question instead of raising another', async () => {
    const world = await new RenegotiationWorld(at('2015-02-05')).prepare(svendborg)
    await world.agreement(id, {
      do: 'raise',
      triggerId: 'mail-1',
      cause: 'municipality-wish',
      assumptionKeys: ['FS2'],
      error: false,
      matterId: null,
      reason: 'FS2',
    })
    await makeRaiseQuestion(world.ports)(id)
    expect(await world.observe({ [id]: '160' })).toMatchObject({ raised: [], joined: [world.stream(id)] })
    const state = await world.state(id)
    expect(state.grounds.map((ground) => ground.cause)).toEqual(['municipality-wish', 'assumption'])
    expect(countRenegotiations([state])).toMatchObject({ raised: 1, running: 1 })
  })

  it('decides all questions of one matter at once, with exceptions, and once', async () => {
    const other = agreementFileSchema.parse({
      ...svendborg,
      agreement: { ...svendborg.agreement, id: 'nyborg-rk' },
    })
    const world = await new RenegotiationWorld(at('2015-03-27', '08:30')).prepare(svendborg, other)
    await world.observe({ [id]: '160', 'nyborg-rk': '115' })
    const decide = () =>
      makeDecideMatter(world.ports)({
        matterId: 'kommunekvoter-2015',
        nonce: 'one press of the button',
        who: anders,
        decision: { do: 'decline', reason: 'share-unaffected', text: 'mål 1 er en andel' },
        exceptions: [{ agreement: id, decision: { do: 'open', text: '' } }],
      })
    expect(await decide()).toEqual([
      { agreement: 'nyborg-rk', outcome: 'decided', refusal: null },
      { agreement: id, outcome: 'decided', refusal: null },
    ])
    expect(await decide()).toEqual(await decide())
    expect((await world.state(id)).status).toBe('opened')
    await world.pass('nyborg-rk', at('2015-03-30'))
    expect(await world.letters('nyborg-rk')).toEqual(['renegotiation-declined@2015-03-27'])
    expect(flat(await world.text('nyborg-rk', 'renegotiation-declined'))).toContain(
      'Der er lagt vægt på, at mål 1 er en andel.',
    )
    expect((await world.agreementState('nyborg-rk')).questions[0]?.outcome).toBe('declined')
    const states = await Promise.all([world.state(id), world.state('nyborg-rk')])
    expect(countRenegotiations(states)).toMatchObject({ raised: 2, opened: 1, declined: 1 })
  })

  it('is one decision by one person, though two press at the same moment', async () => {
    const other = agreementFileSchema.parse({
      ...svendborg,
      agreement: { ...svendborg.agreement, id: 'nyborg-rk' },
    })
    const world = await new RenegotiationWorld(at('2015-03-27', '08:30')).prepare(svendborg, other)
    await world.observe({ [id]: '160', 'nyborg-rk': '115' })
    const press = (who: typeof anders, nonce: string) =>
      makeDecideMatter(world.ports)({
        matterId: 'kommunekvoter-2015',
        nonce,
        who,
        decision: { do: 'decline', reason: null, text: 'mål 1 er en andel' },
        exceptions: [],
      })
    const both = await Promise.all([press(anders, 'one'), press(birgit, 'other')])
    expect(both.flat().filter(({ outcome }) => outcome === 'decided')).toHaveLength(2)
    const outcomes = await Promise.all(
      [id, 'nyborg-rk'].map(async (agreement) => (await world.state(agreement)).declined),
    )
    expect(new Set(outcomes.map((one) => one?.by)).size).toBe(1)
    // Nobody coded it: the quota bears on a share alone.
    expect(outcomes.map((one) => one?.reason)).toEqual(['share-unaffected', 'share-unaffected'])
    expect(await press(anders, 'later')).toEqual([
      { agreement: 'nyborg-rk', outcome: 'left', refusal: null },
      { agreement: id, outcome: 'left', refusal: null },
    ])
  })

  it('carries a ground that came between the decision and the settling, and asks anew', async () => {
    const world = await observed()
    await world.decide(
      id,
      { do: 'decline-renegotiation', reason: 'other', text: 'tallet ventes nedsat' },
      anders,
    )
    await world.agreement(id, {
      do: 'raise',
      triggerId: 'nonce-2',
      cause: 'ministry',
      assumptionKeys: ['FS1'],
      error: true,
      matterId: null,
      reason: 'referencen var forkert',
    })
    await world.pass(id, at('2015-03-27', '10:00'))
    expect(await world.work(id)).toMatchObject({ kind: 'question' })
    const state = await world.state(id)
    expect(state).toMatchObject({ status: 'raised', outcome: null, declined: null })
    expect(state.grounds).toHaveLength(2)
    expect((await world.agreementState(id)).questions[0]?.outcome).toBeNull()
  })
})
