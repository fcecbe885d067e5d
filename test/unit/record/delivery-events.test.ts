import { beforeEach, expect, it } from 'vitest'
import { memoryPorts, type MemoryPorts } from '../../../functions/adapters/memory/ports.ts'
import { prepare } from '../../../functions/domain/review/decide/machine.ts'
import { accept, type Decision } from '../../../functions/domain/base/stream.ts'
import { reviewStream, runStream, type StreamId } from '../../../functions/domain/base/stream-id.ts'
import { contactIdSchema } from '../../../functions/domain/base/values.ts'
import { reviewCase } from '../../../functions/handlers/streams/cases.ts'
import { loadCase, perform } from '../../../functions/handlers/record/perform.ts'
import {
  deliveryEventSchema,
  LetterNotRecorded,
  makeTakeDeliveryEvent,
} from '../../../functions/handlers/letters/take-delivery-event.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import type { ReviewEvent } from '../../../functions/domain/review/state.ts'
import { letterSent } from '../../../functions/domain/casefile/letters.ts'

const { agreement } = svendborg
const stream = reviewStream(2014, agreement.id)
const letterKey = 'a'.repeat(64)
const tag = letterKey.slice(0, 40)
let ports: MemoryPorts

const write = (id: string, decision: Decision<ReviewEvent>) =>
  perform(ports, reviewCase, stream, {
    id,
    actor: { by: 'system', name: 'test' },
    decide: () => decision,
  })
const letter = async () => (await loadCase(ports, reviewCase, stream)).state.letters[0]
const recordLetter = () =>
  write(
    'letter',
    accept<ReviewEvent>(
      letterSent({
        letterKey,
        order: { kind: 'request', party: '479', seq: 1, about: '' },
        recipients: [contactIdSchema.parse('mette'), contactIdSchema.parse('post')],
        datedOn: '2015-01-15',
        dueOn: '2015-03-02',
        rawSha256: 'b'.repeat(64),
        messageId: '<1@mail.example>',
        again: false,
        to: ['mette@kommune.example', 'post@kommune.example'],
        subject: '',
        text: '',
      }),
    ),
  )
const claim = async (of: StreamId, state: 'sent' | 'uncertain') => {
  await ports.register.putLetterTag(tag, { stream: of, letterKey })
  await ports.claims.claim({
    letterKey,
    stream: of,
    state,
    rawSha256: 'b'.repeat(64),
    claimedAt: '2015-01-15T08:00:00.000Z',
    attemptsAt: ['2015-01-15T08:00:00.000Z'],
    messageId: null,
  })
}
const mail = { messageId: 'ses-1', tags: { letter: [tag] } }
const delivered = (...recipients: string[]) =>
  deliveryEventSchema.parse({
    eventType: 'Delivery',
    mail,
    delivery: { timestamp: '2015-01-15T08:00:05.000Z', recipients },
  })
const bounced = (bounceType: string, emailAddress = 'mette@kommune.example') =>
  deliveryEventSchema.parse({
    eventType: 'Bounce',
    mail,
    bounce: { bounceType, timestamp: '2015-01-15T08:01:00.000Z', bouncedRecipients: [{ emailAddress }] },
  })
const take = (event: ReturnType<typeof delivered>) => makeTakeDeliveryEvent(ports)(event)

beforeEach(async () => {
  ports = memoryPorts('2015-01-15T08:00:10.000Z')
  const parties = [{ municipality: '479', role: 'lead' }] as const
  await write(
    'prepare',
    prepare((await loadCase(ports, reviewCase, stream)).state, {
      agreement: agreement.id,
      year: 2014,
      content: agreement,
      signedOn: '2012-11-12',
      leftOut: null,
      parties,
    }),
  )
})

it('records a delivery once, for whom it names', async () => {
  await claim(stream, 'sent')
  await recordLetter()
  await take(delivered('mette@kommune.example'))
  await take(delivered('mette@kommune.example'))
  await take(delivered('POST@kommune.example'))
  expect((await letter())?.delivered.map(({ recipient }) => recipient)).toEqual(['mette', 'post'])
})

it('records a bounce for good also after a passing one', async () => {
  await claim(stream, 'sent')
  await recordLetter()
  await take(bounced('Transient'))
  await take(bounced('Transient'))
  await take(bounced('Permanent'))
  expect((await letter())?.bounced.map(({ permanent }) => permanent)).toEqual([false, true])
})

it('hands an event in again while the letter is not on the record yet', async () => {
  await claim(stream, 'sent')
  await expect(take(delivered('mette@kommune.example'))).rejects.toThrow(LetterNotRecorded)
  await recordLetter()
  await take(delivered('mette@kommune.example'))
  expect((await letter())?.delivered).toHaveLength(1)
})

it('settles an uncertain sending by its trace, before the letter is recorded', async () => {
  await claim(stream, 'uncertain')
  await expect(take(delivered('mette@kommune.example'))).rejects.toThrow(LetterNotRecorded)
  expect(await ports.claims.find(letterKey)).toMatchObject({
    state: 'sent',
    messageId: '<ses-1@mail.example>',
  })
})

it("takes the delivery of a mail to the ministry's own people without a letter to record", async () => {
  await claim(runStream(2014), 'uncertain')
  await take(delivered('sofie@ministeriet.example'))
  expect(await ports.claims.find(letterKey)).toMatchObject({ state: 'sent' })
})

it('leaves alone what bears no tag of ours', async () => {
  await take(deliveryEventSchema.parse({ eventType: 'Delivery', mail: { messageId: 'other' } }))
  expect(await ports.streams.load(stream)).toHaveLength(1)
})
