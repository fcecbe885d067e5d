import { existsSync } from 'node:fs'
import { App, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import { beforeAll, describe, expect, test } from 'vitest'
import { metrics } from '../../../functions/ports/mail.ts'
import { acknowledge } from '../../../infra/aws/acknowledged.ts'
import { settingsFrom } from '../../../infra/aws/settings.ts'
import { Aarshjul } from '../../../infra/aws/stack.ts'
import { type Synthesised, synthesise } from './synthesised.ts'

let stack: Synthesised
beforeAll(() => {
  stack = synthesise()
})

describe('schedules', () => {
  test('run by Danish time, tell the time they were due, and lose nothing', () => {
    const found = Object.fromEntries(
      stack
        .ofType('AWS::Scheduler::Schedule')
        .map(([, { Properties }]) => [
          Properties['Name'],
          [Properties['ScheduleExpression'], Properties['ScheduleExpressionTimezone']],
        ]),
    )
    expect(found).toEqual({
      'aarshjul-test-start-year': ['cron(0 9 1 12 ? *)', 'Europe/Copenhagen'],
      'aarshjul-test-send-daily-mails': ['cron(30 7 ? * MON-FRI *)', 'Europe/Copenhagen'],
      'aarshjul-test-send-experiences': ['cron(0 9 ? * MON-FRI *)', 'Europe/Copenhagen'],
      'aarshjul-test-reconcile': ['cron(0/5 * * * ? *)', 'Europe/Copenhagen'],
      'aarshjul-test-anchor-record': ['cron(0 2 * * ? *)', 'Europe/Copenhagen'],
    })
    for (const [, { Properties }] of stack.ofType('AWS::Scheduler::Schedule'))
      expect(Properties['Target']).toMatchObject({
        Input: '{"scheduledAt":"<aws.scheduler.scheduled-time>"}',
        RetryPolicy: { MaximumRetryAttempts: 20, MaximumEventAgeInSeconds: 43_200 },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': expect.any(Array) as unknown } },
      })
  })

  test('and the event rule keep also what a function took and then failed at', () => {
    const kept = stack
      .ofType('AWS::Lambda::EventInvokeConfig')
      .map(([, config]) => JSON.stringify(config.Properties))
      .toSorted()
    for (const name of [
      'AnchorRecord',
      'Reconcile',
      'RecordExecutionLost',
      'SendDailyMails',
      'SendExperiences',
      'StartYear',
    ])
      expect(kept.some((config) => config.includes(`${name}Function`) && config.includes('OnFailure'))).toBe(
        true,
      )
  })
})

test('executions that fail, time out or are aborted are told to the record', () => {
  const [rule] = stack.ofType('AWS::Events::Rule')
  expect(rule?.[1].Properties['EventPattern']).toMatchObject({
    source: ['aws.states'],
    detail: { status: ['FAILED', 'TIMED_OUT', 'ABORTED'] },
  })
  for (const name of ['annual-run', 'agreement-review', 'renegotiation'])
    expect(JSON.stringify(rule?.[1].Properties['EventPattern'])).toContain(
      `stateMachine:aarshjul-test-${name}`,
    )
  expect(rule?.[1].Properties['Targets']).toMatchObject([
    {
      Arn: { 'Fn::GetAtt': ['RecordExecutionLostFunction', 'Arn'] },
      DeadLetterConfig: expect.anything() as unknown,
    },
  ])
})

describe('the console', () => {
  test('answers under its own address alone', () => {
    expect(stack.ofType('AWS::ApiGatewayV2::Api')[0]?.[1].Properties).toMatchObject({
      ProtocolType: 'HTTP',
      DisableExecuteApiEndpoint: true,
    })
    expect(stack.ofType('AWS::ApiGatewayV2::DomainName')[0]?.[1].Properties['DomainName']).toBe(
      'aarshjul.ministeriet.example',
    )
  })

  test('is called with the second form of event, slowly enough, and logged without queries', () => {
    expect(stack.ofType('AWS::ApiGatewayV2::Integration')[0]?.[1].Properties['PayloadFormatVersion']).toBe(
      '2.0',
    )
    const stage = stack.ofType('AWS::ApiGatewayV2::Stage')[0]?.[1].Properties
    expect(stage).toMatchObject({
      DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
    })
    expect(JSON.stringify(stage?.['AccessLogSettings'])).not.toMatch(/query|cookie|authorizer/i)
  })
})

describe('alarms', () => {
  test('each says what has happened and which runbook tells what to do', () => {
    const alarms = stack.ofType('AWS::CloudWatch::Alarm')
    expect(alarms.length).toBeGreaterThan(15)
    for (const [, { Properties }] of alarms) {
      const runbook = /Runbook: (infra\/aws\/runbooks\/[a-z-]+\.md)$/.exec(
        String(Properties['AlarmDescription']),
      )?.[1]
      expect(runbook && existsSync(runbook), String(Properties['AlarmDescription'])).toBe(true)
      expect(Properties['AlarmActions']).toHaveLength(1)
    }
  })

  test('cost at most 25 dollars a year: a tenth of a dollar a month for each number that is looked at', () => {
    const numbers = stack.ofType('AWS::CloudWatch::Alarm').map(([, { Properties }]) => {
      const { Metrics: several } = Properties
      return Array.isArray(several) ? several.filter((one) => 'MetricStat' in Object(one)).length : 1
    })
    expect(numbers.reduce((sum, count) => sum + count, 0) * 0.1 * 12).toBeLessThanOrEqual(25)
  })

  test('watch every number that the functions write themselves', () => {
    const watched = stack
      .ofType('AWS::CloudWatch::Alarm')
      .filter(([, { Properties }]) => Properties['Namespace'] === 'Aarshjul/test')
      .map(([, { Properties }]) => String(Properties['MetricName']))
    expect(watched.toSorted()).toEqual([...metrics].toSorted())
  })

  test('go off where what is to come does not, told or not', () => {
    const silent = stack
      .ofType('AWS::CloudWatch::Alarm')
      .filter(([, { Properties }]) => String(Properties['AlarmName']).endsWith('-silent'))
    expect(silent).toHaveLength(2)
    for (const [, { Properties }] of silent)
      expect(Properties).toMatchObject({
        ComparisonOperator: 'LessThanThreshold',
        Threshold: 1,
        TreatMissingData: 'breaching',
      })
  })

  test('may be told to the topic that passes them on', () => {
    const policies = stack
      .ofType('AWS::SNS::TopicPolicy')
      .map(([, policy]) => JSON.stringify(policy.Properties))
    expect(policies.filter((policy) => policy.includes('"Service":"cloudwatch.amazonaws.com"')).length).toBe(
      1,
    )
  })

  test('watch every dead-letter queue, the executions, and the way from landing to archive', () => {
    const names = stack.ofType('AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties['AlarmName'])
    // What nobody reads on: queues that no function takes from.
    const read = stack
      .ofType('AWS::Lambda::EventSourceMapping')
      .map(([, { Properties }]) => JSON.stringify(Properties['EventSourceArn']))
    const dead = stack
      .ofType('AWS::SQS::Queue')
      .flatMap(([id, { Properties }]) =>
        read.some((source) => source.includes(`"${id}"`))
          ? []
          : [String(Properties['QueueName']).replace(/^aarshjul-test-/, '')],
      )
    expect(dead).not.toEqual([])
    for (const part of [
      ...dead.map((queue) => `${queue}-not-empty`),
      'executions-lost',
      'landed-without-archived-twin',
      'intake-waits',
      'answers-stopped',
      'receiving-publishfailure',
    ])
      expect(names).toContain(`aarshjul-test-${part}`)
  })
})

describe('settings', () => {
  const settings = (context: Record<string, string>) => settingsFrom(new App({ context }).node)

  test('have samples for everything, so that a synth needs nothing', () => {
    expect(settings({}).replyDomains).toEqual(['svar.ministeriet.example'])
  })

  test('refuse production on a sample, and say which', () => {
    expect(() => settings({ stage: 'prod', oidcIssuer: 'https://login.ministeriet.dk' })).toThrow(
      /replyDomains, ownDomains, consoleDomain, consoleCertificateArn, journalMailbox, operationsMailbox/,
    )
  })

  test('refuse a lock longer than ten years and an issuer without TLS', () => {
    expect(() => settings({ archiveRetentionDays: '3654' })).toThrow(/archiveRetentionDays/)
    expect(() => settings({ oidcIssuer: 'http://login.example' })).toThrow(/oidcIssuer/)
  })
})

test('cdk-nag finds nothing that is not acknowledged with a reason', () => {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } })
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
  const settings = settingsFrom(app.node)
  acknowledge(new Aarshjul(app, settings), settings.stage)
  expect(() => app.synth()).not.toThrow()
})
