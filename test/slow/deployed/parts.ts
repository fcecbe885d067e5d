import { createServer as createSecureServer } from 'node:https'
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { readFileSync } from 'node:fs'
import { SMTPServer } from 'smtp-server'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { GetQueueAttributesCommand, GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs'
import * as z from 'zod'
import { bounceEvent, bounceOf, deliveryEvent, type BounceRule } from '../../../infra/local/aws/ses-events.ts'
import type { LocalClock } from '../../../infra/local/clock.ts'
import { FunctionFailure, type FailurePayload } from '../../../infra/local/function-failure.ts'
import { FunctionStatistics } from '../../../infra/local/function-statistics.ts'
import { fileNameOf, type FunctionsRuntime } from '../../../infra/local/functions-runtime.ts'
import { listen } from '../../../infra/local/listen.ts'
import type { Maildirs } from '../../../infra/local/mail/maildir.ts'
import { nameEnd } from './error-name.ts'
import { query } from './emulator.ts'

/** Certificate and key, as files. */
export interface Tls {
  readonly cert: string
  readonly key: string
}

const failureSchema = z
  .object({ errorType: z.string().default('Unknown'), errorMessage: z.string().default('') })
  .transform(({ errorType, errorMessage }): FailurePayload => {
    const [name = '', ...message] = errorMessage.split(nameEnd)
    return message.length === 0
      ? { errorType, errorMessage }
      : { errorType: name, errorMessage: message.join(nameEnd) }
  })

/** Invokes the deployed functions, by the names that the local system gives them; the clock stands meanwhile. */
export const deployedRuntime = (
  client: LambdaClient,
  { clock, prefix }: { clock: LocalClock; prefix: string },
): FunctionsRuntime => {
  const statistics = new FunctionStatistics()
  return {
    statistics,
    invoke: async (name, event, by = 'command') => {
      const file = fileNameOf(name)
      const release = clock.hold(`function ${file}`)
      const over = statistics.begin()
      const startedMs = performance.now()
      let outcome: 'ok' | 'error' = 'error'
      try {
        const answer = await client.send(
          new InvokeCommand({
            FunctionName: `${prefix}${file}`,
            Payload: Buffer.from(JSON.stringify(event ?? null)),
          }),
        )
        const text = Buffer.from(answer.Payload ?? []).toString('utf8')
        const payload: unknown = text === '' ? null : JSON.parse(text)
        if (answer.FunctionError !== undefined) throw new FunctionFailure(failureSchema.parse(payload))
        outcome = 'ok'
        return payload
      } finally {
        statistics.add({ function: file, by, outcome, ms: performance.now() - startedMs })
        over()
        release()
      }
    },
  }
}

/** The console's own domain: TLS in front of the deployed API. The clock stands while a page is asked for. */
export const openConsoleDomain = async (options: {
  tls: Tls
  endpoint: string
  /** The API's own host name, by which the emulator finds it. */
  host: string
  clock: LocalClock
  /** Told of each address that is asked for or led to, and of what the answer sets as cookies. */
  onPage: (page: { readonly addresses: readonly string[]; readonly cookies: readonly string[] }) => void
}): Promise<{ url: string; close(): void }> => {
  const inner = new URL(options.endpoint)
  const server = createSecureServer(
    { cert: readFileSync(options.tls.cert), key: readFileSync(options.tls.key) },
    (incoming, outgoing) => {
      outgoing.once('close', options.clock.hold('page of the console'))
      const headers = { ...incoming.headers, host: options.host }
      const onward = request(
        { hostname: inner.hostname, port: inner.port, method: incoming.method, path: incoming.url, headers },
        (answer) => {
          const { location, 'set-cookie': cookies = [] } = answer.headers
          const addresses = [incoming.url, location].filter((one) => one !== undefined)
          options.onPage({ addresses, cookies })
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
          answer.pipe(outgoing)
        },
      )
      onward.once('error', () => outgoing.writeHead(502).end())
      incoming.pipe(onward)
    },
  )
  const port = await listen(server, { port: 0, what: 'console domain', option: '--port' })
  return {
    url: `https://localhost:${port}`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** What is known of a mail that SES took and that the emulator does not keep: its tags, by its id. */
export interface SentMails {
  readonly url: string
  count(): number
  tagsOf(id: string): readonly { readonly name: string; readonly value: string }[]
  /** The tags of all. */
  tags(): readonly unknown[]
  close(): void
}

const throttled = (about: string): string =>
  `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>Sender</Type><Code>Throttling</Code><Message>Maximum sending rate exceeded for ${about}</Message></Error><RequestId>r-1</RequestId></ErrorResponse>`

/**
 * The way to the emulator's SES: passes on what it does not throttle, one in ten, in words that name who was written
 * to, and notes the tags of each mail taken.
 */
export const openWayToSes = async (options: { endpoint: string; clock: LocalClock }): Promise<SentMails> => {
  const sent = new Map<string, readonly { name: string; value: string }[]>()
  let asked = 0
  const pass = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(Buffer.from(chunk))
    const body = Buffer.concat(chunks)
    const parameters = new URLSearchParams(body.toString('latin1'))
    const to = parameters.get('Destinations.member.1')
    asked += to === null ? 0 : 1
    if (to !== null && asked % 10 === 0) {
      outgoing.writeHead(400, { 'content-type': 'text/xml' }).end(throttled(to))
      return
    }
    const { authorization = '', 'content-type': type = '' } = incoming.headers
    const headers = { authorization, 'content-type': type }
    const answer = await fetch(options.endpoint, { method: 'POST', headers, body })
    const text = await answer.text()
    const id = /<SendRawEmailResult><MessageId>([^<]+)</u.exec(text)?.[1]
    if (id !== undefined) sent.set(id, tagsIn(parameters))
    outgoing.writeHead(answer.status, { 'content-type': 'text/xml' }).end(text)
  }
  const server = createServer((incoming, outgoing) => {
    const release = options.clock.hold('mail being sent')
    pass(incoming, outgoing)
      .catch((error: unknown) => {
        outgoing.destroy(error instanceof Error ? error : new Error(String(error)))
      })
      .finally(release)
  })
  const port = await listen(server, { port: 0, what: 'way to SES', option: '--port' })
  return {
    url: `http://127.0.0.1:${port}`,
    count: () => sent.size,
    tagsOf: (id) => sent.get(id) ?? [],
    tags: () => [...sent.values()],
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

const tagsIn = (parameters: URLSearchParams): readonly { name: string; value: string }[] => {
  const tags: { name: string; value: string }[] = []
  for (let nth = 1; parameters.has(`Tags.member.${nth}.Name`); nth += 1)
    tags.push({
      name: parameters.get(`Tags.member.${nth}.Name`) ?? '',
      value: parameters.get(`Tags.member.${nth}.Value`) ?? '',
    })
  return tags
}

/**
 * The servers of everybody we write to: take what the emulator's SES relays, or refuse it by the set's rules, and tell
 * the topic so as SES would; the emulator publishes no events.
 */
export const openRecipients = async (options: {
  port: number
  endpoint: string
  configurationSet: string
  topicArn: string
  sent: SentMails
  bounces: readonly BounceRule[]
  maildirs: Maildirs
  clock: LocalClock
  onTrouble: (error: unknown) => void
}): Promise<{ taken(): number; close(): Promise<void> }> => {
  const { clock, maildirs } = options
  let taken = 0
  const tell = (event: object): Promise<string> =>
    query(options.endpoint, 'sns', {
      Action: 'Publish',
      TopicArn: options.topicArn,
      Message: JSON.stringify(event),
    })
  const deliver = async (raw: Buffer, source: string, destinations: readonly string[]): Promise<void> => {
    const id = /^Message-ID: <([^>]+)>/iu.exec(raw.toString('latin1'))?.[1]
    if (id === undefined) throw new Error('a mail without the id that SES gives it')
    const { configurationSet, sent } = options
    const at = clock.now()
    const mail = {
      id,
      acceptedAt: at,
      source,
      destinations,
      configurationSet,
      tags: [...sent.tagsOf(id)],
      raw,
    }
    const refused = new Map(
      destinations.flatMap((address) => {
        const rule = bounceOf(options.bounces, address, at)
        return rule === undefined ? [] : [[address, rule] as const]
      }),
    )
    const delivered = destinations.filter((address) => !refused.has(address))
    for (const address of delivered) maildirs.deliver(address, id.replace(/@.*/u, ''), raw)
    for (const [recipient, rule] of refused) await tell(bounceEvent(mail, rule, { recipient, at }))
    if (delivered.length > 0) await tell(deliveryEvent(mail, delivered, at))
    taken += 1
    clock.changed()
  }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onData(stream, { envelope: { mailFrom, rcptTo } }, callback) {
      const release = clock.hold('mail being delivered')
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.once('end', () => {
        const to = rcptTo.map(({ address }) => address)
        deliver(Buffer.concat(chunks), mailFrom === false ? '' : mailFrom.address, to)
          .then(() => {
            callback()
          })
          .catch((error: unknown) => {
            options.onTrouble(error)
            callback(error instanceof Error ? error : new Error(String(error)))
          })
          .finally(release)
      })
    },
  })
  await listen(server.server, { port: options.port, what: 'recipients', option: '--port' })
  return {
    taken: () => taken,
    close: () =>
      new Promise((closed) => {
        server.close(() => {
          closed()
        })
      }),
  }
}

/** How many messages queues hold that wait, and that are worked on or wait to be tried again. */
export const openQueueDepths = async (
  client: SQSClient,
  names: readonly string[],
): Promise<() => Promise<{ readonly waiting: number; readonly hidden: number }>> => {
  const urls = await Promise.all(
    names.map(
      async (name) => (await client.send(new GetQueueUrlCommand({ QueueName: name }))).QueueUrl ?? '',
    ),
  )
  const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const
  return async () => {
    const [waiting, hidden] = [{ count: 0 }, { count: 0 }]
    for (const QueueUrl of urls) {
      const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] })
      const { Attributes = {} } = await client.send(asked)
      waiting.count += Number(Attributes[AttributeNames[0]])
      hidden.count += Number(Attributes[AttributeNames[1]])
    }
    return { waiting: waiting.count, hidden: hidden.count }
  }
}
