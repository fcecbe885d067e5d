import { beforeEach, describe, expect, test } from 'vitest'
import { marked, outlookQuote, read, request } from '../../../unit/intake/mail.ts'
import { mette } from '../compose-mail.ts'
import { openPostOffice, type Outcome, type PostOffice } from '../post-office.ts'

let office: PostOffice
beforeEach(async () => {
  office = await openPostOffice()
})
/** What became of a mail, and of the case. */
const told = async ({ mail, answers }: Outcome) => ({
  standing: mail?.standing,
  reason: mail?.reason,
  values: mail?.values,
  doubts: mail?.doubts,
  answers,
  figures: await office.figures(),
})
/** Kept and shown, and nothing else. */
const machine = (reason: string) => ({
  standing: 'automatic',
  reason,
  values: [],
  doubts: [],
  answers: [],
  figures: {},
})
/** What every machine likes to quote: our form, and figures in it. */
const quotedForm = (): string => outlookQuote(office.request.text.replace('M2: ____', 'M2: 24,5'))

describe('mail of machines changes nothing and is answered by nothing', () => {
  test('MAIL 26: an absence note by its header, kept and shown', async () => {
    const outcome = await office.reply({
      subject: `SV: ${office.request.message.subject}`,
      text: `Jeg er på ferie til og med den 1. april 2015. Skriv til Jonas.\n\n${quotedForm()}`,
      headers: { 'Auto-Submitted': 'auto-replied' },
    })
    expect(await told(outcome)).toEqual(machine('absence'))
    expect(outcome.mail?.details?.freeText).toContain('Skriv til Jonas')
  })
  test.each([
    'Automatisk svar: tal',
    'Autosvar: tal',
    'Fravær: tal',
    'Ikke til stede: tal',
    'Automatic reply: tal',
    'Out of Office: tal',
    'Abwesenheitsnotiz: tal',
    'Frånvaro: tal',
  ])('MAIL 27: an absence note by its subject alone: %s', async (subject) => {
    expect(
      await told(await office.reply({ subject, text: 'Jeg er på barsel, skriv til Jonas.\n\nM2: 24,5' })),
    ).toEqual(machine('absence'))
  })
  test.each([
    [
      'hard',
      'Final-Recipient: rfc822; mette.proeve@svendborg-kommune.example\r\nAction: failed\r\nStatus: 5.1.1\r\n',
    ],
    [
      'soft',
      'Final-Recipient: rfc822; mette.proeve@svendborg-kommune.example\r\nAction: delayed\r\nStatus: 4.2.2\r\n',
    ],
    [
      'several',
      'Final-Recipient: rfc822; a@x.example\r\nAction: failed\r\nStatus: 5.0.0\r\n\r\nFinal-Recipient: rfc822; b@x.example\r\nAction: failed\r\nStatus: 4.4.7\r\n',
    ],
    [
      'of another address',
      'Original-Recipient: rfc822;mette.proeve@svendborg-kommune.example\r\nFinal-Recipient: rfc822; mp@intern.svendborg.example\r\nAction: failed\r\nStatus: 5.1.1\r\n',
    ],
  ])('MAIL 28: a bounce, %s', async (_, status) => {
    const raw = [
      'From: MAILER-DAEMON <mailer-daemon@svendborg-kommune.example>', `To: ${office.request.address}`, 'Subject: Undelivered Mail Returned to Sender', 'Message-ID: <dsn@x.example>', 'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b', '', '--b', 'Content-Type: text/plain', '', 'It could not be delivered.', 'M2: 24,5',
      '--b', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.example', '', status, '--b', 'Content-Type: text/rfc822-headers', '', `Message-ID: ${office.request.messageId}`, '', '--b--', '',
    ].join('\r\n') // prettier-ignore
    expect(await told(await office.receive(Buffer.from(raw), { source: '' }))).toEqual(machine('bounce'))
  })
  test.each([
    ['receipt', 'Læst: tal', {}],
    ['receipt', 'Ikke læst: tal', {}],
    ['receipt', 'Read: tal', {}],
    ['receipt', 'Not read: tal', {}],
    ['receipt', 'SV: Læst: tal', {}],
    [
      'receipt',
      'tal',
      { 'Content-Type': 'multipart/report; report-type=disposition-notification; boundary=x' },
    ],
    ['recall', 'Kaldt tilbage: tal', {}],
    ['recall', 'Mette Prøve vil gerne kalde meddelelsen tilbage', {}],
  ])('MAIL 29: %s: %s', async (reason, subject, headers) => {
    const head = Object.entries({ 'Content-Type': 'text/plain; charset=utf-8', ...headers }).map(
      ([name, value]) => `${name}: ${value}`,
    )
    const raw = [
      `From: <${mette}>`,
      `To: ${office.request.address}`,
      `Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=`,
      'Message-ID: <mdn@x.example>',
      ...head,
      '',
      'M2: 24,5',
      '',
    ].join('\r\n')
    expect(await told(await office.receive(Buffer.from(raw)))).toEqual(machine(reason))
  })
  test('MAIL 30: lists and newsletters; a registered contact in the thread is read', async () => {
    const list = await office.reply({
      from: 'nyt@nyhedsbreve.example',
      text: 'M2: 24,5',
      headers: { 'List-Id': '<nyt.nyhedsbreve.example>' },
    })
    expect(await told(list)).toEqual(machine('list'))
    expect(
      await told(
        await office.reply({ from: 'a@b.example', text: 'M2: 24,5', headers: { Precedence: 'bulk' } }),
      ),
    ).toEqual(machine('list'))
    const contact = await office.reply({
      text: 'M2: 24,5',
      headers: { 'List-Unsubscribe': '<mailto:x@y.example>' },
    })
    expect(contact.mail?.standing).toBe('counts')
  })
  test("MAIL 31: a ticket system's acknowledgement that quotes our form: no figure, no answer, no loop", async () => {
    const words =
      'Tak for jeres henvendelse. Vi har modtaget jeres henvendelse og giver den sagsnr. 15/2207. I får svar hurtigst muligt.'
    expect(read(`${words}\n\n${marked(request)}`)).toMatchObject({ answers: [], doubts: [] })
    for (const [nth, quote] of [marked(office.request.text), quotedForm()].entries()) {
      const outcome = await office.reply({
        from: 'post@svendborg-kommune.example',
        subject: 'Vi har modtaget din henvendelse',
        messageId: `<ack${nth}@x.example>`,
        text: `${words}\n\n${quote}`,
      })
      expect(outcome.mail).toMatchObject({ standing: 'automatic', reason: 'acknowledgement', doubts: [] })
      expect(outcome.answers).toEqual([])
    }
    expect(await office.figures()).toEqual({})
  })
})
