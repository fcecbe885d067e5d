import { beforeEach, describe, expect, test } from 'vitest'
import { municipalities } from '../../../functions/domain/directory/municipalities.ts'
import { makeSendExperiences } from '../../../functions/handlers/schedules/send-experiences.ts'
import {
  LetterNotRecorded,
  makeTakeDeliveryEvent,
} from '../../../functions/handlers/letters/take-delivery-event.ts'
import { SendRefused, SendUncertain } from '../../../functions/ports/mail.ts'
import { makeSpreadsheetReader } from '../../../functions/adapters/spreadsheet-reader.ts'
import { experiencesView } from '../../../functions/handlers/console/experiences-page-input.ts'
import { inboxStream } from '../../../functions/domain/base/stream-id.ts'
import { inboxCase, reviewCase } from '../../../functions/handlers/streams/cases.ts'
import { makeTakeInMail } from '../../../functions/handlers/intake/take-in-mail.ts'
import { loadCase } from '../../../functions/handlers/record/perform.ts'
import { makeSendDailyMails } from '../../../functions/handlers/schedules/send-daily-mails.ts'
import { directory } from '../../support/ministry.ts'
import { assessAgain, freeze, review, startedYear, type StartedYear } from './svendborg-year.ts'
import { publish, tell } from './told-experiences.ts'
import { tasksInWords } from '../../support/tasks-in-words.ts'

const card = 'Mentorer fra virksomhederne fik flere i job.'
const nine = '2015-09-02T07:00:00.000Z'
const meta = {
  seq: 1,
  at: '2015-03-26T08:00:00.000Z',
  actor: { by: 'system', name: 'test' },
  commandId: 'head',
} as const
const mailboxOf = (code: string): string => `post-${code}@kommune.example`
const shares = { Erfaring: 'Mentorer virker.', 'Erfaring må deles': 'ja' }

let year: StartedYear
beforeEach(async () => {
  year = await startedYear()
  await year.ports.directory.write({
    ...directory,
    mainMailboxes: municipalities.map(({ code }) => ({ municipality: code, email: mailboxOf(code) })),
  })
  await tell(year, 'experience-1', shares)
  await year.decide(publish(card), 'sofie', 'caseworker')
})

const letter = async () => (await experiencesView(year.ports, 2014))?.letter ?? null
const release = async (who = 'anders') =>
  year.decide(
    { do: 'release-experiences', subject: (await letter())?.subject ?? 'f'.repeat(64) },
    who,
    'approver',
  )
const sendAt = (at: string, ports: Parameters<typeof makeSendExperiences>[0] = year.ports) => {
  year.ports.clock.set(at)
  return makeSendExperiences(ports)({})
}
const addressees = () => year.ports.mail.sent.map(({ to }) => to.join())

/** What waits of the year itself, beside its reviews. */
const ofTheYear = async () => (await tasksInWords(year.ports)).filter(({ agreement }) => agreement === null)

describe('L16, the experiences to every municipality', () => {
  test('once the report is frozen and another person has released them: at 9.00, to all 98, each once', async () => {
    expect(await release()).toMatchObject({ refusal: { kind: 'not-frozen' } })
    await freeze(year)
    expect(await sendAt(nine)).toEqual({ sent: 0 })
    expect((await ofTheYear()).map(({ kind, roles }) => [kind, roles])).toEqual([
      ['experience-letter', ['approver']],
    ])
    expect(await release()).toEqual({ outcome: 'done' })
    expect(await ofTheYear()).toEqual([])
    // After the hour of the day it is released on: the next working day's.
    expect(await sendAt('2015-09-02T09:00:00.000Z')).toEqual({ sent: 0 })
    expect(await sendAt('2015-09-05T07:00:00.000Z')).toEqual({ sent: 0 })
    expect(await sendAt('2015-09-07T07:00:00.000Z')).toEqual({ sent: 98 })
    expect(await sendAt('2015-09-08T07:00:00.000Z')).toEqual({ sent: 0 })

    const svendborgs = 'post@svendborg-kommune.example'
    expect(addressees().toSorted()).toEqual(
      municipalities.map(({ code }) => (code === '479' ? svendborgs : mailboxOf(code))).toSorted(),
    )
    const mail = await year.ports.mime.parse(year.ports.mail.sent[0]!.raw)
    expect(mail.subject).toBe('Samlet afrapportering for 2014: erfaringer fra årets aftaler')
    const text = (mail.text ?? '').replaceAll(/\s+/g, ' ')
    expect(text).toContain('7. september 2015 Til Københavns Kommune')
    expect(text).toContain('Her er én erfaring fra årets aftaler, ordnet efter tema.')
    expect(text).toContain(`Arbejde Svendborg Kommune: ${card}`)
    expect(mail.text).not.toMatch(/Sagsnr|Svarnr|\[#/)
    const { letters } = await year.state()
    expect(letters).toHaveLength(98)
    expect(new Set(letters.map(({ order }) => order.party)).size).toBe(98)
    expect(letters[0]).toMatchObject({ datedOn: '2015-09-07', order: { kind: 'experiences', seq: 1 } })
    expect(await letter()).toMatchObject({ sent: 98, left: 0, bounced: [], withoutMailbox: [] })
  })

  test('whoever published a card does not release the letter; nor does a caseworker, nor on older cards', async () => {
    await freeze(year)
    expect(await release('sofie')).toMatchObject({ refusal: { kind: 'same-person' } })
    const { subject } = (await letter())!
    const command = { do: 'release-experiences', subject } as const
    expect(await year.decide(command, 'karl', 'caseworker')).toMatchObject({ refusal: { kind: 'role' } })
    const older = { ...command, subject: 'f'.repeat(64) }
    expect(await year.decide(older, 'anders', 'approver')).toMatchObject({ refusal: { kind: 'superseded' } })
  })

  test('the daily mails tell a caseworker of what is offered, then an approver of the letter', async () => {
    await tell(year, 'experience-2', { ...shares, Erfaring: 'Noget andet virker.' })
    await year.ports.listEntries.put({
      stream: review,
      version: 1,
      hash: '',
      ...reviewCase.listEntry((await loadCase(year.ports, reviewCase, review)).state, review, meta),
    })
    const told = async (at: string, to: string) => {
      year.ports.clock.set(at)
      const before = year.ports.mail.sent.length
      await makeSendDailyMails(year.ports)({})
      const own = year.ports.mail.sent
        .slice(before)
        .filter((mail) => mail.to.includes(`${to}@ministeriet.example`) || mail.to.join().startsWith(to))
      return (await Promise.all(own.map(({ raw }) => year.ports.mime.parse(raw)))).map(({ text }) =>
        (text ?? '').replaceAll(/\s+/g, ' '),
      )
    }
    expect((await told('2015-03-31T05:30:00.000Z', 'sofie')).join()).toContain(
      'Året 2014 · 1 erfaring fra 2014 skal udgives eller udelades',
    )
    await year.decide(publish(card, 'experience-2'), 'sofie', 'caseworker')
    await freeze(year)
    expect((await told('2015-09-02T05:30:00.000Z', 'anders')).join()).toContain(
      'Året 2014 · brevet til alle kommuner med 1 erfaring fra 2014 venter på frigivelse',
    )
  })

  test('an experience that waits for a caseworker keeps the letter back, so that it goes once', async () => {
    await freeze(year)
    await tell(year, 'experience-2', { ...shares, Erfaring: 'Noget andet virker.' })
    expect(await letter()).toMatchObject({ awaitsRelease: false })
    expect(await release()).toMatchObject({ refusal: { kind: 'open-experiences' } })
    expect(await sendAt(nine)).toEqual({ sent: 0 })
  })

  test('a card with a number beside a figure that is hidden since is written anew before the letter goes', async () => {
    await tell(year, 'experience-2', { ...shares, Erfaring: 'Mentorer fik 12 flere i job.' })
    const numbered = publish('Mentorer fik 12 flere i job.', 'experience-2')
    expect(await year.decide(numbered, 'sofie', 'caseworker')).toEqual({ outcome: 'done' })
    await freeze(year)
    await assessAgain(year, '2015-10-12T08:00:00.000Z', { 'M1 heraf': '3' })
    expect((await experiencesView(year.ports, 2014))?.unprintable).toMatchObject([
      { mailKey: 'experience-2' },
    ])
    expect(await release()).toMatchObject({ refusal: { kind: 'number-beside-hidden' } })
    const again = { ...numbered, text: 'Mentorer fik 13 flere i job.' }
    expect(await year.decide(again, 'sofie', 'caseworker')).toMatchObject({
      refusal: { kind: 'number-beside-hidden' },
    })
    expect(await year.decide({ ...numbered, text: card }, 'sofie', 'caseworker')).toEqual({ outcome: 'done' })
    expect(await experiencesView(year.ports, 2014)).toMatchObject({
      cards: [{ text: card }],
      unprintable: [],
    })
    // What may be printed is decided on once.
    expect(await year.decide({ ...numbered, text: `${card} ` }, 'sofie', 'caseworker')).toMatchObject({
      refusal: { kind: 'status' },
    })
    expect(await release()).toEqual({ outcome: 'done' })
  })

  test('consent taken back after the release keeps everything back', async () => {
    await freeze(year)
    await release()
    await tell(year, 'experience-2', { 'Erfaring må deles': 'nej' })
    expect(await sendAt(nine)).toEqual({ sent: 0 })
    expect(await release()).toMatchObject({ refusal: { kind: 'no-cards' } })
  })

  test('a mailbox that is refused, and one that does not answer, keep no other back; each gets it once', async () => {
    await freeze(year)
    await release()
    const { mail } = year.ports
    const failing = {
      ...mail,
      send: async (outgoing: Parameters<typeof mail.send>[0]) => {
        if (outgoing.to[0] === mailboxOf('101')) throw new SendRefused('no such domain')
        const answer = await mail.send(outgoing)
        if (outgoing.to[0] === mailboxOf('751')) throw new SendUncertain('no answer')
        return answer
      },
    }
    await expect(sendAt(nine, { ...year.ports, mail: failing })).rejects.toThrow('2 letters have not gone')
    expect((await year.state()).letters).toHaveLength(96)
    // Within the hour nobody tries the one again that may have gone; the refused one goes.
    await expect(sendAt('2015-09-02T07:05:00.000Z')).rejects.toThrow('1 letters have not gone')
    // An event is the trace that it has gone: it is put on the record, and not sent again.
    const claimed = mail.sent.find(({ to }) => to[0] === mailboxOf('751'))!
    await makeTakeDeliveryEvent(year.ports)({
      eventType: 'Delivery',
      mail: { messageId: 'memory-77', tags: { letter: [claimed.tag] } },
      delivery: { timestamp: '2015-09-02T07:06:00.000Z', recipients: [mailboxOf('751')] },
    })
    expect(await sendAt('2015-09-03T07:00:00.000Z')).toEqual({ sent: 1 })
    expect((await year.state()).letters).toHaveLength(98)
    expect(addressees().filter((to) => to === mailboxOf('751'))).toHaveLength(1)
    expect(addressees().filter((to) => to === mailboxOf('101'))).toHaveLength(1)
  })

  test('a bounce stands on the page and stops nothing; one that comes before the record waits for it', async () => {
    await freeze(year)
    await release()
    const bounce = (tag: string) =>
      makeTakeDeliveryEvent(year.ports)({
        eventType: 'Bounce',
        mail: { messageId: 'memory-1', tags: { letter: [tag] } },
        bounce: {
          bounceType: 'Permanent',
          timestamp: nine,
          bouncedRecipients: [{ emailAddress: mailboxOf('101'), status: '5.1.1' }],
        },
      })
    const streams = {
      ...year.ports.streams,
      append: () => Promise.reject(new Error('the table is away')),
    }
    await expect(sendAt(nine, { ...year.ports, streams })).rejects.toThrow('the table is away')
    const { tag } = year.ports.mail.sent.find(({ to }) => to[0] === mailboxOf('101'))!
    await expect(bounce(tag)).rejects.toThrow(LetterNotRecorded)
    // The first batch had gone: it is recorded, not sent again.
    expect(await sendAt('2015-09-02T07:10:00.000Z')).toEqual({ sent: 98 })
    expect(year.ports.mail.sent).toHaveLength(98)
    await bounce(tag)
    await bounce(tag)
    expect(await letter()).toMatchObject({ sent: 98, left: 0, bounced: ['101'] })
    expect((await year.state()).letters.flatMap(({ bounced }) => bounced)).toHaveLength(1)
  })

  test('a municipality of which no mailbox is known is named, and gets it when one is', async () => {
    await year.ports.directory.write({
      ...directory,
      mainMailboxes: municipalities
        .filter(({ code }) => code !== '825')
        .map(({ code }) => ({ municipality: code, email: mailboxOf(code) })),
    })
    await freeze(year)
    await release()
    expect(await sendAt(nine)).toEqual({ sent: 97 })
    expect(await letter()).toMatchObject({ sent: 97, left: 1, withoutMailbox: ['825'] })
    await year.ports.directory.write({
      ...directory,
      mainMailboxes: [{ municipality: '825', email: mailboxOf('825') }],
    })
    expect(await sendAt('2015-09-03T07:00:00.000Z')).toEqual({ sent: 1 })
    expect(addressees().at(-1)).toBe(mailboxOf('825'))
  })

  test('the agreement’s own mailbox comes before the directory’s', async () => {
    await freeze(year)
    await release()
    await sendAt(nine)
    const own = (await year.state()).letters.find(({ order }) => order.party === '479')
    expect(own).toMatchObject({ to: ['post@svendborg-kommune.example'] })
    expect(own?.recipients).not.toContain('main-mailbox-479')
  })

  test('an answer to it names no case: a person finds it among the mail without one', async () => {
    await freeze(year)
    await release()
    await sendAt(nine)
    const [letterSent] = year.ports.mail.sent
    const raw = [
      `From: <${mailboxOf('101')}>`,
      `To: <${letterSent!.from}>`,
      'Subject: SV: Samlet afrapportering for 2014: erfaringer',
      'Message-ID: <svar@kommune.example>',
      `In-Reply-To: ${letterSent!.messageId}`,
      'Date: Wed, 02 Sep 2015 08:00:00 +0000',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'Hvem kan vi spørge om mentorerne?',
      '',
    ].join('\r\n')
    const { ports } = year
    ports.clock.set('2015-09-02T08:00:05.000Z')
    ports.landing.land('svar', new TextEncoder().encode(raw))
    const good = { status: 'PASS' } as const
    await makeTakeInMail({ ...ports, spreadsheets: makeSpreadsheetReader() })({
      notificationType: 'Received',
      mail: { timestamp: '2015-09-02T08:00:05.000Z', messageId: 'svar', source: mailboxOf('101') },
      receipt: {
        recipients: [letterSent!.from],
        spfVerdict: good,
        dkimVerdict: good,
        dmarcVerdict: good,
        spamVerdict: good,
        virusVerdict: good,
        action: { objectKey: 'svar' },
      },
    })
    const inbox = await loadCase(ports, inboxCase, inboxStream('2015-09-02T08:00:05.000Z'))
    expect(inbox.state.mails).toMatchObject([{ decision: null }])
    expect((await year.state()).letters).toHaveLength(98)
  })
})
