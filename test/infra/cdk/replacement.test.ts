import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { synthesise } from './synthesised.ts'

/**
 * What an earlier release deployed that holds data or runs. Its rows stay as they are: a stack of that release is
 * updated by this one. What is new since gets a row with its first release.
 */
const deployed = z
  .record(z.string(), z.looseObject({ Type: z.string() }))
  .parse(JSON.parse(readFileSync('test/fixtures/deployed-resources.json', 'utf8')))

/** Of each such type: the properties whose change makes CloudFormation replace the resource by an empty one. */
const replacing: Readonly<Record<string, readonly string[]>> = {
  'AWS::DynamoDB::Table': ['TableName', 'KeySchema', 'LocalSecondaryIndexes'],
  'AWS::S3::Bucket': ['BucketName', 'ObjectLockEnabled'],
  'AWS::SQS::Queue': ['QueueName', 'FifoQueue'],
  'AWS::StepFunctions::StateMachine': ['StateMachineName', 'StateMachineType'],
  'AWS::Lambda::Function': ['FunctionName', 'PackageType'],
  'AWS::SecretsManager::Secret': ['Name'],
  'AWS::Logs::LogGroup': ['LogGroupName'],
}

/** What an update from the deployed resources would take away or replace, in words. */
const replaced = (now: ReturnType<typeof synthesise>['resources']): readonly string[] =>
  Object.entries(deployed).flatMap(([id, before]) => {
    const after = now[id]
    if (after === undefined) return [`${id} is gone`]
    if (after.Type !== before.Type) return [`${id} is ${after.Type}`]
    return (replacing[before.Type] ?? []).flatMap((property) =>
      JSON.stringify(after.Properties[property]) === JSON.stringify(before[property])
        ? []
        : [`${id}: ${property}`],
    )
  })

test('an update of a deployed stack neither replaces nor loses what holds data or runs', () => {
  const types = new Set(Object.values(deployed).map(({ Type }) => Type))
  for (const type of types) expect(replacing[type], type).toBeDefined()
  expect(Object.keys(deployed)).toEqual(
    expect.arrayContaining(['RecordTable', 'ArchiveBucket', 'LandingBucket', 'AgreementReviewStateMachine']),
  )
  expect(replaced(synthesise().resources)).toEqual([])
})

test('a changed name, key or id is told by its own name', () => {
  const { resources } = synthesise()
  const { RecordTable: table, ArchiveBucket: bucket, ...rest } = resources
  if (table === undefined || bucket === undefined) throw new Error('no table or bucket')
  const changed = {
    ...rest,
    RecordTable: { ...table, Properties: { ...table.Properties, KeySchema: [], TableName: 'another' } },
    AnotherBucket: bucket,
  }
  expect(replaced(changed)).toEqual(
    expect.arrayContaining(['RecordTable: TableName', 'RecordTable: KeySchema', 'ArchiveBucket is gone']),
  )
  expect(replaced(changed)).toHaveLength(3)
})
