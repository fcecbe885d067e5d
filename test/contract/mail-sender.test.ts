import { createServer, type RequestListener, type Server } from 'node:http'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import { SESClient } from '@aws-sdk/client-ses'
import { describe, expect, it, onTestFinished } from 'vitest'
import { memoryMailSender } from '../../functions/adapters/memory/mail.ts'
import { makeSesSender } from '../../functions/adapters/ses-sender.ts'
import { SendLater } from '../../workflows/errors.ts'
import { SendRefused, SendUncertain, type MailSender } from '../../functions/ports/mail.ts'
import { openSes } from '../../infra/local/aws/ses.ts'
import { fresh, onEach } from './both.ts'

interface Subject {
  readonly sender: MailSender
  /** The tags of the mails that arrived at an address, in order. */
  readonly arrived: (address: string) => readonly string[]
}

const tagOf = (n: number) => String(n).padStart(40, '0')
const mailTo = (to: string, tag = tagOf(1)) => ({
  raw: Buffer.from(
    `From: svar@ministeriet.example\r\nTo: ${to}\r\nSubject: Indberetning\r\nMessage-ID: <own@ministeriet.example>\r\n\r\nM1 i alt: ____\r\n`,
  ),
  from: 'svar@ministeriet.example',
  to: [to],
  tag,
})

/** @param requestTimeout ms; long where an answer comes, since a busy machine is no lost answer */
const clientOf = (endpoint: string, requestTimeout = 20_000): SESClient =>
  new SESClient({
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
    requestHandler: { requestTimeout, throwOnRequestTimeout: true },
  })

const sendEventSchema = z.object({
  eventType: z.string(),
  mail: z.object({ destination: z.array(z.string()), tags: z.record(z.string(), z.array(z.string())) }),
})

async function openReal() {
  const folder = mkdtempSync(join(tmpdir(), 'contract-ses-'))
  const delivered: { address: string; tag: string }[] = []
  const ses = await openSes({
    port: 0,
    file: join(folder, 'ses.sqlite'),
    clock: { now: () => Date.parse('2015-01-15T08:00:00Z'), hold: () => () => undefined },
    mailboxes: { deliver: () => undefined },
    queues: {
      send: (_queue, body) => {
        const { eventType, mail } = sendEventSchema.parse(JSON.parse(body))
        const tag = mail.tags['letter']?.[0] ?? 'none'
        if (eventType === 'Send') for (const address of mail.destination) delivered.push({ address, tag })
      },
    },
    configurationSets: { letters: { eventQueue: 'ses-events' } },
  })
  const client = clientOf(ses.url)
  const subject: Subject = {
    sender: makeSesSender({ client, configurationSet: 'letters' }),
    arrived: (address) => delivered.filter((one) => one.address === address).map(({ tag }) => tag),
  }
  return {
    subject,
    close: async () => {
      client.destroy()
      await ses.close()
      rmSync(folder, { recursive: true })
    },
  }
}

function openMemory() {
  const sender = memoryMailSender()
  const arrived = (address: string) =>
    sender.sent.filter(({ to }) => to.includes(address)).map(({ tag }) => tag)
  return { subject: { sender, arrived } }
}

onEach<Subject>(
  { 'The mail sender in SES': openReal, 'The mail sender in memory': openMemory },
  (subject) => {
    it('sends a mail under its tag and answers the Message-ID that the recipient will see', async () => {
      const { sender, arrived } = subject()
      const address = `${fresh('anna')}@svendborg.example`
      const first = await sender.send(mailTo(address, tagOf(1)))
      const second = await sender.send(mailTo(address, tagOf(2)))
      await expect.poll(() => arrived(address), { timeout: 20_000 }).toEqual([tagOf(1), tagOf(2)])
      expect(first.messageId).toMatch(/^<[^<>@\s]+@[^<>@\s]+>$/)
      expect(second.messageId).not.toBe(first.messageId)
    })
  },
)

describe('What a failure of SES is taken for', () => {
  const pausesMs = [1, 2, 4]
  const namespace = 'http://ses.amazonaws.com/doc/2010-12-01/'
  const sentXml = `<SendRawEmailResponse xmlns="${namespace}"><SendRawEmailResult><MessageId>0102</MessageId></SendRawEmailResult></SendRawEmailResponse>`
  const quotaXml = (rate: number) =>
    `<GetSendQuotaResponse xmlns="${namespace}"><GetSendQuotaResult><MaxSendRate>${rate}</MaxSendRate></GetSendQuotaResult></GetSendQuotaResponse>`
  const serve = async (
    answer: RequestListener,
  ): Promise<{ server: Server; url: string; requests: () => number }> => {
    let requests = 0
    const server = createServer((request, response) => {
      requests += 1
      request.resume()
      request.on('end', () => answer(request, response))
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    return { server, url: `http://127.0.0.1:${address.port}`, requests: () => requests }
  }
  const sendTo = (url: string, requestTimeout?: number) =>
    makeSesSender({ client: clientOf(url, requestTimeout), configurationSet: 'letters', pausesMs }).send(
      mailTo('anna@svendborg.example'),
    )
  const errorXml = (code: string) =>
    `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`

  it.each([
    { most: 50_000, gone: 40_001, isLow: true },
    { most: 50_000, gone: 40_000, isLow: false },
    // An account without a limit.
    { most: -1, gone: 90_000, isLow: false },
  ])('of $most mails in 24 hours $gone gone: low is $isLow', async ({ most, gone, isLow }) => {
    const { url } = await serve((_, response) =>
      response
        .writeHead(200, { 'content-type': 'text/xml' })
        .end(
          quotaXml(14).replace(
            '</MaxSendRate>',
            `</MaxSendRate><Max24HourSend>${most}</Max24HourSend><SentLast24Hours>${gone}</SentLast24Hours>`,
          ),
        ),
    )
    let told = 0
    const sender = makeSesSender({
      client: clientOf(url),
      configurationSet: 'letters',
      onQuotaLow: () => {
        told += 1
      },
    })
    await sender.turn(1)
    await sender.turn(1)
    expect(told).toBe(isLow ? 1 : 0)
  })

  it.each([
    [400, 'MessageRejected'],
    [403, 'AccessDenied'],
  ])('an answer %i %s is a refusal, asked once', async (status, code) => {
    const { url, requests } = await serve((_, response) =>
      response.writeHead(status, { 'content-type': 'text/xml' }).end(errorXml(code)),
    )
    await expect(sendTo(url)).rejects.toThrow(SendRefused)
    expect(requests()).toBe(1)
  })

  it.each([
    [400, 'Throttling'],
    [503, 'ServiceUnavailable'],
  ])(
    'an answer %i %s is "later": tried again within seconds, and not sent at the end',
    async (status, code) => {
      const { url, requests } = await serve((_, response) =>
        response.writeHead(status, { 'content-type': 'text/xml' }).end(errorXml(code)),
      )
      await expect(sendTo(url)).rejects.toThrow(SendLater)
      expect(requests()).toBe(1 + pausesMs.length)
    },
  )

  it('a mail that was throttled goes when there is room again', async () => {
    let left = 2
    const { url, requests } = await serve((_, response) => {
      left -= 1
      const [status, answer] = left >= 0 ? [400, errorXml('Throttling')] : [200, sentXml]
      response.writeHead(status, { 'content-type': 'text/xml' }).end(answer)
    })
    expect(await sendTo(url)).toEqual({ messageId: '<0102@eu-west-1.amazonses.com>' })
    expect(requests()).toBe(3)
  })

  it('keeps to the rate that SES tells, in recipients a second', async () => {
    const { url, requests } = await serve((_, response) =>
      response.writeHead(200, { 'content-type': 'text/xml' }).end(quotaXml(50)),
    )
    const { turn } = makeSesSender({ client: clientOf(url), configurationSet: 'letters' })
    const beganMs = performance.now()
    await Promise.all([turn(5), turn(5), turn(5)])
    expect(performance.now() - beganMs).toBeGreaterThanOrEqual(195)
    expect(requests()).toBe(1)
  })

  it('waits for nothing where SES does not tell its rate', async () => {
    const { url } = await serve((_, response) => response.writeHead(403).end(errorXml('AccessDenied')))
    const { turn } = makeSesSender({ client: clientOf(url), configurationSet: 'letters' })
    await expect(Promise.all([turn(50), turn(50)])).resolves.toEqual([undefined, undefined])
  })

  it('an answer 500 leaves it uncertain: the mail may be out', async () => {
    const { url, requests } = await serve((_, response) =>
      response.writeHead(500, { 'content-type': 'text/xml' }).end(errorXml('InternalFailure')),
    )
    await expect(sendTo(url)).rejects.toThrow(SendUncertain)
    expect(requests()).toBe(1)
  })

  it('a connection lost after sending leaves it uncertain', async () => {
    const { url, requests } = await serve((request) => request.socket.destroy())
    await expect(sendTo(url)).rejects.toThrow(SendUncertain)
    expect(requests()).toBe(1)
  })

  it('an answer that does not come leaves it uncertain', async () => {
    const { url, requests } = await serve(() => undefined)
    await expect(sendTo(url, 300)).rejects.toThrow(SendUncertain)
    await expect.poll(requests, { timeout: 20_000 }).toBe(1)
  })

  it('an answer that cannot be read leaves it uncertain', async () => {
    const { url } = await serve((_, response) => response.writeHead(200).end('<SendRawEmailResp'))
    await expect(sendTo(url)).rejects.toThrow(SendUncertain)
  })

  it('a mail system that was never reached takes it later', async () => {
    const { server, url } = await serve(() => undefined)
    server.close()
    await once(server, 'close')
    await expect(sendTo(url)).rejects.toThrow(SendLater)
  })
})

describe('The mail sender in memory', () => {
  it('fails as it was told, once, having sent the mail or not', async () => {
    const sender = memoryMailSender()
    sender.failNext({ error: new SendRefused('no'), sentNevertheless: false })
    sender.failNext({ error: new SendUncertain('silence'), sentNevertheless: true })
    await expect(sender.send(mailTo('a@svendborg.example'))).rejects.toThrow(SendRefused)
    expect(sender.sent).toHaveLength(0)
    await expect(sender.send(mailTo('a@svendborg.example'))).rejects.toThrow(SendUncertain)
    expect(sender.sent).toHaveLength(1)
    expect((await sender.send(mailTo('a@svendborg.example'))).messageId).toMatch(/^<.*>$/)
  })
})
