import { describe, expect, test } from 'vitest'
import { answersStream, inboxStream, type StreamId } from '../../../functions/domain/base/stream-id.ts'
import { personIdSchema } from '../../../functions/domain/base/values.ts'
import { inboxCommands } from '../../../functions/domain/inbox/commands.ts'
import { makeReconcile } from '../../../functions/handlers/schedules/reconcile.ts'
import { performNoted } from '../../../functions/handlers/record/outbox.ts'
import { loadCase } from '../../../functions/handlers/record/perform.ts'
import { performOwedActs } from '../../../functions/handlers/streams.ts'
import { answeringCase, inboxCase } from '../../../functions/handlers/streams/cases.ts'
import { complete, compose, mette } from '../intake/compose-mail.ts'
import { openPostOffice, words, type PostOffice } from '../intake/post-office.ts'

const stranger = (at: number): string => `x${at}@evil${at % 7}.example`
const kinds = async (office: PostOffice): Promise<readonly string[]> =>
  (await office.state()).letters.map(({ order }) => order.kind)
const asked = async (office: PostOffice): Promise<number> =>
  (await kinds(office)).filter((kind) => kind === 'held-mail-notice').length
/** Strangers who hold the case's token write, a minute apart. */
const flood = async (office: PostOffice, count: number, verdicts: Record<string, string> = {}, first = 0) => {
  for (let at = first; at < first + count; at += 1)
    await office.reply({ from: stranger(at), text: `M2: ${at},5` }, { verdicts, source: stranger(at) })
}
const isStopped = async (office: PostOffice): Promise<boolean> =>
  (await loadCase(office.ports, answeringCase, answersStream)).state.stoppedAt !== null

describe('MAIL security 33: a month’s inbox after a flood', () => {
  const bare = 'svar@svar.ministeriet.example'
  const hold = async (office: PostOffice, at: number): Promise<string> => {
    await office.receive(await compose({ to: bare, subject: `Vores tal ${at}`, text: `M2: ${at},5` }), {
      recipients: [bare],
      source: mette,
    })
    return (await office.inbox()).at(-1)?.mailKey ?? ''
  }
  /** How many reads of the record and the archive the placing of one mail costs. */
  const costOfPlacing = async (mails: number): Promise<number> => {
    const office = await openPostOffice()
    let last = ''
    for (let at = 0; at < mails; at += 1) last = await hold(office, at)
    let reads = 0
    const { ports } = office
    const counting = {
      ...ports,
      streams: { ...ports.streams, load: (stream: StreamId) => ((reads += 1), ports.streams.load(stream)) },
      archive: { ...ports.archive, get: (key: string) => ((reads += 1), ports.archive.get(key)) },
    }
    const placed = { stream: office.streams.svendborg, party: '479', as: 'counts' } as const
    const command = { do: 'place-mail', mailKey: last, placed, reason: 'deres egen mail' } as const
    const sofie = { id: personIdSchema.parse('sofie'), roles: ['caseworker'] as const, barredFrom: [] }
    const decided = await performNoted(
      counting,
      inboxCase,
      inboxStream(ports.clock.now()),
      {
        id: 'form/one-of-many',
        actor: { by: 'person', personId: sofie.id, roles: [...sofie.roles] },
        decide: (state) =>
          inboxCommands.decide(state, command, sofie, '', { place: { parties: ['479'] }, likelyParties: [] }),
      },
      (stream, commandId) => performOwedActs(counting, stream, commandId),
    )
    expect(decided.outcome).toBe('committed')
    expect((await office.state()).mails).toHaveLength(1)
    return reads
  }
  test('a decision costs the same, however many mails lie there', async () => {
    expect(await costOfPlacing(40)).toBe(await costOfPlacing(3))
  })
})

describe('MAIL security 27: one token in the hands of many', () => {
  test('of 60 mails of strangers in an hour the contact is asked about one; nothing counts', async () => {
    const office = await openPostOffice()
    const before = office.ports.mail.sent.length
    await flood(office, 59)
    expect(await asked(office)).toBe(1)
    expect(office.ports.mail.sent.length - before).toBe(1)
    const { mails } = await office.state()
    expect(mails.every(({ standing }) => standing === 'held')).toBe(true)
    expect(mails.slice(1).every(({ unanswered }) => unanswered === 'hour')).toBe(true)
    expect(await office.figures()).toEqual({})
  })
  test('the next question, an hour later, tells of all that came meanwhile; six a day', async () => {
    const office = await openPostOffice()
    office.ports.clock.set(office.at('2015-02-25', '07:00'))
    await flood(office, 5)
    office.ports.clock.set(office.at('2015-02-25', '08:30'))
    const { answers } = await office.reply({ from: stranger(99), text: 'M2: 99,5' })
    expect(answers.map(({ to }) => to)).toEqual([[mette]])
    expect(answers.map(({ message }) => words(message)).join()).toContain('også modtaget 4 andre mails')
    for (let hour = 10; hour < 20; hour += 1) {
      office.ports.clock.set(office.at('2015-02-25', `${hour}:00`))
      await flood(office, 2, {}, hour * 10)
    }
    expect(await asked(office)).toBe(6)
  })
  test('what came meanwhile is told of once the hour is over, though nobody writes again; once', async () => {
    const office = await openPostOffice()
    const sweep = () => makeReconcile(office.ports)({ sweep: true })
    office.ports.clock.set(office.at('2015-02-25', '07:00'))
    await flood(office, 5)
    await sweep()
    expect(await asked(office)).toBe(1)
    office.ports.clock.set(office.at('2015-02-25', '08:30'))
    await sweep()
    expect(await asked(office)).toBe(2)
    const last = office.ports.mail.sent.at(-1)
    expect([...(last?.to ?? [])]).toEqual([mette])
    await sweep()
    office.ports.clock.set(office.at('2015-02-25', '12:00'))
    await sweep()
    expect(await asked(office)).toBe(2)
    // It is one of the six of the day, and uses up its hour.
    await flood(office, 1, {}, 50)
    office.ports.clock.set(office.at('2015-02-25', '12:20'))
    await flood(office, 1, {}, 60)
    await sweep()
    expect(await asked(office)).toBe(3)
    expect(await office.figures()).toEqual({})
  })
  test('the hour that stops all answers is not used up by it: the contact is answered, and so is the next case', async () => {
    const office = await openPostOffice({ answersAnHour: 2 })
    await flood(office, 20)
    const { request, odenseRequest } = office
    const own = await office.reply({ text: complete })
    const odense = await office.reply(
      {
        from: 'mette.proeve@odense-kommune.example',
        to: odenseRequest.address,
        subject: `SV: ${odenseRequest.message.subject}`,
        inReplyTo: odenseRequest.messageId,
        references: [odenseRequest.messageId],
        text: 'M2: 24,5',
      },
      { recipients: [odenseRequest.address] },
    )
    expect(request.address).not.toBe(odenseRequest.address)
    expect([own, odense].map(({ answers }) => answers.map(({ kind }) => kind))).toEqual([
      ['receipt'],
      ['receipt'],
    ])
    expect(await isStopped(office)).toBe(false)
  })
  test('a case answers twenty mails an hour, whoever writes, and every mail is taken in', async () => {
    const office = await openPostOffice()
    const before = office.ports.mail.sent.length
    for (let at = 0; at < 30; at += 1)
      await office.reply({ from: `k${at}@svendborg-kommune.example`, text: `M2: ${at},5` })
    expect(office.lettersSince(before)).toBe(20)
    const { mails } = await office.state()
    expect(mails).toHaveLength(30)
    expect(mails.at(-1)).toMatchObject({ standing: 'provisional', unanswered: 'case-hour' })
  })
  test('mails that bear the contact’s address and are not hers have one neutral notice that day', async () => {
    const office = await openPostOffice({ answersAnHour: 2 })
    for (let at = 0; at < 10; at += 1)
      await office.reply({ text: `M2: ${at},5` }, { verdicts: { dmarc: at % 2 === 0 ? 'FAIL' : 'GRAY' } })
    expect((await kinds(office)).filter((kind) => kind === 'neutral-notice')).toHaveLength(1)
    expect(await isStopped(office)).toBe(false)
    expect(await office.figures()).toEqual({})
  })
})
