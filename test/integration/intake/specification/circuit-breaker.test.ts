import { beforeEach, describe, expect, test } from 'vitest'
import { answeringCommands } from '../../../../functions/domain/answering/answer-stop.ts'
import { answersStream } from '../../../../functions/domain/base/stream-id.ts'
import { personIdSchema } from '../../../../functions/domain/base/values.ts'
import { answeringCase } from '../../../../functions/handlers/streams/cases.ts'
import { passesGate } from '../../../../functions/handlers/letters/answers.ts'
import { performOwedActs } from '../../../../functions/handlers/streams.ts'
import { makeReconcile } from '../../../../functions/handlers/schedules/reconcile.ts'
import { loadCase, perform } from '../../../../functions/handlers/record/perform.ts'
import { mainMailbox, mette } from '../compose-mail.ts'
import { openPostOffice, type PostOffice } from '../post-office.ts'

const limit = 2
let office: PostOffice
beforeEach(async () => {
  office = await openPostOffice({ answersAnHour: limit })
})

const odense = 'mette.proeve@odense-kommune.example'
let said = 24
/** A mail that says something new; how many answers went out because of it. */
const mail = async (from = mette): Promise<number> => {
  said += 1
  const request = from === odense ? office.odenseRequest : office.request
  const { answers } = await office.reply(
    { from, to: request.address, subject: `SV: ${request.message.subject}`, text: `M2: ${said},5` },
    { recipients: [request.address] },
  )
  return answers.length
}
const breaker = async () => (await loadCase(office.ports, answeringCase, answersStream)).state
const resume = async (): Promise<void> => {
  const performed = await perform(office.ports, answeringCase, answersStream, {
    id: `form/${said}`,
    actor: { by: 'person', personId: 'sofie', roles: ['caseworker'] },
    decide: (state) =>
      answeringCommands.decide(
        state,
        { do: 'resume-answers', reason: 'sløjfen er brudt' },
        { id: personIdSchema.parse('sofie'), roles: ['caseworker'], barredFrom: [] },
        '',
        {},
      ),
  })
  expect(performed.outcome).toBe('committed')
}
/** Which mail each receipt of the record answers. */
const answered = async (stream = office.streams.svendborg): Promise<readonly string[]> =>
  (await office.state(stream)).letters.flatMap(({ order }) => (order.kind === 'receipt' ? [order.about] : []))

describe('MAIL security 18: one breaker over all answers', () => {
  test('MAIL security 18: one answer too many in an hour stops them all, in every case; every mail is taken in', async () => {
    expect([await mail(), await mail(mainMailbox), await mail(odense), await mail()]).toEqual([1, 1, 0, 0])
    expect(await breaker()).toMatchObject({
      stoppedAt: '2015-02-24T13:10:00.000Z',
      journal: [{ change: { is: 'stopped', hour: '2015-02-24T13', mostAnHour: limit } }],
    })
    expect((await office.state()).mails.map(({ standing }) => standing)).toEqual([
      'counts',
      'provisional',
      'counts',
    ])
    expect(await office.ports.answers.held()).toMatchObject([
      { stream: office.streams.odense, kind: 'receipt' },
      { stream: office.streams.svendborg, kind: 'receipt' },
    ])
    expect(office.ports.meter.counted).toEqual(['AnswersStopped', 'AnswersStopped'])
  })
  test('MAIL security 18: no hour opens it again, and reconcile tells operations for as long as it is so', async () => {
    for (let nth = 0; nth < limit + 1; nth += 1) await mail(nth === 0 ? mette : mainMailbox)
    office.ports.clock.set(office.at('2015-02-25', '12:00'))
    expect(await mail()).toBe(0)
    const told = office.ports.meter.counted.length
    const sent = office.ports.mail.sent.length
    await makeReconcile(office.ports)({ sweep: false })
    expect(office.ports.meter.counted.length).toBe(told + 1)
    expect(office.ports.mail.sent.length).toBe(sent)
  })
  test('MAIL security 18: letters of the schedule and those a person decided on go out meanwhile', async () => {
    for (let nth = 0; nth < limit; nth += 1) await mail(odense)
    await office.reply({ text: 'Udsættelse til: 13. marts 2015' })
    expect((await breaker()).stoppedAt).not.toBeNull()
    const mailKey = (await office.state()).extensions[0]?.mailKey ?? ''
    await office.decide({
      do: 'decide-extension',
      mailKey,
      grant: true,
      dueOn: '2015-03-06',
      reason: 'travlt',
    })
    const kinds = async () => (await office.state()).letters.map(({ order }) => order.kind)
    expect(await kinds()).toContain('extension-granted')
    expect(await kinds()).not.toContain('extension-received')
    await office.until('2015-03-09')
    expect(await kinds()).toContain('reminder-1')
  })
  test('MAIL security 18: once a person lets them go on, every answer held goes out once, counted no more; new ones are counted anew', async () => {
    for (const from of [mette, mette, mette, mainMailbox, odense]) await mail(from)
    expect(await office.ports.answers.held()).toHaveLength(3)
    await resume()
    await performOwedActs(office.ports, answersStream)
    expect(await office.ports.answers.held()).toEqual([])
    const mails = (await office.state()).mails.map(({ mailKey }) => mailKey)
    expect((await answered()).toSorted()).toEqual(mails.toSorted())
    expect(await answered(office.streams.odense)).toHaveLength(1)
    const sent = office.ports.mail.sent.length
    await performOwedActs(office.ports, answersStream)
    await makeReconcile(office.ports)({ sweep: false })
    expect(office.ports.mail.sent.length).toBe(sent)
    expect((await breaker()).stoppedAt).toBeNull()
    expect([await mail(odense), await mail(mainMailbox), await mail(mainMailbox)]).toEqual([1, 1, 0])
    expect((await breaker()).journal.map(({ change }) => change.is)).toEqual([
      'stopped',
      'resumed',
      'stopped',
    ])
  })
  test('MAIL security 18: what a crash left after the decision is sent by reconcile; an answer owed no more is not', async () => {
    for (const from of [mette, mette, odense]) await mail(from)
    await office.reply({ from: 'fremmed@raadgivning.example', text: 'M2: 20' })
    const stranger = (await office.state()).mails.at(-1)
    expect(await office.ports.answers.held()).toMatchObject([
      { kind: 'receipt' },
      { kind: 'held-mail-notice' },
    ])
    await office.decide({
      do: 'decide-held-mail',
      mailKey: stranger?.mailKey ?? '',
      as: 'rejected',
      reason: 'ikke deres',
    })
    await resume()
    const sent = office.ports.mail.sent.length
    await makeReconcile(office.ports)({ sweep: false })
    expect(office.ports.mail.sent.length).toBe(sent + 1)
    expect(await answered(office.streams.odense)).toHaveLength(1)
    expect(await office.ports.answers.held()).toEqual([])
  })
  test('MAIL security 18: of many answers owed at the same moment no more go than the hour may have, and it is stopped once', async () => {
    const about = Array.from({ length: 60 }, (_, at) => `mail-${at}`)
    const passed = await Promise.all(
      about.map((mailKey) =>
        passesGate(office.ports, office.streams.svendborg, {
          kind: 'receipt',
          party: '479',
          seq: 1,
          about: mailKey,
        }),
      ),
    )
    expect(passed.filter(Boolean)).toHaveLength(limit)
    expect(await office.ports.answers.held()).toHaveLength(about.length - limit)
    expect((await breaker()).journal).toHaveLength(1)
  })
  test('MAIL security 18: an answer noted as held while a person lets them go on is sent by one of the two', async () => {
    for (let nth = 0; nth < limit; nth += 1) await mail(mainMailbox)
    const { hold } = office.ports.answers
    let resumed = false
    const ports = {
      ...office.ports,
      answers: {
        ...office.ports.answers,
        // Between the reading of the breaker and the note.
        hold: async (answer: Parameters<typeof hold>[0]) => {
          if (!resumed) {
            resumed = true
            await resume()
            await performOwedActs(office.ports, answersStream)
          }
          await hold(answer)
        },
      },
    }
    const { mail: taken } = await openingMail(ports)
    await makeReconcile(office.ports)({ sweep: false })
    expect((await answered()).filter((about) => about === taken)).toHaveLength(1)
    expect(await office.ports.answers.held()).toEqual([])
  })
})

/** One more mail, taken in over these ports. */
const openingMail = async (ports: PostOffice['ports']) => {
  said += 1
  const { mail: taken } = await office.replyOver(ports, { text: `M2: ${said},5` })
  return { mail: taken?.mailKey }
}
