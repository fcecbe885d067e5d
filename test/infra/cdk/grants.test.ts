import { beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { functionRights, type Right } from '../../../infra/aws/function-rights.ts'
import { type FunctionName, functionNames } from '../../../workflows/tasks.ts'
import { type Synthesised, synthesise } from './synthesised.ts'

const oneOrMore = <T extends z.ZodType>(item: T) =>
  z.union([item, z.array(item)]).transform((found) => [found].flat())
const statementSchema = z.object({
  Action: oneOrMore(z.string()),
  Effect: z.literal('Allow'),
  Resource: oneOrMore(z.unknown()),
  Condition: z.record(z.string(), z.unknown()).optional(),
})
type Statement = z.infer<typeof statementSchema>
const documentSchema = z.object({ Statement: z.array(statementSchema) })
const rolePolicies = z.array(z.object({ PolicyDocument: documentSchema })).default([])

let stack: Synthesised
beforeAll(() => {
  stack = synthesise()
})

/** Everything a role may do: in the role itself and in policies attached to it. */
const statementsOf = (roleId: string): Statement[] => [
  ...rolePolicies
    .parse(stack.resources[roleId]?.Properties['Policies'])
    .flatMap((policy) => policy.PolicyDocument.Statement),
  ...stack
    .ofType('AWS::IAM::Policy')
    .filter(([, policy]) => JSON.stringify(policy.Properties['Roles']).includes(`"${roleId}"`))
    .flatMap(([, policy]) => documentSchema.parse(policy.Properties['PolicyDocument']).Statement),
]
const of = (name: FunctionName): Statement[] => statementsOf(`${name}FunctionRole`)
const actionsOf = (statements: Statement[]): string[] => [
  ...new Set(statements.flatMap((statement) => statement.Action)),
]

const actions: Readonly<Record<Right, readonly string[]>> = {
  'read-record': ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'],
  'read-every-row': ['dynamodb:Scan'],
  'write-record': ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
  'read-archive': ['s3:GetObject', 's3:ListBucket'],
  'write-archive': ['s3:PutObject', 's3:PutObjectRetention'],
  'erase-content': [
    's3:ListBucketVersions',
    's3:DeleteObjectVersion',
    's3:BypassGovernanceRetention',
    's3:GetObject',
    's3:ListBucket',
    's3:DeleteObject',
  ],
  'read-landing': ['s3:GetObject', 's3:ListBucket'],
  'send-mail': ['ses:SendRawEmail', 'ses:GetSendQuota'],
  'start-executions': ['states:StartExecution'],
  'complete-waits': ['states:SendTaskSuccess'],
  'read-executions': [
    'states:ListExecutions',
    'states:DescribeExecution',
    'states:DescribeStateMachineForExecution',
    'states:GetExecutionHistory',
  ],
}
const always = ['logs:CreateLogStream', 'logs:PutLogEvents', 'secretsmanager:GetSecretValue']
/** For its event source, and for what failed for good. */
const byItsCaller =
  /^sqs:(ReceiveMessage|DeleteMessage|ChangeMessageVisibility|GetQueueUrl|GetQueueAttributes|SendMessage)$/

test.each(functionNames)('%s may do what its needs say, and nothing else', (name) => {
  const found = actionsOf(of(name)).filter((action) => !byItsCaller.test(action))
  const expected = [...always, ...functionRights[name].flatMap((right) => actions[right])]
  expect(found.toSorted()).toEqual([...new Set(expected)].toSorted())
})

describe('no role', () => {
  test('has a right on everything, but for traces, the delivery of logs and SES’s quota, which know no resources', () => {
    const wide = stack
      .ofType('AWS::IAM::Role')
      .flatMap(([id]) => statementsOf(id))
      .filter((statement) => statement.Resource.includes('*'))
    expect(actionsOf(wide).filter((action) => !/^(xray|logs):|^ses:GetSendQuota$/.test(action))).toEqual([])
  })

  test('of a function has a right on everything at all, but whoever sends to ask for SES’s quota', () => {
    for (const name of functionNames)
      expect(actionsOf(of(name).filter((statement) => statement.Resource.includes('*'))), name).toEqual(
        functionRights[name].includes('send-mail') ? ['ses:GetSendQuota'] : [],
      )
  })

  test('has all actions of a service; none but Reconcile may delete an object or lift a lock, none but VerifyRecord look at every row', () => {
    const roles = stack.ofType('AWS::IAM::Role').filter(([id]) => id !== 'ReconcileFunctionRole')
    const all = actionsOf(roles.flatMap(([id]) => statementsOf(id)))
    expect(all.filter((action) => action.includes('*'))).toEqual([])
    expect(all.filter((action) => /s3:(Delete|Bypass|PutBucket|PutObjectLegalHold)/.test(action))).toEqual([])
    expect(all.filter((action) => /dynamodb:(DeleteTable|UpdateTable|BatchWrite)/.test(action))).toEqual([])
    const others = roles.filter(([id]) => id !== 'VerifyRecordFunctionRole')
    expect(actionsOf(others.flatMap(([id]) => statementsOf(id)))).not.toContain('dynamodb:Scan')
  })

  test('is given by a ready-made policy of AWS', () => {
    for (const [id, role] of stack.ofType('AWS::IAM::Role'))
      expect(role.Properties, id).not.toHaveProperty('ManagedPolicyArns')
  })
})

test('a lock is lifted for mails and letters alone, by what erases; nothing else of the archive can go', () => {
  const lifting = of('Reconcile').filter(({ Action }) => Action.includes('s3:BypassGovernanceRetention'))
  expect(lifting).toHaveLength(1)
  for (const { Resource } of lifting)
    expect(Resource.map((arn) => /\/(mail|letters)\/\*/.exec(JSON.stringify(arn))?.[1])).toEqual([
      'mail',
      'letters',
    ])
  const deleting = of('Reconcile').filter(({ Action }) => Action.includes('s3:DeleteObject'))
  expect(JSON.stringify(deleting.map(({ Resource }) => Resource))).toContain('LandingBucket')
  expect(JSON.stringify(deleting.map(({ Resource }) => Resource))).not.toContain('ArchiveBucket')
})

test('mail is sent from our own senders alone, one address of the ministry’s own domain, with the configuration set', () => {
  const sending = functionNames.flatMap((name) =>
    of(name).filter((statement) => statement.Action.includes('ses:SendRawEmail')),
  )
  expect(sending.length).toBeGreaterThan(0)
  for (const statement of sending) {
    expect(statement.Condition).toEqual({
      StringLike: {
        'ses:FromAddress': [
          'svar+*@svar.ministeriet.example',
          'svar@svar.ministeriet.example',
          'aarshjul@ministeriet.example',
        ],
      },
    })
    expect(JSON.stringify(statement.Resource)).toContain('configuration-set/aarshjul-test-letters')
  }
})

test('executions are started and waits completed on the three machines alone', () => {
  for (const statement of of('TakeInMail').filter(({ Action }) =>
    Action.some((action) => action.startsWith('states:')),
  ))
    expect(
      statement.Resource.map(
        (arn) => /stateMachine:aarshjul-test-[a-z-]+/.exec(JSON.stringify(arn))?.[0] ?? '',
      ).toSorted(),
    ).toEqual([
      'stateMachine:aarshjul-test-agreement-review',
      'stateMachine:aarshjul-test-annual-run',
      'stateMachine:aarshjul-test-renegotiation',
    ])
  expect(actionsOf(of('TakeInMail'))).toContain('states:SendTaskSuccess')
})

test('executions are looked at by the console alone, on the three machines alone', () => {
  const looking = functionNames.filter((name) =>
    actionsOf(of(name)).some((action) => /^states:(Describe|List|Get)/.test(action)),
  )
  expect(looking).toEqual(['Console'])
  for (const statement of of('Console').filter(({ Action }) => Action.includes('states:DescribeExecution')))
    expect(
      statement.Resource.map(
        (arn) => /execution:aarshjul-test-[a-z-]+:\*/.exec(JSON.stringify(arn))?.[0] ?? '',
      ).toSorted(),
    ).toEqual([
      'execution:aarshjul-test-agreement-review:*',
      'execution:aarshjul-test-annual-run:*',
      'execution:aarshjul-test-renegotiation:*',
    ])
})

test('the secret is read by its whole name, with the six characters that Secrets Manager adds', () => {
  for (const name of functionNames)
    expect(JSON.stringify(of(name)), name).toContain(':secret:aarshjul-test-??????')
})
