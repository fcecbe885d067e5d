import { describe, expect, test } from 'vitest'
import { erasureCommands, type ErasureCommand } from '../../../functions/domain/casefile/erasures.ts'
import { inboxStream, type StreamId } from '../../../functions/domain/base/stream-id.ts'
import { personIdSchema } from '../../../functions/domain/base/values.ts'
import { inboxCommands, type InboxCommand } from '../../../functions/domain/inbox/commands.ts'
import { performNoted } from '../../../functions/handlers/record/outbox.ts'
import { makeReconcile } from '../../../functions/handlers/schedules/reconcile.ts'
import { inboxCase, reviewCase } from '../../../functions/handlers/streams/cases.ts'
import { performOwedActs } from '../../../functions/handlers/streams.ts'
import { compose, mette, type MailParts } from '../intake/compose-mail.ts'
import { openPostOffice, type PostOffice } from '../intake/post-office.ts'

const bare = 'svar@svar.ministeriet.example'
const person = (id: 'sofie' | 'anders') => ({
  id: personIdSchema.parse(id),
  roles: id === 'sofie' ? (['caseworker'] as const) : (['approver'] as const),
  barredFrom: [],
})
const by = (id: 'sofie' | 'anders') => ({ by: 'person', personId: id, roles: [...person(id).roles] }) as const
let decisions = 0

const inInbox = (office: PostOffice, command: InboxCommand) =>
  performNoted(
    office.ports,
    inboxCase,
    inboxStream(office.ports.clock.now()),
    {
      id: `form/${(decisions += 1)}`,
      actor: by('sofie'),
      decide: (state) =>
        inboxCommands.decide(state, command, person('sofie'), '', {
          place: { parties: ['479'] },
          likelyParties: [],
        }),
    },
    (stream, commandId) => performOwedActs(office.ports, stream, commandId),
  )
const place = (office: PostOffice, mailKey: string, stream: StreamId = office.streams.svendborg) =>
  inInbox(office, {
    do: 'place-mail',
    mailKey,
    placed: { stream, party: '479', as: 'counts' },
    reason: 'deres egen mail',
  })
const erase = async (office: PostOffice, mailKey: string, stream: StreamId) => {
  const part = (command: ErasureCommand, who: 'sofie' | 'anders') =>
    performNoted(
      office.ports,
      reviewCase,
      stream,
      {
        id: `form/${(decisions += 1)}`,
        actor: by(who),
        decide: ({ mails }) =>
          erasureCommands.decide(
            {
              mail: mails.find((mail) => mail.mailKey === mailKey) ?? null,
              undecided: false,
              untold: false,
              municipalities: ['479'],
            },
            command,
            person(who),
            '',
            {},
          ),
      },
      async () => 'left',
    )
  await part({ do: 'ask-erasure', mailKey, ground: 'citizen-data', reason: 'en borger' }, 'sofie')
  await part({ do: 'confirm-erasure', mailKey }, 'anders')
  await makeReconcile(office.ports)({ sweep: false })
}
/** A mail that lies in the inbox. @returns its key there */
const intoInbox = async (office: PostOffice, parts: MailParts): Promise<string> => {
  await office.receive(await compose({ to: bare, subject: 'Vores tal', ...parts }), {
    recipients: [bare],
    source: mette,
  })
  return (await office.inbox()).at(-1)?.mailKey ?? ''
}
const reconcileAll = async (office: PostOffice) => {
  const stream = inboxStream(office.ports.clock.now())
  const commits = await office.ports.streams.load(stream)
  const commandId = commits.at(-1)?.meta.commandId ?? ''
  await office.ports.outbox.put({ commandId, stream, at: office.ports.clock.now() })
  const { done } = await makeReconcile(office.ports)({ sweep: false })
  return done.includes(commandId)
}
const counted = async (office: PostOffice): Promise<number> =>
  (await office.state()).mails.filter(({ standing }) => standing === 'counts').length

describe('MAIL security 28: a mail that came through the inbox', () => {
  test.each([
    ['before the next is placed', ['place', 'erase', 'next'] as const],
    ['before the next comes', ['place', 'erase', 'come', 'next'] as const],
    ['after both are placed', ['place', 'next', 'erase', 'third'] as const],
  ])('erased %s, leaves every later decision of its month whole', async (_, steps) => {
    const office = await openPostOffice()
    const first = await intoInbox(office, { text: 'M2: 24,5' })
    let next = await intoInbox(office, { text: 'M1 i alt: 134' })
    for (const step of steps) {
      if (step === 'place') expect(await place(office, first)).toMatchObject({ outcome: 'committed' })
      else if (step === 'erase') await erase(office, first, office.streams.svendborg)
      else if (step === 'come') next = await intoInbox(office, { text: 'M1 i alt: 135' })
      else if (step === 'third') {
        next = await intoInbox(office, { text: 'M1 heraf: 61' })
        expect(await place(office, next)).toMatchObject({ outcome: 'committed' })
      } else expect(await place(office, next)).toMatchObject({ outcome: 'committed' })
    }
    expect(await counted(office)).toBeGreaterThan(1)
    expect(await reconcileAll(office)).toBe(true)
    expect(await office.ports.outbox.list()).toEqual([])
  })
  test('asked to be erased by one person alone, is not placed a second time either', async () => {
    const office = await openPostOffice()
    const first = await intoInbox(office, { text: 'M2: 24,5' })
    await place(office, first)
    const mails = (await office.state()).mails.length
    await erase(office, first, office.streams.svendborg)
    await reconcileAll(office)
    await reconcileAll(office)
    expect((await office.state()).mails).toHaveLength(mails)
  })
  test('that cannot be settled keeps no other from its case, and is told to whoever decided it alone', async () => {
    const office = await openPostOffice()
    const lost = await intoInbox(office, { text: 'M2: 24,5' })
    const [kept] = (await office.inbox()).filter(({ mailKey }) => mailKey === lost)
    await office.ports.archive.erase(`mail/${kept?.rawSha256 ?? ''}`)
    await expect(place(office, lost)).rejects.toThrow('1 mails could not be settled')
    const next = await intoInbox(office, { text: 'M1 i alt: 134' })
    expect(await place(office, next)).toMatchObject({ outcome: 'committed' })
    expect(await counted(office)).toBe(1)
    expect(await office.figures()).toMatchObject({ 'M1 i alt': '134' })
    // It is not forgotten: its note stays, and reconcile says so each time.
    expect(await office.ports.outbox.list()).toHaveLength(1)
    await expect(makeReconcile(office.ports)({ sweep: false })).rejects.toThrow('1 commands')
  })
})
