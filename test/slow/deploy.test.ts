import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, globSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { HeadObjectCommand, ListBucketsCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { marksFinder } from '../support/marks.ts'
import { eventually, startLocal, summaryLine, temporaryFolder } from '../support/local-year.ts'
import {
  account,
  emulatorVariables,
  freePort,
  loggedBy,
  query,
  region,
  startEmulator,
  type Emulator,
} from './deployed/emulator.ts'
import { strangeMarks } from './deployed/failures.ts'
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
  dead: z.object({ waiting: z.number(), hidden: z.number() }),
  /** Functions that would not take an event of none. */
  refused: z.array(z.string()),
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

const data = join(temporary.path, 'data')
const own = join(temporary.path, 'own')

const namedSchema = z.looseObject({ name: z.string(), email: z.email() })
const contactsSchema = z.looseObject({ contacts: z.array(namedSchema) })

/** Every text in a value that is as long as a sentence. */
const sentencesIn = (value: unknown): readonly string[] =>
  typeof value === 'string'
    ? value.length >= 25
      ? [value]
      : []
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(sentencesIn)
      : []

/** What must stand nowhere outside: people, their addresses and words, tokens, sessions and secrets of both years. */
const marksOf = (folder: string): readonly string[] => {
  const json = (file: string): unknown => JSON.parse(readFileSync(join(set, file), 'utf8'))
  const contacts = readdirSync(join(set, 'agreements')).flatMap(
    (file) => contactsSchema.parse(json(join('agreements', file))).contacts,
  )
  const people = [...contacts, ...z.array(namedSchema).parse(json('people.json'))]
  const { municipalities } = z.looseObject({ municipalities: z.unknown() }).parse(json('players.json'))
  const mails = [folder, own].flatMap((one) =>
    globSync('mailboxes/**/{new,cur}/*', { cwd: one }).map((file) => readFileSync(join(one, file), 'latin1')),
  )
  const tokens = mails.flatMap((mail) => mail.match(/(?<=\+[\w-]{1,30}-)[a-z\d]{16}(?=@)/gu) ?? [])
  const cookies = readFileSync(join(folder, 'cookies.log'), 'utf8')
    .split('\n')
    .flatMap((line) => line.match(/(?<==)[^;]{16,}/u)?.[0] ?? [])
  const secrets = [folder, own].flatMap(
    (one) => readFileSync(join(one, 'secrets.json'), 'utf8').match(/[\da-f]{32,}/gu) ?? [],
  )
  return [
    // A mailbox or an office has a name that is no person's.
    ...people.flatMap(({ name, email }) =>
      /^\p{Lu}\p{L}+ \p{Lu}\p{L}+$/u.test(name) && !name.endsWith('Kommune') ? [name, email] : [email],
    ),
    ...sentencesIn(municipalities),
    ...tokens,
    ...cookies,
    ...secrets,
    ...strangeMarks,
  ]
}

/** What others than the case's own people see of the system: on the emulator, and of the year on one machine. */
async function* outside(endpoint: string): AsyncGenerator<readonly [where: string, bytes: Uint8Array]> {
  for (const [group, lines] of await loggedBy(endpoint)) yield [`log ${group}`, Buffer.from(lines)]
  for (const [folder, files] of [
    [data, ['addresses.log', 'tags.log', 'states.db', 'states.db-wal']],
    [own, ['functions.log', 'states.db', 'states.db-wal', 'printed.log']],
  ] as const)
    for (const file of files)
      if (existsSync(join(folder, file)))
        yield [join(basename(folder), file), readFileSync(join(folder, file))]
  const s3 = new S3Client({
    endpoint,
    region,
    forcePathStyle: true,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  })
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}))
  for (const { Name: Bucket = '' } of Buckets.filter(({ Name = '' }) => Name.startsWith('aarshjul')))
    for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket }))
      for (const { Key = '' } of Contents) {
        const { Metadata, ContentDisposition, ContentType } = await s3.send(
          new HeadObjectCommand({ Bucket, Key }),
        )
        yield [
          `head of ${Bucket}`,
          Buffer.from(JSON.stringify([Key, Metadata, ContentDisposition, ContentType])),
        ]
      }
  s3.destroy()
}

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
    const ownYear = startLocal(['--exit', '--json', '--port', '0', '--set', set, '--data', own])
    const { status, said } = await deploy(lacks)
    expect(status, said).toBe('CREATE_COMPLETE')
    const player = spawn(process.execPath, [join(import.meta.dirname, 'deployed/play.ts')], {
      env: {
        ...variables(),
        SMTP_PORT: String(smtpPort),
        SET: set,
        DATA: data,
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
    expect(player.exitCode, stderr).toBe(0)
    const played = playedSchema.parse(summaryLine(stdout))
    const { stdout: ownOut, stderr: ownErr } = await ownYear.ended
    writeFileSync(join(own, 'printed.log'), `${ownOut}${ownErr}`)
    expect(played.summary).toEqual(summarySchema.parse(summaryLine(ownOut)))
    expect(played.summary).toMatchObject({ agreements: 4, closed: 4, report: { frozenOn: '2015-09-01' } })
    expect(played.troubles).toEqual([])
    expect(played.dead).toEqual({ waiting: 0, hidden: 0 })
    expect(played.sent).toBeGreaterThan(150)
    expect(played.received).toBeGreaterThan(played.summary.letters.received)
    expect(played.refused.length).toBeGreaterThan(20)
  }, 900_000)

  test('nothing of it all stands in logs, histories, tags, keys and heads of objects, and addresses of pages', async () => {
    const marks = marksOf(data)
    expect(marks.length).toBeGreaterThan(100)
    const find = marksFinder(marks)
    const found: Record<string, readonly string[]> = {}
    let searched = 0
    for await (const [where, bytes] of outside(emulator.endpoint)) {
      const here = find(bytes)
      searched += bytes.length
      if (here.length > 0) found[where] = here
    }
    expect(found).toEqual({})
    // What was searched is what there is to say: the failures are told, and the marks are found where they may be.
    expect(searched).toBeGreaterThan(1_000_000)
    const logged = await loggedBy(emulator.endpoint)
    expect(logged.get(`/aws/lambda/${stack}-take-in-mail`)).toContain(
      '"error":"SyntaxError","message":"text that cannot be parsed"',
    )
    const [letter = ''] = globSync('mailboxes/**/{new,cur}/*', { cwd: data })
    expect(find(readFileSync(join(data, letter))).length).toBeGreaterThan(1)
  })
})
