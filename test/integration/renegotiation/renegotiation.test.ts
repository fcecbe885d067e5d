import { describe, expect, it } from 'vitest'
import { agreementFileSchema } from '../../../functions/domain/agreement/content.ts'
import { countRenegotiations } from '../../../functions/domain/renegotiation/counts.ts'
import { atCopenhagen } from '../../../functions/domain/time.ts'
import { makeDecideMatter } from '../../../functions/handlers/decide-matter.ts'
import { makeRaiseQuestion } from '../../../functions/handlers/raise-question.ts'
import { makeEnactRider } from '../../../functions/handlers/renegotiation-tasks.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { anders, birgit, karl, person, RenegotiationWorld, sofie } from './world.ts'

const at = (date: string, clock = '10:00'): string => atCopenhagen(date, clock)
const id = svendborg.agreement.id
const change = { target: 'M1', year: 2015, from: '50', to: '46' } as const
const draft = { riderNumber: 1, changes: [change], effectiveFrom: '2015-07-01', note: 'kvoten' } as const
const accepted = { Svar: { is: 'proposal-answer', answer: 'accepted' } } as const
const declined = { Svar: { is: 'proposal-answer', answer: 'declined' } } as const
const counter = { 'M1 ny målværdi': { is: 'number', value: '44' } } as const

const flat = (text: string): string => text.replace(/\s+/g, ' ')

/** On 27 March the quota is known; on 20 April the proposal is approved and goes out the next morning. */
const observed = async (): Promise<RenegotiationWorld> => {
  const world = await new RenegotiationWorld(at('2015-03-27', '08:30')).prepare(svendborg)
  await world.observe({ [id]: '160' })
  return world
}

const proposed = async (): Promise<{ world: RenegotiationWorld; subject: string }> => {
  const world = await observed()
  await world.pass(id, at('2015-04-17', '13:00'))
  const subject = await world.propose(id, draft)
  await world.pass(id, at('2015-04-20', '12:00'))
  return { world, subject }
}

/** A partnership of three with a contact and a signatory each. */
const codes = ['479', '450', '482'] as const
const partnership = agreementFileSchema.parse({
  agreement: {
    ...svendborg.agreement,
    id: 'sydfyn-rk',
    parties: codes.map((municipality, index) => ({
      municipality,
      role: index === 0 ? 'lead' : 'member',
      from: '2013-01-01',
      to: null,
    })),
  },
  signatures: [
    svendborg.signatures[0],
    ...codes.map((party) => ({ party, name: 'Prøve Person', title: 'kommunaldirektør', on: '2012-11-12' })),
  ],
  contacts: codes.flatMap((municipality) =>
    svendborg.contacts.map((contact) => ({
      ...contact,
      municipality,
      id: `${contact.id}-${municipality}`,
      email: contact.email.replace('svendborg', `k${municipality}`),
    })),
  ),
})

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
      { agreement: 'nyborg-rk', outcome: 'decided', refusal: '' },
      { agreement: id, outcome: 'decided', refusal: '' },
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
      { agreement: 'nyborg-rk', outcome: 'left', refusal: '' },
      { agreement: id, outcome: 'left', refusal: '' },
    ])
  })

  it('carries a ground that came between the decision and the settling, and asks anew', async () => {
    const world = await observed()
    await world.decide(id, { do: 'decline', reason: 'other', text: 'tallet ventes nedsat' }, anders)
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

describe('from the proposal to the rider', () => {
  it('tells that it is opened, proposes for six weeks, and puts the rider in force when the signatory accepts', async () => {
    const { world } = await proposed()
    expect(await world.letters(id)).toEqual([
      'observed-value@2015-03-27',
      'renegotiation-opened@2015-04-20',
      'proposal@2015-04-20',
    ])
    expect(flat(await world.text(id, 'renegotiation-opened'))).toContain(
      'idet kommunekvoten for 2015 er fastsat til 160 personer mod en referenceværdi på 53 (30. september 2014, afledt)',
    )
    const text = await world.text(id, 'proposal')
    expect(flat(text)).toContain('Det ændrer mål 1 for 2015 fra 50,0 pct. til 46,0 pct.')
    expect(text).toContain('Svar: ____')
    expect(text).toContain('M1 ny målværdi: ____ pct.')
    expect(flat(text)).toContain('kommunaldirektør Inger Prøvedal')
    expect((await world.state(id)).proposal?.endsOn).toBe('2015-06-01')
    const before = world.ports.mail.sent.length
    await world.mail(id, { from: 'signatory', values: accepted })
    expect(world.ports.mail.sent).toHaveLength(before + 1)
    world.ports.clock.set(at('2015-06-30', '09:00'))
    expect(await world.work(id)).toMatchObject({ next: 'ended' })
    const agreement = await world.agreementState(id)
    expect(agreement.questions[0]?.outcome).toBe('rider')
    expect(agreement.versions.at(-1)).toMatchObject({
      version: 2,
      riderNumber: 1,
      signedOn: '2015-04-20',
      effectiveFrom: '2015-07-01',
    })
    const m1 = agreement.versions.at(-1)?.content.targets.find((target) => target.key === 'M1')
    expect(m1?.targets.find((one) => one.year === 2015)?.value).toBe('46')
    expect(m1?.targets.find((one) => one.year === 2014)?.value).toBe('50')
    expect((await world.letters(id)).slice(-2)).toEqual(['party-accepted@2015-04-20', 'rider@2015-06-30'])
    const rider = flat(await world.text(id, 'rider'))
    expect(rider).toContain('Udlændinge-, Integrations- og Boligministeriet og Svendborg Kommune')
    expect(rider).toContain('Tillægget har virkning fra den 1. juli 2015.')
    expect(rider).toContain('svar.nytministerium.example')
    expect(countRenegotiations([await world.state(id)])).toEqual({
      raised: 1,
      opened: 1,
      declined: 0,
      agreed: 1,
      lapsed: 0,
      withdrawn: 0,
      running: 0,
    })
  })

  it('attaches the draft rider, which lies in the archive', async () => {
    const { world } = await proposed()
    const [raw] = world.ports.mail.sent.slice(-1).map((mail) => new TextDecoder().decode(mail.raw))
    expect(raw).toContain('tillaeg-nr-1-udkast.html')
  })

  it('enacts once, however often the task is repeated', async () => {
    const { world } = await proposed()
    await world.mail(id, { from: 'signatory', values: accepted })
    await world.work(id)
    const again = { stream: world.stream(id), attempt: 1, entered: world.ports.clock.now() }
    await makeEnactRider(world.ports)(again)
    await makeEnactRider(world.ports)(again)
    expect((await world.agreementState(id)).versions).toHaveLength(2)
  })

  it('asks a person when the agreement refuses the rider: a year it reaches is opened meanwhile', async () => {
    const { world } = await proposed()
    await world.mail(id, { from: 'signatory', values: accepted })
    await world.agreement(id, { do: 'open-year', year: 2015 })
    expect(await world.work(id)).toMatchObject({ next: 'wait-ministry', kind: 'proposal' })
    expect(await world.state(id)).toMatchObject({
      status: 'opened',
      outcome: null,
      riderRefused: { kind: 'year-opened' },
    })
    expect((await world.agreementState(id)).versions).toHaveLength(1)

    await world.propose(id, { ...draft, effectiveFrom: '2015-08-01' })
    expect(await world.state(id)).toMatchObject({ status: 'approved', riderRefused: null })
  })

  it('tells a contact without authority who can accept, and goes on waiting', async () => {
    const { world } = await proposed()
    await world.mail(id, { from: 'contact', values: accepted })
    expect(flat(await world.text(id, 'no-authority'))).toContain(
      'Tillægget træder i kraft, når kommunaldirektør Inger Prøvedal tiltræder det på kommunens vegne.',
    )
    expect(await world.work(id)).toMatchObject({ next: 'wait-municipality', kind: 'answers' })
  })

  it('asks back an acceptance with another value beside it, and counts it for nothing', async () => {
    const { world } = await proposed()
    await world.mail(id, { from: 'signatory', values: { ...accepted, ...counter } })
    expect((await world.state(id)).proposal?.acceptedBy).toEqual([])
    expect(flat(await world.text(id, 'question'))).toContain('M1 ny målværdi: 44')
  })

  it('ends as not accepted when the signatory declines, and answers at once', async () => {
    const { world } = await proposed()
    await world.mail(id, { from: 'signatory', values: declined })
    expect(await world.work(id)).toMatchObject({ next: 'ended' })
    expect((await world.agreementState(id)).questions[0]?.outcome).toBe('not-accepted')
    expect((await world.letters(id)).at(-1)).toBe('party-declined@2015-04-20')
    expect(countRenegotiations([await world.state(id)])).toMatchObject({ opened: 1, lapsed: 1 })
  })

  it('takes a signed rider that a caseworker has confirmed', async () => {
    const { world } = await proposed()
    const mailKey = await world.mail(id, { from: 'contact' })
    expect(await world.work(id)).toMatchObject({ next: 'wait-ministry', kind: 'held-mail' })
    expect(await world.decide(id, { do: 'mark-answer', mailKey, as: 'accepted' }, karl)).toBe('committed')
    expect((await world.state(id)).status).toBe('agreed')
    await world.work(id)
    expect((await world.agreementState(id)).versions).toHaveLength(2)
  })
})

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
    await world.decide(id, { do: 'decide-held-mail', mailKey, as: 'rejected', reason: 'ikke fra dem' }, karl)
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
    expect(await world.decide(id, { do: 'refuse-counter', mailKey, reason }, karl)).toBe('committed')
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
    expect(await world.decide(id, { do: 'approve', subject }, birgit)).toBe('committed')
    expect(await world.decide(id, { do: 'approve', subject }, anders)).toBe('committed')
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
      await world.decide(id, { do: 'refuse-counter', mailKey, reason: 'forslaget er rimeligt' }, karl)
    }
    await world.mail(id, { from: 'contact', values: counter })
    expect((await world.state(id)).counters.map((one) => one.round)).toEqual([1, 2, 3, null])
    await world.pass(id, at('2015-04-21', '10:00'))
    expect(await world.work(id)).toMatchObject({ kind: 'answers' })
    expect((await world.letters(id)).filter((one) => one.startsWith('counter-proposal'))).toHaveLength(4)
  })
})

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
    await world.decide(id, { do: 'open', targets: ['M1'], text: '' }, anders)
    await world.decide(id, { do: 'withdraw', reason: 'kvoten er sat ned igen' }, anders)
    await world.pass(id, at('2015-03-30', '10:00'))
    expect(flat(await world.text(id, 'withdrawal'))).toContain('Ministeriet afslutter forhandlingerne, idet')
  })

  it('a question nobody wished for is no municipality’s to withdraw', async () => {
    const world = await observed()
    expect(await world.decide(id, { do: 'record-withdrawal', reason: '' }, sofie)).toBe('no-wish')
  })
})

describe('who decides', () => {
  it('refuses the drafter, the same person twice, two caseworkers, and the barred', async () => {
    const world = await observed()
    expect(await world.decide(id, { do: 'open', targets: ['M1'], text: '' }, sofie)).toBe('role')
    await world.decide(id, { do: 'open', targets: ['M1'], text: '' }, anders)
    const both = person('begge', 'caseworker', 'approver')
    const subject = await world.draft(id, draft, both)
    const approve = { do: 'approve', subject } as const
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
    await world.decide(id, { do: 'open', targets: ['M1'], text: '' }, anders)
    const refused = (changed: Partial<typeof draft> & object) =>
      world.decide(id, { do: 'draft', subject: 'a'.repeat(64), ...draft, ...changed }, sofie)
    expect(await refused({ effectiveFrom: '2014-12-31' as never })).toBe('opened-year')
    expect(await refused({ changes: [{ ...change, year: 2014 as never }] })).toBe('change')
    expect(await refused({ changes: [{ ...change, from: '51' as never }] })).toBe('change')
    expect(await refused({ changes: [{ ...change, to: '50' as never }] })).toBe('change')
    expect(await refused({ changes: [] as never })).toBe('no-change')
    expect(await refused({ changes: [change, change] as never })).toBe('twice')
  })
})
