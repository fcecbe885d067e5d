import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { dirname } from 'node:path'
import { createServer } from 'node:net'
import * as z from 'zod'
import { eventually } from '../../support/local-year.ts'
import { installedFromPyPi } from '../python-tools.ts'

/** MiniStack: CloudFormation, Lambda, DynamoDB, S3, SQS, SNS, SES, API Gateway and more in one process, by others. */
const requirement = 'ministack==1.5.33'

export const region = 'eu-west-1'
export const account = '000000000000'

/** What leads the SDK, the CDK's command line and the functions to the emulator. */
export const emulatorVariables = (endpoint: string): Readonly<Record<string, string>> => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_ENDPOINT_URL_S3: endpoint,
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
})

/**
 * A port that nobody listens on, below those that the system gives away by itself: it is still free when the process
 * comes that is to have it.
 */
export const freePort = async (): Promise<number> => {
  for (;;) {
    const port = randomInt(20_000, 30_000)
    const server = createServer()
    const isFree = await new Promise<boolean>((settle) => {
      server.once('error', () => {
        settle(false)
      })
      server.listen(port, '127.0.0.1', () => {
        settle(true)
      })
    })
    if (!isFree) continue
    await new Promise((closed) => server.close(closed))
    return port
  }
}

/** The emulator as a process of its own. */
export interface Emulator {
  readonly endpoint: string
  stop(): void
}

/**
 * Starts the emulator, empty, and waits until it answers.
 * @param options.smtpPort where it hands over what is sent by SES
 * @param options.log a file for what it prints
 */
export const startEmulator = async (options: { smtpPort: number; log: string }): Promise<Emulator> => {
  const program = await installedFromPyPi(requirement, 'ministack')
  const port = await freePort()
  const endpoint = `http://127.0.0.1:${port}`
  const child = spawn(program, [], {
    env: {
      ...process.env,
      GATEWAY_PORT: String(port),
      SMTP_HOST: `127.0.0.1:${options.smtpPort}`,
      // Functions run on the Node of the tests, as `nodejs24.x` does on AWS.
      PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const log = createWriteStream(options.log)
  child.stdout.pipe(log)
  child.stderr.pipe(log)
  const stop = (): void => {
    if (child.pid === undefined || child.exitCode !== null) return
    process.kill(-child.pid, 'SIGKILL')
  }
  process.on('exit', stop)
  const isUp = (): Promise<true | undefined> =>
    fetch(`${endpoint}/_ministack/health`).then(
      ({ ok }) => ok || undefined,
      () => undefined,
    )
  await eventually('MiniStack answers', isUp, { withinMs: 60_000, everyMs: 200 })
  return { endpoint, stop }
}

const serviceVersions = { cloudformation: '2010-05-15', sns: '2010-03-31' } as const

/** A call by AWS's Query protocol, for services of which the product needs no client. @throws with what is answered */
export const query = async (
  endpoint: string,
  service: keyof typeof serviceVersions,
  parameters: Readonly<Record<string, string>>,
): Promise<string> => {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '')
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `AWS4-HMAC-SHA256 Credential=test/${day}/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: new URLSearchParams({ Version: serviceVersions[service], ...parameters }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${service} ${parameters['Action'] ?? ''}: ${text}`)
  return text
}

const logsAnswerSchema = z.object({
  logGroups: z.array(z.object({ logGroupName: z.string() })).default([]),
  events: z.array(z.object({ message: z.string() })).default([]),
  nextToken: z.string().nullish(),
})

/** A call of CloudWatch Logs, which the product has no client for either. */
const logs = async (
  endpoint: string,
  operation: string,
  body: object,
): Promise<z.infer<typeof logsAnswerSchema>> => {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `Logs_20140328.${operation}`,
      authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/logs/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(body),
  })
  return logsAnswerSchema.parse(await response.json())
}

/** Everything that functions wrote into their logs, by group. */
export const loggedBy = async (endpoint: string): Promise<ReadonlyMap<string, string>> => {
  const found = new Map<string, string>()
  for (let nextToken: string | undefined; ;) {
    const { logGroups, nextToken: more } = await logs(endpoint, 'DescribeLogGroups', { nextToken })
    for (const { logGroupName } of logGroups) found.set(logGroupName, await eventsOf(endpoint, logGroupName))
    if (more == null) return found
    nextToken = more
  }
}

const eventsOf = async (endpoint: string, logGroupName: string): Promise<string> => {
  const messages: string[] = []
  for (let nextToken: string | undefined; ;) {
    const { events, nextToken: more } = await logs(endpoint, 'FilterLogEvents', { logGroupName, nextToken })
    messages.push(...events.map(({ message }) => message))
    if (more == null || more === nextToken) return messages.join('\n')
    nextToken = more
  }
}
