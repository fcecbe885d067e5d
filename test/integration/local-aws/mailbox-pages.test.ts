import MailComposer from 'nodemailer/lib/mail-composer/index.js'
import PostalMime from 'postal-mime'
import { expect, onTestFinished, test } from 'vitest'
import { mailboxPages } from '../../../infra/local/mail/mailbox-pages.ts'
import { openMaildirs } from '../../../infra/local/mail/maildir.ts'
import { openSmtpIn } from '../../../infra/local/mail/smtp-in.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { TestClock } from './test-clock.ts'

const contact = 'mette+a@svendborg.example'
const replyAddress = 'svar+k479-2014-7QX4M2P9T3VW8HND@svar.ministeriet.example'
const origin = 'http://localhost'

const letter = (more: object = {}): Promise<Buffer> =>
  new MailComposer({
    from: { name: 'Ministeriet', address: replyAddress },
    to: { name: 'Mette Prøve', address: contact },
    subject: 'Indberetning for 2014',
    messageId: '<request@eu-west-1.amazonses.com>',
    references: '<first@svendborg.example>',
    date: new Date('2015-01-15T08:00:00Z'),
    text: 'Kære Mette\n\nM1 i alt: ____ <script>alert(1)</script>\n> gammelt\n',
    html: '<p>Kære Mette</p><script>alert("1")</script>',
    attachments: [{ filename: 'skema "2014" æ.csv', content: 'a;b' }],
    ...more,
  })
    .compile()
    .build()

async function start(domain = 'svar.ministeriet.example') {
  const clock = new TestClock('2015-02-27T10:30:00.000Z')
  const received: Buffer[] = []
  const smtp = await openSmtpIn({
    port: 0,
    clock,
    domains: [domain],
    verdicts: {},
    landing: { bucketName: 'landing', topicArn: 'arn', put: (_key, bytes) => void received.push(bytes) },
    enqueue: () => undefined,
  })
  onTestFinished(() => smtp.close())
  const maildirs = openMaildirs(temporaryFolder())
  const app = mailboxPages({ base: '/mailboxes', maildirs, smtpPort: smtp.port, now: () => clock.now() })
  const get = async (path: string) => app.request(`${origin}/mailboxes${path}`)
  const post = (path: string, form: FormData, from = origin) =>
    app.request(`${origin}/mailboxes${path}`, { method: 'POST', body: form, headers: { origin: from } })
  return { received, maildirs, get, post }
}

const form = (fields: Record<string, string | File>): FormData => {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.append(name, value)
  return data
}

const mailPath = `/${encodeURIComponent(contact)}/id-1`

test('the pages list mailboxes and mails and change nothing', async () => {
  const { maildirs, get } = await start()
  maildirs.deliver(contact, 'id-1', await letter())
  maildirs.deliver(contact, 'id-2', await letter({ subject: '<b>æøå</b>' }))
  const all = await (await get('')).text()
  expect(all).toContain('href="/mailboxes/mette%2Ba%40svendborg.example"')
  const mailbox = await (await get(`/${encodeURIComponent(contact)}`)).text()
  expect(mailbox).toContain('15.01.2015 09.00')
  expect(mailbox.indexOf('&lt;b&gt;æøå&lt;/b&gt;')).toBeLessThan(mailbox.indexOf('Indberetning for 2014'))
  await get(mailPath)
  expect(maildirs.list(contact).map(({ seen }) => seen)).toEqual([false, false])
})

test('a mail is shown escaped, and its HTML only inside a sandboxed frame', async () => {
  const { maildirs, get } = await start()
  maildirs.deliver(contact, 'id-1', await letter())
  const response = await get(mailPath)
  const page = await response.text()
  expect(page).not.toContain('<script')
  expect(page).toContain('M1 i alt: ____ &lt;script&gt;alert(1)&lt;/script&gt;')
  expect(page).toMatch(/<iframe\s+sandbox=""\s+title="[^"]+"\s+srcdoc="&lt;p&gt;Kære Mette/)
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
})

test('an attachment is a download, whatever it is', async () => {
  const { maildirs, get } = await start()
  maildirs.deliver(contact, 'id-1', await letter())
  const response = await get(`${mailPath}/attachments/0`)
  expect(await response.text()).toBe('a;b')
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename*=UTF-8''skema%20_2014_%20%C3%A6.csv`,
    'x-content-type-options': 'nosniff',
  })
  expect((await get(`${mailPath}/attachments/1`)).status).toBe(404)
})

test('a reply goes over SMTP into the thread, with quotation and attachment', async () => {
  const { maildirs, received, get, post } = await start()
  maildirs.deliver(contact, 'id-1', await letter())
  const page = await (await get(mailPath)).text()
  const quotation = /name="quotation"[^>]*>\n([^<]*)<\/textarea>/.exec(page)?.[1] ?? ''
  expect(quotation.split('\n').slice(0, 2)).toEqual([
    `Den 15-01-2015 kl. 09.00 skrev Ministeriet &lt;${replyAddress}&gt;:`,
    '&gt; Kære Mette',
  ])

  const attachment = new File(['x;y'], '../regneark.csv', { type: 'text/csv' })
  const fields = {
    text: 'M1 i alt: 62\r\nVenlig hilsen',
    quote: 'yes',
    quotation: '> M1 i alt: 62\r\n',
    attachment,
  }
  const answer = await post(`${mailPath}/reply`, form(fields))
  expect([answer.status, answer.headers.get('location')]).toEqual([
    303,
    '/mailboxes/mette%2Ba%40svendborg.example/id-1?sent',
  ])
  const reply = await PostalMime.parse(received[0] ?? '')
  expect(reply).toMatchObject({
    from: { name: 'Mette Prøve', address: contact },
    to: [{ address: replyAddress }],
    subject: 'SV: Indberetning for 2014',
    date: '2015-02-27T10:30:00.000Z',
    inReplyTo: '<request@eu-west-1.amazonses.com>',
    references: '<first@svendborg.example> <request@eu-west-1.amazonses.com>',
    returnPath: contact,
  })
  expect(reply.text?.trimEnd()).toBe('M1 i alt: 62\nVenlig hilsen\n\n> M1 i alt: 62')
  expect(reply.messageId).toMatch(/^<[0-9a-f-]{36}@svendborg\.example>$/)
  expect(reply.attachments).toMatchObject([{ filename: '.._regneark.csv', mimeType: 'text/csv' }])
  expect(maildirs.list(contact)).toMatchObject([{ seen: true }])
})

test('a reply without quotation has none, and SV: is not doubled', async () => {
  const { maildirs, received, post } = await start()
  maildirs.deliver(contact, 'id-1', await letter({ subject: 'Sv: Indberetning', attachments: [] }))
  await post(`${mailPath}/reply`, form({ text: 'Tak', quotation: '> alt' }))
  expect(await PostalMime.parse(received[0] ?? '')).toMatchObject({
    subject: 'Sv: Indberetning',
    text: 'Tak\n',
  })
})

test('a post from another origin is refused, and so is a mail nobody receives', async () => {
  const { maildirs, received, post } = await start('other.example')
  maildirs.deliver(contact, 'id-1', await letter())
  expect((await post(`${mailPath}/reply`, form({ text: 'x' }), 'http://evil.example')).status).toBe(403)
  expect((await post(`${mailPath}/seen`, form({}), 'http://evil.example')).status).toBe(403)
  const refused = await post(`${mailPath}/reply`, form({ text: 'x' }))
  expect([refused.status, await refused.text()]).toEqual([502, expect.stringContaining('550')])
  expect([received, maildirs.list(contact)[0]?.seen]).toEqual([[], false])
})

test('a mail is marked as seen by its button; an unknown one is not found', async () => {
  const { maildirs, get, post } = await start()
  maildirs.deliver(contact, 'id-1', await letter())
  expect((await post(`${mailPath}/seen`, form({}))).status).toBe(303)
  expect(maildirs.list(contact)).toMatchObject([{ seen: true }])
  expect((await get('/nobody@svendborg.example')).status).toBe(404)
  expect((await get(`/${encodeURIComponent('../../etc')}/passwd`)).status).toBe(404)
})
