import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { eventually, startLocal, summaryLine, temporaryFolder } from '../support/local-year.ts'
import {
  account,
  emulatorVariables,
  freePort,
  query,
  region,
  startEmulator,
  type Emulator,
} from './deployed/emulator.ts'
import { lacks, leaveOut, type Lack } from './deployed/lacks.ts'

/**
 * The stack as synthesised, deployed by the CDK's command line on MiniStack, an emulator of AWS that nobody here
 * wrote, and a year of four agreements played against what CloudFormation made there: the bundles as functions, tables,
 * buckets, queues, topics, the console's API. Not from there are the waits of the workflows and the schedules (our own
 * engine and scheduler, on the players' clock) and the receiving of mail, which begins at the landing bucket. python3 is needed; the emulator comes from PyPI into the ignored cache.
 */
const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../..')
const set = join(root, 'test/fixtures/older-data-folder/set')
const cdk = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk')
const stage = 'test'
const stack = `aarshjul-${stage}`
const temporary = temporaryFolder('deploy')
const assembly = join(temporary.path, 'assembly')
const cert = join(temporary.path, 'cert.pem')
const key = join(temporary.path, 'key.pem')

/** Without what differs from run to run: seconds, and the path of the frozen report, which holds random salts. */
const summarySchema = z
  .looseObject({
    report: z.object({ sha256: z.string(), frozenOn: z.string() }),
    letters: z.object({ sent: z.number(), received: z.number() }),
    seconds: z.unknown().optional(),
    simulatedDays: z.unknown().optional(),
  })
  .transform(({ seconds: _seconds, simulatedDays: _days, ...summary }) => summary)

let emulator: Emulator
let smtpPort: number
const variables = (): NodeJS.ProcessEnv => ({ ...process.env, ...emulatorVariables(emulator.endpoint) })
const onEmulator = (program: string, ...given: readonly string[]) =>
  run(process.execPath, [program, ...given], { cwd: root, env: variables(), maxBuffer: 100_000_000 })

const failedSchema = z.object({ stdout: z.string(), stderr: z.string() })

/** Deploys the assembly but for what is left out. @returns what became of the stack, and what the command line said */
const deploy = async (left: readonly Lack[]): Promise<{ readonly status: string; readonly said: string }> => {
  const folder = mkdtempSync(join(temporary.path, 'assembly-'))
  cpSync(assembly, folder, { recursive: true })
  leaveOut(folder, stack, left)
  const { stdout, stderr } = await onEmulator(
    cdk, 'deploy', '--app', folder, '--require-approval', 'never', '--progress', 'events',
  ).catch((error: unknown) => failedSchema.parse(error)) // prettier-ignore
  const described = await cloudFormation({ Action: 'DescribeStacks' }).catch(() => '')
  return {
    // A type that is unknown is refused before anything is made.
    status: /<StackStatus>([^<]+)</u.exec(described)?.[1] ?? 'REFUSED',
    said: `${stdout}${stderr}`,
  }
}

const cloudFormation = (parameters: Readonly<Record<string, string>>): Promise<string> =>
  query(emulator.endpoint, 'cloudformation', { StackName: stack, ...parameters })

/** Takes away what a failed first deployment left, as the guide says. */
const takeAway = async (): Promise<void> => {
  await cloudFormation({ Action: 'UpdateTerminationProtection', EnableTerminationProtection: 'false' })
  await cloudFormation({ Action: 'DeleteStack' })
  const isGone = (): Promise<true | undefined> =>
    cloudFormation({ Action: 'DescribeStacks' }).then(
      (described) => described.includes('DELETE_COMPLETE') || undefined,
      () => true as const,
    )
  await eventually('the stack is gone', isGone, { withinMs: 60_000, everyMs: 200 })
}

/** The host name by which the emulator finds the console's API. */
const consoleHost = async (): Promise<string> => {
  const scope = `test/20260101/${region}/apigateway/aws4_request`
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`
  const answer = await fetch(`${emulator.endpoint}/v2/apis`, { headers: { authorization } })
  const { items } = z
    .object({ items: z.array(z.object({ name: z.string(), apiEndpoint: z.url() })) })
    .parse(await answer.json())
  const api = items.find(({ name }) => name === `${stack}-console`)
  return new URL(api?.apiEndpoint ?? '').host
}

const playedSchema = z.object({
  summary: summarySchema,
  troubles: z.array(z.string()),
  dead: z.record(z.string(), z.number()),
  sent: z.number(),
  received: z.number(),
})

beforeAll(async () => {
  smtpPort = await freePort()
  emulator = await startEmulator({ smtpPort, log: join(temporary.path, 'emulator.log') })
  await run('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '30',
    '-subj',
    '/CN=localhost',
    '-addext',
    'subjectAltName=DNS:localhost',
    '-keyout',
    key,
    '-out',
    cert,
  ])
  await onEmulator(cdk, 'bootstrap', `aws://${account}/${region}`)
  await onEmulator(
    cdk,
    'synth',
    '--quiet',
    '--output',
    assembly,
    '-c',
    'protectRecord=false',
    '-c',
    'replyDomains=svar.ministeriet.example,svar.nytministerium.example',
    '-c',
    'ownDomains=ministeriet.example,nytministerium.example',
  )
}, 600_000)
afterAll(() => {
  emulator.stop()
  temporary.remove()
})

describe('deployed on MiniStack', () => {
  test.each(lacks.map((lack) => [lack.what, lack] as const))(
    'it lacks %s: a creation that asks for them fails, and what it leaves is in the way of none after it',
    async (_what, lack) => {
      const { status, said } = await deploy(lacks.filter((other) => other !== lack))
      expect(['REFUSED', 'ROLLBACK_COMPLETE'], said).toContain(status)
      if (status === 'ROLLBACK_COMPLETE') await takeAway()
    },
    120_000,
  )

  test('after that the stack is created, and a year played on it ends with the same summary and report as on one machine', async () => {
    const own = startLocal([
      '--exit',
      '--json',
      '--port',
      '0',
      '--set',
      set,
      '--data',
      join(temporary.path, 'own'),
    ])
    const { status, said } = await deploy(lacks)
    expect(status, said).toBe('CREATE_COMPLETE')
    const player = spawn(process.execPath, [join(import.meta.dirname, 'deployed/play.ts')], {
      env: {
        ...variables(),
        SMTP_PORT: String(smtpPort),
        SET: set,
        DATA: join(temporary.path, 'data'),
        STAGE: stage,
        TLS_CERT: cert,
        TLS_KEY: key,
        NODE_EXTRA_CA_CERTS: cert,
        CONSOLE_HOST: await consoleHost(),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    }) // prettier-ignore
    const [stdout, stderr] = await Promise.all([
      text(player.stdout),
      text(player.stderr),
      once(player, 'close'),
    ])
    expect(stderr).not.toContain('[trouble]')
    const played = playedSchema.parse(summaryLine(stdout))
    const { stdout: ownOut } = await own.ended
    expect(played.summary).toEqual(summarySchema.parse(summaryLine(ownOut)))
    expect(played.summary).toMatchObject({ agreements: 4, closed: 4, report: { frozenOn: '2015-09-01' } })
    expect(played.troubles).toEqual([])
    expect(Object.values(played.dead)).toEqual([0, 0, 0])
    expect(played.sent).toBeGreaterThan(150)
    expect(played.received).toBe(played.summary.letters.received)
  }, 900_000)
})
