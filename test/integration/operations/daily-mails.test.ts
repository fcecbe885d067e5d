import { describe, expect, it } from 'vitest'
import { makeMimeParser } from '../../../functions/adapters/mime.ts'
import type { AgreementContent } from '../../../functions/domain/agreement/content.ts'
import { inbox, type InboxEvent } from '../../../functions/domain/inbox/inbox.ts'
import { raise } from '../../../functions/domain/renegotiation/decide/machine.ts'
import { accept } from '../../../functions/domain/base/stream.ts'
import { inboxStream, renegotiationStream } from '../../../functions/domain/base/stream-id.ts'
import { agreementIdSchema } from '../../../functions/domain/base/values.ts'
import { inboxCase, renegotiationCase } from '../../../functions/handlers/streams/cases.ts'
import { perform } from '../../../functions/handlers/record/perform.ts'
import { makeReconcile } from '../../../functions/handlers/schedules/reconcile.ts'
import { makeMailsOfDay, makeSendDailyMails } from '../../../functions/handlers/schedules/send-daily-mails.ts'
import { SendRefused, SendUncertain } from '../../../functions/ports/mail.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { makeDraft, openReview, receiveFigures, writeEvents } from '../console/review-record.ts'
import { ground } from '../../unit/renegotiation/machine.ts'
import { openYear, writeRun } from '../console/year-record.ts'
import { openPorts, outside, type WorldPorts } from '../../support/world.ts'

const { agreement } = svendborg
const actor = { by: 'system', name: 'test' } as const

/** The mails sent so far: to whom, subject, text. */
const mailsOf = (ports: WorldPorts) =>
  Promise.all(
    ports.mail.sent.map(async ({ raw, to, from }) => {
      const { subject, text } = await makeMimeParser().parse(raw)
      return { to: to.join(), from, subject, text: text ?? '' }
    }),
  )

const recommended = async (ports: WorldPorts): Promise<void> => {
  ports.clock.set('2015-02-10T10:00:00.000Z')
  await openReview(ports, agreement)
  await receiveFigures(ports, agreement)
  ports.clock.set('2015-03-10T08:00:00.000Z')
  const subject = await makeDraft(ports, agreement)
  await writeEvents(ports, agreement, {
    type: 'Recommended',
    v: 1,
    subject,
    by: 'sofie',
    changes: [],
    externalFactors: [],
    private: { text: 'Som beregnet.' },
  })
}

const raiseFor = (ports: WorldPorts, content: AgreementContent) =>
  perform(ports, renegotiationCase, renegotiationStream(content.id, 1), {
    id: `raise/${content.id}`,
    actor,
    decide: (state) =>
      raise(state, {
        agreement: content.id,
        seq: 1,
        year: 2014,
        version: 1,
        content,
        signedOn: '2012-11-12',
        parties: content.parties.map(({ municipality, role }) => ({ municipality, role })),
        ground: ground('kommunekvoter-2015/FS1'),
        text: '',
      }),
  })

describe('the daily mails', () => {
  it('say nothing when nothing waits', async () => {
    const ports = await openPorts('2015-03-11T06:30:00.000Z')
    expect(await makeSendDailyMails(ports)({})).toEqual({ sent: 0 })
    expect(ports.mail.sent).toEqual([])
  })

  it('say nothing before the first agreement, when there may be nobody to say it to', async () => {
    const ports = outside('2015-03-11T06:30:00.000Z')
    expect(await makeSendDailyMails(ports)({})).toEqual({ sent: 0 })
  })

  it('ask the approver for the release from ten working days before, and the deputy from the request day', async () => {
    const ports = await openPorts('2014-12-01T08:00:00.000Z')
    await openYear(ports, [agreement.id])
    const send = makeSendDailyMails(ports)

    ports.clock.set('2014-12-29T06:30:00.000Z')
    expect(await send({})).toEqual({ sent: 0 })

    ports.clock.set('2014-12-30T06:30:00.000Z')
    await send({})
    expect(await mailsOf(ports)).toMatchObject([
      {
        to: 'anders@ministeriet.example',
        from: 'aarshjul@ministeriet.example',
        subject: 'Udsendelsen af anmodningerne for 2014 venter på din frigivelse',
        text: expect.stringContaining('0 er klar, 1 mangler noget:\n\n- Svendborg: ingen kontakt'),
      },
    ])

    ports.clock.set('2015-01-15T06:30:00.000Z')
    await send({})
    expect((await mailsOf(ports)).slice(1).map(({ to }) => to)).toEqual([
      'anders@ministeriet.example',
      'birgit@ministeriet.example',
    ])
  })

  it('go out once per person, day and kind, and not on holidays', async () => {
    const ports = await openPorts('2014-12-01T08:00:00.000Z')
    await openYear(ports, [agreement.id])
    const send = makeSendDailyMails(ports)
    ports.clock.set('2015-01-01T06:30:00.000Z')
    expect(await send({})).toEqual({ sent: 0 })

    ports.clock.set('2015-01-02T06:30:00.000Z')
    await Promise.allSettled([send({}), send({})])
    await send({})
    expect(ports.mail.sent).toHaveLength(1)
    ports.clock.set('2015-01-05T06:30:00.000Z')
    await send({})
    await send({})

    expect(ports.mail.sent).toHaveLength(2)
  })

  it('tell the approver what is recommended, and the deputy from five working days', async () => {
    const ports = await openPorts('2014-12-01T08:00:00.000Z')
    await openYear(ports, [agreement.id])
    await writeRun(ports, { type: 'Released', agreements: [agreement.id], by: 'anders' })
    await recommended(ports)
    const send = makeSendDailyMails(ports)

    ports.clock.set('2015-03-11T06:30:00.000Z')
    await send({})
    const sent = await mailsOf(ports)
    // The caseworker has the ministry's own promises to answer for.
    expect(sent.map(({ to }) => to)).toEqual(['sofie@ministeriet.example', 'anders@ministeriet.example'])
    const first = sent.find(({ to }) => to === 'anders@ministeriet.example')
    expect(first).toMatchObject({
      subject: '1 sag venter på din stillingtagen (11. marts 2015)',
    })
    expect(first?.text.replaceAll(/\s+/g, ' ')).toContain(
      'Svendborg · bedømmelse af 2014 · indstilling: mål 1',
    )
    expect(first?.text).toContain('http://konsol.example/')

    const before = ports.mail.sent.length
    ports.clock.set('2015-03-17T06:30:00.000Z')
    await send({})
    const later = (await mailsOf(ports)).slice(before)
    expect(later.map(({ to, subject }) => `${to.split('@')[0]}: ${subject}`)).toEqual([
      'sofie: 1 sag venter på din stillingtagen (17. marts 2015)',
      'anders: 1 sag venter på din stillingtagen (17. marts 2015)',
      'birgit: 1 sag venter på din stillingtagen (17. marts 2015)',
      'sofie: 1 sag har ventet på sagsbehandling',
      'birgit: 1 sag har ventet på godkendelse',
    ])
  })

  it('put the questions of one observation on one line', async () => {
    const ports = await openPorts('2015-03-27T09:00:00.000Z')
    await raiseFor(ports, agreement)
    await raiseFor(ports, { ...agreement, id: agreementIdSchema.parse('odense-rk') })
    ports.clock.set('2015-03-30T05:30:00.000Z')

    await makeSendDailyMails(ports)({})

    const [mail] = await mailsOf(ports)
    expect(mail?.to).toBe('anders@ministeriet.example')
    expect(mail?.text).toContain('2 aftaler, én samlet stillingtagen')

    ports.clock.set('2015-04-01T05:30:00.000Z')
    await makeSendDailyMails(ports)({})
    const late = (await mailsOf(ports)).find(({ subject }) => subject === '1 sag har ventet på godkendelse')
    expect(late?.text).toContain('2 aftaler · 3 arbejdsdage')
  })

  it('tell caseworkers of held mail every morning, and apart when it is untouched for two working days', async () => {
    const ports = await openPorts('2015-02-06T13:00:00.000Z')
    const held = inbox.eventSchema.parse({
      type: 'InboxMailHeld',
      v: 1,
      mailKey: 'mail-1',
      rawSha256: 'a'.repeat(64),
      receivedAt: '2015-02-06T13:00:00.000Z',
      reason: 'unknown-address',
      likely: [],
      private: { from: 'nogen@example.example', subject: 'Tal', error: '' },
    })
    await perform(ports, inboxCase, inboxStream('2015-02-06T13:00:00.000Z'), {
      id: 'held',
      actor,
      decide: () => accept<InboxEvent>(held),
    })
    const send = makeSendDailyMails(ports)

    ports.clock.set('2015-02-09T06:30:00.000Z')
    await send({})
    ports.clock.set('2015-02-10T06:30:00.000Z')
    await send({})

    expect((await mailsOf(ports)).map(({ to, subject }) => `${to.split('@')[0]}: ${subject}`)).toEqual([
      'sofie: 1 sag venter på din stillingtagen (9. februar 2015)',
      'sofie: 1 sag venter på din stillingtagen (10. februar 2015)',
      'sofie: 1 tilbageholdt mail er ikke set på i to arbejdsdage',
    ])
  })

  it('are owed to their day: what was not answered goes an hour later, with the same MIME, by reconcile', async () => {
    const ports = await openPorts('2014-12-01T08:00:00.000Z')
    await openYear(ports, [agreement.id])
    const reconcile = () => makeReconcile(ports, { SendDailyMails: makeMailsOfDay(ports) })({ sweep: false })
    const owed = 'schedule/SendDailyMails/2015-01-05'
    ports.clock.set('2015-01-05T06:30:00.000Z')
    ports.mail.failNext({ error: new SendUncertain('no answer'), sentNevertheless: false })
    expect(await makeSendDailyMails(ports)({ scheduledAt: '2015-01-05T06:30:00Z' })).toEqual({ left: [owed] })
    ports.clock.set('2015-01-05T06:45:00.000Z')
    expect(await reconcile()).toMatchObject({ left: [owed] })
    expect(ports.mail.sent).toEqual([])

    ports.clock.set('2015-01-05T07:31:00.000Z')
    expect(await reconcile()).toMatchObject({ done: [owed], left: [] })
    expect(await reconcile()).toMatchObject({ done: [], left: [] })

    expect(ports.mail.sent).toHaveLength(1)
    expect(Buffer.from(ports.mail.sent[0]?.raw ?? []).toString()).toContain('06:30:00')
  })

  it('are those of the day they are owed to, on a later day too, beside those of that day', async () => {
    const ports = await openPorts('2014-12-01T08:00:00.000Z')
    await openYear(ports, [agreement.id])
    ports.clock.set('2015-01-05T06:30:00.000Z')
    ports.mail.failNext({ error: new SendUncertain('no answer'), sentNevertheless: false })
    await makeSendDailyMails(ports)({ scheduledAt: '2015-01-05T06:30:00Z' })

    ports.clock.set('2015-01-06T06:30:00.000Z')
    await makeSendDailyMails(ports)({ scheduledAt: '2015-01-06T06:30:00Z' })
    await makeReconcile(ports, { SendDailyMails: makeMailsOfDay(ports) })({ sweep: false })

    const dates = ports.mail.sent.map(({ raw }) => /^Date: (.*)$/m.exec(Buffer.from(raw).toString())?.[1])
    expect(dates.map((date) => new Date(date ?? '').toISOString())).toEqual([
      '2015-01-06T06:30:00.000Z',
      '2015-01-05T06:30:00.000Z',
    ])
  })

  it('fail aloud, and are owed still, when something but time is missing', async () => {
    const ports = await openPorts('2014-12-01T08:00:00.000Z')
    await openYear(ports, [agreement.id])
    ports.clock.set('2015-01-05T06:30:00.000Z')
    ports.mail.failNext({ error: new SendRefused('not verified'), sentNevertheless: false })

    await expect(makeSendDailyMails(ports)({})).rejects.toThrow('1 daily mails have not gone')
    expect(await ports.outbox.list()).toMatchObject([{ commandId: 'schedule/SendDailyMails/2015-01-05' }])
  })
})
