import { beforeEach, describe, expect, it } from 'vitest'
import type { Decider } from '../../../functions/domain/base/command.ts'
import { inboxCommands, type InboxCommand } from '../../../functions/domain/inbox/commands.ts'
import { inboxStream, streamKind, type StreamId } from '../../../functions/domain/base/stream-id.ts'
import { personIdSchema } from '../../../functions/domain/base/values.ts'
import { inboxCase } from '../../../functions/handlers/streams/cases.ts'
import { performNoted } from '../../../functions/handlers/record/outbox.ts'
import { settleInboxMail, performOwedActs } from '../../../functions/handlers/streams.ts'
import { makeReconcile } from '../../../functions/handlers/schedules/reconcile.ts'
import { loadCase } from '../../../functions/handlers/record/perform.ts'
import { complete, compose, jonas, mainMailbox, mette, type MailParts } from './compose-mail.ts'
import { openPostOffice, words, type PostOffice } from './post-office.ts'

const consultant = 'konsulent@raadgivning.example'
const sofie = { id: personIdSchema.parse('sofie'), roles: ['caseworker'], barredFrom: [] } as const

let office: PostOffice
beforeEach(async () => {
  office = await openPostOffice()
})

const inbox = inboxStream('2015-02-24T13:07:00.000Z')
const undecided = async (stream: StreamId = office.streams.svendborg): Promise<number> =>
  (await office.state(stream)).unplaced.filter((mail) => mail.decidedAt === null).length
const remindersTo = async (stream: StreamId = office.streams.svendborg): Promise<readonly string[]> =>
  (await office.state(stream)).letters.flatMap(({ order, datedOn }) =>
    order.kind.startsWith('reminder') ? [`${order.kind}@${datedOn}`] : [],
  )

/** A fresh mail that answers nothing: no token, no thread. */
const fresh = async (parts: MailParts = {}, verdicts: Record<string, string> = {}) =>
  office.receive(
    await compose({
      subject: 'Vores tal for 2014',
      text: complete,
      to: 'svar@svar.ministeriet.example',
      ...parts,
    }),
    { recipients: ['svar@svar.ministeriet.example'], source: parts.from ?? mette, verdicts },
  )

/** What a person decides in the console, up to the commit and then with its acts. */
const decide = async (command: InboxCommand, acts = true): Promise<string> => {
  const { ports } = office
  const place = command.do === 'place-mail' ? (await office.state(command.placed.stream)).parties : []
  const performed = await performNoted(
    ports,
    inboxCase,
    inbox,
    {
      id: `form/${command.mailKey.slice(0, 12)}`,
      actor: { by: 'person', personId: 'sofie', roles: ['caseworker'] },
      decide: (state) =>
        inboxCommands.decide(state, command, sofie, '', {
          place: { parties: place.map((party) => party.municipality) },
          likelyParties: [],
        }),
    },
    async (stream) => {
      if (!acts) throw new Error('the power fails')
      await performOwedActs(ports, stream)
    },
  )
  return performed.outcome
}
const onlyKey = async (): Promise<string> =>
  (await loadCase(office.ports, inboxCase, inbox)).state.mails[0]?.mailKey ?? ''
const place = async (stream: StreamId, as: 'counts' | 'provisional' = 'counts', party = '479', acts = true) =>
  decide(
    {
      do: 'place-mail',
      mailKey: await onlyKey(),
      placed: { stream, party, as },
      reason: 'deres egen mail',
    },
    acts,
  )
const dismiss = async () =>
  decide({ do: 'dismiss-mail', mailKey: await onlyKey(), reason: 'hører ikke til nogen sag' })

describe('a mail without a token from a known sender', () => {
  it('waits in the inbox with the sender’s open cases, of which one tells the contact', async () => {
    const { mail, inbox: kept, answers } = await fresh()
    expect(mail).toBeNull()
    expect(kept?.reason).toBe('no-request')
    expect(kept?.likely.toSorted()).toEqual(['svendborg-pa', 'svendborg-rk'])
    expect(answers.map(({ kind, to }) => [kind, to])).toEqual([['unplaced-notice', [mette]]])
    expect([
      await undecided(),
      await undecided(office.streams.other),
      await undecided(office.streams.odense),
    ]).toEqual([1, 1, 0])
  })

  it('is thought of by its domain, and by a case number that narrows it', async () => {
    await fresh({ from: jonas, subject: 'Tal, jeres sagsnr. 2015-0480' })
    expect([await undecided(), await undecided(office.streams.other)]).toEqual([0, 1])
    expect((await office.inbox())[0]?.homes.map(({ because, party }) => [because, party])).toEqual([
      ['domain', '479'],
    ])
  })

  it('is thought of by a case number alone, whoever sent it', async () => {
    await fresh({ from: consultant, subject: 'Vedr. 2015-0461' })
    expect((await office.inbox())[0]?.homes).toMatchObject([
      { stream: office.streams.odense, party: null, because: 'case-number' },
    ])
  })

  it('suggests nothing when nothing is known of it', async () => {
    await fresh({ from: consultant })
    expect((await office.inbox())[0]?.homes).toEqual([])
    await office.until('2015-03-03')
    expect(await remindersTo()).toEqual(['reminder-1@2015-03-03'])
  })

  it('holds nobody back when a machine wrote it', async () => {
    await fresh({ subject: 'Automatisk svar: Vores tal', headers: { 'Auto-Submitted': 'auto-replied' } })
    expect((await office.inbox())[0]).toMatchObject({ reason: 'automatic', homes: [] })
    expect(await undecided()).toBe(0)
  })
})

describe('nobody is reminded while a mail that may be theirs is undecided', () => {
  it('until it is dismissed; then five working days later, as the record’s deadlines say', async () => {
    await fresh()
    await office.until('2015-03-03')
    await office.until('2015-03-17')
    expect(await remindersTo()).toEqual([])
    expect(await dismiss()).toBe('committed')
    expect(await undecided()).toBe(0)
    await office.until('2015-03-18')
    expect(await remindersTo()).toEqual([])
    await office.until('2015-03-24')
    expect(await remindersTo()).toEqual(['reminder-1@2015-03-24'])
    expect(await remindersTo(office.streams.odense)).not.toEqual([])
  })

  it('and its wait is completed when the mail comes, as the plan is another', async () => {
    const { ports, streams } = office
    ports.workflows.issueToken('token')
    await ports.waits.put(streams.svendborg, { kind: 'reply', expects: 'until the due date', token: 'token' })
    await fresh()
    expect(await ports.waits.list(streams.svendborg)).toEqual([])
  })

  it('also when tokens of two municipalities contradict each other', async () => {
    const { request, odenseRequest, streams } = office
    await office.reply(
      { text: complete, subject: `SV: [#${odenseRequest.token}]` },
      { recipients: [request.address] },
    )
    expect((await office.inbox())[0]?.reason).toBe('several-requests')
    expect([await undecided(), await undecided(streams.odense), await undecided(streams.other)]).toEqual([
      1, 1, 0,
    ])
  })
})

describe('a mail that a person places', () => {
  it('counts from then on, gets its receipt at the registered contact, and lets the other case go on', async () => {
    await fresh({ from: consultant, subject: 'Vedr. 2015-0479 og 2015-0480' })
    const before = office.ports.mail.sent.length
    expect(await place(office.streams.svendborg)).toBe('committed')
    expect(await office.figures()).toMatchObject({ M2: '24.5', 'M1 i alt': '134' })
    expect([await undecided(), await undecided(office.streams.other)]).toEqual([0, 0])
    const sent = office.ports.mail.sent.slice(before)
    expect(sent.map(({ to }) => to.includes(mette))).toEqual([true])
    expect(sent[0]?.to).not.toContain(consultant)
    const receipt = await office.ports.mime.parse(sent[0]!.raw)
    expect(words(receipt)).toContain('Tak')
    expect((await office.state()).mails.at(-1)).toMatchObject({
      standing: 'counts',
      reason: 'unknown-address',
      contactId: null,
    })
  })

  it('waits for the contact’s OK when it is placed as provisional', async () => {
    await fresh({ from: consultant, subject: 'Vedr. 2015-0479' })
    await place(office.streams.svendborg, 'provisional')
    expect(await office.figures()).toEqual({})
    await office.reply({ text: 'OK' })
    expect(await office.figures()).toMatchObject({ M2: '24.5' })
  })

  it('may be placed in a case that nobody thought of', async () => {
    await fresh()
    await place(office.streams.odense, 'counts', '461')
    expect(await office.figures(office.streams.odense)).toMatchObject({ M2: '24.5' })
    expect([await undecided(), await undecided(office.streams.other)]).toEqual([0, 0])
    expect(await office.figures()).toEqual({})
  })

  it('has its wish for more time decided, and its wish to renegotiate raised', async () => {
    await fresh({
      from: mainMailbox,
      subject: 'Vedr. 2015-0479',
      text: 'M2: 24,5\nUdsættelse til: 13. marts 2015\nGenforhandling: ja, FS2, der kom flere end forudsat',
    })
    await place(office.streams.svendborg)
    expect((await office.state()).extensions).toMatchObject([{ until: '2015-03-13', decided: null }])
    expect((await office.state()).wishes).toHaveLength(1)
    expect((await office.ports.listEntries.list('renegotiations')).map(({ stream }) => stream)).toEqual([
      'RENEGOTIATION#svendborg-rk#1',
    ])
  })

  it('with citizens’ data is set aside unread in its case', async () => {
    await fresh({ text: `${complete}\n\nDet gælder 010190-1234.` })
    expect((await office.inbox())[0]?.reason).toBe('citizen-data')
    await place(office.streams.svendborg)
    expect((await office.state()).mails.at(-1)?.standing).toBe('set-aside')
    expect(await office.figures()).toEqual({})
  })

  it('is taken once, however often it is decided or delivered', async () => {
    await fresh()
    await place(office.streams.svendborg)
    expect(await place(office.streams.other)).toBe('repeated')
    const mails = (await office.state()).mails.length
    const letters = office.ports.mail.sent.length
    await settleInboxMail(office.ports, inbox, await onlyKey())
    expect((await office.state()).mails).toHaveLength(mails)
    expect(office.ports.mail.sent).toHaveLength(letters)
  })
})

describe('a crash', () => {
  it('between filing and telling the cases is taken up when the mail is handed in again', async () => {
    const raw = await compose({
      subject: 'Vores tal',
      text: complete,
      messageId: '<once@svendborg-kommune.example>',
    })
    const { ports } = office
    const append = ports.streams.append
    ports.streams.append = (stream, commit) =>
      streamKind(stream) === 'review' ? Promise.reject(new Error('the power fails')) : append(stream, commit)
    const envelope = { recipients: ['svar@svar.ministeriet.example'] }
    await expect(office.receive(raw, envelope)).rejects.toThrow('the power fails')
    ports.streams.append = append
    expect([(await office.inbox()).length, await undecided()]).toEqual([1, 0])
    await office.receive(raw, envelope)
    expect([(await office.inbox()).length, await undecided()]).toEqual([1, 1])
  })

  it('between a decision and its acts is taken up by reconcile', async () => {
    await fresh()
    await expect(place(office.streams.svendborg, 'counts', '479', false)).rejects.toThrow('the power fails')
    expect(await office.figures()).toEqual({})
    expect(await undecided()).toBe(1)
    const { done } = await makeReconcile(office.ports)({ sweep: false })
    expect(done).toHaveLength(1)
    expect(await office.figures()).toMatchObject({ M2: '24.5' })
    expect([await undecided(), await undecided(office.streams.other)]).toEqual([0, 0])
  })

  it('that delays a note past the decision holds nothing back', async () => {
    await fresh()
    const { ports } = office
    const key = await onlyKey()
    const streams = ports.streams.load
    // Read before the decision, written after it.
    const stale = await ports.streams.load(inbox)
    await dismiss()
    ports.streams.load = (stream) => (stream === inbox ? Promise.resolve(stale) : streams(stream))
    await settleInboxMail(ports, inbox, key)
    ports.streams.load = streams
    expect(await undecided()).toBe(0)
  })
})

describe('who may decide', () => {
  it('is a caseworker or approver who is not barred, with a reason, once', async () => {
    await fresh()
    const { state } = await loadCase(office.ports, inboxCase, inbox)
    const mailKey = await onlyKey()
    const kindOf = (who: Decider, reason = 'grund'): string => {
      const decision = inboxCommands.decide(state, { do: 'dismiss-mail', mailKey, reason }, who, '', {
        likelyParties: ['479'],
      })
      return decision.ok ? 'ok' : decision.refusal.kind
    }
    expect(kindOf({ ...sofie, roles: ['auditor'] })).toBe('role')
    expect(kindOf({ ...sofie, barredFrom: ['479'] })).toBe('barred')
    expect(kindOf(sofie, ' ')).toBe('reason')
    expect(kindOf(sofie)).toBe('ok')
    expect(await place(office.streams.svendborg, 'counts', '461')).toBe('refused')
  })
})
