import { readFileSync } from 'node:fs'
import { App } from 'aws-cdk-lib'
import { beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { environmentNames, parseEnvironment } from '../../../functions/adapters/environment.ts'
import { tables } from '../../../functions/adapters/table-keys.ts'
import { keptMs, retention, retentionRows } from '../../../functions/domain/base/retention.ts'
import { pascalCase } from '../../../infra/aws/names.ts'
import { settingsFrom } from '../../../infra/aws/settings.ts'
import { fileNameOf, functionNames, functions, stateMachines } from '../../../workflows/tasks.ts'
import { placeholdersIn } from '../definition.ts'
import { type Synthesised, synthesise } from './synthesised.ts'

let stack: Synthesised
let resources: Synthesised['resources']
beforeAll(() => {
  stack = synthesise()
  resources = stack.resources
})
const ofType = (type: string) => stack.ofType(type)
const named = (type: string, property: string): string[] =>
  ofType(type).map(([, resource]) => String(resource.Properties[property]))

describe('a table that was restored', () => {
  const name = 'aarshjul-test-record-restored'
  const restored = () => synthesise({ recordTable: name })

  test('is used in place of the other by every function, and by none the other', () => {
    for (const [id, { Properties }] of restored().ofType('AWS::Lambda::Function')) {
      const environment = JSON.stringify(Properties['Environment'])
      expect(environment, id).toContain(name)
      expect(environment, id).not.toMatch(/aarshjul-test-record(?!-restored)/u)
    }
    const rights = JSON.stringify(
      restored().ofType('AWS::IAM::Policy').concat(restored().ofType('AWS::IAM::Role')),
    )
    expect(rights).toContain(`:table/${name}`)
    expect(rights).not.toContain('"Fn::GetAtt":["RecordTable","Arn"]')
  })

  test('changes nothing of the one it replaces, nor of any other table, bucket or queue', () => {
    const kept = (of: Synthesised) =>
      Object.entries(of.resources).filter(([, { Type }]) => /^AWS::(?:DynamoDB|S3|SQS)::/u.test(Type))
    expect(kept(restored())).toEqual(kept(stack))
  })
})

describe('what is kept', () => {
  test('the record: one table, restorable, never deleted, with its sparse indexes in full', () => {
    expect(resources['RecordTable']).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        TableName: 'aarshjul-test-record',
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        TimeToLiveSpecification: { AttributeName: 'TTL', Enabled: true },
        GlobalSecondaryIndexes: tables.record.indexes.map((index) => ({
          IndexName: index.name,
          KeySchema: [
            { AttributeName: index.partition, KeyType: 'HASH' },
            { AttributeName: index.sort, KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        })),
      },
    })
  })

  test('sessions: a table of their own, kept and restorable like the record', () => {
    expect(resources['SessionsTable']).toMatchObject({
      UpdateReplacePolicy: 'Retain',
      Properties: {
        TableName: 'aarshjul-test-sessions',
        TimeToLiveSpecification: { AttributeName: 'TTL', Enabled: true },
      },
    })
    expect(resources['SessionsTable']?.Properties).not.toHaveProperty('ResourcePolicy')
  })

  test('the archive: versioned, lockable object by object, no default lock, no end', () => {
    const archive = resources['ArchiveBucket']
    expect(archive).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: { ObjectLockEnabled: true, VersioningConfiguration: { Status: 'Enabled' } },
    })
    expect(archive?.Properties).not.toHaveProperty('ObjectLockConfiguration')
    expect(JSON.stringify(archive?.Properties['LifecycleConfiguration'])).not.toContain('Expiration')
  })

  test('the landing bucket: no lock, a short life', () => {
    const landing = resources['LandingBucket']
    expect(landing?.Properties).not.toHaveProperty('ObjectLockEnabled')
    expect(JSON.stringify(landing?.Properties['LifecycleConfiguration'])).toContain('"ExpirationInDays":30')
  })

  test('every kind of stored thing for as long as the table of retention says, and no row beside its kinds', () => {
    const settings = settingsFrom(new App().node)
    expect(settings).toMatchObject({
      accessLogDays: retention['access-log'].kept.count,
      archiveRetentionDays: retention['raw-mail'].kept.count,
    })
    for (const [, { setting = 'stage' }] of retentionRows) expect(Object.keys(settings)).toContain(setting)
    const daysOf = (kind: 'landed-mail' | 'unfinished-upload' | 'table-copy' | 'queue-message') =>
      keptMs(retention[kind]) / 86_400_000
    expect(JSON.stringify(resources['LandingBucket'])).toContain(
      `"ExpirationInDays":${daysOf('landed-mail')}`,
    )
    expect(JSON.stringify(resources['ArchiveBucket'])).toContain(
      `"DaysAfterInitiation":${daysOf('unfinished-upload')}`,
    )
    for (const [, { Properties }] of ofType('AWS::DynamoDB::Table'))
      expect(Properties['PointInTimeRecoverySpecification']).toMatchObject({
        RecoveryPeriodInDays: daysOf('table-copy'),
      })
    for (const [, { Properties }] of ofType('AWS::SQS::Queue'))
      expect(Properties['MessageRetentionPeriod']).toBe(daysOf('queue-message') * 86_400)
    const logDays = {
      '/aws/lambda/': retention['function-log'],
      '/aws/vendedlogs/states/': retention['workflow-log'],
      '/aws/vendedlogs/apigateway/': retention['access-log'],
    }
    for (const [, { Properties }] of ofType('AWS::Logs::LogGroup')) {
      const [, row] =
        Object.entries(logDays).find(([prefix]) => String(Properties['LogGroupName']).startsWith(prefix)) ??
        []
      expect(Properties['RetentionInDays']).toBe(row?.kept.count)
    }
    // Every partition of the record's table that a right names.
    const rights = JSON.stringify(resources).matchAll(/"dynamodb:LeadingKeys":(\[[^\]]*\])/g)
    const partitions = [...rights].flatMap((match) => z.array(z.string()).parse(JSON.parse(match[1] ?? '')))
    expect(new Set(partitions).size).toBeGreaterThan(15)
    const keys = retentionRows.flatMap(([, { keys: some = [] }]) => some)
    expect(partitions.filter((one) => !keys.some((key) => one.startsWith(key)))).toEqual([])
  })

  test('no bucket is open, and none is reached without TLS', () => {
    for (const [, bucket] of ofType('AWS::S3::Bucket'))
      expect(bucket.Properties['PublicAccessBlockConfiguration']).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      })
    const policies = ofType('AWS::S3::BucketPolicy')
    expect(policies.length).toBe(2)
    for (const [, policy] of policies)
      expect(JSON.stringify(policy)).toContain('"aws:SecureTransport":"false"')
  })

  test('functions, their roles and the state machines, under ids that do not follow the code', () => {
    const ids = [
      ...functionNames.flatMap((name) => [`${name}Function`, `${name}FunctionRole`]),
      ...stateMachines.flatMap((name) => [
        `${pascalCase(name)}StateMachine`,
        `${pascalCase(name)}StateMachineRole`,
      ]),
    ]
    for (const id of ids)
      expect(resources[id], id).toMatchObject({
        DeletionPolicy: 'RetainExceptOnCreate',
        UpdateReplacePolicy: 'Retain',
      })
  })
})

describe('a first deployment that is rolled back', () => {
  test('leaves nothing behind that has a name of its own, and can be repeated', () => {
    const left = Object.entries(resources).filter(([, { DeletionPolicy }]) => DeletionPolicy === 'Retain')
    // Bucket names are CloudFormation's own: another time they are others.
    expect(left.map(([id]) => id).toSorted()).toEqual(['ArchiveBucket', 'LandingBucket'])
    for (const [id, { Properties }] of left) expect(Properties, id).not.toHaveProperty('BucketName')
  })

  test('may delete the record’s table while nothing is in it, when told so', () => {
    const first = synthesise({ protectRecord: 'false' })
    expect(first.resources['RecordTable']?.Properties['DeletionProtectionEnabled']).toBe(false)
  })
})

describe('functions', () => {
  test('every one is there under its own name, on arm64 and Node 24', () => {
    expect(named('AWS::Lambda::Function', 'FunctionName').toSorted()).toEqual(
      functionNames.map((name) => `aarshjul-test-${fileNameOf(name)}`).toSorted(),
    )
    for (const [, made] of ofType('AWS::Lambda::Function'))
      expect(made.Properties).toMatchObject({
        Architectures: ['arm64'],
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
      })
  })

  test('each gets an environment that its code accepts', () => {
    const local: readonly string[] = [environmentNames.secrets]
    const expected = Object.values(environmentNames).filter((name) => !local.includes(name))
    for (const [id, made] of ofType('AWS::Lambda::Function')) {
      const { Variables } = z
        .object({ Variables: z.record(z.string(), z.unknown()) })
        .parse(made.Properties['Environment'])
      expect(Object.keys(Variables).toSorted(), id).toEqual(expected.toSorted())
      const filled = Object.entries(Variables).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : JSON.stringify(value).includes('arn:') ? 'arn:filled' : 'filled',
      ])
      expect(parseEnvironment(Object.fromEntries(filled)).platform).toBe('aws')
    }
  })

  test('none has a secret in its environment', () => {
    expect(JSON.stringify(ofType('AWS::Lambda::Function'))).not.toMatch(/resolve:secretsmanager|"SECRETS"/)
  })

  test('the access log, which holds addresses of visitors, is kept 30 days, and has no query, cookie or agent', () => {
    const [, log] =
      ofType('AWS::Logs::LogGroup').find(([, { Properties }]) =>
        String(Properties['LogGroupName']).startsWith('/aws/vendedlogs/apigateway/'),
      ) ?? []
    expect(log?.Properties['RetentionInDays']).toBe(30)
    const [, stage] = ofType('AWS::ApiGatewayV2::Stage')[0] ?? []
    const { Format } = z.object({ Format: z.string() }).parse(stage?.Properties['AccessLogSettings'])
    expect(Object.values(z.record(z.string(), z.string()).parse(JSON.parse(Format))).toSorted()).toEqual(
      [
        '$context.requestId',
        '$context.requestTimeEpoch',
        '$context.identity.sourceIp',
        '$context.httpMethod',
        '$context.path',
        '$context.status',
        '$context.responseLatency',
      ].toSorted(),
    )
  })

  test('each has a log of its own that is kept 13 months', () => {
    const logs = new Map(
      ofType('AWS::Logs::LogGroup').map(([, log]) => [
        String(log.Properties['LogGroupName']),
        log.Properties['RetentionInDays'],
      ]),
    )
    for (const name of functionNames)
      expect(logs.get(`/aws/lambda/aarshjul-test-${fileNameOf(name)}`)).toBe(400)
  })
})

describe('workflows', () => {
  const machine = (name: string): Record<string, unknown> =>
    resources[`${pascalCase(name)}StateMachine`]?.Properties ?? {}

  test.each(stateMachines)('%s has its own name, every placeholder filled, a log and traces', (name) => {
    const properties = machine(name)
    expect(properties).toMatchObject({
      StateMachineName: `aarshjul-test-${name}`,
      TracingConfiguration: { Enabled: true },
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
    })
    const placeholders = placeholdersIn(String(properties['DefinitionString']))
    expect(placeholders.length).toBeGreaterThan(5)
    expect(properties['DefinitionSubstitutions']).toEqual(
      Object.fromEntries(placeholders.map((task) => [task, { 'Fn::GetAtt': [`${task}Function`, 'Arn'] }])),
    )
  })

  test.each(stateMachines)('%s carries its own end, since CDK drops that of its props', (name) => {
    expect(JSON.parse(String(machine(name)['DefinitionString']))).toMatchObject({
      QueryLanguage: 'JSONata',
      TimeoutSeconds: 31_536_000,
    })
  })

  test.each(stateMachines)('%s may invoke the functions it names, and none else', (name) => {
    const called = placeholdersIn(String(machine(name)['DefinitionString']))
    const role = resources[`${pascalCase(name)}StateMachineRole`]
    const text = JSON.stringify(role?.Properties['Policies'])
    const invoked = [...text.matchAll(/"Fn::GetAtt":\["(\w+)Function","Arn"\]/g)].map((match) => match[1])
    expect([...new Set(invoked)].toSorted()).toEqual([...called].toSorted())
    for (const task of called)
      expect(text).toContain(
        JSON.stringify({ 'Fn::Join': ['', [{ 'Fn::GetAtt': [`${task}Function`, 'Arn'] }, ':*']] }),
      )
  })
})

describe('queues', () => {
  const queueNamed = (name: string): unknown =>
    ofType('AWS::SQS::Queue').find(([, queue]) => queue.Properties['QueueName'] === name)?.[1].Properties

  test('hand a message to one invocation, longer than it lives, and a dead-letter queue takes what fails', () => {
    const waits = {
      'aarshjul-test-intake': [functions.TakeInMail.timeoutSeconds, 3],
      'aarshjul-test-deliveries': [functions.TakeDeliveryEvent.timeoutSeconds, 8],
    } as const
    for (const [QueueName, [timeout, maxReceiveCount]] of Object.entries(waits))
      expect(queueNamed(QueueName)).toMatchObject({
        VisibilityTimeout: 6 * timeout,
        RedrivePolicy: {
          deadLetterTargetArn: { 'Fn::GetAtt': expect.any(Array) as unknown },
          maxReceiveCount,
        },
      })
    for (const [, mapping] of ofType('AWS::Lambda::EventSourceMapping'))
      expect(mapping.Properties).toMatchObject({
        BatchSize: 1,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: expect.any(Number) as number },
      })
    expect(ofType('AWS::Lambda::EventSourceMapping').length).toBe(2)
  })

  test('never limit a function by reserved concurrency', () => {
    for (const [, made] of ofType('AWS::Lambda::Function'))
      expect(made.Properties).not.toHaveProperty('ReservedConcurrentExecutions')
  })

  test('keep what they hold 14 days, encrypted', () => {
    expect(ofType('AWS::SQS::Queue').length).toBe(5)
    for (const [, queue] of ofType('AWS::SQS::Queue'))
      expect(queue.Properties).toMatchObject({
        MessageRetentionPeriod: 14 * 24 * 60 * 60,
        SqsManagedSseEnabled: true,
      })
  })
})

test('what a deployment prints has the names by which the guide tells of it, one DKIM list a domain', () => {
  const guide = readFileSync('infra/aws/README.md', 'utf8')
  const dkim = ofType('AWS::SES::EmailIdentity').map((_identity, index) => `Dkim${index + 1}`)
  expect(stack.outputs.toSorted()).toEqual(['ConsoleAlias', ...dkim])
  expect(guide).toContain('the output `ConsoleAlias`')
  expect(guide).toContain('the three DKIM records that the stack prints (`Dkim1`, ...)')
})
