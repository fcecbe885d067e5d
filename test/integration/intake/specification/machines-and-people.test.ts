import { beforeEach, describe, expect, test } from 'vitest'
import { sampleRequest } from '../../../fixtures/letters/sample-request.ts'
import { makeTakeDeliveryEvent } from '../../../../functions/handlers/letters/take-delivery-event.ts'
import { makeWorkbookWriter } from '../../../../functions/adapters/workbook-writer.ts'
import { complete, jonas, mainMailbox, mette, type MailParts } from '../compose-mail.ts'
import { openPostOffice, type Outcome, type PostOffice } from '../post-office.ts'

let office: PostOffice
beforeEach(async () => {
  office = await openPostOffice()
})
const kinds = ({ answers }: Outcome) => answers.map(({ kind }) => kind)
const loop = { 'X-MS-Exchange-Inbox-Rules-Loop': mette }

describe('people are not taken for machines', () => {
  test.each<[string, MailParts]>([
    ['ferie', { subject: 'Ferie fra fredag – her er tallene', text: complete }],
    ['fravær', { subject: 'Fravær i næste uge, så her er tallene allerede', text: complete }],
    ['away', { subject: 'Out of office next week – figures for 2014', text: complete }],
    ['recall', { subject: 'Recall of our last figures, here are the right ones', text: complete }],
    ['kaldt', { subject: 'Kaldt tilbage til møde – tallene kommer her', text: complete }],
    [
      'kvittering',
      { subject: 'Kvittering og tal', text: `Tak for jeres mail, sagsnr. 15/2207.\n${complete}` },
    ],
    ['words', { subject: 'Ferie', text: `Jeg er på ferie fra fredag, så her er tallene:\n${complete}` }],
    ['question', { subject: 'Ferie', text: 'Jeg er på ferie i uge 10. Kan vi få udsættelse til 13. marts?' }],
    ['prose', { subject: 'Ferie i næste uge', text: 'Jeg er på ferie i uge 9. M2 blev 24,5 uger i 2014.' }],
  ])("MAIL 200: a subject in a machine's words above what a person writes: %s", async (_, parts) => {
    const outcome = await office.reply(parts)
    expect(outcome.mail?.standing).toBe('counts')
    expect(kinds(outcome)).toHaveLength(1)
  })
  test('MAIL 200: the same subject over a note of absence alone is one', async () => {
    const outcome = await office.reply({ subject: 'Ferie', text: 'Jeg er på ferie til 1. april 2015.' })
    expect(outcome.mail).toMatchObject({
      standing: 'automatic',
      reason: 'absence',
      absentUntil: '2015-04-01',
    })
  })
  test.each<[string, MailParts]>([
    ['figures', { text: complete, headers: loop }],
    ['a wish', { text: 'Kan vi få udsættelse til 13. marts?', headers: loop }],
    ['words', { text: 'Jeg er tilbage den 3. marts og sender tallene da.', headers: loop }],
    ['an answer', { text: 'OK', headers: loop }],
    ['a question', { text: 'Kan I ringe til mig?', headers: loop }],
    ['suppressed answers alone', { text: complete, headers: { 'X-Auto-Response-Suppress': 'All' } }],
  ])(
    "MAIL 201: a rule that passes a mail on leaves a header, and the mail is its writer's: %s",
    async (_, parts) => {
      const outcome = await office.reply(parts)
      expect(outcome.mail?.standing).toBe('counts')
    },
  )

  const report = {
    contentType: 'message/delivery-status',
    content: 'Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; anne@odense.example\r\nAction: failed\r\nStatus: 5.1.1\r\n',
  } // prettier-ignore
  const mdn = {
    contentType: 'message/disposition-notification',
    content: `Final-Recipient: rfc822; ${mette}\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n`,
  }
  test.each<[string, MailParts]>([
    ['the report attached', { subject: 'VS: Ikke leveret: tal', text: complete, attachments: [report] }],
    ['the report, no figures', { subject: 'VS: Undeliverable', text: 'Den kom retur.', attachments: [report] }],
    ['the report in the text', { subject: 'VS: Undeliverable: tal', text: `${complete}\n\nDelivery has failed to these recipients: anne@odense.example` }],
    ['as an attached mail', { subject: 'VS: retur', text: complete, attachments: [{ filename: 'retur.eml', contentType: 'message/rfc822', content: 'Subject: Undeliverable\r\n\r\nM2: 99\r\n' }] }],
    ['a read receipt attached', { subject: 'VS: kvittering', text: complete, attachments: [mdn] }],
    ['with the word first', { subject: 'Undeliverable? Her er tallene igen', text: complete }],
  ])('MAIL 202: a person who passes a report on, with figures above it: %s', async (_, parts) => {
    const outcome = await office.reply(parts)
    expect(outcome.mail?.standing).toBe('counts')
    const { letters } = await office.state()
    expect(letters.flatMap(({ bounced }) => bounced)).toEqual([])
  }) // prettier-ignore
})

describe('what may be either waits for a person', () => {
  const workbook = async () => ({
    filename: 'indberetning-2014-svendborg.xlsx',
    content: Buffer.from(await makeWorkbookWriter().write(sampleRequest().workbook)),
  })
  test.each<[string, () => Promise<[MailParts, { source?: string }?]>]>([
    ['Auto-Submitted', async () => [{ text: complete, headers: { 'Auto-Submitted': 'auto-generated' } }]],
    ['an absence header', async () => [{ text: `Jeg er på ferie.\n${complete}`, headers: { 'Auto-Submitted': 'auto-replied' } }]],
    ['X-Autoreply', async () => [{ text: complete, headers: { 'X-Autoreply': 'yes' } }]],
    ['Precedence', async () => [{ text: complete, headers: { Precedence: 'auto_reply' } }]],
    ['the null sender', async () => [{ text: complete }, { source: '' }]],
    ['noreply', async () => [{ from: 'noreply@svendborg-kommune.example', text: complete }]],
    ['a workbook', async () => [{ text: 'Se vedhæftede', headers: { 'Auto-Submitted': 'auto-generated' }, attachments: [await workbook()] }]],
    ['a rule and a line', async () => [{ text: 'M2: 24,5', headers: { ...loop, 'X-Auto-Response-Suppress': 'All' } }]],
    ['in prose', async () => [{ text: 'I 2014 blev M2 24,5 uger.', headers: { 'Auto-Submitted': 'auto-generated' } }]],
  ])('MAIL 203: marks of a machine, figures of its own: held and read, no answer, no reminder: %s', async (_, make) => {
    const [parts, envelope] = await make()
    const outcome = await office.reply(parts, envelope)
    expect(outcome.mail).toMatchObject({ standing: 'held', reason: 'maybe-automatic' })
    expect(outcome.answers).toEqual([])
    expect(await office.figures()).toEqual({})
    await office.until('2015-03-04')
    expect((await office.state()).letters.map(({ order }) => order.kind)).not.toContain('reminder-1')
  }) // prettier-ignore
  test('MAIL 203: released by a person, its figures count', async () => {
    const { mail } = await office.reply({ text: 'M2: 24,5', headers: { 'Auto-Submitted': 'auto-generated' } })
    await office.decide({
      do: 'decide-held-mail',
      mailKey: mail!.mailKey,
      as: 'counts',
      reason: 'sendt fra sagssystemet',
    })
    expect(await office.figures()).toEqual({ M2: '24.5' })
  })
  test.each<[string, MailParts, string]>([
    ['a colleague', { from: jonas, text: complete }, 'held'],
    ['the main mailbox', { from: mainMailbox, text: complete }, 'held'],
    ['a colleague without figures', { from: jonas, text: 'Nyt fra kommunen' }, 'automatic'],
    ['a stranger', { from: 'nyt@nyhedsbreve.example', text: complete }, 'automatic'],
    ['the contact', { text: complete }, 'counts'],
  ])("MAIL 204: list headers on figures of the municipality's own domain: %s", async (_, parts, standing) => {
    const list = await office.reply({ ...parts, headers: { 'List-Id': '<alle.svendborg-kommune.example>' } })
    const bulk = await office.reply({
      ...parts,
      text: `${parts.text ?? ''}\n`,
      headers: { Precedence: 'bulk' },
    })
    expect(list.mail?.standing).toBe(standing)
    expect(['repeated', standing]).toContain(bulk.mail?.standing)
  })
})

const acknowledgements = [
  'Tak for jeres henvendelse. Vi har modtaget jeres henvendelse og giver den sagsnr. 15/2207.',
  'Din henvendelse er registreret. Du får svar inden for 10 hverdage.',
  'Your request has been received. Ticket 4711.',
  'Din mail er modtaget og fordelt. Journalnr. 15/2207.',
  'Der er oprettet en sag. Reference: 2015-44.',
]
/** The ways a ticket system puts what it answers below its own words, without any mark of a quotation. */
const layouts: Readonly<Record<string, (form: string) => MailParts>> = {
  'as it stands': (form) => ({ text: form }),
  indented: (form) => ({ text: form.replaceAll(/^/gmu, '    ') }),
  'wrapped at 40': (form) => ({ text: form.replaceAll(/(.{25,40}) /gu, '$1\n') }),
  'on one line': (form) => ({ text: form.replaceAll(/\s*\n\s*/gu, ' ') }),
  'a bare div': (form) => ({ html: `<div>${form.replaceAll('\n', '<br>')}</div>` }),
  'a table cell': (form) => ({ html: `<table><tr><td>${form.replaceAll('\n', '<br>')}</td></tr></table>` }),
  'a pre': (form) => ({ html: `<pre>${form}</pre>` }),
  'paragraphs': (form) => ({ html: form.split('\n').map((line) => `<p>${line}</p>`).join('') }),
} // prettier-ignore

describe("a ticket system's acknowledgement", () => {
  test.each(Object.keys(layouts))(
    'MAIL 205: it quotes a letter of ours unmarked: %s: nobody\'s words, no figure, no answer',
    async (layout) => {
      await office.reply({ text: 'M2: 24,5\nH1 udgift: 400.000\nM1 i alt: 134\nM1 heraf: 61' })
      const before = await office.figures()
      const letters = await office.state()
      const receipt = letters.letters.find(({ order }) => order.kind === 'receipt')
      expect(receipt?.text).toContain('24,5')
      const html = office.request.message.html ?? ''
      const quoted: readonly MailParts[] = [
        layouts[layout]!(office.request.text),
        layouts[layout]!(receipt?.text ?? ''),
        { html: html.slice(html.indexOf('<body'), html.indexOf('</body>')) },
      ]
      for (const [nth, parts] of quoted.entries()) {
        const own = acknowledgements[(nth + layout.length) % acknowledgements.length]!
        const outcome = await office.reply({
          from: mainMailbox,
          subject: 'Henvendelse modtaget',
          ...(parts.text === undefined ? {} : { text: `${own}\n\n${parts.text}` }),
          ...(parts.html === undefined ? {} : { html: `<div>${own}</div>${parts.html}` }),
        })
        expect(outcome.mail).toMatchObject({ standing: 'automatic', reason: 'acknowledgement', values: [], doubts: [] })
        expect(outcome.answers).toEqual([])
      }
      expect(await office.figures()).toEqual(before)
    },
  ) // prettier-ignore
  test('MAIL 205: with a figure of its own among the lines of ours it is a reply', async () => {
    const filled = office.request.text.replace('M2: ____', 'M2: 24,5')
    const outcome = await office.reply({
      from: mainMailbox,
      text: `${acknowledgements[0]!}\n\n${filled}`,
    })
    expect(outcome.mail).toMatchObject({ standing: 'provisional' })
    expect(outcome.mail?.values.map(({ key }) => key)).toContain('M2')
  })
})

describe('a bounce that comes as mail', () => {
  const dsn = (status: string, more: { id?: string; text?: string; from?: string } = {}): Buffer =>
    Buffer.from(
      [
        `From: ${more.from ?? 'MAILER-DAEMON <mailer-daemon@svendborg-kommune.example>'}`, `To: ${office.request.address}`, 'Subject: Undelivered Mail Returned to Sender', 'Message-ID: <dsn@x.example>', 'MIME-Version: 1.0',
        'Content-Type: multipart/report; report-type=delivery-status; boundary=b', '', '--b', 'Content-Type: text/plain', '', more.text ?? 'It could not be delivered.',
        '--b', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.example', '', status, '--b', 'Content-Type: text/rfc822-headers', '', `Message-ID: ${more.id ?? office.request.messageId}`, '', '--b--', '',
      ].join('\r\n'),
    ) // prettier-ignore
  const plain = (from: string, text: string): Buffer =>
    Buffer.from(
      `From: ${from}\r\nTo: ${office.request.address}\r\nSubject: failure notice\r\nMessage-ID: <q@x.example>\r\n\r\n${text}\r\n`,
    )
  const bounced = async () =>
    (await office.state()).letters.flatMap(({ order, bounced: all }) =>
      all.map(({ permanent }) => `${order.kind} ${permanent ? 'for good' : 'for now'}`),
    )
  const failed = (address: string, status = '5.1.1', action = 'failed'): string =>
    `Final-Recipient: rfc822; ${address}\r\nAction: ${action}\r\nStatus: ${status}\r\n`

  test.each<[string, () => Buffer, readonly string[]]>([
    ['for good', () => dsn(failed(mette)), ['request for good']],
    ['in capitals', () => dsn(failed(mette.toUpperCase())), ['request for good']],
    ['for now', () => dsn(failed(mette, '4.2.2')), ['request for now']],
    ['delayed only', () => dsn(failed(mette, '4.4.1', 'delayed')), []],
    ['delivered', () => dsn(failed(mette, '2.0.0', 'delivered')), []],
    ['passed on to another address', () => dsn(`Original-Recipient: rfc822;${mette}\r\n${failed('mp@intern.example')}`), ['request for good']],
    ['of somebody we did not write to', () => dsn(failed('anne@odense.example')), []],
    ['without the id of ours, by the token', () => dsn(failed(mette), { id: '<unknown@x.example>' }), ['request for good']],
    ['several, one of them ours', () => dsn(`${failed('a@x.example')}\r\n${failed(mette)}`), ['request for good']],
    ['in words, as qmail writes', () => plain('MAILER-DAEMON@mx.example', `Hi. This is the qmail-send program. Delivery failed.\r\n\r\n<${mette}>:\r\n550 5.1.1 no such user`), ['request for good']],
    ['in words, as Exchange writes', () => plain('postmaster@svendborg-kommune.example', `Din meddelelse kunne ikke leveres til ${mette}\r\nRemote Server returned '452 4.2.2 mailbox full'`), ['request for now']],
  ])('MAIL 206: the delivery state moves as by the event: %s', async (_, make, expected) => {
    const outcome = await office.receive(make(), { source: '' })
    expect(outcome.mail).toMatchObject({ standing: 'automatic', reason: 'bounce' })
    expect(outcome.answers).toEqual([])
    expect(await bounced()).toEqual(expected)
  }) // prettier-ignore
  test('MAIL 206: the event and the mail of one bounce are one, in either order', async () => {
    const { letter } = office.request
    const event = {
      eventType: 'Bounce',
      mail: { messageId: '0102', tags: {} },
      bounce: {
        bounceType: 'Permanent',
        timestamp: office.ports.clock.now(),
        bouncedRecipients: [{ emailAddress: mette, status: '5.1.1' }],
      },
    }
    const tag = office.ports.mail.sent.find(({ messageId }) => messageId === letter.messageId)?.tag
    await office.receive(dsn(failed(mette)), { source: '' })
    await makeTakeDeliveryEvent(office.ports)({
      ...event,
      mail: { ...event.mail, tags: { letter: [tag ?? ''] } },
    })
    expect(await bounced()).toEqual(['request for good'])
  })
  test('MAIL 206: the next contact is written to, as after the event', async () => {
    await office.receive(dsn(failed(mette)), { source: '' })
    await office.until('2015-02-25')
    expect((await office.state()).letters.map(({ order }) => order.kind)).toContain('to-deputy')
  })
  test('MAIL 206: a bounce of a letter that names no request is told by the id it returns', async () => {
    const outcome = await office.receive(dsn(failed(mette)), {
      source: '',
      recipients: ['svar@svar.ministeriet.example'],
    })
    expect(outcome.mail).toMatchObject({ standing: 'automatic', reason: 'bounce' })
    expect(await bounced()).toEqual(['request for good'])
  })
})
