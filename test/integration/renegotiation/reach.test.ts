import { describe, expect, it } from 'vitest'
import { makeTakeDeliveryEvent } from '../../../functions/handlers/letters/take-delivery-event.ts'
import { anders } from '../../support/ministry.ts'
import { accepted, at, draft, id, observed, partnership } from './scenario.ts'
import { RenegotiationWorld } from './world.ts'
import { tasksInWords } from '../../support/tasks-in-words.ts'

/** Every letter that is out comes back for good, as far as it went to the addresses. */
const bounceFrom = async (
  world: RenegotiationWorld,
  agreement: string,
  isDead: (address: string) => boolean,
): Promise<void> => {
  const { letters } = await world.state(agreement)
  for (const letter of letters)
    if (letter.delivered.length === 0 && letter.bounced.length === 0 && letter.to.some(isDead))
      await makeTakeDeliveryEvent(world.ports)({
        eventType: 'Bounce',
        mail: { messageId: letter.messageId, tags: { letter: [letter.letterKey.slice(0, 40)] } },
        bounce: {
          bounceType: 'Permanent',
          timestamp: world.ports.clock.now(),
          bouncedRecipients: letter.to
            .filter(isDead)
            .map((emailAddress) => ({ emailAddress, status: '5.1.1' })),
        },
      })
}

const tasksOf = async (world: RenegotiationWorld) =>
  (await tasksInWords(world.ports)).map(({ kind, what }) => `${kind}: ${what}`)

/** Works and bounces until nothing more is sent at this hour. */
const dies = async (world: RenegotiationWorld, agreement: string, isDead: (address: string) => boolean) => {
  let sent = -1
  while (sent < world.ports.mail.sent.length) {
    sent = world.ports.mail.sent.length
    await world.work(agreement)
    await bounceFrom(world, agreement, isDead)
  }
  return world.work(agreement)
}

describe('a renegotiation whose letters reach nobody', () => {
  it('becomes a task with a text, at the question, at the proposal and in the daily mail’s count', async () => {
    const world = await observed()
    world.ports.clock.set(at('2015-03-27', '09:00'))
    expect(await dies(world, id, () => true)).toMatchObject({ next: 'wait-ministry', kind: 'contact' })
    expect(await tasksOf(world)).toContain(
      'contact: ingen i Svendborg kan nås på mail om genforhandlingen: ring, og indfør en kontakt',
    )
    const [task] = (await tasksInWords(world.ports)).filter(({ kind }) => kind === 'contact')
    expect(task?.href).toBe('/reviews/2014/svendborg-rk#f-enter-contact-479')
  })

  it('asks a person when the proposal has come back from everybody, however many they are', async () => {
    const world = await observed()
    await world.pass(id, at('2015-04-17', '13:00'))
    const contact = (await world.ports.contacts.of(svendborgId)).find(({ role }) => role === 'contact')
    for (const number of [1, 2, 3, 4])
      await world.ports.contacts.put(svendborgId, {
        ...contact!,
        id: `ekstra-${number}` as never,
        role: 'deputy',
        email: `ekstra${number}@svendborg-kommune.example`,
      })
    await world.propose(id, draft)
    world.ports.clock.set(at('2015-04-20', '09:00'))
    expect(await dies(world, id, () => true)).toMatchObject({ next: 'wait-ministry', kind: 'contact' })
    expect((await tasksOf(world)).filter((one) => one.startsWith('contact'))).toHaveLength(1)

    // A contact is entered: the proposal goes to her, and its time begins with her.
    await world.ports.contacts.put(svendborgId, { ...contact!, email: 'ny.proeve@svendborg-kommune.example' })
    await world.pass(id, at('2015-04-22', '12:00'))
    const state = await world.state(id)
    expect(state).toMatchObject({ status: 'proposed', unreachable: [] })
    expect(state.proposal?.endsOn).toBe('2015-06-02')
    expect(await tasksOf(world)).toEqual([])
  })
})

const svendborgId = (await observed().then((world) => world.agreementState(id))).versions[0]!.content.id

describe('one member of a partnership whom nobody reaches', () => {
  const joint = partnership.agreement.id
  const isLangeland = (address: string): boolean => address.includes('k482')

  it('holds the others back in nothing but the end', async () => {
    const world = await new RenegotiationWorld(at('2015-03-27', '09:00')).prepare(partnership)
    await world.observe({ [joint]: '160' })
    await dies(world, joint, isLangeland)
    expect((await world.letters(joint)).filter((one) => one.startsWith('observed-value'))).not.toHaveLength(1)
    await world.decide(joint, { do: 'open-renegotiation', targets: ['M1'], text: '' }, anders)
    await world.propose(joint, draft)
    await dies(world, joint, isLangeland)
    const { letters } = await world.state(joint)
    for (const party of ['479', '450'])
      expect(letters.filter(({ order }) => order.party === party).map(({ order }) => order.kind)).toEqual([
        'observed-value',
        'renegotiation-opened',
        'proposal',
      ])
    await world.deliver(joint)
    await world.mail(joint, { from: 'signatory', party: '450', values: accepted })
    expect((await world.state(joint)).proposal?.acceptedBy).toMatchObject([{ party: '450' }])
    expect((await tasksOf(world)).join()).toContain('ingen i Langeland kan nås på mail om genforhandlingen')
    // No time runs before all have been delivered it.
    world.ports.clock.set(at('2015-09-01'))
    await world.work(joint)
    expect(await world.state(joint)).toMatchObject({ status: 'approved', proposal: { endsOn: null } })
  })
})
