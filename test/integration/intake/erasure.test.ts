import { beforeEach, expect, test } from 'vitest'
import { makeAnchorSigner } from '../../../functions/adapters/signing.ts'
import { erasureCommands, type ErasureCommand } from '../../../functions/domain/casefile/erasures.ts'
import { inboxStream, type StreamId } from '../../../functions/domain/base/stream-id.ts'
import { inboxCommands } from '../../../functions/domain/inbox/commands.ts'
import { personIdSchema, type MinistryRole } from '../../../functions/domain/base/values.ts'
import { makeAnchorRecord } from '../../../functions/handlers/schedules/anchor-record.ts'
import { inboxCase, reviewCase } from '../../../functions/handlers/streams/cases.ts'
import { performOwedActs } from '../../../functions/handlers/streams.ts'
import { performNoted } from '../../../functions/handlers/record/outbox.ts'
import { makeReplayMail } from '../../../functions/handlers/operator/replay-mail.ts'
import { makeReconcile } from '../../../functions/handlers/schedules/reconcile.ts'
import { memoryMailSender } from '../../../functions/adapters/memory/mail.ts'
import { makeVerifyRecord } from '../../../functions/handlers/operator/verify-record.ts'
import { complete, compose, mette } from './compose-mail.ts'
import { openPostOffice, words, type PostOffice } from './post-office.ts'
import { misreading, withWorseReader } from './worse-reader.ts'

let office: PostOffice
beforeEach(async () => {
  office = await openPostOffice()
})

const signer = makeAnchorSigner(new Map([[1, '5a'.repeat(32)]]))
const settings = {
  stage: 'test',
  consoleUrl: '',
  journalMailbox: 'journal@ministeriet.example',
  complaintText: '',
  domains: { replyDomains: [], ownDomains: [] },
}
/** With the nightly list that every record has by then; whoever counts letters does not count its mail. */
const verify = async () => {
  await makeAnchorRecord({ ...office.ports, mail: memoryMailSender(), signer, settings })({})
  return makeVerifyRecord({ ...office.ports, signer, rows: { unsealed: async () => [] } })({})
}

const roles: Readonly<Record<string, readonly MinistryRole[]>> = {
  sofie: ['caseworker'],
  anders: ['approver'],
}

/** One person's part, as the console commits it. */
const decide = (command: ErasureCommand, by: 'sofie' | 'anders', stream: StreamId) =>
  performNoted(
    office.ports,
    reviewCase,
    stream,
    {
      id: `form/${command.do}/${by}`,
      actor: { by: 'person', personId: by, roles: [...(roles[by] ?? [])] },
      decide: (state) =>
        erasureCommands.decide(
          {
            mail: state.mails.find(({ mailKey }) => mailKey === command.mailKey) ?? null,
            undecided: false,
            untold: false,
            municipalities: ['479'],
          },
          command,
          { id: personIdSchema.parse(by), roles: roles[by] ?? [], barredFrom: [] },
          '',
          {},
        ),
    },
    async () => 'left',
  )

const reconcile = () => makeReconcile(office.ports)({ sweep: false })

const mailIn = async (mailKey: string) =>
  (await office.state()).mails.find((mail) => mail.mailKey === mailKey)

/** Everything that lies anywhere: table, archive and landing bucket. */
const traces = async (text: string): Promise<readonly string[]> => {
  const found: string[] = []
  for (const stream of await office.ports.streams.streams())
    if (JSON.stringify(await office.ports.streams.load(stream)).includes(text)) found.push(stream)
  for (const key of office.ports.archive.keys()) {
    const bytes = await office.ports.archive.get(key)
    if (
      Buffer.from(bytes ?? [])
        .toString()
        .includes(text)
    )
      found.push(key)
  }
  return found
}

const cpr = '010190-1234'

test('Edge case 60, Invariant I21: a mail with CPR numbers is erased by two persons; hash, times, persons and ground stay, and the record verifies', async () => {
  const { svendborg } = office.streams
  const { mail, answers } = await office.reply({ text: `M1 i alt: 134\n\nDet gælder også ${cpr}.` })
  const mailKey = mail?.mailKey ?? ''
  expect(mail?.standing).toBe('set-aside')
  expect(words(answers[0]!.message)).toContain('Mailen indeholder oplysninger om borgere.')
  expect(await office.ports.landing.get('landed-1')).not.toBeNull()
  office.ports.clock.set(office.at('2015-02-25', '02:00'))
  await makeAnchorRecord({ ...office.ports, signer, settings })({})
  expect(await verify()).toMatchObject({ ok: true, erased: 0 })
  expect(await traces(cpr)).toEqual([`mail/${mail?.rawSha256}`])

  await decide(
    { do: 'ask-erasure', mailKey, ground: 'citizen-data', reason: 'CPR-nummer i teksten' },
    'sofie',
    svendborg,
  )
  await reconcile()
  expect(await traces(cpr), 'one person’s word erases nothing').not.toEqual([])
  await decide({ do: 'confirm-erasure', mailKey }, 'anders', svendborg)
  expect(await traces(cpr), 'what faces the internet erases nothing').not.toEqual([])
  expect(await office.ports.outbox.list()).toHaveLength(1)
  await reconcile()

  expect(await traces(cpr)).toEqual([])
  expect(await office.ports.landing.get('landed-1')).toBeNull()
  const after = await mailIn(mailKey)
  expect(after).toMatchObject({
    rawSha256: mail?.rawSha256,
    receivedAt: mail?.receivedAt,
    details: null,
    erasure: {
      ground: 'citizen-data',
      askedBy: 'sofie',
      reason: 'CPR-nummer i teksten',
      confirmedBy: 'anders',
      erasedAt: office.ports.clock.now(),
    },
  })
  // The mail, and the notice with its sheet: it answers in the mail's thread, by the mail's own Message-ID.
  expect(await verify()).toMatchObject({ ok: true, erased: 3, faults: [] })
  expect(await office.ports.outbox.list()).toEqual([])
})

test('Edge case 60: figures of a mail that counts stay when its words go; the letters that repeat it go too, and the contact is told', async () => {
  const { svendborg } = office.streams
  const secret = 'Fatima har været syg siden maj'
  const { mail } = await office.reply({ text: `M2: 24,5\n\nM2 bemærkning: ${secret}` })
  const mailKey = mail?.mailKey ?? ''
  expect(mail?.standing).toBe('counts')
  expect(await traces(secret)).not.toEqual([])
  const sent = office.ports.mail.sent.length
  const ask = { do: 'ask-erasure', mailKey, ground: 'citizen-data', reason: 'en borgers helbred' } as const
  await decide(ask, 'sofie', svendborg)
  await decide({ do: 'confirm-erasure', mailKey }, 'anders', svendborg)
  await reconcile()

  expect(await traces(secret)).toEqual([])
  expect(await office.figures()).toMatchObject({ M2: '24.5' })
  const [told, ...more] = office.ports.mail.sent.slice(sent)
  expect(more).toEqual([])
  const text = words(await office.ports.mime.parse(told?.raw ?? Buffer.from('')))
  expect(text).toContain('Ministeriet har slettet indholdet af jeres mail af 24. februar 2015')
  expect(text).toContain('De tal, der er læst i mailen, gælder fortsat.')
  expect(await verify()).toMatchObject({ ok: true, erased: 3 })
  // Once more changes nothing, and sends nothing.
  await office.ports.outbox.put({
    commandId: 'form/confirm-erasure/anders',
    stream: svendborg,
    at: office.ports.clock.now(),
  })
  const commits = (await office.ports.streams.load(svendborg)).length
  await reconcile()
  expect((await office.ports.streams.load(svendborg)).length).toBe(commits)
  expect(office.ports.mail.sent).toHaveLength(sent + 1)
})

test('Invariant I21: what goes without an erasure is found, and so is what an erasure has left', async () => {
  const { svendborg } = office.streams
  const { mail } = await office.reply({ text: `M1 i alt: 134, ${cpr}` })
  const mailKey = mail?.mailKey ?? ''
  const archiveKey = `mail/${mail?.rawSha256}`
  const raw = (await office.ports.archive.get(archiveKey)) ?? new Uint8Array()
  const commits = await office.ports.streams.load(svendborg)
  const taken = commits.find(({ meta }) => meta.commandId === `mail/${mailKey}`)?.meta.seq ?? 0
  await office.ports.archive.erase(archiveKey)
  await office.ports.streams.erase(svendborg, taken)
  const found = await verify()
  expect(found.faults.map(({ kind }) => kind).toSorted()).toEqual(['file-missing', 'private-missing'])

  await decide(
    { do: 'ask-erasure', mailKey, ground: 'citizen-data', reason: 'CPR-nummer' },
    'sofie',
    svendborg,
  )
  await decide({ do: 'confirm-erasure', mailKey }, 'anders', svendborg)
  await reconcile()
  expect((await verify()).faults).toEqual([])
  await office.ports.archive.putOnce(archiveKey, raw, 'message/rfc822')
  expect((await verify()).faults).toMatchObject([{ kind: 'not-erased', where: archiveKey }])
})

test('Edge case 60: a mail that came by way of the inbox is erased there too', async () => {
  const { mail, inbox } = await office.receive(
    Buffer.from(
      `From: Ukendt Prøve <ukendt@privat.example>\r\nTo: svar@svar.ministeriet.example\r\nSubject: Om ${cpr}\r\nMessage-ID: <x1@privat.example>\r\nDate: Tue, 24 Feb 2015 14:00:00 +0100\r\nContent-Type: text/plain\r\n\r\nHej\r\n`,
    ),
    { recipients: ['svar@svar.ministeriet.example'], source: 'ukendt@privat.example' },
  )
  expect([mail, inbox?.reason]).toEqual([null, 'citizen-data'])
  const stream = inboxStream(office.ports.clock.now())
  const [held] = await office.inbox()
  const part = (command: ErasureCommand, by: 'sofie' | 'anders', undecided: boolean) =>
    performNoted(
      office.ports,
      inboxCase,
      stream,
      {
        id: `form/${command.do}/${by}`,
        actor: { by: 'person', personId: by, roles: [...(roles[by] ?? [])] },
        decide: ({ mails }) =>
          erasureCommands.decide(
            { mail: mails[0] ?? null, undecided, untold: false, municipalities: [] },
            command,
            {
              id: personIdSchema.parse(by),
              roles: roles[by] ?? [],
              barredFrom: [],
            },
            '',
            {},
          ),
      },
      async () => 'left',
    )
  const mailKey = held?.mailKey ?? ''
  const ask = { do: 'ask-erasure', mailKey, ground: 'citizen-data', reason: 'CPR i emnet' } as const
  expect(await part(ask, 'sofie', true)).toMatchObject({
    outcome: 'refused',
    refusal: { kind: 'undecided-mail' },
  })
  await part(ask, 'sofie', false)
  await part({ do: 'confirm-erasure', mailKey }, 'anders', false)
  await reconcile()
  expect(await traces(cpr)).toEqual([])
  expect(await verify()).toMatchObject({ ok: true, erased: 1 })
})

test('Edge case 60: what a mail was read as again goes with it, and after that it is not read any more', async () => {
  const { svendborg } = office.streams
  const secret = 'Fatima har været syg siden maj'
  const replay = () =>
    makeReplayMail(office.ports)({ since: null, mail: null, apply: true, by: 'drift', after: null })
  const { mail } = await withWorseReader(office, misreading('M2: 24,5', 'M2: 42,5'), () =>
    office.reply({ text: `M2: 24,5\n\nM2 bemærkning: ${secret}` }),
  )
  const mailKey = mail?.mailKey ?? ''
  expect((await replay()).mails).toMatchObject([{ outcome: 'changed' }])
  await decide(
    { do: 'ask-erasure', mailKey, ground: 'citizen-data', reason: 'en borgers helbred' },
    'sofie',
    svendborg,
  )
  expect((await replay()).mails).toMatchObject([{ outcome: 'left', because: 'erased' }])
  await decide({ do: 'confirm-erasure', mailKey }, 'anders', svendborg)
  await reconcile()
  expect(await traces(secret)).toEqual([])
  expect((await replay()).mails).toMatchObject([{ outcome: 'left', because: 'erased' }])
  expect(await traces(secret)).toEqual([])
  expect(await office.figures()).toMatchObject({ M2: '24.5' })
  expect(await verify()).toMatchObject({ ok: true, faults: [] })
})

test('Edge case 60: nothing of an erased mail is left in the case that was only told of it, in its letter or in the archived notice', async () => {
  const citizen = 'Fatima Prøve'
  const { answers } = await office.receive(
    await compose({
      subject: `Vores tal, og ${citizen} er flyttet`,
      text: complete,
      to: 'svar@svar.ministeriet.example',
    }),
    { recipients: ['svar@svar.ministeriet.example'], source: mette },
  )
  expect(answers.map(({ kind }) => kind)).toEqual(['unplaced-notice'])
  const [held] = await office.inbox()
  const mailKey = held?.mailKey ?? ''
  const { svendborg, other } = office.streams
  const inbox = inboxStream(office.ports.clock.now())
  const told = held?.notice?.stream
  const placedIn = told === svendborg ? other : svendborg
  expect(told === svendborg || told === other, 'one of two cases tells the contact').toBe(true)
  await performNoted(
    office.ports,
    inboxCase,
    inbox,
    {
      id: 'form/place',
      actor: { by: 'person', personId: 'sofie', roles: ['caseworker'] },
      decide: (state) =>
        inboxCommands.decide(
          state,
          {
            do: 'place-mail',
            mailKey,
            placed: { stream: placedIn, party: '479', as: 'counts' },
            reason: 'deres egen mail',
          },
          { id: personIdSchema.parse('sofie'), roles: ['caseworker'], barredFrom: [] },
          '',
          { place: { parties: ['479'] } },
        ),
    },
    (stream) => performOwedActs(office.ports, stream),
  )
  expect((await traces(citizen)).length).toBeGreaterThan(4)
  const ask = { do: 'ask-erasure', mailKey, ground: 'citizen-data', reason: 'en borger i emnet' } as const
  await decide(ask, 'sofie', placedIn)
  await decide({ do: 'confirm-erasure', mailKey }, 'anders', placedIn)
  await reconcile()
  expect(await traces(citizen)).toEqual([])
  expect(await verify()).toMatchObject({ ok: true, faults: [] })
  const commits = await Promise.all(
    [svendborg, other, inbox].map(async (stream) => (await office.ports.streams.load(stream)).length),
  )
  await office.ports.outbox.put({ commandId: 'form/again', stream: placedIn, at: office.ports.clock.now() })
  await reconcile()
  expect(
    await Promise.all(
      [svendborg, other, inbox].map(async (stream) => (await office.ports.streams.load(stream)).length),
    ),
    'once more names nothing',
  ).toEqual(commits)
})

test('Edge case 60: the reason of a wish goes from the agreement and its renegotiation too, with the letter that answers it', async () => {
  const citizen = 'Fatima Prøve'
  const { svendborg } = office.streams
  const { mail } = await office.reply({
    text: `M2: 24,5\nGenforhandling: ja, FS2, ${citizen} og hendes familie kom til`,
  })
  const mailKey = mail?.mailKey ?? ''
  expect(mail?.standing).toBe('counts')
  await reconcile()
  const before = await traces(citizen)
  expect(before.filter((where) => /^(?:AGREEMENT|RENEGOTIATION)#/u.test(where))).toHaveLength(2)
  const ask = { do: 'ask-erasure', mailKey, ground: 'citizen-data', reason: 'en borger i ønsket' } as const
  await decide(ask, 'sofie', svendborg)
  await decide({ do: 'confirm-erasure', mailKey }, 'anders', svendborg)
  await reconcile()
  expect(await traces(citizen)).toEqual([])
  expect(await verify()).toMatchObject({ ok: true, faults: [] })
})
