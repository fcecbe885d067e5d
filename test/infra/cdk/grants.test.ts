import { beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { functionRights, type Right, secretOf } from '../../../infra/aws/function-rights.ts'
import { type FunctionName, functionNames } from '../../../workflows/tasks.ts'
import {
  agreementStream,
  answersStream,
  commitmentsStream,
  inboxStream,
  renegotiationStream,
  reviewStream,
  runStream,
} from '../../../functions/domain/base/stream-id.ts'
import { agreementIdSchema } from '../../../functions/domain/base/values.ts'
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
  commit: ['dynamodb:PutItem'],
  'write-waits': ['dynamodb:PutItem', 'dynamodb:DeleteItem'],
  'write-beside': ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
  'keep-sessions': [
    'dynamodb:GetItem',
    'dynamodb:Query',
    'dynamodb:PutItem',
    'dynamodb:UpdateItem',
    'dynamodb:DeleteItem',
    'secretsmanager:GetSecretValue',
  ],
  'seal-rows': ['secretsmanager:GetSecretValue'],
  'sign-tokens': ['secretsmanager:GetSecretValue'],
  'sign-lists': ['secretsmanager:GetSecretValue'],
  'log-in': ['secretsmanager:GetSecretValue'],
  // Where a firewall is asked for alone (firewall.test.ts).
  'check-door': [],
  'read-archive': ['s3:GetObject', 's3:ListBucket'],
  'write-archive': ['s3:PutObject', 's3:PutObjectRetention'],
  'erase-content': [
    'dynamodb:DeleteItem',
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
const always = ['logs:CreateLogStream', 'logs:PutLogEvents']
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

/** Which partitions of the record a role may write in that way; none when it may not at all. */
const leadingKeysSchema = z.object({
  'ForAllValues:StringLike': z.object({ 'dynamodb:LeadingKeys': z.array(z.string()) }),
})
const mayWrite = (name: FunctionName, action: string): readonly RegExp[] =>
  of(name)
    .filter(
      ({ Action, Resource }) =>
        Action.includes(`dynamodb:${action}`) && JSON.stringify(Resource).includes('RecordTable'),
    )
    .flatMap(
      ({ Condition }) =>
        leadingKeysSchema.parse(Condition)['ForAllValues:StringLike']['dynamodb:LeadingKeys'],
    )
    .map(likeIam)
const likeIam = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replaceAll('?', '.').replaceAll('*', '.*')}$`, 'u')

/** One of each kind of stream, made by the code that names them. */
const agreement = agreementIdSchema.parse('svendborg-rk')
const streams = [
  agreementStream(agreement),
  reviewStream(2014, agreement),
  renegotiationStream(agreement, 3),
  runStream(2014),
  inboxStream('2015-02-01T00:00:00.000Z'),
  answersStream,
  commitmentsStream,
]
const covers = (patterns: readonly RegExp[], key: string): boolean =>
  patterns.some((pattern) => pattern.test(key))

describe('the record', () => {
  test.each(streams)('%s is written by the functions that commit, and deleted from by nobody', (stream) => {
    for (const name of functionNames) {
      expect(covers(mayWrite(name, 'PutItem'), stream), name).toBe(functionRights[name].includes('commit'))
      expect(covers(mayWrite(name, 'UpdateItem'), stream), name).toBe(false)
      expect(covers(mayWrite(name, 'DeleteItem'), stream), name).toBe(false)
    }
  })

  test('refuses it itself, whatever rights somebody has beside the roles', () => {
    const policy = z
      .object({
        PolicyDocument: z.object({
          Statement: z.array(
            z.object({
              Effect: z.literal('Deny'),
              Principal: z.unknown(),
              Action: oneOrMore(z.string()),
              Condition: z
                .object({
                  'ForAnyValue:StringLike': z.object({ 'dynamodb:LeadingKeys': z.array(z.string()) }),
                })
                .optional(),
            }),
          ),
        }),
      })
      .parse(stack.resources['RecordTable']?.Properties['ResourcePolicy'])
    const denied = policy.PolicyDocument.Statement
    for (const { Principal } of denied) expect(Principal).toEqual({ AWS: '*' })
    const deletes = denied.find(({ Action }) => Action.includes('dynamodb:DeleteItem'))
    const keys = (deletes?.Condition?.['ForAnyValue:StringLike']['dynamodb:LeadingKeys'] ?? []).map(likeIam)
    for (const stream of streams) expect(covers(keys, stream), stream).toBe(true)
    // What is over goes: waits, claims that were given back, a review that is no longer open.
    for (const passing of [
      'WAITS#REVIEW#2014#a',
      'LETTER#x',
      'TODO#x',
      'RUN#2014#OPEN#0',
      'ADDRESS#a@b.example',
    ])
      expect(covers(keys, passing), passing).toBe(false)
    // Other doors to the same rows have no conditions and no use.
    expect(denied.find(({ Action }) => Action.includes('dynamodb:BatchWriteItem'))).toMatchObject({
      Action: expect.arrayContaining(['dynamodb:PartiQLDelete', 'dynamodb:PartiQLUpdate']) as unknown,
    })
  })

  test('who only waits, mails the ministry or reads writes no commit', () => {
    const committing = functionNames.filter((name) => functionRights[name].includes('commit'))
    for (const name of [
      'PlanNext',
      'WaitForRecord',
      'SendDailyMails',
      'AnchorRecord',
      'VerifyRecord',
      'ResumeCase',
    ])
      expect(committing).not.toContain(name)
    expect(mayWrite('WaitForRecord', 'PutItem').map(String)).toEqual(['/^WAITS#.*$/u'])
  })

  test('knows no session: they have a table of their own, which the console alone reaches', () => {
    for (const name of functionNames) {
      const reached = of(name).filter(({ Resource }) => JSON.stringify(Resource).includes('SessionsTable'))
      expect(reached.length > 0, name).toBe(name === 'Console')
    }
  })
})

describe('a secret', () => {
  const secretsOf = (name: FunctionName): readonly string[] =>
    of(name)
      .filter(({ Action }) => Action.includes('secretsmanager:GetSecretValue'))
      .map(
        ({ Resource }) =>
          /:secret:(aarshjul-test-[a-z]+-\?{6})"/.exec(JSON.stringify(Resource))?.[1] ?? 'none',
      )

  test.each(functionNames)('is read by %s when a right of it needs it, by its whole name', (name) => {
    const needed = functionRights[name].flatMap((right) =>
      right === 'check-door' ? [] : (secretOf[right] ?? []),
    )
    expect(secretsOf(name).toSorted()).toEqual(
      needed.map((kind) => `aarshjul-test-${kind}-??????`).toSorted(),
    )
    const variables = z
      .object({ Variables: z.looseObject({ SECRET_NAMES: z.string() }) })
      .parse(stack.resources[`${name}Function`]?.Properties['Environment']).Variables
    expect(JSON.parse(variables.SECRET_NAMES)).toEqual(
      Object.fromEntries(needed.map((kind) => [kind, `aarshjul-test-${kind}`])),
    )
  })

  test('is known to few: sessions and login to the console, lists to who makes and checks them', () => {
    const readers = (kind: string): readonly FunctionName[] =>
      functionNames.filter((name) => secretsOf(name).includes(`aarshjul-test-${kind}-??????`))
    expect(readers('session')).toEqual(['Console'])
    expect(readers('login')).toEqual(['Console'])
    expect(readers('lists')).toEqual(['AnchorRecord', 'VerifyRecord'])
    expect(readers('tokens')).toEqual(
      functionNames.filter((name) => functionRights[name].includes('sign-tokens')),
    )
    for (const name of ['PlanNext', 'RenewExecution', 'ResumeCase', 'YearProgress', 'SummariseYear'] as const)
      expect(secretsOf(name), name).toEqual([])
  })
})
