import { beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { type Synthesised, synthesise } from './synthesised.ts'

const policySchema = z.object({
  Statement: z.array(
    z.looseObject({
      Effect: z.string(),
      Action: z.unknown(),
      Principal: z.unknown(),
      Condition: z.unknown().optional(),
    }),
  ),
})

let stack: Synthesised
beforeAll(() => {
  stack = synthesise()
})
const only = (type: string): Readonly<Record<string, unknown>> => {
  const found = stack.ofType(type)
  expect(found.length, type).toBe(1)
  return found[0]?.[1].Properties ?? {}
}
const policiesOf = (type: string) =>
  stack.ofType(type).map(([, policy]) => policySchema.parse(policy.Properties['PolicyDocument']))
const forSes = (policy: z.infer<typeof policySchema>) =>
  policy.Statement.filter((statement) => JSON.stringify(statement.Principal).includes('ses.amazonaws.com'))

describe('mail that comes in', () => {
  test('MAIL security 21: is scanned, encrypted on its way, stored, and then announced', () => {
    expect(only('AWS::SES::ReceiptRule')['Rule']).toMatchObject({
      Name: 'replies',
      Enabled: true,
      ScanEnabled: true,
      TlsPolicy: 'Require',
      Recipients: ['svar.ministeriet.example'],
      Actions: [
        {
          S3Action: { BucketName: { Ref: 'LandingBucket' }, TopicArn: { Ref: expect.any(String) as string } },
        },
      ],
    })
  })

  test('MAIL security 21: is put into the landing bucket by that rule of this account alone', () => {
    const [statement, ...others] = policiesOf('AWS::S3::BucketPolicy').flatMap(forSes)
    expect(others).toEqual([])
    expect(statement).toMatchObject({ Effect: 'Allow', Action: 's3:PutObject' })
    const condition = JSON.stringify(statement?.Condition)
    expect(condition).toContain('"aws:SourceAccount":{"Ref":"AWS::AccountId"}')
    expect(condition).toContain(':receipt-rule-set/aarshjul-test-receiving:receipt-rule/replies')
  })

  test('waits for the bucket to let SES in before the rule is made', () => {
    const rule = stack.ofType('AWS::SES::ReceiptRule')[0]?.[1]
    expect(JSON.stringify(rule?.['DependsOn'])).toMatch(/LandingPolicy/)
    expect(JSON.stringify(rule?.['DependsOn'])).toMatch(/TopicPolicy/)
  })
})

describe('letters that go out', () => {
  test('are traced: every event of the configuration set reaches the queue', () => {
    expect(only('AWS::SES::ConfigurationSetEventDestination')['EventDestination']).toMatchObject({
      Enabled: true,
      MatchingEventTypes: expect.arrayContaining(['send', 'delivery', 'bounce']) as string[],
    })
  })

  test('are never sent in the clear, and no link in them is rewritten', () => {
    expect(only('AWS::SES::ConfigurationSet')).toMatchObject({
      Name: 'aarshjul-test-letters',
      DeliveryOptions: { TlsPolicy: 'REQUIRE' },
    })
    expect(only('AWS::SES::ConfigurationSet')).not.toHaveProperty('TrackingOptions')
    expect(JSON.stringify(stack.ofType('AWS::SES::ConfigurationSetEventDestination'))).not.toMatch(
      /"(open|click)"/i,
    )
  })

  test('come from verified domains, bounces under the same domain: letters and mails to the ministry’s own people', () => {
    expect(stack.ofType('AWS::SES::EmailIdentity').map(([, { Properties }]) => Properties)).toEqual(
      ['svar.ministeriet.example', 'ministeriet.example'].map((domain) => ({
        EmailIdentity: domain,
        MailFromAttributes: {
          MailFromDomain: `bounce.${domain}`,
          BehaviorOnMxFailure: 'REJECT_MESSAGE',
        },
      })),
    )
  })
})

describe('topics', () => {
  test('MAIL security 21: let SES publish for one rule and one configuration set of this account, over TLS', () => {
    const policies = policiesOf('AWS::SNS::TopicPolicy')
    const bySes = policies.flatMap(forSes)
    expect(bySes.length).toBe(2)
    for (const statement of bySes) {
      expect(statement).toMatchObject({ Effect: 'Allow', Action: 'sns:Publish' })
      expect(JSON.stringify(statement.Condition)).toMatch(/aws:SourceAccount/i)
      expect(JSON.stringify(statement.Condition)).toMatch(/receipt-rule\/replies|configuration-set\//)
    }
    for (const policy of policies) expect(JSON.stringify(policy)).toContain('"aws:SecureTransport":"false"')
  })

  test('hand on what SES said as it said it', () => {
    const toQueues = stack
      .ofType('AWS::SNS::Subscription')
      .filter(([, subscription]) => subscription.Properties['Protocol'] === 'sqs')
    expect(toQueues.length).toBe(2)
    for (const [, subscription] of toQueues) expect(subscription.Properties['RawMessageDelivery']).toBe(true)
  })
})

test('a second reply domain gets its own identity, and both are received', () => {
  const two = synthesise({ replyDomains: 'svar.nyt.example, svar.gammelt.example' })
  expect(
    two.ofType('AWS::SES::EmailIdentity').map(([, { Properties }]) => Properties['EmailIdentity']),
  ).toEqual(['svar.nyt.example', 'svar.gammelt.example', 'ministeriet.example'])
  expect(JSON.stringify(two.ofType('AWS::SES::ReceiptRule'))).toContain(
    '"Recipients":["svar.nyt.example","svar.gammelt.example"]',
  )
  expect(JSON.stringify(two.ofType('AWS::Lambda::Function'))).toContain(
    'svar.nyt.example,svar.gammelt.example',
  )
})
