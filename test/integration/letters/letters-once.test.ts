import { beforeEach, describe, expect, it } from 'vitest'
import { makeWorkbookWriter } from '../../../functions/adapters/workbook-writer.ts'
import type { LetterOrder } from '../../../functions/domain/casefile/letters.ts'
import { planReview } from '../../../functions/domain/review/plan.ts'
import { reviewStream } from '../../../functions/domain/base/stream-id.ts'
import { atCopenhagen } from '../../../functions/domain/base/time.ts'
import { reviewCase } from '../../../functions/handlers/streams/cases.ts'
import { performOwedLetters } from '../../../functions/handlers/streams.ts'
import { loadCase } from '../../../functions/handlers/record/perform.ts'
import {
  deliveryEventSchema,
  makeTakeDeliveryEvent,
} from '../../../functions/handlers/letters/take-delivery-event.ts'
import { SendRefused, SendUncertain } from '../../../functions/ports/mail.ts'
import { tasksOfReview } from '../../../functions/web/review/review-tasks.ts'
import { LetterUncertain, SendLater } from '../../../workflows/errors.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { openReview, receiveFigures, receiveMail, writeEvents } from '../console/review-record.ts'
import { openPorts } from '../../support/world.ts'
import { makeSendLetter } from '../../../functions/handlers/tasks/send-letter.ts'

const { agreement, contacts } = svendborg
const stream = reviewStream(2014, agreement.id)
/** Due on Monday 2 March: the first reminder is the plan of Tuesday 3 March, 9.00. */
const reminder: LetterOrder = { kind: 'reminder-1', party: '479', seq: 1, about: '' }

const world = async (startAt: string) => {
  const ports = { ...(await openPorts(startAt)), workbooks: makeWorkbookWriter() }
  for (const contact of contacts) await ports.contacts.put(agreement.id, contact)
  return ports
}
let ports: Awaited<ReturnType<typeof world>>

const at = (date: string, time = '09:00') => ports.clock.set(atCopenhagen(date, time))
const send = (order = reminder) =>
  makeSendLetter(ports)({ stream, attempt: 1, entered: '2015-03-03T08:00:00.000Z', order })
const recorded = async () =>
  (await loadCase(ports, reviewCase, stream)).state.letters.filter(({ order }) => order.kind === 'reminder-1')
/** No answer came; the mail has gone, or it has not. */
const silence = (sentNevertheless: boolean) =>
  ports.mail.failNext({ error: new SendUncertain('no answer'), sentNevertheless })
/** What makes the plan ask for no reminder any more: a mail that may be their answer. */
const replyArrives = () =>
  receiveMail(ports, agreement, { mailKey: 'reply', standing: 'held', reason: 'unknown-address' })
const delivered = (mail = ports.mail.sent[0]) =>
  makeTakeDeliveryEvent(ports)(
    deliveryEventSchema.parse({
      eventType: 'Delivery',
      mail: {
        messageId: (mail?.messageId ?? '').slice(1, -'@mail.example>'.length),
        tags: { letter: [mail?.tag ?? ''] },
      },
      delivery: { timestamp: ports.clock.now(), recipients: [...(mail?.to ?? [])] },
    }),
  )

beforeEach(async () => {
  ports = await world('2014-12-01T08:00:00.000Z')
  await openReview(ports, agreement)
  at('2015-03-03')
})

describe('Edge case 28, Invariant I10: a letter that may have gone when a reply overtakes it', () => {
  it('is looked for, and recorded by its delivery event although the plan asks for it no more', async () => {
    silence(true)
    await expect(send()).rejects.toThrow(LetterUncertain)
    at('2015-03-03', '09:02')
    await replyArrives()
    at('2015-03-03', '09:05')
    await expect(send()).rejects.toThrow(LetterUncertain)

    await delivered()
    await send()

    expect(ports.mail.sent).toHaveLength(1)
    expect(await recorded()).toMatchObject([
      {
        order: reminder,
        datedOn: '2015-03-03',
        dueOn: '2015-03-17',
        messageId: ports.mail.sent[0]?.messageId,
        delivered: [{ recipient: contacts[0]?.id }],
      },
    ])
  })

  it('is not sent again when no trace of it has come after an hour, and recorded if one comes later', async () => {
    silence(true)
    await expect(send()).rejects.toThrow(LetterUncertain)
    await replyArrives()
    at('2015-03-03', '10:01')

    await send()
    expect(await recorded()).toEqual([])
    at('2015-03-04')
    await delivered()

    expect(ports.mail.sent).toHaveLength(1)
    expect(await recorded()).toMatchObject([{ datedOn: '2015-03-03', dueOn: '2015-03-17' }])
  })

  it.each([
    ['refused', new SendRefused('not verified')],
    ['throttled', new SendLater('rate exceeded')],
  ])('stays unsent when it was %s and never gone', async (_how, error) => {
    ports.mail.failNext({ error, sentNevertheless: false })
    await expect(send()).rejects.toThrow(error)
    await replyArrives()
    at('2015-03-03', '09:05')
    await send()
    expect(ports.mail.sent).toEqual([])
    expect(await recorded()).toEqual([])
  })
})

it('a letter that was throttled goes by the next attempt, at once and once', async () => {
  ports.mail.failNext({ error: new SendLater('rate exceeded'), sentNevertheless: false })
  await expect(send()).rejects.toThrow(SendLater)
  await send()
  await send()
  expect(ports.mail.sent).toHaveLength(1)
  const [letter] = await recorded()
  // Not counted as a repetition: nothing had gone.
  expect((await ports.claims.find(letter?.letterKey ?? ''))?.attemptsAt).toHaveLength(1)
})

it('a letter waits for its turn before it is noted as tried', async () => {
  const tried: number[] = []
  const advance = async (...given: Parameters<typeof ports.claims.advance>) => {
    tried.push(turns)
    return ports.claims.advance(...given)
  }
  let turns = 0
  const turn = async () => {
    turns += 1
  }
  const slow = { ...ports, mail: { ...ports.mail, turn }, claims: { ...ports.claims, advance } }
  await makeSendLetter(slow)({ stream, attempt: 1, entered: '2015-03-03T08:00:00.000Z', order: reminder })
  // As tried, and as sent.
  expect(tried).toEqual([1, 1])
})

describe('Edge case 50, Invariant I16: a letter is dated the day it is handed over', () => {
  it('goes out a second time with the same MIME on the same day', async () => {
    await receiveFigures(ports, agreement)
    silence(false)
    await expect(performOwedLetters(ports, stream)).rejects.toThrow(LetterUncertain)
    const claimed = await claimedMime(`receipt/479/1/figures-${agreement.id}`)
    at('2015-03-03', '10:01')
    await performOwedLetters(ports, stream)
    expect(Buffer.from(ports.mail.sent[0]?.raw ?? []).toString()).toBe(claimed)
    expect(claimed).toContain('Sagsnr. 2015-0479')
  })

  it('is rendered again with a later deadline when the retry falls on a later day', async () => {
    silence(false)
    await expect(send()).rejects.toThrow(LetterUncertain)
    at('2015-03-04')
    await send()
    expect(Buffer.from(ports.mail.sent[0]?.raw ?? []).toString()).toContain('4. marts 2015')
    expect(await recorded()).toMatchObject([{ datedOn: '2015-03-04', dueOn: '2015-03-18' }])
  })

  it('is recorded with the date it bears when it went out the day before', async () => {
    const put = ports.register.putMessageId
    // The process dies between the answer of the mail system and the commit.
    ports.register.putMessageId = () => Promise.reject(new Error('killed'))
    await expect(send()).rejects.toThrow('killed')
    ports.register.putMessageId = put
    expect(await recorded()).toEqual([])

    at('2015-03-04')
    await send()

    expect(ports.mail.sent).toHaveLength(1)
    expect(await recorded()).toMatchObject([
      { datedOn: '2015-03-03', dueOn: '2015-03-17', to: [contacts[0]?.email] },
    ])
    expect((await recorded())[0]?.text).toContain('17. marts 2015')
  })
})

describe('nobody is left to write to', () => {
  const bounce = (id: string, to: string) =>
    writeEvents(
      ports,
      agreement,
      {
        type: 'LetterSent',
        v: 1,
        letterKey: `before-${id}`,
        order: { kind: 'later-figure', party: '479', seq: 1, about: id },
        recipients: [id],
        datedOn: '2015-02-20',
        dueOn: null,
        rawSha256: 'c'.repeat(64),
        messageId: '<2@mail.example>',
        again: false,
        private: { to: [to], subject: '', text: '' },
      },
      {
        type: 'LetterBounced',
        v: 1,
        letterKey: `before-${id}`,
        recipient: id,
        bouncedAt: '2015-02-20T09:00:00.000Z',
        permanent: true,
        status: '5.1.1',
      },
    )
  const state = async () => (await loadCase(ports, reviewCase, stream)).state
  const task = async () =>
    tasksOfReview(await state(), { today: '2015-03-03', caseworker: 'sofie', href: '/x' }).map(
      ({ kind, what }) => `${kind}: ${what}`,
    )
  const [contact, mailbox] = contacts
  if (contact === undefined || mailbox === undefined) throw new Error('a contact and a main mailbox')

  beforeEach(async () => {
    for (const { id, email } of [contact, mailbox]) await bounce(id, email)
  })

  it('asks the ministry instead of failing, once a day, and goes on when a contact is entered', async () => {
    await send()
    await send()
    expect(ports.mail.sent).toEqual([])
    expect((await ports.streams.load(stream)).flatMap(({ events }) => events).at(-1)).toEqual({
      type: 'NobodyReachable',
      v: 1,
      party: '479',
    })
    expect(planReview(await state(), ports.clock.now())).toEqual({
      next: 'wait',
      kind: 'contact',
      until: atCopenhagen('2015-03-04', '09:00'),
    })
    expect(await task()).toEqual([
      'contact: ingen i Svendborg kan nås på mail: ring, og få en kontakt indført',
    ])
    const commits = (await ports.streams.load(stream)).length

    // Still the same the next morning; then the contact's address is corrected.
    at('2015-03-04')
    await send()
    expect((await ports.streams.load(stream)).length).toBe(commits + 1)
    await ports.contacts.put(agreement.id, { ...contact, email: 'mette.ny@svendborg-kommune.example' })
    at('2015-03-05')
    await send()
    expect(ports.mail.sent.map(({ to }) => to[0])).toEqual(['mette.ny@svendborg-kommune.example'])
    expect((await state()).unreachable).toEqual([])
    expect(await task()).toEqual([])
  })

  it('leaves an answer that is owed unsent, and fails nothing', async () => {
    await receiveFigures(ports, agreement)
    await performOwedLetters(ports, stream)
    expect(ports.mail.sent).toEqual([])
    expect((await state()).unreachable).toMatchObject([{ party: '479' }])
  })
})

/** The MIME that a letter's claim names, as the archive has it. */
const claimedMime = async (orderId: string): Promise<string> => {
  const claim = await ports.claims.find(ports.digest(`${stream}|${orderId}`))
  const raw = await ports.archive.get(`letters/${claim?.rawSha256 ?? ''}`)
  return Buffer.from(raw ?? []).toString()
}
