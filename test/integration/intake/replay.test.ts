import { beforeEach, describe, expect, it } from 'vitest'
import { makeReplayMail, type Replayed } from '../../../functions/handlers/operator/replay-mail.ts'
import { readerVersion } from '../../../functions/intake/read-reply.ts'
import { complete, jonas, mette } from './compose-mail.ts'
import { openPostOffice, words, type PostOffice } from './post-office.ts'
import { misreading, wholeRecord, withWorseReader } from './worse-reader.ts'

let office: PostOffice
beforeEach(async () => {
  office = await openPostOffice()
})

const replay = (apply = false, of: { since?: string; mail?: string; by?: string } = {}): Promise<Replayed> =>
  makeReplayMail(office.ports)({
    since: of.since ?? null,
    mail: of.mail ?? null,
    apply,
    by: of.by ?? 'drift',
    after: null,
  })

/** Every letter sent since, parsed: kind is in its words. */
const sentSince = async (count: number) =>
  Promise.all(office.ports.mail.sent.slice(count).map(async (sent) => office.ports.mime.parse(sent.raw)))

const mails = async () => (await office.state()).mails

describe('stored mail read again', () => {
  it('says the same where the reader is the same, whatever was sent and taken in since', async () => {
    await office.reply({ text: complete })
    await office.reply({ text: 'M1 heraf: 62' })
    await office.reply({ text: 'M2: 25 uger', from: jonas, fromName: 'Jonas Prøve' })
    await office.reply({ text: 'OK' })
    await office.reply({
      text: 'Jeg er på ferie til den 1. marts.',
      headers: { 'auto-submitted': 'auto-replied' },
    })
    await office.reply({ text: 'M1 heraf: 7' }, { verdicts: { dmarc: 'FAIL' } })
    const { mails: replayed, reader, next } = await replay()
    expect({ reader, next }).toEqual({ reader: readerVersion, next: null })
    expect(replayed.map(({ outcome }) => outcome)).toEqual(replayed.map(() => 'same'))
    expect(replayed).toHaveLength(6)
  })

  it('shows what would change before it changes it: nothing is written, to the last byte', async () => {
    await withWorseReader(office, misreading('M1 heraf: 61', 'M1 heraf: 16'), () =>
      office.reply({ text: complete }),
    )
    const before = await wholeRecord(office)
    const { mails: replayed } = await replay()
    expect(await wholeRecord(office)).toBe(before)
    expect(replayed).toMatchObject([
      {
        stream: office.streams.svendborg,
        outcome: 'would-change',
        contact: (await mails())[0]?.contactId,
        changes: [{ key: 'M1 heraf', is: 'changed', before: '16', after: '61' }],
        tells: true,
      },
    ])
    expect(replayed[0]?.same).toEqual(['M1 i alt', 'M2', 'M3', 'FS2', 'H1 udgift', 'Formidling'])
    expect(JSON.stringify(replayed)).not.toContain('@')
    expect(JSON.stringify(replayed)).not.toContain('Erfaringsbasen')
  })

  it('enters what it says now as a fact of its own, keeps what it said, and tells the contact once', async () => {
    await withWorseReader(office, misreading('M1 heraf: 61', 'M1 heraf: 16'), () =>
      office.reply({ text: complete }),
    )
    const sent = office.ports.mail.sent.length
    const { mails: replayed } = await replay(true, { by: 'Sofie Eksempel' })
    expect(replayed).toMatchObject([{ outcome: 'changed', tells: true }])
    expect(await office.figures()).toMatchObject({ 'M1 heraf': '61', 'M1 i alt': '134' })
    const [mail] = await mails()
    expect(mail?.rereads).toMatchObject([
      { by: 'Sofie Eksempel', outcome: 'applied', after: { reader: readerVersion } },
    ])
    expect(mail?.rereads[0]?.before.values).toContainEqual(
      expect.objectContaining({ key: 'M1 heraf', value: { is: 'number', value: '16' } }),
    )
    const commits = await office.ports.streams.load(office.streams.svendborg)
    expect(commits.flatMap(({ events }) => events.map(({ type }) => type))).toContain('MailReread')
    const [told, ...rest] = await sentSince(sent)
    expect(rest).toEqual([])
    expect(told?.to.map(({ address }) => address)).toEqual([mette])
    expect(told === undefined ? '' : words(told)).toContain(
      'Vi har læst jeres mail igen og rettet det, vi læste forkert.',
    )
    expect(told === undefined ? '' : words(told)).toContain('61 (før: 16)')

    const after = await wholeRecord(office)
    expect((await replay(true)).mails).toMatchObject([{ outcome: 'same' }])
    expect(await wholeRecord(office)).toBe(after)
  })

  it('leaves a figure that another mail has corrected since, and tells nobody', async () => {
    await withWorseReader(office, misreading('M1 heraf: 61', 'M1 heraf: 16'), () =>
      office.reply({ text: complete }),
    )
    await office.reply({ text: 'M1 heraf: 60' })
    const sent = office.ports.mail.sent.length
    expect((await replay(true)).mails.map(({ outcome, tells }) => [outcome, tells])).toEqual([
      ['changed', false],
      ['same', false],
    ])
    expect(await office.figures()).toMatchObject({ 'M1 heraf': '60' })
    expect(await sentSince(sent)).toEqual([])
  })

  it('lets a figure the mail never held fall back to what stood before it', async () => {
    await office.reply({ text: complete })
    await withWorseReader(office, misreading('Tak for snakken i går\n\n', 'M1 heraf: 16\nM2: 9\n'), () =>
      office.reply({ text: 'Tak for snakken i går\n\nH1 udgift: 410.000 kr.' }),
    )
    expect(await office.figures()).toMatchObject({ 'M1 heraf': '16', M2: '9' })
    const { mails: replayed } = await replay(true)
    expect(replayed[1]?.changes).toMatchObject([
      { key: 'M1 heraf', is: 'gone', before: '16', after: null },
      { key: 'M2', is: 'gone', before: '9', after: null },
    ])
    expect(await office.figures()).toMatchObject({ 'M1 heraf': '61', M2: '24.5', 'H1 udgift': '410000' })
  })

  it('counts what was lost, and asks no more what was no doubt', async () => {
    await withWorseReader(
      office,
      (message) => misreading('M2: 24,5', 'M2: ca. 24')(misreading('FS2: 62', '')(message)),
      () => office.reply({ text: complete }),
    )
    expect((await office.state()).parties[0]?.doubts).toMatchObject([{ key: 'M2', kind: 'hedged' }])
    expect((await replay(true)).mails).toMatchObject([
      {
        changes: [
          { key: 'M2', is: 'added', after: '24.5' },
          { key: 'FS2', is: 'added', after: '62' },
        ],
        doubtsGone: ['M2 hedged'],
      },
    ])
    const [party] = (await office.state()).parties
    expect(party?.doubts).toEqual([])
    expect(await office.figures()).toMatchObject({ M2: '24.5', FS2: '62' })
  })

  it('a mail whose From was misread is judged by the verdicts kept with it', async () => {
    const misread = (message: Parameters<Parameters<typeof withWorseReader>[1]>[0]) => ({
      ...message,
      from: [{ name: '', address: 'metteproeve@svendborg-kommune' }],
    })
    await withWorseReader(office, misread, () => office.reply({ text: complete }))
    await withWorseReader(office, misread, () =>
      office.reply({ text: complete.replace('61', '62') }, { verdicts: { dmarc: 'FAIL' } }),
    )
    expect((await mails()).map(({ standing }) => standing)).toEqual(['held', 'held'])
    expect((await replay(true)).mails.map(({ after }) => after?.standing)).toEqual(['counts', 'held'])
    expect((await mails()).map(({ standing, reason }) => [standing, reason])).toEqual([
      ['counts', ''],
      ['held', 'not-authenticated'],
    ])
    expect(await office.figures()).toMatchObject({ 'M1 heraf': '61' })
  })

  it('what a person or the contact’s OK decided stands, with the figures it is read as now', async () => {
    await withWorseReader(office, misreading('M1 heraf: 61', 'M1 heraf: 16'), () =>
      office.reply({ text: complete, from: 'konsulent@raadgivning.example' }),
    )
    const [held] = await mails()
    await office.decide({
      do: 'decide-held-mail',
      mailKey: held!.mailKey,
      as: 'counts',
      reason: 'deres rådgiver',
    })
    await replay(true)
    expect(await mails()).toMatchObject([{ standing: 'counts', releasedAt: expect.any(String) }])
    expect(await office.figures()).toMatchObject({ 'M1 heraf': '61' })
    const after = await wholeRecord(office)
    await replay(true)
    expect(await wholeRecord(office)).toBe(after)
  })

  it('a mail that was found not to be theirs stays so', async () => {
    await withWorseReader(office, misreading('M1 heraf: 61', 'M1 heraf: 16'), () =>
      office.reply({ text: complete, from: 'konsulent@raadgivning.example' }),
    )
    const [held] = await mails()
    await office.decide({
      do: 'decide-held-mail',
      mailKey: held!.mailKey,
      as: 'rejected',
      reason: 'ikke deres',
    })
    const before = await wholeRecord(office)
    expect((await replay(true)).mails).toMatchObject([{ outcome: 'left', because: 'rejected' }])
    expect(await wholeRecord(office)).toBe(before)
  })

  it('takes one mail by its key or its hash, or those since an instant', async () => {
    await office.reply({ text: complete })
    await office.reply({ text: 'M1 heraf: 60' })
    const [first, second] = await mails()
    expect((await replay(false, { mail: first!.mailKey })).mails).toMatchObject([{ mailKey: first!.mailKey }])
    expect((await replay(false, { mail: second!.rawSha256.slice(0, 12) })).mails).toMatchObject([
      { mailKey: second!.mailKey },
    ])
    expect((await replay(false, { since: second!.receivedAt })).mails).toHaveLength(1)
    expect((await replay(false, { mail: '0'.repeat(64) })).mails).toEqual([])
  })
})

describe('a mail that could not be read at all', () => {
  const broken = () => {
    throw new Error('the parser gives up')
  }

  it('goes into the case it names once it can be read, and is answered as any mail', async () => {
    await withWorseReader(office, broken, () => office.reply({ text: complete }))
    expect(await office.inbox()).toMatchObject([{ reason: 'unreadable', decision: null }])
    const before = await wholeRecord(office)
    expect((await replay()).mails).toMatchObject([
      { outcome: 'would-change', after: { standing: `to ${office.streams.svendborg}` } },
    ])
    expect(await wholeRecord(office)).toBe(before)

    const sent = office.ports.mail.sent.length
    const { mails: replayed } = await replay(true)
    expect(replayed.map(({ outcome }) => outcome)).toEqual(['changed', 'same'])
    expect(await office.figures()).toMatchObject({ 'M1 heraf': '61' })
    expect(await office.inbox()).toMatchObject([
      { decision: 'placed', found: { stream: office.streams.svendborg, party: '479' } },
    ])
    expect((await sentSince(sent)).map((message) => words(message))).toEqual([
      expect.stringContaining('Sådan har vi læst jeres svar:'),
    ])
    const after = await wholeRecord(office)
    expect((await replay(true)).mails).toMatchObject([{ outcome: 'same' }])
    expect(await wholeRecord(office)).toBe(after)
  })

  it('is held there, unanswered, where nobody vouches for its sender', async () => {
    await withWorseReader(office, broken, () =>
      office.reply({ text: complete }, { verdicts: { dmarc: 'FAIL', virus: 'FAIL' } }),
    )
    const sent = office.ports.mail.sent.length
    await replay(true)
    expect(await mails()).toMatchObject([{ standing: 'held', reason: 'virus' }])
    expect(await office.figures()).toEqual({})
    expect(await sentSince(sent)).toEqual([])
  })

  it('waits in the inbox with its likely homes where it names no case', async () => {
    await withWorseReader(office, broken, () =>
      office.reply(
        {
          subject: 'Vores tal',
          text: complete,
          to: 'svar@svar.ministeriet.example',
          inReplyTo: '<x@y.example>',
          references: [],
        },
        { recipients: ['svar@svar.ministeriet.example'] },
      ),
    )
    expect((await replay(true)).mails).toMatchObject([
      { outcome: 'changed', after: { reason: 'no-request' } },
    ])
    expect(await office.inbox()).toMatchObject([{ reason: 'no-request', decision: null }])
    expect((await office.state()).unplaced).toHaveLength(1)
    const after = await wholeRecord(office)
    expect((await replay(true)).mails).toMatchObject([{ outcome: 'same' }])
    expect(await wholeRecord(office)).toBe(after)
  })

  it('stays where it is while the reader still gives up', async () => {
    await withWorseReader(office, broken, async () => {
      await office.reply({ text: complete })
      const before = await wholeRecord(office)
      expect((await replay(true)).mails).toMatchObject([{ outcome: 'unreadable' }])
      expect(await wholeRecord(office)).toBe(before)
    })
  })
})
