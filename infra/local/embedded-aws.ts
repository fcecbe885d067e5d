import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  fileNameOf,
  functionNames,
  functions,
  otherFunctions,
  stateMachines,
  tasks,
} from '../../workflows/tasks.ts'
import { openLambda } from './aws/lambda.ts'
import { openS3, type LocalS3 } from './aws/s3.ts'
import { openSes } from './aws/ses.ts'
import type { BounceRule } from './aws/ses-events.ts'
import { openSqs, type LocalSqs } from './aws/sqs.ts'
import type { LocalClock } from './clock.ts'
import type { DataFolder } from './data-folder.ts'
import { openFunctionsHost } from './functions-host.ts'
import type { FunctionsRuntime } from './functions-runtime.ts'
import { openLineLog } from './line-log.ts'
import type { Maildirs } from './mail/maildir.ts'
import { openEngine, type Engine } from './states/engine.ts'
import { startTable, type LocalTable } from './table.ts'

/** Names of the local stage, as the deployed ones are made. */
export const local = {
  region: 'eu-west-1',
  account: '111111111111',
  stage: 'local',
  table: 'aarshjul-local',
  archiveBucket: 'aarshjul-local-archive',
  landingBucket: 'aarshjul-local-landing',
  configurationSet: 'aarshjul-local',
  mailQueue: 'aarshjul-local-mail',
  eventsQueue: 'aarshjul-local-delivery-events',
} as const

export const machineArn = (name: string): string =>
  `arn:aws:states:${local.region}:${local.account}:stateMachine:aarshjul-${local.stage}-${name}`

const functionArn = (name: string): string =>
  `arn:aws:lambda:${local.region}:${local.account}:function:aarshjul-${local.stage}-${name}`

/** What `workflows/tasks.ts` says of the queues and the functions' time limits, under the names they have here. */
export const localQueues = {
  [local.mailQueue]: { calls: 'TakeInMail', ...otherFunctions.TakeInMail.queue },
  [local.eventsQueue]: { calls: 'TakeDeliveryEvent', ...otherFunctions.TakeDeliveryEvent.queue },
} as const
export const timeoutsMs: Readonly<Record<string, number>> = Object.fromEntries(
  functionNames.map((name) => [fileNameOf(name), functions[name].timeoutSeconds * 1000]),
)

const withDeadLetters = Object.fromEntries(
  Object.entries(localQueues).flatMap(([name, { visibilitySeconds, maxReceives }]) => [
    [
      name,
      {
        visibilityTimeoutSeconds: visibilitySeconds,
        maxReceiveCount: maxReceives,
        deadLetterQueue: `${name}-dlq`,
      },
    ],
    [`${name}-dlq`, { visibilityTimeoutSeconds: 30 }],
  ]),
)

export interface EmbeddedAws {
  readonly runtime: FunctionsRuntime
  readonly engine: Engine
  readonly s3: LocalS3
  readonly sqs: LocalSqs
  readonly table: LocalTable
  /** The SDK's own variables that lead its clients here. */
  readonly endpoints: Readonly<Record<string, string>>
  close(): Promise<void>
}

/** Opens the parts of AWS that the functions use, on one machine and one clock; nothing runs yet. */
export async function openEmbeddedAws(options: {
  folder: DataFolder
  clock: LocalClock
  maildirs: Maildirs
  bounces: readonly BounceRule[]
  /** Domains that may send, as those verified on AWS. */
  identities: readonly string[]
  /** The account's rate at SES: recipients a second of real time; no limit when it is left out. */
  maxSendRate?: number
  onFault: (fault: unknown) => void
}): Promise<EmbeddedAws> {
  const { folder, clock, maildirs } = options
  const table = await startTable({ folder: folder.file('table'), tableName: local.table })
  const s3 = await openS3({
    port: 0,
    root: folder.file('buckets'),
    buckets: { [local.archiveBucket]: { objectLock: true }, [local.landingBucket]: { objectLock: false } },
    now: () => clock.now(),
  })
  const sqs = await openSqs({
    port: 0,
    file: folder.file('queues.db'),
    queues: withDeadLetters,
    clock,
    region: local.region,
  })
  clock.attach({
    name: 'queues',
    nextDue: () => sqs.queues.nextDue(),
    fireDue: () => {
      sqs.queues.clockMoved()
    },
  })
  const ses = await openSes({
    port: 0,
    file: folder.file('ses.db'),
    clock,
    mailboxes: maildirs,
    queues: sqs.queues,
    configurationSets: {
      [local.configurationSet]: {
        eventQueue: local.eventsQueue,
        matchingEventTypes: ['DELIVERY', 'BOUNCE', 'REJECT', 'COMPLAINT'],
      },
    },
    bounces: options.bounces,
    identities: options.identities,
    ...(options.maxSendRate === undefined ? {} : { maxSendRate: options.maxSendRate }),
    // By then whoever sent the mail has noted that it is out.
    eventDelaySeconds: 2,
    region: local.region,
  })
  const functionsLog = openLineLog(folder.file('functions.log'))
  const runtime = openFunctionsHost({
    folder: fileURLToPath(new URL('../../functions/lambda', import.meta.url)),
    clock,
    timeoutsMs,
    prefix: `aarshjul-${local.stage}`,
    log: (line) => {
      functionsLog.write(line)
    },
    onFault: options.onFault,
  })
  const engine = openWorkflows({ folder, clock, runtime, onFault: options.onFault })
  const wire = await engine.listen(0)
  const lambda = await openLambda({ port: 0, prefix: `aarshjul-${local.stage}-`, invoke: runtime.invoke })
  return {
    runtime,
    engine,
    s3,
    sqs,
    table,
    endpoints: {
      AWS_REGION: local.region,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
      AWS_ENDPOINT_URL_S3: s3.url,
      AWS_ENDPOINT_URL_SQS: sqs.url,
      AWS_ENDPOINT_URL_SES: ses.url,
      AWS_ENDPOINT_URL_SFN: wire.url,
      AWS_ENDPOINT_URL_LAMBDA: lambda.url,
    },
    close: async () => {
      await lambda.close()
      await engine.close()
      await ses.close()
      await sqs.close()
      await s3.close()
      await runtime.close()
      await table.close()
      functionsLog.close()
    },
  }
}

const lost = new Set(['FAILED', 'TIMED_OUT', 'ABORTED'])

/** The engine with the three deployed definitions; executions that end badly are told as EventBridge's rule does. */
function openWorkflows(options: {
  folder: DataFolder
  clock: LocalClock
  runtime: FunctionsRuntime
  onFault: (fault: unknown) => void
}): Engine {
  const { clock, runtime } = options
  const engine = openEngine({
    file: options.folder.file('states.db'),
    clock,
    region: local.region,
    account: local.account,
    seed: 'aarshjul',
    integrations: {
      lambda: (name, payload) => runtime.invoke(name.replace(/^.*aarshjul-local-/, ''), payload, 'states'),
    },
    onStatusChange: async (event) => {
      if (lost.has(event.status)) await runtime.invoke('record-execution-lost', { detail: event }, 'states')
    },
    onFault: options.onFault,
  })
  clock.attach({ name: 'workflows', nextDue: () => engine.nextDue(), fireDue: () => engine.fireDue() })
  const placeholders = Object.fromEntries(Object.keys(tasks).map((name) => [name, functionArn(name)]))
  for (const name of stateMachines)
    engine.putStateMachine({
      name: `aarshjul-${local.stage}-${name}`,
      definition: readFileSync(new URL(`../../workflows/${name}.asl.json`, import.meta.url), 'utf8'),
      definitionSubstitutions: placeholders,
    })
  return engine
}
