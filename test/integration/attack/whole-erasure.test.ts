import { inflateSync } from 'node:zlib'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  makeListEntryStore,
  makeOutbox,
  makeWaitStore,
} from '../../../functions/adapters/dynamodb/beside-streams.ts'
import { makeAnswerLedger, makeLetterClaims } from '../../../functions/adapters/dynamodb/letters.ts'
import {
  makeContactStore,
  makeDirectoryStore,
  makeRegister,
} from '../../../functions/adapters/dynamodb/register.ts'
import { makeStreamStore } from '../../../functions/adapters/dynamodb/stream-store.ts'
import { memoryMailSender } from '../../../functions/adapters/memory/mail.ts'
import { makeAnchorSigner } from '../../../functions/adapters/signing.ts'
import { isTakenFromMail } from '../../../functions/domain/base/stream.ts'
import { inboxStream, streamKind, type StreamId } from '../../../functions/domain/base/stream-id.ts'
import { erasureCommands, type ErasureCommand } from '../../../functions/domain/casefile/erasures.ts'
import type { LetterKind } from '../../../functions/domain/casefile/letter-kinds.ts'
import { contactIdSchema } from '../../../functions/domain/base/values.ts'
import { agreementFolding } from '../../../functions/domain/agreement/state.ts'
import { inbox } from '../../../functions/domain/inbox/inbox.ts'
import { renegotiation } from '../../../functions/domain/renegotiation/state.ts'
import { yearRun } from '../../../functions/domain/year-run/state.ts'
import { inboxCommands } from '../../../functions/domain/inbox/commands.ts'
import { review as reviewSlices } from '../../../functions/domain/review/state.ts'
import { decideOnRun } from '../../../functions/handlers/console/decisions.ts'
import { makeVerifyRecord } from '../../../functions/handlers/operator/verify-record.ts'
import { loadCase } from '../../../functions/handlers/record/perform.ts'
import { performNoted } from '../../../functions/handlers/record/outbox.ts'
import { makeAnchorRecord } from '../../../functions/handlers/schedules/anchor-record.ts'
import { makeReconcile } from '../../../functions/handlers/schedules/reconcile.ts'
import { performOwedActs, withMails } from '../../../functions/handlers/streams.ts'
import { inboxCase } from '../../../functions/handlers/streams/cases.ts'
import { openTestTable } from '../../contract/test-table.ts'
import { anders, karl, sofie } from '../../support/ministry.ts'
import { on, type WorldPorts } from '../../support/world.ts'
import { compose, mette, type MailParts } from '../intake/compose-mail.ts'
import { draft } from '../renegotiation/scenario.ts'
import { RenegotiationWorld } from '../renegotiation/world.ts'
import { hucre } from '../intake/workbook-files.ts'
import { approve, asked, recommend } from '../waits/stages.ts'
import { agreement, openYearWorld, review, run, type YearWorld } from '../waits/year-world.ts'

/**
 * MAIL security 34: nothing is left of an erased mail. A year in which mails have every effect that a mail can have
 * on the review and the inbox, each with words of its own in every field that a mail has; they are erased, and every
 * byte of the table and of the archive is searched, unpacked as far as it goes.
 */

/** What was put into mails, by the field it stood in. */
const marks = new Set<string>()
const mark = (field: string): string => {
  const word = `zq${field}zq`
  marks.add(word)
  return word
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b
const inflated = (bytes: Uint8Array): readonly Uint8Array[] => {
  try {
    return [inflateSync(bytes)]
  } catch {
    return []
  }
}
/** What lies inside: entries of archives, streams of PDFs, runs of base64, quoted-printable. */
const inside = (bytes: Uint8Array): readonly Uint8Array[] => {
  if (isZip(bytes)) return Object.entries(unzipSync(bytes)).flatMap(([name, of]) => [Buffer.from(name), of])
  const plain = text(bytes)
  const pdf = [...plain.matchAll(/stream\r?\n/gu)].flatMap(({ index, 0: { length } }) =>
    inflated(bytes.subarray(index + length, plain.indexOf('endstream', index + length))),
  )
  const runs = [...plain.matchAll(/[\w+/=-]{16,}(?:\r?\n[\w+/=-]+)*/gu)].map(([coded]) =>
    Buffer.from(coded.replaceAll(/\s/gu, ''), 'base64'),
  )
  const words = [...plain.matchAll(/=\?[\w-]+\?[bq]\?([^?]*)\?=/giu)].flatMap(([, word = '']) => [
    Buffer.from(word, 'base64'),
    Buffer.from(word.replaceAll('_', ' ')),
  ])
  const folded = plain.replaceAll(/=\r?\n/gu, '')
  return [...pdf, ...runs, ...words, ...(folded === plain ? [] : [Buffer.from(folded)])]
}
const everything = (bytes: Uint8Array, depth = 0): readonly string[] => [
  text(bytes).toLowerCase(),
  ...(depth > 4 || bytes.length < 8 ? [] : inside(bytes).flatMap((one) => everything(one, depth + 1))),
]

let table: Awaited<ReturnType<typeof openTestTable>>
let world: YearWorld
beforeAll(async () => {
  table = await openTestTable()
  const onTable = {
    streams: makeStreamStore(table.table, { rememberMs: 60_000 }),
    waits: makeWaitStore(table.table),
    listEntries: makeListEntryStore(table.table),
    outbox: makeOutbox(table.table),
    register: makeRegister(table.table),
    contacts: makeContactStore(table.table),
    claims: makeLetterClaims(table.table),
    answers: makeAnswerLedger(table.table, { mostAnHour: 500 }),
    directory: makeDirectoryStore(table.table),
  }
  world = await openYearWorld(onTable as unknown as Partial<WorldPorts>)
})
afterAll(async () => {
  await world.close()
  await table.close()
})

const landed: string[] = []
/** Where a mark lies: rows of the table by their keys, objects of the archive and of the landing bucket. */
const left = async (): Promise<Record<string, readonly string[]>> => {
  const found: Record<string, string[]> = {}
  const search = (where: string, bytes: Uint8Array): void => {
    const parts = everything(bytes)
    for (const word of marks) if (parts.some((part) => part.includes(word))) (found[word] ??= []).push(where)
  }
  for await (const { PK, SK } of table.table.rows())
    search(`${PK} ${SK}`, Buffer.from(JSON.stringify([PK, SK, await table.table.get({ PK, SK })])))
  const { archive, landing } = world.ports
  for (const key of archive.keys()) search(key, (await archive.get(key)) ?? new Uint8Array())
  for (const key of landed) search(key, (await landing.get(key)) ?? new Uint8Array())
  return found
}

const signer = makeAnchorSigner(new Map([[1, '5a'.repeat(32)]]))
const verify = async () => {
  await makeAnchorRecord({ ...world.ports, mail: memoryMailSender(), signer })({})
  const { faults } = await makeVerifyRecord({ ...world.ports, signer, rows: { unsealed: async () => [] } })(
    {},
  )
  return faults
}

const deal = (): RenegotiationWorld => new RenegotiationWorld(world.ports as unknown as WorldPorts)
let [sent, decisions] = [0, 0]
/** A mail whose every field is marked, in answer to our last letter of the stream; taken in as on AWS. */
const send = async (
  name: string,
  parts: MailParts & { readonly answering?: LetterKind } = {},
): Promise<string> => {
  const m = (field: string): string => mark(`${name}${field}`)
  const letters = [...(await world.state()).letters, ...(await deal().state(agreement)).letters]
  const answered = letters.findLast(({ order }) => order.kind === parts.answering)
  const letter = world.ports.mail.sent.findLast(({ from, messageId }) =>
    answered === undefined ? from.includes('-') : messageId === answered.messageId,
  )
  const { subject: ours } = await world.ports.mime.parse(letter?.raw ?? Buffer.from(''))
  const to = parts.to ?? letter?.from ?? ''
  const raw = await compose({
    fromName: `Mette ${m('display')}`,
    from: mette,
    to,
    cc: `"${m('ccname')}" <${m('ccaddress')}@svendborg-kommune.example>`,
    messageId: `<${m('id')}.${(sent += 1)}@svendborg-kommune.example>`,
    references: [`<${m('thread')}@svendborg-kommune.example>`, letter?.messageId ?? ''],
    subject: `SV: ${ours} ${m('subject')}`,
    date: new Date(world.clock.now()),
    ...parts,
    headers: {
      'X-Sagsbehandler': m('xheader'),
      'Reply-To': `${m('replyto')}@svendborg-kommune.example`,
      'Thread-Topic': m('topic'),
      ...parts.headers,
    },
    text: `${parts.text ?? ''}\n`,
  })
  landed.push(await world.receive(raw, parts.from ?? mette, to))
  await world.quiet()
  const known = [...(await world.state()).mails, ...(await deal().state(agreement)).mails]
  return known.find(({ rawSha256 }) => rawSha256 === world.ports.digest(raw))?.mailKey ?? ''
}

const person = { sofie, anders } as const
/** One person's part in an erasure, as the console commits it. */
const decideErasure = (stream: StreamId, command: ErasureCommand, who: 'sofie' | 'anders') => {
  const actor = { by: 'person', personId: who, roles: person[who].roles } as const
  const id = `form/${(decisions += 1)}`
  const decide = (mails: readonly { readonly mailKey: string }[]) =>
    erasureCommands.decide(
      {
        mail: mails.find(({ mailKey }) => mailKey === command.mailKey) ?? null,
        undecided: false,
        untold: false,
        municipalities: ['479'],
      },
      command,
      person[who],
      '',
      {},
    )
  return streamKind(stream) === 'inbox'
    ? performNoted(
        world.ports,
        inboxCase,
        stream,
        { id, actor, decide: ({ mails }) => decide(mails) },
        async () => 'left',
      )
    : withMails(stream, (kind, { facts, own }) =>
        performNoted(
          world.ports,
          kind,
          stream,
          { id, actor, decide: (state) => own(decide(facts(state).mails)) },
          async () => 'left',
        ),
      )
}
const reconcile = () => makeReconcile(world.ports)({ sweep: false })
const erase = async (stream: StreamId, mailKey: string): Promise<void> => {
  const ask = { do: 'ask-erasure', mailKey, ground: 'citizen-data', reason: 'en borger' } as const
  expect(await decideErasure(stream, ask, 'sofie')).toMatchObject({ outcome: 'committed' })
  expect(await decideErasure(stream, { do: 'confirm-erasure', mailKey }, 'anders')).toMatchObject({
    outcome: 'committed',
  })
  await reconcile()
}

const lastSubject = async (): Promise<string> => (await world.state()).draft?.subject ?? ''

const dayAfter = (days: number): Promise<void> => {
  const day = new Date(Date.parse(world.clock.nowIso()) + days * 86_400_000).toISOString().slice(0, 10)
  return world.until(on(day, '09:05'))
}
/** A year with everything that mails can do to a review and to an inbox. */
const playYear = async (): Promise<void> => {
  const { decide } = world
  await asked(world)
  const words = await send('words', { text: `Vi vender tilbage, siger ${mark('words')}.` })
  await decide({ do: 'mark-read', mailKey: words })
  const wishes = await send('wishes', {
    text: [
      `Genforhandling: ja, FS2, ${mark('wish')}`,
      `Medindberetter: ${mark('helper')}@svendborg-kommune.example`,
      `Kontakt: Ny ${mark('contactname')}, ${mark('contact')}@svendborg-kommune.example`,
      `Jeres sagsnr.: ${mark('case')}-1`,
      'Udsættelse til: 10. marts 2015',
      '',
      `> ${mark('quoted')}`,
      '-- ',
      mark('signature'),
    ].join('\n'),
  })
  await decide({
    do: 'decline-contact',
    mailKey: wishes,
    reason: `Vi kender ikke ${mark('declinedcontact')}.`,
  })
  await decide({
    do: 'decide-extension',
    mailKey: wishes,
    grant: true,
    dueOn: '2015-03-10',
    reason: `På grund af ${mark('extension')}.`,
  })
  await dayAfter(1)
  const asks = await send('asks', {
    text: `Kontakt: Ny ${mark('asked')}, ${mark('askedaddress')}@svendborg-kommune.example`,
  })
  await decide({
    do: 'enter-contact',
    contactId: contactIdSchema.parse('ny-kontakt'),
    party: '479',
    role: 'deputy',
    mailKey: asks,
    name: 'Ny Kontakt',
    title: '',
    email: 'ny.kontakt@svendborg-kommune.example',
    language: 'da',
  })
  await send('doubts', {
    text: [`M1 i alt: ca. 134 ${mark('hedge')}`, `M2: 24,5 ${mark('unit')}`, `M9: ${mark('unknown')}`].join(
      '\n',
    ),
  })
  const proposing = await send('proposing', {
    text: `Kære ministerium\nVi fik 61 borgere i arbejde, siger ${mark('sentence')}.`,
  })
  await decide({ do: 'decide-proposal', mailKey: proposing, index: 0, as: 'confirmed', key: 'M1 heraf' })
  await send('html', {
    text: 'M1 i alt: 134',
    html: `<p>M1 i alt: 134</p><!-- ${mark('comment')} --><img alt="${mark('alt')}" title="${mark('title')}" src="cid:x"><a href="https://sky.example/${mark('link')}">her</a>`,
  })
  const book = await hucre(
    [
      ['Nøgle', 'Tal'],
      ['M2', 24.5],
      ['M2 bemærkning', mark('cell')],
    ],
    mark('sheet'),
  )
  const typedFrom = await send('files', {
    text: 'Se vedhæftede.',
    attachments: [
      { filename: `${mark('filename')}.xlsx`, content: Buffer.from(book) },
      { filename: `${mark('scan')}.pdf`, content: Buffer.from(`%PDF-1.4 ${mark('pdf')}`) },
      {
        filename: 'videresendt.eml',
        contentType: 'message/rfc822',
        content: await compose({ subject: mark('innersubject'), text: mark('innertext') }),
      },
    ],
  })
  await decide({
    do: 'type-figures',
    entryKey: 'typed-1',
    party: '479',
    source: 'mail',
    mailKey: typedFrom,
    attachment: 1,
    receivedOn: '2015-02-12',
    note: `Scan fra ${mark('typednote')}`,
    figures: [{ key: 'M2', written: '24,5', place: 'side 1' }],
  })
  await send('colleague', {
    from: `${mark('local')}@svendborg-kommune.example`,
    text: `H1 udgift: 400.000 kr.\nM3 bemærkning: ${mark('colleaguenote')}`,
  })
  await send('confirms', { text: `OK\n\nHilsen ${mark('confirming')}` })
  const stranger = await send('stranger', {
    from: `${mark('stranger')}@raadgivning.example`,
    text: `M2 bemærkning: ${mark('strangernote')}`,
  })
  await decide({
    do: 'decide-held-mail',
    mailKey: stranger,
    as: 'counts',
    reason: `Jeg kender ${mark('heldreason')}.`,
  })
  await send('absence', {
    text: `Jeg er fraværende til og med 1. oktober 2015. Skriv til ${mark('deputyname')}, ${mark('deputy')}@svendborg-kommune.example.`,
    headers: { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': mark('absenceheader') },
  })
  await send('unplaced', {
    to: 'svar@svar.ministeriet.example',
    subject: `Vores tal ${mark('unplacedsubject')}`,
    references: [`<${mark('unplacedthread')}@svendborg-kommune.example>`],
    text: `M3: ja, 14. november 2014\nM3 bemærkning: ${mark('unplacednote')}`,
  })
  const monthsInbox = inboxStream(world.clock.nowIso())
  const held = (await loadCase(world.ports, inboxCase, monthsInbox)).state.mails.at(-1)
  await performNoted(
    world.ports,
    inboxCase,
    monthsInbox,
    {
      id: 'form/place',
      actor: { by: 'person', personId: 'sofie', roles: ['caseworker'] },
      decide: (state) =>
        inboxCommands.decide(
          state,
          {
            do: 'place-mail',
            mailKey: held?.mailKey ?? '',
            placed: { stream: review, party: '479', as: 'counts' },
            reason: `De ringede, ${mark('placedreason')}.`,
          },
          sofie,
          '',
          { place: { parties: ['479'] } },
        ),
    },
    (stream) => performOwedActs(world.ports, stream),
  )
  const dispute = await send('dispute', {
    text: `FS2: 62\nFS1 bemærkning: ${mark('dispute')}\nFormidling: http://erfaringsbasen.example/${mark('shared')}\nErfaring: ${mark('experience')}\nErfaring må deles: ja\nFærdig: ja`,
  })
  await decide({
    do: 'answer-dispute',
    mailKey: dispute,
    assumption: 'FS1',
    answer: `Tak for ${mark('disputeanswer')}`,
  })
  // A draft can be made of it, and is asked about.
  await world.until(on('2015-04-07', '09:05'))
  await decide({
    do: 'ask',
    questionId: 'spørgsmål-1',
    party: '479',
    keys: ['M2'],
    text: 'Hvordan er M2 talt op?',
  })
  await world.quiet()
  await send('answers', { text: `M2: 24,6\nM2 bemærkning: ${mark('answer')}` })
  await dayAfter(2)
  await recommend(world)
  await approve(world)
  await world.quiet()
  const comment = await send('comment', {
    answering: 'hearing',
    text: `Høringssvar: bemærkninger\nM2 bemærkning: ${mark('comment')}`,
  })
  const unmarked = await send('unmarked', {
    answering: 'hearing',
    text: `Vi er ikke helt enige i det, siger ${mark('hearingprose')}.`,
  })
  await decide({ do: 'mark-hearing-answer', mailKey: unmarked, as: 'comments' })
  await dayAfter(30)
  await decide({
    do: 'answer-comments',
    subject: await lastSubject(),
    answers: [
      { mailKey: comment, text: `I skriver ${mark('commentanswer')}`, unresolved: true },
      { mailKey: unmarked, text: `Tak for ${mark('proseanswer')}`, substance: mark('substance') },
    ],
  })
  await decide(
    {
      do: 'decide-objection',
      subject: await lastSubject(),
      mailKey: comment,
      outcome: 'upheld',
      reason: `Indsigelsen om ${mark('objection')} følges ikke.`,
    },
    'vibeke',
  )
  await dayAfter(5)
}

/** The question that the wish raised: a proposal, another of theirs, and their no. */
const negotiate = async (): Promise<void> => {
  const negotiation = deal()
  expect(
    await negotiation.decide(agreement, { do: 'open-renegotiation', targets: ['M1'], text: '' }, anders),
  ).toBe('committed')
  const proposed = await negotiation.draft(agreement, draft)
  await negotiation.decide(agreement, { do: 'approve-proposal', subject: proposed }, karl)
  await negotiation.decide(agreement, { do: 'approve-proposal', subject: proposed }, anders)
  await dayAfter(3)
  const counter = await send('counter', {
    answering: 'proposal',
    text: `Svar: ændringsforslag\nM1 ny målværdi: 44\nBegrundelse: ${mark('counterreason')}`,
  })
  expect(
    await negotiation.decide(
      agreement,
      { do: 'answer-counter', mailKey: counter, accept: false, reason: `Nej til ${mark('counteranswer')}.` },
      sofie,
    ),
  ).toBe('committed')
  await dayAfter(3)
  await send('refusal', {
    answering: 'proposal',
    text: `Svar: tiltrædes ikke\nBegrundelse: ${mark('refusalreason')}`,
  })
}

/** The pages are checked, an experience is told to all, and figures come after the end. */
const afterwards = async (): Promise<void> => {
  const state = await world.state()
  const told = state.mails.find(({ details }) => details?.texts['Erfaring'] !== undefined)
  const card = { agreement, municipality: '479', mailKey: told?.mailKey ?? '', theme: 'employment' } as const
  expect(
    await decideOnRun(
      { ...world.ports, afterDecision: (stream) => performOwedActs(world.ports, stream) },
      run,
      { do: 'publish-experience', ...card, text: `Det virker, siger ${mark('card')}.` },
      {
        decider: sofie,
        actor: { by: 'person', personId: 'sofie', roles: ['caseworker'] },
        commandId: 'form/card',
      },
    ),
  ).toEqual({ outcome: 'done' })
  await world.until(on('2015-08-12', '09:05'))
  const check = await send('check', {
    answering: 'fact-check',
    text: `Faktatjek: rettelser: ${mark('correction')}`,
  })
  await world.decide({
    do: 'decide-fact-check',
    mailKey: check,
    as: 'rejected',
    renamed: [],
    text: `Vi retter ikke ${mark('checkanswer')}.`,
  })
  const late = await send('late', { answering: 'request', text: `M2: 25\nM2 bemærkning: ${mark('late')}` })
  await world.decide({
    do: 'decide-held-mail',
    mailKey: late,
    as: 'counts',
    reason: `Ja, ${mark('latereason')}.`,
  })
  await world.decide({ do: 'leave-closed', reason: 'det ændrer intet' }, 'anders')
  await world.quiet()
}

/** By stream, what an erasure there is asked for: the mails that the stream keeps. */
const keptMails = async (): Promise<readonly (readonly [StreamId, string])[]> => {
  const kept: (readonly [StreamId, string])[] = []
  for (const stream of await world.ports.streams.streams()) {
    const kind = streamKind(stream)
    const mails =
      kind === 'review' || kind === 'renegotiation'
        ? await withMails(
            stream,
            async (of, { facts }) => facts((await loadCase(world.ports, of, stream)).state).mails,
          )
        : []
    for (const { mailKey, typed } of mails) if (typed === null) kept.push([stream, mailKey])
  }
  return kept
}
const eventTypes = async (): Promise<ReadonlySet<string>> => {
  const streams = await world.ports.streams.streams()
  const commits = await Promise.all(streams.map((stream) => world.ports.streams.load(stream)))
  return new Set(commits.flat().flatMap(({ events }) => events.map(({ type }) => type)))
}
const commitCounts = async () =>
  Promise.all(
    (await world.ports.streams.streams()).map(async (stream) => [
      stream,
      (await world.ports.streams.load(stream)).length,
    ]),
  )

/** What repeats a mail and comes of no mail here, with the test that erases it; a new kind of effect fails this one. */
const elsewhere = [
  'MailReread', // intake/erasure.test.ts
  'InboxMailReread', // intake/replay.test.ts reads it again; its declaration is that of InboxMailHeld
  'TriggerJoined', // a second wish: as RenegotiationRaised
  'GroundJoined', // as QuestionRaised
  'PartyDeclined', // as CounterProposed
  'Withdrawn', // its words are a person's: renegotiation/ends.test.ts
  'HearingCommentShared', // a partnership's: private-parts.test.ts
  'ExperienceLeftOut', // as ExperiencePublished
]
const schemas = [reviewSlices, renegotiation, inbox, yearRun, agreementFolding].flatMap((kind) => [
  ...kind.schemas.keys(),
])

test(
  'MAIL security 34: every effect that a mail has is erased with it, and erasing again changes nothing',
  { timeout: 120_000 },
  async () => {
    await playYear()
    await negotiate()
    await afterwards()
    const types = await eventTypes()
    expect(
      schemas.filter((type) => isTakenFromMail(type) && !types.has(type) && !elsewhere.includes(type)),
    ).toEqual([])
    const before = await left()
    expect(
      [...marks].filter((word) => before[word] === undefined),
      'every mark lay somewhere',
    ).toEqual([])
    const letters = world.ports.archive.keys().filter((key) => key.startsWith('letters/')).length

    for (const [stream, mailKey] of await keptMails()) await erase(stream, mailKey)

    const found = Object.values(await left()).flat()
    // What was compiled for publication keeps its bytes (Invariant I19), and is sent back or corrected by a sheet.
    expect(found.filter((where) => !where.startsWith('reports/2014/'))).toEqual([])
    expect(await verify()).toEqual([])
    const staying = world.ports.archive.keys().filter((key) => key.startsWith('letters/')).length
    expect(staying, 'letters that repeat nothing of them stay').toBeGreaterThan(10)
    expect(staying).toBeLessThan(letters)
    expect(await world.ports.contacts.of(agreement)).not.toContainEqual(
      expect.objectContaining({ role: 'co-reporter' }),
    )

    const counts = await commitCounts()
    for (const again of ['first', 'second']) {
      for (const [stream] of counts)
        await world.ports.outbox.put({
          commandId: `form/${again}/${stream}`,
          stream: stream as StreamId,
          at: world.ports.clock.now(),
        })
      await reconcile()
    }
    for (const { commandId } of await world.ports.outbox.list()) await world.ports.outbox.remove(commandId)
    expect(await commitCounts(), 'once more names nothing').toEqual(counts)
    expect(await verify()).toEqual([])
  },
)
