import { describe, expect, it } from 'vitest'
import { countRenegotiations } from '../../support/renegotiation-counts.ts'
import { accepted, at, counter, declined, draft, flat, id, proposed } from './scenario.ts'
import { karl } from '../../support/ministry.ts'
import { makeEnactRider } from '../../../functions/handlers/tasks/enact-rider.ts'

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
    expect(await world.work(id)).toMatchObject({ kind: 'delivery', until: at('2015-07-02', '09:00') })
    await world.deliver(id)
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

  it('repeated after a crash, the task still writes the list entry its commit owes', async () => {
    const { world } = await proposed()
    const { ports } = world
    await world.mail(id, { from: 'signatory', values: accepted })
    const visit = { stream: world.stream(id), attempt: 1, entered: ports.clock.now() }
    const put: typeof ports.listEntries.put = (entry) =>
      entry.stream === visit.stream ? Promise.reject(new Error('crash')) : ports.listEntries.put(entry)
    const crashing = { ...ports, listEntries: { ...ports.listEntries, put } }
    await expect(makeEnactRider(crashing)(visit)).rejects.toThrow('crash')
    const { length: version } = await ports.streams.load(visit.stream)
    const entries = () => ports.listEntries.list('renegotiations')
    expect(await entries()).toMatchObject([{ version: version - 1 }])
    await makeEnactRider(ports)(visit)
    expect(await entries()).toMatchObject([{ version }])
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
