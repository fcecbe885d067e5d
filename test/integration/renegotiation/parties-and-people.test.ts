import { describe, expect, it } from 'vitest'
import {
  accepted,
  at,
  change,
  declined,
  draft,
  flat,
  id,
  observed,
  partnership,
  proposed,
} from './scenario.ts'
import { anders, decider, karl, sofie } from '../../support/ministry.ts'
import { draftRefusal } from '../../../functions/domain/renegotiation/draft-refusal.ts'
import { RenegotiationWorld } from './world.ts'

describe('several parties', () => {
  const party = partnership.agreement.id
  const partnershipProposed = async (): Promise<RenegotiationWorld> => {
    const world = await new RenegotiationWorld(at('2015-03-27', '08:30')).prepare(partnership)
    await world.observe({ [party]: '160' })
    await world.pass(party, at('2015-04-17', '13:00'))
    await world.propose(party, draft)
    await world.pass(party, at('2015-04-20', '12:00'))
    return world
  }

  it('waits for each, and says who has accepted and who is awaited', async () => {
    const world = await partnershipProposed()
    await world.mail(party, { from: 'signatory', party: '450', values: accepted })
    const text = flat(await world.text(party, 'party-accepted'))
    expect(text).toContain('Det er herefter tiltrådt af: Nyborg Kommune.')
    expect(text).toContain('Der afventes svar fra: Svendborg Kommune og Langeland Kommune.')
    await world.mail(party, { from: 'signatory', party: '479', values: accepted })
    expect((await world.state(party)).status).toBe('proposed')
    await world.mail(party, { from: 'signatory', party: '482', values: accepted })
    expect((await world.state(party)).status).toBe('agreed')
  })

  it('tells the others when one declines', async () => {
    const world = await partnershipProposed()
    await world.mail(party, { from: 'signatory', party: '482', values: declined })
    await world.pass(party, at('2015-04-21', '10:00'))
    expect((await world.letters(party)).filter((one) => one.startsWith('withdrawal'))).toHaveLength(2)
    expect(flat(await world.text(party, 'withdrawal'))).toContain('idet Langeland Kommune ikke tiltræder det')
  })
})

describe('withdrawal', () => {
  it('by the ministry is told with its reason', async () => {
    const { world } = await proposed()
    const reason = 'folketallet er ændret'
    expect(await world.decide(id, { do: 'withdraw', reason }, anders)).toBe('committed')
    await world.pass(id, at('2015-04-21', '10:00'))
    expect(flat(await world.text(id, 'withdrawal'))).toContain(
      'Ministeriet trækker forslaget af 20. april 2015 tilbage, idet folketallet er ændret.',
    )
    expect((await world.agreementState(id)).questions[0]?.outcome).toBe('withdrawn')
  })

  it('before any proposal says that the negotiations have ended', async () => {
    const world = await observed()
    await world.decide(id, { do: 'open-renegotiation', targets: ['M1'], text: '' }, anders)
    await world.decide(id, { do: 'withdraw', reason: 'kvoten er sat ned igen' }, anders)
    await world.pass(id, at('2015-03-30', '10:00'))
    expect(flat(await world.text(id, 'withdrawal'))).toContain('Ministeriet afslutter forhandlingerne, idet')
  })

  it('a question nobody wished for is no municipality’s to withdraw', async () => {
    const world = await observed()
    expect(
      await world.decide(id, { do: 'record-withdrawal', reason: 'kommunen ønsker det ikke længere' }, sofie),
    ).toBe('no-wish')
  })
})

describe('who decides', () => {
  it('refuses the drafter, the same person twice, two caseworkers, and the barred', async () => {
    const world = await observed()
    expect(await world.decide(id, { do: 'open-renegotiation', targets: ['M1'], text: '' }, sofie)).toBe(
      'role',
    )
    await world.decide(id, { do: 'open-renegotiation', targets: ['M1'], text: '' }, anders)
    const both = decider('begge', 'caseworker', 'approver')
    const subject = await world.draft(id, draft, both)
    const approve = { do: 'approve-proposal', subject } as const
    expect(await world.decide(id, approve, both)).toBe('same-person')
    expect(await world.decide(id, approve, { ...anders, barredFrom: ['479'] })).toBe('barred')
    expect(await world.decide(id, approve, karl)).toBe('committed')
    expect(await world.decide(id, approve, karl)).toBe('same-person')
    expect(await world.decide(id, approve, sofie)).toBe('role')
    expect(await world.decide(id, { ...approve, subject: 'f'.repeat(64) }, anders)).toBe('superseded')
    expect(await world.decide(id, approve, anders)).toBe('committed')
    expect((await world.state(id)).status).toBe('approved')
  })

  it('refuses a draft that no rider could become', async () => {
    const world = await observed()
    await world.decide(id, { do: 'open-renegotiation', targets: ['M1'], text: '' }, anders)
    const state = await world.state(id)
    const refused = (changed: Partial<typeof draft> & object) =>
      draftRefusal(state, { ...draft, ...changed })?.kind
    expect(refused({ effectiveFrom: '2014-12-31' as never })).toBe('opened-year')
    expect(refused({ changes: [{ ...change, year: 2014 as never }] })).toBe('change')
    expect(refused({ changes: [{ ...change, from: '51' as never }] })).toBe('change')
    expect(refused({ changes: [{ ...change, to: '50' as never }] })).toBe('change')
    expect(refused({ changes: [] as never })).toBe('no-change')
    expect(refused({ changes: [change, change] as never })).toBe('twice')
  })
})
