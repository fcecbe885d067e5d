import { createConnection } from 'node:net'
import { createTransport } from 'nodemailer'
import { expect, onTestFinished, test } from 'vitest'
import { openObjectFolder } from '../../../infra/local/aws/s3-folder.ts'
import { openSmtpIn } from '../../../infra/local/mail/smtp-in.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { TestClock } from './test-clock.ts'

const passes = { spf: 'PASS', dkim: 'PASS', dmarc: 'PASS' } as const

interface Notification {
  mail: { messageId: string; headers: unknown[] }
  receipt: Record<'spfVerdict' | 'dkimVerdict' | 'dmarcVerdict' | 'virusVerdict', { status: string }> & {
    dmarcPolicy?: string
  }
}

async function start(options: { enqueue?: () => void } = {}) {
  const clock = new TestClock()
  const folder = openObjectFolder({
    root: temporaryFolder(),
    buckets: { landing: { objectLock: false } },
    now: () => clock.now(),
  })
  const messages: Notification[] = []
  const smtp = await openSmtpIn({
    port: 0,
    clock,
    domains: ['svar.ministeriet.example', 'svar.nyt-ministerium.example'],
    verdicts: {
      'svendborg.example': passes,
      'fanoe.example': { ...passes, dmarc: 'FAIL', dmarcPolicy: 'reject', virus: 'FAIL' },
    },
    landing: {
      bucketName: 'landing',
      topicArn: 'arn:aws:sns:eu-west-1:000000000000:received',
      put: (key, bytes) => void folder.put('landing', key, { bytes, onlyIfNew: true }),
    },
    enqueue: (body) => {
      options.enqueue?.()
      messages.push(JSON.parse(body))
    },
  })
  const transport = createTransport({ host: '127.0.0.1', port: smtp.port, secure: false, ignoreTLS: true })
  onTestFinished(async () => {
    transport.close()
    await smtp.close()
  })
  return { clock, folder, messages, smtp, transport }
}

const reply = {
  from: '"Mette Prøve" <mette@svendborg.example>',
  to: 'svar+k479-2014-7QX4M2P9T3VW8HND@svar.ministeriet.example',
  subject: 'SV: Indberetning – æøå',
  text: 'M1 i alt: 62\n',
  messageId: '<reply@svendborg.example>',
}

const until = async (condition: () => boolean) => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5))
}

test('a mail lands in the bucket and the queue gets what SES hands on', async () => {
  const { clock, folder, messages, transport } = await start()
  const { response } = await transport.sendMail(reply)
  const notification = messages[0]!
  expect(notification).toMatchObject({
    notificationType: 'Received',
    mail: {
      timestamp: '2015-01-15T08:00:00.000Z',
      messageId: expect.stringMatching(/^[0-9a-z]{40}$/),
      source: 'mette@svendborg.example',
      destination: [reply.to],
      headersTruncated: false,
      commonHeaders: {
        from: ['Mette Prøve <mette@svendborg.example>'],
        to: [reply.to],
        messageId: '<reply@svendborg.example>',
        subject: 'SV: Indberetning – æøå',
      },
    },
    receipt: {
      recipients: [reply.to],
      spamVerdict: { status: 'PASS' },
      virusVerdict: { status: 'PASS' },
      spfVerdict: { status: 'PASS' },
      dkimVerdict: { status: 'PASS' },
      dmarcVerdict: { status: 'PASS' },
      action: { type: 'S3', bucketName: 'landing', objectKey: notification.mail.messageId },
    },
  })
  expect(notification.receipt).not.toHaveProperty('dmarcPolicy')
  expect(notification.mail.headers).toContainEqual({ name: 'Message-ID', value: '<reply@svendborg.example>' })
  const stored = folder.get('landing', notification.mail.messageId)?.bytes.toString('latin1')
  expect(stored).toMatch(/^Return-Path: <mette@svendborg\.example>\r\nReceived: /)
  expect(stored).toContain('M1 i alt: 62\r\n')
  expect(response).toMatch(/^250 /)
  await until(() => clock.holders.length === 0)
})

test('the clock is held from the connection on', async () => {
  const { clock, smtp } = await start()
  const socket = createConnection(smtp.port, '127.0.0.1')
  await until(() => clock.holders.length === 1)
  expect(clock.holders).toEqual(['SMTP connection'])
  socket.destroy()
  await until(() => clock.holders.length === 0)
})

test.for([
  [
    'an unlisted domain is GRAY',
    { from: 'a@konsulent.example' },
    { spf: 'GRAY', dkim: 'GRAY', dmarc: 'GRAY' },
  ],
  [
    'a listed domain gets what is listed',
    { from: 'a@fanoe.example' },
    { spf: 'PASS', dmarc: 'FAIL', virus: 'FAIL', policy: 'reject' },
  ],
  [
    'an unlisted sender cannot borrow a listed From',
    { envelope: { from: 'x@evil.example', to: reply.to } },
    { spf: 'GRAY', dkim: 'GRAY', dmarc: 'GRAY' },
  ],
  [
    'a listed sender cannot pass for an unlisted From',
    { from: 'a@evil.example', envelope: { from: 'mette@svendborg.example', to: reply.to } },
    { spf: 'PASS', dkim: 'GRAY', dmarc: 'GRAY' },
  ],
  [
    'a mail without envelope sender has no SPF',
    { envelope: { from: '', to: reply.to } },
    { spf: 'GRAY', dkim: 'PASS', dmarc: 'PASS' },
  ],
  [
    'verdict headers in the mail count for nothing',
    {
      from: 'a@konsulent.example',
      headers: {
        'X-SES-Virus-Verdict': 'PASS',
        'Authentication-Results': 'amazonses.com; spf=pass; dkim=pass; dmarc=pass',
      },
    },
    { spf: 'GRAY', dkim: 'GRAY', dmarc: 'GRAY' },
  ],
  [
    'a name that looks like an address is not the address',
    { from: '"mette@svendborg.example" <a@evil.example>' },
    { dmarc: 'GRAY' },
  ],
] as const)('verdicts: %s', async ([, mail, expected]) => {
  const { messages, transport } = await start()
  await transport.sendMail({ ...reply, ...mail })
  const { receipt } = messages[0]!
  const found = {
    spf: receipt.spfVerdict.status,
    dkim: receipt.dkimVerdict.status,
    dmarc: receipt.dmarcVerdict.status,
    virus: receipt.virusVerdict.status,
    policy: receipt.dmarcPolicy,
  }
  expect(found).toMatchObject(expected)
})

test('MAIL security 22: other domains and mails above the limit are refused', async () => {
  const { messages, transport } = await start()
  await expect(transport.sendMail({ ...reply, to: 'a@ministeriet.example' })).rejects.toMatchObject({
    responseCode: 550,
  })
  const attachments = [{ filename: 'stor.bin', content: Buffer.alloc(31 * 1024 * 1024) }]
  await expect(transport.sendMail({ ...reply, attachments })).rejects.toMatchObject({ responseCode: 552 })
  expect(messages).toEqual([])
})

test('a mail whose queue message could not be written is not taken', async () => {
  const { transport } = await start({
    enqueue: () => {
      throw new Error('disk full')
    },
  })
  await expect(transport.sendMail(reply)).rejects.toMatchObject({ responseCode: 451 })
})
