/**
 * Plays a set's year against the deployed stack: the functions, tables, buckets, queues, topics and the console's API
 * are the emulator's, made by CloudFormation from the synthesised template. The workflows wait in our engine, with the
 * definitions that were deployed, since the emulator does not evaluate a computed `TimeoutSeconds`; the schedules fire
 * by the players' clock, since a year does not pass in real time. Prints the year's summary as its last line.
 */
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  ListFunctionsCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import {
  GetObjectLockConfigurationCommand,
  PutObjectCommand,
  PutObjectLockConfigurationCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { DescribeStateMachineCommand, ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn'
import { SQSClient } from '@aws-sdk/client-sqs'
import { appendFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { createTransport } from 'nodemailer'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import { environmentNames } from '../../../functions/adapters/environment.ts'
import { keysFor, newestOf, secretKinds, secretNamesSchema } from '../../../functions/adapters/secrets.ts'
import { domainsOf } from '../../../functions/domain/directory/senders.ts'
import { atCopenhagen, isBefore, todayInCopenhagen } from '../../../functions/domain/base/time.ts'
import { writeFileAtomically } from '../../../infra/local/atomic-file.ts'
import { LocalClock } from '../../../infra/local/clock.ts'
import { openDataFolder } from '../../../infra/local/data-folder.ts'
import { openIdentityProvider } from '../../../infra/local/identity/provider.ts'
import { openMaildirs } from '../../../infra/local/mail/maildir.ts'
import { openSmtpIn } from '../../../infra/local/mail/smtp-in.ts'
import { errandsOf, openOperator } from '../../../infra/local/operator.ts'
import { yearProgressSchema } from '../../../infra/local/progress.ts'
import { identityPeople } from '../../../infra/local/sample/identity-people.ts'
import { readSampleSet } from '../../../infra/local/sample/read-set.ts'
import { makeScheduler } from '../../../infra/local/scheduler.ts'
import { openSeason } from '../../../infra/local/season.ts'
import { readSecretsFile } from '../../../infra/local/secrets-file.ts'
import { openEngine } from '../../../infra/local/states/engine.ts'
import { schedulesOf } from '../../../infra/local/system.ts'
import { account, query, region } from './emulator.ts'
import { failEverywhere } from './failures.ts'
import { deployedRuntime, openConsoleDomain, openQueueDepths, openRecipients, openWayToSes } from './parts.ts'

const given = z
  .object({
    AWS_ENDPOINT_URL: z.url(),
    SMTP_PORT: z.coerce.number(),
    SET: z.string(),
    DATA: z.string(),
    STAGE: z.string(),
    TLS_CERT: z.string(),
    TLS_KEY: z.string(),
    CONSOLE_HOST: z.string(),
  })
  .parse(process.env)
const endpoint = given.AWS_ENDPOINT_URL
const prefix = `aarshjul-${given.STAGE}-`
const read = readSampleSet(given.SET)
if (!read.ok) throw new Error(`The set has errors: ${JSON.stringify(read.errors)}`)
const { loaded } = read
const { year } = loaded.set

const troubles: string[] = []
const trouble = (error: unknown): void => {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  troubles.push(text)
  console.error(`[trouble] ${text}`)
}

const folder = openDataFolder({ folder: given.DATA, set: loaded.set.name, formerSet: loaded.set.name, year })
const clock = new LocalClock({
  mode: 'moved',
  startMs: Date.parse(atCopenhagen(loaded.set.startsOn, '07:00')),
  file: folder.file('clock.json'),
})
// What the deployed functions take for the time; written before anything is started at a new one.
const timeFile = folder.file('time.json')
const tellTime = (): void => {
  writeFileAtomically(timeFile, JSON.stringify({ nowAt: clock.nowIso() }))
}
tellTime()
clock.onMove(tellTime)
const maildirs = openMaildirs(folder.file('mailboxes'))
const tls = { cert: given.TLS_CERT, key: given.TLS_KEY }
const lambda = new LambdaClient({})
const runtime = deployedRuntime(lambda, { clock, prefix })

// What the operator makes by hand after a first deployment: the secrets, under the names that the functions have.
const secrets = readSecretsFile(folder.file('secrets.json'))
const { Functions: functions = [] } = await lambda.send(new ListFunctionsCommand({ MaxItems: 100 }))
const named = functions.flatMap(({ FunctionName: name = '' }) => (name.startsWith(prefix) ? [name] : []))
const environmentOf = async (name: string): Promise<Record<string, string>> =>
  (await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }))).Environment?.Variables ??
  {}
const environments = new Map(
  await Promise.all(named.map(async (name) => [name, await environmentOf(name)] as const)),
)
const secretNames = Object.assign(
  {},
  ...[...environments.values()].map((variables) =>
    secretNamesSchema.parse(JSON.parse(variables[environmentNames.secretNames] ?? '{}')),
  ),
)
const manager = new SecretsManagerClient({})
for (const kind of secretKinds.filter((one) => secrets[one] !== undefined))
  await manager.send(
    new CreateSecretCommand({ Name: secretNames[kind], SecretString: JSON.stringify(secrets[kind]) }),
  )

// The workflows, as deployed.
const engine = openEngine({
  file: folder.file('states.db'),
  clock,
  region,
  account,
  seed: 'aarshjul',
  integrations: {
    lambda: (name, payload) =>
      runtime.invoke(name.replace(/^.*:function:/u, '').slice(prefix.length), payload, 'states'),
  },
  onStatusChange: async (event) => {
    if (!['FAILED', 'TIMED_OUT', 'ABORTED'].includes(event.status)) return
    trouble(`execution ${event.executionArn} ${event.status}`)
    await runtime.invoke('record-execution-lost', { detail: event }, 'states')
  },
  onFault: trouble,
})
const states = new SFNClient({})
const { stateMachines = [] } = await states.send(new ListStateMachinesCommand({}))
for (const { stateMachineArn, name = '' } of stateMachines) {
  const { definition = '' } = await states.send(new DescribeStateMachineCommand({ stateMachineArn }))
  engine.putStateMachine({ name, definition, definitionSubstitutions: {} })
}
clock.attach({ name: 'workflows', nextDue: () => engine.nextDue(), fireDue: () => engine.fireDue() })
const wire = await engine.listen(0)

// Mail out and in.
const sent = await openWayToSes({ endpoint, clock })
const topicArn = (name: string): string => `arn:aws:sns:${region}:${account}:${prefix}${name}`
const [anyFunction] = environments.values()
const variable = (name: string): string => anyFunction?.[name] ?? ''
const recipients = await openRecipients({
  port: given.SMTP_PORT,
  endpoint,
  configurationSet: variable(environmentNames.configurationSet),
  topicArn: topicArn('deliveries'),
  sent,
  bounces: loaded.bounces,
  maildirs,
  clock,
  onTrouble: trouble,
})
const s3 = new S3Client({ forcePathStyle: true })
// The template's ObjectLockEnabled, which the emulator's CloudFormation does not hand on to its S3.
const archive = { Bucket: variable(environmentNames.archiveBucket) }
const isLocked = await s3.send(new GetObjectLockConfigurationCommand(archive)).then(
  () => true,
  () => false,
)
if (isLocked) trouble('The emulator locks the bucket by itself now: this step is not needed')
const lock = { ObjectLockEnabled: 'Enabled' } as const
await s3.send(new PutObjectLockConfigurationCommand({ ...archive, ObjectLockConfiguration: lock }))
const landed = new Map<string, { bytes: Uint8Array; receivedMs: number }>()
let landing = Promise.resolve()
const arrives = (step: () => Promise<unknown>): void => {
  const release = clock.hold('mail being received')
  landing = landing
    .then(step)
    .then(() => undefined, trouble)
    .finally(release)
}
const domains = domainsOf(loaded)
const landingBucket = variable(environmentNames.landingBucket)
const smtp = await openSmtpIn({
  port: 0,
  domains: domains.replyDomains,
  verdicts: loaded.domains,
  landing: {
    bucketName: landingBucket,
    topicArn: topicArn('arrivals'),
    put: (key, bytes) => {
      landed.set(key, { bytes, receivedMs: clock.now() })
      arrives(() => s3.send(new PutObjectCommand({ Bucket: landingBucket, Key: key, Body: bytes })))
    },
  },
  enqueue: (body) => {
    arrives(() =>
      query(endpoint, 'sns', { Action: 'Publish', TopicArn: topicArn('arrivals'), Message: body }),
    )
  },
  clock,
})

// The console behind its domain, and the login.
const consoleDomain = await openConsoleDomain({
  tls,
  endpoint,
  host: given.CONSOLE_HOST,
  clock,
  onPage: ({ addresses, cookies }) => {
    for (const address of addresses) appendFileSync(folder.file('addresses.log'), `${address}\n`)
    for (const cookie of cookies) appendFileSync(folder.file('cookies.log'), `${cookie}\n`)
  },
})
const identity = await openIdentityProvider({
  port: 0,
  tls,
  file: folder.file('identity.db'),
  people: identityPeople(loaded.people),
  client: {
    id: 'aarshjul',
    secret: newestOf(keysFor(secrets, 'login')),
    redirectUris: [`${consoleDomain.url}/login/callback`],
    postLogoutRedirectUris: [`${consoleDomain.url}/`],
  },
})

// The emulator keeps back what an error is called; `preload.ts` makes up for it.
const errorName = await runtime.invoke('SummariseYear', {}).then(
  () => 'none',
  (error: unknown) => (error instanceof Error ? error.name : ''),
)
if (errorName !== 'Runtime.HandlerError') trouble(`The emulator tells an error's name now: ${errorName}`)

// What the functions are told beside what the stack told them: where the parts outside the emulator are, and the time.
for (const [FunctionName, variables] of environments)
  await lambda.send(
    new UpdateFunctionConfigurationCommand({
      FunctionName,
      Environment: {
        Variables: {
          ...variables,
          [environmentNames.consoleUrl]: consoleDomain.url,
          [environmentNames.oidcIssuer]: identity.issuer,
          AWS_ENDPOINT_URL: endpoint,
          AWS_ENDPOINT_URL_SFN: wire.url,
          AWS_ENDPOINT_URL_SES: sent.url,
          NODE_EXTRA_CA_CERTS: given.TLS_CERT,
          NODE_OPTIONS: `--import ${fileURLToPath(new URL('./preload.ts', import.meta.url))}`,
          TIME_FILE: timeFile,
        },
      },
    }),
  )

// The clock stands while a mail is under way inside the emulator, or a queue holds one.
const depths = await openQueueDepths(new SQSClient({}), [`${prefix}intake`, `${prefix}deliveries`])
clock.attachGate(async () => {
  for (let isFirst = true; ; isFirst = false) {
    const isUnderWay = sent.count() > recipients.taken()
    const { waiting, hidden } = await depths()
    if (!isUnderWay && waiting + hidden === 0) {
      if (!isFirst) clock.changed()
      return true
    }
    await sleep(50)
  }
})

const operator = openOperator({
  errands: errandsOf(loaded),
  file: folder.file('errands.json'),
  clock,
  invoke: runtime.invoke,
  onTrouble: (_errand, error) => {
    trouble(error)
  },
})
await operator.dueNow()
const scheduler = makeScheduler({
  schedules: schedulesOf(() => runtime.statistics.countBy('http') + runtime.statistics.countBy('command')),
  clock,
  invoke: runtime.invoke,
  file: folder.file('schedules.json'),
  onGivenUp: (_schedule, error) => {
    trouble(error)
  },
})
await scheduler.start()
engine.start()
const season = await openSeason({
  stage: {
    clock,
    maildirs,
    smtpPort: smtp.port,
    consoleUrl: consoleDomain.url,
    file: folder.file,
    landing: { keys: () => [...landed.keys()], get: (key) => landed.get(key) },
  },
  loaded,
  except: new Set(),
  onTrouble: (who, error) => {
    trouble(`${who}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  },
})
let over = false
let month = ''
clock.attachGate(async () => {
  const today = todayInCopenhagen(clock.nowIso())
  if (month !== today.slice(0, 7)) console.error(`${today}: ${maildirs.addresses().length} mailboxes, ${sent.count()} sent, ${landed.size} received, ${Math.round(performance.now() / 1000)} s`) // prettier-ignore
  month = today.slice(0, 7)
  if (!over && !isBefore(today, loaded.set.reportingDate))
    ({ over } = yearProgressSchema.parse(await runtime.invoke('YearProgress', { year }, 'command')))
  // A gate that refuses is not asked again until something has changed.
  if (over) setImmediate(() => clock.changed())
  return !over
})
await clock.run(() => over)
await season.close()
const summary = z.looseObject({}).parse(await runtime.invoke('SummariseYear', { year }, 'command'))
const deadLetters = await openQueueDepths(new SQSClient({}), [
  `${prefix}intake-dead`,
  `${prefix}deliveries-dead`,
  `${prefix}failed-events`,
])
const dead = await deadLetters()

// Then everything goes wrong that can, each with words of its own: what is said of it is searched by the test.
clock.setMode('manual')
const replyAddress = [...landed.values()]
  .map(({ bytes }) => /svar\+[\w-]+@[\w.]+/u.exec(Buffer.from(bytes).toString('latin1'))?.[0])
  .find((address) => address !== undefined)
const transport = createTransport({ host: '127.0.0.1', port: smtp.port, secure: false, ignoreTLS: true })
const { refused } = await failEverywhere({
  functions: named.map((name) => name.slice(prefix.length)),
  invoke: runtime.invoke,
  publish: (topic, Message) =>
    query(endpoint, 'sns', { Action: 'Publish', TopicArn: topicArn(topic), Message }),
  send: async ({ from, to, raw }) => {
    await transport.sendMail({ envelope: { from, to }, raw })
  },
  replyAddress: replyAddress ?? '',
  replyDomain: domains.replyDomains[0] ?? '',
})
// Done when nothing is left but the two messages of each queue that nobody can read, waiting for their next try.
for (;;) {
  const { waiting, hidden } = await depths()
  if (waiting === 0 && hidden === 4 && sent.count() === recipients.taken()) break
  await sleep(200)
}
appendFileSync(
  folder.file('tags.log'),
  sent
    .tags()
    .map((tags) => `${JSON.stringify(tags)}\n`)
    .join(''),
)
clock.stop()
console.log(JSON.stringify({ summary, troubles, dead, sent: sent.count(), received: landed.size, refused }))
process.exit(0)
