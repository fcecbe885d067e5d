import { environmentNames } from '../../functions/adapters/environment.ts'
import { domainsOf, sendingDomains } from '../../functions/domain/directory/senders.ts'
import { fileNameOf, scheduledInput, schedules } from '../../workflows/tasks.ts'
import { openIdentityProvider } from './identity/provider.ts'
import { LocalClock } from './clock.ts'
import { controlPages } from './control.ts'
import type { ClockMode } from './clock-source.ts'
import { openDataFolder } from './data-folder.ts'
import { local, localQueues, machineArn, openEmbeddedAws, type EmbeddedAws } from './embedded-aws.ts'
import { type QueueMapping, startEventSources } from './event-sources.ts'
import { openMaildirs, type Maildirs } from './mail/maildir.ts'
import { mailboxPages } from './mail/mailbox-pages.ts'
import { openSmtpIn, type SmtpInOptions } from './mail/smtp-in.ts'
import { errandsOf, openOperator } from './operator.ts'
import { identityPeople } from './sample/identity-people.ts'
import type { LoadedSet } from './sample/read-set.ts'
import type { Invoke } from './functions-runtime.ts'
import { makeScheduler, type Schedule } from './scheduler.ts'
import { makeWebServer, type WebServer } from './web-server.ts'
import { readSecretsFile } from './secrets-file.ts'
import { makeOutbox } from '../../functions/adapters/dynamodb/beside-streams.ts'
import { makeDynamoClient, makeTable } from '../../functions/adapters/dynamodb/table.ts'
import type { Ports } from '../../functions/ports/ports.ts'
import type { FunctionStatistics } from './function-statistics.ts'
import { keysFor, newestOf } from '../../functions/adapters/secrets.ts'
import { atCopenhagen } from '../../functions/domain/base/time.ts'

/** A local system, all parts open, its clock standing until `run`. */
export interface LocalSystem {
  readonly clock: LocalClock
  readonly aws: EmbeddedAws
  readonly maildirs: Maildirs
  readonly web: WebServer
  readonly smtpPort: number
  readonly addresses: Readonly<Record<string, string>>
  readonly folder: { file(name: string): string; readonly path: string; readonly isNew: boolean }
  close(): Promise<void>
}

/** What stands between the parts, where somebody wants to see what they do when it fails. */
export interface Between {
  /** The way from the functions to AWS's parts: other addresses by the SDK's variables. */
  readonly endpoints?: (
    endpoints: Readonly<Record<string, string>>,
  ) => Promise<Readonly<Record<string, string>>>
  /** The way from queues and schedules to the functions. */
  readonly invoke?: (invoke: Invoke) => Invoke
  /** The account's rate at SES, in recipients a second of real time. */
  readonly maxSendRate?: number
}

/**
 * What EventBridge Scheduler calls.
 * @param decisions how many invocations by the console and the command line have ended: these alone note a
 *   command for reconcile each time (handlers/README.md, "Acts are owed"), so that between them the clock need not
 *   wait for it
 * @param owes whether something else has left a note for it
 */
export const schedulesOf = (
  decisions: () => number,
  owes: () => Promise<boolean> = async () => false,
): readonly Schedule[] =>
  schedules.map(({ calls, rule }) => ({
    name: fileNameOf(calls),
    rule,
    functionName: calls,
    input: scheduledInput,
    ...(calls === 'Reconcile' ? { quiet: true, causes: decisions, owes } : {}),
  }))

/** Whether a note lies in the outbox; looked for only where a queue's function has run since. */
export const notesLeft = (
  statistics: Pick<FunctionStatistics, 'countBy'>,
  outbox: Pick<Ports['outbox'], 'list'>,
): (() => Promise<boolean>) => {
  let seen = -1
  return async () => {
    const run = statistics.countBy('queue')
    if (run === seen) return false
    // Where it cannot be seen, whoever is called for sees.
    const isNoted = await outbox.list().then(
      (notes) => notes.length > 0,
      () => true,
    )
    if (!isNoted) seen = run
    return isNoted
  }
}

/** Which queue feeds which function, as many messages at a time as on AWS. */
export const queueMappings: readonly QueueMapping[] = Object.entries(localQueues).map(
  ([queue, { calls, concurrency }]) => ({ queue, functionName: calls, concurrency }),
)

/** What SES does with a mail: into the landing bucket, then told to the queue. */
const receivingInto = ({ s3, sqs }: EmbeddedAws): Pick<SmtpInOptions, 'landing' | 'enqueue'> => ({
  landing: {
    bucketName: local.landingBucket,
    topicArn: `arn:aws:sns:${local.region}:${local.account}:aarshjul-local-mail`,
    put: (key, bytes) => {
      s3.folder.put(local.landingBucket, key, { bytes })
    },
  },
  enqueue: (body) => {
    sqs.queues.send(local.mailQueue, body)
  },
})

/**
 * Opens the whole system on a data folder: AWS's parts, mail in and out, login, console, schedules, the set's
 * errands. What a kill left in hand is taken up.
 */
export async function openSystem(options: {
  folder: string
  loaded: LoadedSet
  setName: string
  formerSetName?: string
  year: number
  mode: ClockMode
  port: number
  onFault: (fault: unknown) => void
  between?: Between
}): Promise<LocalSystem> {
  const { loaded, port, between = {} } = options
  const folder = openDataFolder({
    folder: options.folder,
    set: options.setName,
    formerSet: options.formerSetName ?? options.setName,
    year: options.year,
  })
  const clock = new LocalClock({
    mode: options.mode,
    startMs: Date.parse(atCopenhagen(loaded.set.startsOn, '07:00')),
    file: folder.file('clock.json'),
  })
  const domains = domainsOf(loaded)
  const maildirs = openMaildirs(folder.file('mailboxes'))
  const aws = await openEmbeddedAws({
    folder,
    clock,
    maildirs,
    bounces: loaded.bounces,
    identities: sendingDomains(domains),
    ...(between.maxSendRate === undefined ? {} : { maxSendRate: between.maxSendRate }),
    onFault: options.onFault,
  })
  const web = makeWebServer({ functionName: 'console', invoke: aws.runtime.invoke, clock })
  const consoleUrl = await web.open({ port, option: '--port' })
  const next = (step: number) => (port === 0 ? 0 : port + step)
  const secrets = readSecretsFile(folder.file('secrets.json'))
  const identity = await openIdentityProvider({
    port: next(1),
    file: folder.file('identity.db'),
    people: identityPeople(loaded.people),
    client: {
      id: 'aarshjul-console',
      secret: newestOf(keysFor(secrets, 'login')),
      redirectUris: [`${consoleUrl}/login/callback`],
      postLogoutRedirectUris: [`${consoleUrl}/`],
    },
  })
  const smtp = await openSmtpIn({
    port: next(2),
    domains: domains.replyDomains,
    verdicts: loaded.domains,
    ...receivingInto(aws),
    clock,
  })
  web.mount(
    '/mailboxes',
    mailboxPages({ base: '/mailboxes', maildirs, smtpPort: smtp.port, now: () => clock.now() }).fetch,
  )
  web.mount('/local', controlPages({ base: '/local', clock }).fetch, { holds: false })
  const endpoints = (await between.endpoints?.(aws.endpoints)) ?? aws.endpoints
  const invoke = between.invoke?.(aws.runtime.invoke) ?? aws.runtime.invoke
  Object.assign(process.env, endpoints, {
    [environmentNames.platform]: 'local',
    [environmentNames.stage]: local.stage,
    [environmentNames.clock]: 'embedded',
    [environmentNames.tableNames]: JSON.stringify(aws.table.names),
    [environmentNames.archiveBucket]: local.archiveBucket,
    [environmentNames.archiveRetentionDays]: '3653',
    [environmentNames.landingBucket]: local.landingBucket,
    [environmentNames.configurationSet]: local.configurationSet,
    [environmentNames.annualRunArn]: machineArn('annual-run'),
    [environmentNames.agreementReviewArn]: machineArn('agreement-review'),
    [environmentNames.renegotiationArn]: machineArn('renegotiation'),
    [environmentNames.consoleUrl]: consoleUrl,
    [environmentNames.oidcIssuer]: identity.issuer,
    [environmentNames.oidcClientId]: 'aarshjul-console',
    [environmentNames.replyDomains]: domains.replyDomains.join(','),
    [environmentNames.ownDomains]: domains.ownDomains.join(','),
    [environmentNames.journalMailbox]: `journal@${loaded.ministry.domains[0]?.domain ?? 'ministeriet.example'}`,
    [environmentNames.answersPerHour]: '200',
    [environmentNames.secrets]: JSON.stringify(secrets),
  })
  const stopSources = startEventSources({
    mappings: queueMappings,
    queues: aws.sqs.queues,
    invoke,
    clock,
    onFault: options.onFault,
  })
  const operator = openOperator({
    errands: errandsOf(loaded),
    file: folder.file('errands.json'),
    clock,
    invoke: aws.runtime.invoke,
    onTrouble: (errand, error) => {
      options.onFault(new Error(`The errand ${errand} failed`, { cause: error }))
    },
  })
  await operator.dueNow()
  const scheduler = makeScheduler({
    schedules: schedulesOf(
      () => aws.runtime.statistics.countBy('http') + aws.runtime.statistics.countBy('command'),
      notesLeft(aws.runtime.statistics, makeOutbox(makeTable(makeDynamoClient(), aws.table.names.record))),
    ),
    clock,
    invoke,
    file: folder.file('schedules.json'),
    onGivenUp: (schedule, error) => {
      options.onFault(new Error(`The schedule ${schedule} was given up`, { cause: error }))
    },
  })
  await scheduler.start()
  aws.engine.start()
  const addresses = {
    console: consoleUrl,
    mailboxes: `${consoleUrl}/mailboxes`,
    login: identity.issuer,
    smtp: `smtp://127.0.0.1:${smtp.port}`,
    maildirs: folder.file('mailboxes'),
    ...Object.fromEntries(Object.entries(aws.endpoints).filter(([name]) => name.startsWith('AWS_ENDPOINT'))),
  }
  folder.writeAddresses(addresses)
  return {
    clock,
    aws,
    maildirs,
    web,
    smtpPort: smtp.port,
    addresses,
    folder,
    close: async () => {
      clock.stop()
      await stopSources()
      await smtp.close()
      await web.close()
      await identity.close()
      await aws.close()
      folder.close()
    },
  }
}
