import { join } from 'node:path'
import { SendEmailCommand, SendRawEmailCommand, SESClient } from '@aws-sdk/client-ses'
import MailComposer from 'nodemailer/lib/mail-composer/index.js'
import PostalMime from 'postal-mime'
import { expect, onTestFinished, test } from 'vitest'
import { openSes, type SesOptions } from '../../../infra/local/aws/ses.ts'
import { openQueues } from '../../../infra/local/aws/sqs-queues.ts'
import { openMaildirs } from '../../../infra/local/mail/maildir.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { TestClock } from './test-clock.ts'

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
const contact = 'mette@svendborg.example'
const gone = 'borte@svendborg.example'

function parts() {
  const folder = temporaryFolder()
  const clock = new TestClock()
  const queues = openQueues({
    file: join(folder, 'queues.sqlite'),
    clock: new TestClock(),
    queues: { 'ses-events': { visibilityTimeoutSeconds: 60 } },
  })
  onTestFinished(() => queues.close())
  const mailboxes = openMaildirs(join(folder, 'mailboxes'))
  const options: SesOptions = {
    port: 0,
    file: join(folder, 'ses.sqlite'),
    clock,
    mailboxes,
    queues,
    configurationSets: { letters: { eventQueue: 'ses-events' } },
    bounces: [
      {
        address: gone,
        from: '2015-01-10T00:00:00Z',
        status: '5.1.1',
        diagnosticCode: 'smtp; 550 5.1.1 user unknown',
      },
    ],
    identities: ['ministeriet.example'],
  }
  return { clock, queues, mailboxes, options }
}

async function serve(options: SesOptions) {
  const ses = await openSes(options)
  const client = new SESClient({ endpoint: ses.url, region: 'eu-west-1', credentials, maxAttempts: 1 })
  const close = async () => {
    client.destroy()
    await ses.close()
  }
  onTestFinished(() => close().catch(() => undefined))
  return { client, close }
}

const letter = (more: object = {}): Promise<Buffer> =>
  new MailComposer({
    from: '"Ministeriet" <svar+k479-2014-abc@ministeriet.example>',
    to: contact,
    subject: 'Indberetning for 2014 – æøå',
    text: 'Kære Mette\r\n\r\nM1 i alt: ____\r\n',
    date: new Date('2001-01-01'),
    messageId: '<own@ministeriet.example>',
    inReplyTo: '<before@svendborg.example>',
    references: '<first@svendborg.example> <before@svendborg.example>',
    ...more,
  })
    .compile()
    .build()

const send = async (client: SESClient, more: object = {}, raw?: Buffer | string) =>
  client.send(
    new SendRawEmailCommand({
      RawMessage: { Data: Buffer.from(raw ?? (await letter())) },
      Destinations: [contact],
      ConfigurationSetName: 'letters',
      Tags: [{ Name: 'letter', Value: 'a'.repeat(40) }],
      ...more,
    }),
  )

const eventsIn = (
  queues: ReturnType<typeof parts>['queues'],
): { eventType: string; delivery?: { recipients: string[] } }[] =>
  queues.receive('ses-events').map(({ body }) => JSON.parse(body))

const until = async (condition: () => boolean) => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5))
}

test('a mail is delivered with the Message-ID and Date of SES, the thread kept, and LF line ends', async () => {
  const { clock, mailboxes, options } = parts()
  const { client } = await serve(options)
  const { MessageId } = await send(client)
  await until(() => clock.holders.length === 0)
  const [entry] = mailboxes.list(contact)
  const raw = await mailboxes.read(contact, entry?.id ?? '')
  const mail = await PostalMime.parse(raw ?? '')
  expect(MessageId).toMatch(/^0102[0-9a-f]{12}-[0-9a-f-]{36}-000000$/)
  expect(mail).toMatchObject({
    messageId: `<${MessageId}@eu-west-1.amazonses.com>`,
    date: '2015-01-15T08:00:00.000Z',
    inReplyTo: '<before@svendborg.example>',
    references: '<first@svendborg.example> <before@svendborg.example>',
    subject: 'Indberetning for 2014 – æøå',
    returnPath: `${MessageId}@eu-west-1.amazonses.com`,
  })
  expect(mail.text).toContain('M1 i alt: ____')
  expect(raw?.includes('\r')).toBe(false)
})

test('the events carry the id, the tags and the times of the moved clock', async () => {
  const { clock, queues, mailboxes, options } = parts()
  const { client } = await serve(options)
  const { MessageId } = await send(client, {
    Destinations: [contact, gone],
    Source: 'post@ministeriet.example',
  })
  await until(() => clock.holders.length === 0)
  const [sent, bounced, delivered, ...more] = eventsIn(queues)
  expect(more).toEqual([])
  const mail = {
    messageId: MessageId,
    timestamp: '2015-01-15T08:00:00.000Z',
    source: 'post@ministeriet.example',
    destination: [contact, gone],
    tags: {
      letter: ['a'.repeat(40)],
      'ses:configuration-set': ['letters'],
      'ses:from-domain': ['ministeriet.example'],
    },
    commonHeaders: { subject: 'Indberetning for 2014 – æøå', to: [contact] },
  }
  expect(sent).toMatchObject({ eventType: 'Send', mail, send: {} })
  expect(delivered).toMatchObject({
    eventType: 'Delivery',
    mail,
    delivery: { recipients: [contact], timestamp: '2015-01-15T08:00:00.000Z' },
  })
  expect(bounced).toMatchObject({
    eventType: 'Bounce',
    mail,
    bounce: {
      bounceType: 'Permanent',
      bouncedRecipients: [
        {
          emailAddress: gone,
          action: 'failed',
          status: '5.1.1',
          diagnosticCode: 'smtp; 550 5.1.1 user unknown',
        },
      ],
    },
  })
  expect(mailboxes.addresses()).toEqual([contact])
})

test('a bounce begins at its date', async () => {
  const { clock, queues, mailboxes, options } = parts()
  clock.advance(-10 * 24 * 3600)
  const { client } = await serve(options)
  await send(client, { Destinations: [gone] })
  await until(() => clock.holders.length === 0)
  expect(eventsIn(queues).map(({ eventType }) => eventType)).toEqual(['Send', 'Delivery'])
  expect(mailboxes.list(gone)).toHaveLength(1)
})

test('what SES refuses is refused, and nothing is delivered', async () => {
  const { clock, queues, mailboxes, options } = parts()
  const { client } = await serve(options)
  const text = (await letter()).toString('latin1')
  const refusals = [
    [
      () => send(client, {}, `Message-ID: <twice@x.example>\r\n${text}`),
      'InvalidParameterValue',
      'Duplicate header',
    ],
    [
      () => send(client, {}, `From: other@ministeriet.example\r\n${text}`),
      'InvalidParameterValue',
      'Duplicate header',
    ],
    [() => send(client, {}, text.padEnd(10_500_000, 'x\r\n')), 'InvalidParameterValue', 'Message length'],
    [() => send(client, {}, text + 'x'.repeat(999)), 'InvalidParameterValue', 'line'],
    [
      () => send(client, { Destinations: Array.from({ length: 51 }, (_, n) => `a${n}@b.example`) }),
      'InvalidParameterValue',
      'Recipient count',
    ],
    [() => send(client, { Source: 'evil@other.example' }), 'MessageRejected', 'not verified'],
    [() => send(client, { ConfigurationSetName: 'other' }), 'ConfigurationSetDoesNotExist', 'other'],
    [
      () => send(client, { Tags: [{ Name: 'letter', Value: 'not ascii å' }] }),
      'InvalidParameterValue',
      'tag',
    ],
    [
      () =>
        client.send(
          new SendEmailCommand({
            Source: 'a@ministeriet.example',
            Destination: {},
            Message: { Subject: { Data: 's' }, Body: {} },
          }),
        ),
      'InvalidAction',
      'SendEmail',
    ],
  ] as const
  for (const [refused, name, message] of refusals) {
    const error: Error = await refused().then(
      () => new Error('it was taken'),
      (thrown) => thrown,
    )
    expect(error.message).toContain(message)
    expect(error.name.replace(/Exception$/, '')).toBe(name)
  }
  expect([clock.holders, mailboxes.addresses(), queues.count('ses-events').visible]).toEqual([[], [], 0])
})

test('a mail without Destinations goes to the header recipients, and nobody reads the Bcc', async () => {
  const { clock, mailboxes, options } = parts()
  const { client } = await serve(options)
  const raw = (await letter({ cc: 'Chef <chef@svendborg.example>' })).toString('latin1')
  await send(client, { Destinations: undefined }, `Bcc: arkiv@ministeriet.example\r\n${raw}`)
  await until(() => clock.holders.length === 0)
  expect(mailboxes.addresses()).toEqual(['arkiv@ministeriet.example', 'chef@svendborg.example', contact])
  const [entry] = mailboxes.list(contact)
  expect((await mailboxes.read(contact, entry?.id ?? ''))?.toString()).not.toContain('Bcc')
})

test.for([0, 1, 2])(
  'after a crash past %i of two deliveries the rest is finished at the next start, once',
  async (before) => {
    const { clock, queues, mailboxes, options } = parts()
    const second = 'chef@odense.example'
    let delivered = 0
    let dead = false
    const die = () => {
      dead = true
      throw new Error('killed')
    }
    // Dies, as a killed process does, between the log and the end of the delivery.
    const dying = {
      ...options,
      mailboxes: {
        deliver(address: string, id: string, raw: Buffer) {
          if (delivered === before) die()
          delivered += 1
          mailboxes.deliver(address, id, raw)
        },
      },
      queues: {
        send(queue: string, body: string, once: { onceKey: string }) {
          if (before === 2 && once.onceKey.endsWith('odense.example')) die()
          return queues.send(queue, body, once)
        },
      },
    }
    const first = await serve(dying)
    const { MessageId } = await send(first.client, { Destinations: [contact, second] })
    await until(() => dead)
    // Nothing else may happen as if the letter had gone out.
    expect(clock.holders).toHaveLength(1)
    await first.close()
    expect(mailboxes.addresses()).toHaveLength(before)

    for (const address of mailboxes.addresses())
      mailboxes.markSeen(address, mailboxes.list(address)[0]?.id ?? '')
    await (await serve(options)).close()
    await serve(options)

    for (const address of [contact, second])
      expect(mailboxes.list(address).map(({ id }) => id)).toEqual([MessageId])
    expect(
      eventsIn(queues).map((event) => `${event.eventType} ${event.delivery?.recipients.join() ?? ''}`),
    ).toEqual(['Send ', `Delivery ${contact}`, `Delivery ${second}`])
  },
)
