import { storedMail, valuesOf } from '../../support/stored-mail.ts'
import { describe, expect, it } from 'vitest'
import { countRenegotiations } from '../../support/renegotiation-counts.ts'
import { open, prepare } from '../../../functions/domain/review/decide/machine.ts'
import { takeMail } from '../../../functions/domain/review/decide/take-mail.ts'
import type { AnswerValue } from '../../../functions/domain/casefile/reading.ts'
import type { ReviewState, ReviewEvent } from '../../../functions/domain/review/state.ts'
import type { Decision } from '../../../functions/domain/base/stream.ts'
import { reviewStream } from '../../../functions/domain/base/stream-id.ts'
import { atCopenhagen } from '../../../functions/domain/base/time.ts'
import { contactIdSchema } from '../../../functions/domain/base/values.ts'
import { reviewCase } from '../../../functions/handlers/streams/cases.ts'
import { observeReply } from '../../../functions/handlers/record/observe-reply.ts'
import { loadCase, perform } from '../../../functions/handlers/record/perform.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { anders } from '../../support/ministry.ts'
import { RenegotiationWorld } from './world.ts'

const at = (date: string, clock = '10:00'): string => atCopenhagen(date, clock)
const id = svendborg.agreement.id
const stream = reviewStream(2014, id)
const wish = { Genforhandling: { is: 'yes-no', yes: true } } as const
const takenBack = { Genforhandling: { is: 'yes-no', yes: false } } as const

const review = async (world: RenegotiationWorld): Promise<ReviewState> =>
  (await loadCase(world.ports, reviewCase, stream)).state

const onReview = async (
  world: RenegotiationWorld,
  name: string,
  decide: (state: ReviewState) => Decision<ReviewEvent>,
): Promise<void> => {
  const performed = await perform(world.ports, reviewCase, stream, {
    id: name,
    actor: { by: 'system', name: 'test' },
    decide,
  })
  if (performed.outcome === 'refused') throw new Error(performed.refusal.message)
}

const asked = async (): Promise<RenegotiationWorld> => {
  const world = await new RenegotiationWorld(at('2015-01-15', '09:00')).prepare(svendborg)
  const { agreement } = svendborg
  const parties = [{ municipality: '479', role: 'lead' }] as const
  await onReview(world, 'prepare', (state) =>
    prepare(state, {
      agreement: id,
      year: 2014,
      content: agreement,
      signedOn: '2012-11-12',
      leftOut: null,
      parties,
    }),
  )
  const versions = agreement.targets.map(({ key }) => ({ target: key, version: 1 }))
  await onReview(world, 'open', (state) => open(state, { content: agreement, versions, today: '2015-01-15' }))
  return world
}

/** A mail that counts in the review, and what it tells the agreement: told twice, as a retry would. */
const replies = async (
  world: RenegotiationWorld,
  values: Readonly<Record<string, AnswerValue>>,
  text = '',
): Promise<string> => {
  const now = world.ports.clock.now()
  const mailKey = world.ports.digest(`${now} ${JSON.stringify(values)}`)
  const event = storedMail(
    {
      mailKey,
      bodyKey: mailKey,
      receivedAt: now,
      contactId: contactIdSchema.parse('svendborg-mette-proeve'),
      values: valuesOf(values),
    },
    {
      messageId: `<${mailKey.slice(0, 10)}@svendborg-kommune.example>`,
      texts: { Genforhandling: text },
    },
  )
  await onReview(world, `mail/${mailKey}`, (state) => takeMail(state, { event, answersOrder: null }))
  await observeReply(world.ports, await review(world))
  await observeReply(world.ports, await review(world))
  return mailKey
}

describe('a wish in a reply', () => {
  it('raises the question with its ground, and is answered at once in the thread of the reply', async () => {
    const world = await asked()
    world.ports.clock.set(at('2015-02-17', '21:15'))
    const mailKey = await replies(world, wish, 'FS2')
    const state = await world.state(id)
    expect(state.grounds).toEqual([
      expect.objectContaining({
        cause: 'municipality-wish',
        triggerId: mailKey,
        assumptionKeys: ['FS2'],
        party: '479',
        targets: ['M1'],
        text: 'FS2',
      }),
    ])
    expect(await world.letters(id)).toEqual(['renegotiation-wish-received@2015-02-17'])
    const text = (await world.text(id, 'renegotiation-wish-received')).replace(/\s+/g, ' ')
    expect(text).toContain(
      'Ministeriet har modtaget kommunens ønske om genforhandling på grund af forudsætning 2. Kommunen får svar senest tirsdag den 17. marts 2015.',
    )
    const raw = new TextDecoder().decode(world.ports.mail.sent.at(-1)?.raw)
    expect(raw).toContain(`In-Reply-To: <${mailKey.slice(0, 10)}@svendborg-kommune.example>`)
    expect(raw).toMatch(/^Subject: SV:/m)
  })

  it('without a reason raises nothing: its receipt asks for one', async () => {
    const world = await asked()
    world.ports.clock.set(at('2015-02-17'))
    await replies(world, wish)
    expect((await world.agreementState(id)).questions).toEqual([])
    expect((await review(world)).wishes).toHaveLength(1)
  })

  it('taken back in the review before it is opened counts as opened and withdrawn, and is told', async () => {
    const world = await asked()
    world.ports.clock.set(at('2015-02-17'))
    await replies(world, wish, 'FS2')
    world.ports.clock.set(at('2015-02-18', '09:00'))
    await replies(world, takenBack)
    expect(await world.work(id)).toMatchObject({ kind: 'delivery' })
    await world.deliver(id)
    expect(await world.work(id)).toMatchObject({ next: 'ended' })
    expect((await world.agreementState(id)).questions[0]?.outcome).toBe('withdrawn')
    expect((await world.letters(id)).at(-1)).toBe('withdrawal@2015-02-18')
    expect(await world.text(id, 'withdrawal')).toContain('Kommunen har trukket sit ønske om genforhandling')
    expect(countRenegotiations([await world.state(id)])).toMatchObject({ opened: 1, withdrawn: 1 })
  })

  it('taken back after the quota has joined is put on the record, and a person records the withdrawal', async () => {
    const world = await asked()
    world.ports.clock.set(at('2015-02-17'))
    await replies(world, wish, 'FS2')
    world.ports.clock.set(at('2015-03-27', '08:30'))
    expect(await world.observe({ [id]: '160' })).toMatchObject({ raised: [], joined: [world.stream(id)] })
    world.ports.clock.set(at('2015-04-08', '10:30'))
    await world.mail(id, { from: 'contact', values: takenBack })
    expect(await world.state(id)).toMatchObject({ status: 'raised', wishTakenBack: { party: '479' } })
    world.ports.clock.set(at('2015-04-13', '10:00'))
    expect(
      await world.decide(id, { do: 'record-withdrawal', reason: 'kommunen ønsker det ikke længere' }, anders),
    ).toBe('committed')
    await world.pass(id, at('2015-04-14', '10:00'))
    expect((await world.agreementState(id)).questions).toEqual([
      expect.objectContaining({ outcome: 'withdrawn' }),
    ])
  })
})

describe('a value the municipality observes', () => {
  it('beyond the limit raises a question in its own name, valid in the results’ year', async () => {
    const world = await asked()
    world.ports.clock.set(at('2015-02-17'))
    await replies(world, { FS2: { is: 'number', value: '83' } })
    const state = await world.state(id)
    expect(state.grounds[0]).toMatchObject({
      cause: 'assumption',
      matterId: null,
      changes: [{ assumption: 'FS2', reference: '60', value: '83', validFrom: '2014-01-01' }],
    })
    expect((await world.agreementState(id)).observations).toHaveLength(1)
  })

  it('within the limit is recorded and raises nothing', async () => {
    const world = await asked()
    world.ports.clock.set(at('2015-02-17'))
    await replies(world, { FS2: { is: 'number', value: '65' } })
    const agreement = await world.agreementState(id)
    expect([agreement.observations.length, agreement.questions.length]).toEqual([1, 0])
  })
})
