import { Duration } from 'aws-cdk-lib'
import { type IMetric, MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch'
import type { Bucket } from 'aws-cdk-lib/aws-s3'
import { metricNamespace } from '../../functions/adapters/meter.ts'
import type { Metric as OwnMetric } from '../../functions/ports/mail.ts'
import type { Archive } from './archive.ts'
import type { Functions } from './functions.ts'
import type { Mail } from './mail.ts'
import type { Queues } from './queues.ts'
import type { Settings } from './settings.ts'

/** What the alarms look at. */
export interface Watched {
  readonly settings: Pick<Settings, 'stage'>
  readonly archive: Archive
  readonly queues: Queues
  readonly mail: Mail
  readonly functions: Functions
}

export interface Watch {
  readonly name: string
  readonly metric: IMetric
  /** Goes off above this. */
  readonly above?: number
  /** Goes off below this, and where nothing is told at all. */
  readonly below?: number
  readonly says: string
  /** A file in `runbooks/`, without its ending. */
  readonly runbook: string
}

const minutes = (count: number): { period: Duration } => ({ period: Duration.minutes(count) })

const deadLetters = ({ queues }: Watched): Watch[] =>
  queues.deadLetterQueues.map((queue) => ({
    name: `${queue.node.id}-not-empty`,
    metric: queue.metricApproximateNumberOfMessagesVisible({ ...minutes(5), statistic: Stats.MAXIMUM }),
    above: 0,
    says: 'Something could not be handled, however often it was tried.',
    runbook: 'dead-letters',
  }))

/** Of all functions of the account and region together: a number without dimensions costs one alarm. */
const ofLambda = (metricName: string): Metric =>
  new Metric({ namespace: 'AWS/Lambda', metricName, statistic: Stats.SUM, ...minutes(15) })

const functionsAtAll = (watched: Watched): Watch[] => [
  {
    name: 'functions-failing',
    metric: own('FunctionFailed', watched),
    // What a service failed at for the moment is thrown, and tried again: a few are everyday.
    above: 20,
    says: 'Functions throw what no workflow expects, again and again.',
    runbook: 'function-errors',
  },
  {
    name: 'messages-failing',
    metric: own('MessageFailed', watched),
    above: 5,
    says: 'Mails or delivery events cannot be worked on and come again.',
    runbook: 'function-errors',
  },
  {
    name: 'console-faults',
    metric: own('ConsoleFault', watched),
    above: 5,
    says: 'The ministry’s people are shown that something went wrong.',
    runbook: 'function-errors',
  },
  {
    name: 'functions-broken',
    // Those of the workflows' own among them: it is for what no function can count itself, such as time and memory that is out.
    metric: ofLambda('Errors'),
    above: 100,
    says: 'Functions break off, or fail before they start.',
    runbook: 'function-errors',
  },
  {
    name: 'functions-throttled',
    metric: ofLambda('Throttles'),
    above: 0,
    says: 'More functions would run at a time than the account may run.',
    runbook: 'function-errors',
  },
]

/** What is to come and does not. */
const silence = ({ functions }: Watched): Watch[] => [
  {
    name: 'reconcile-silent',
    metric: functions.get('Reconcile').metricInvocations({ ...minutes(30), statistic: Stats.SUM }),
    below: 1,
    says: 'Nothing has been reconciled for half an hour: the schedules do not fire.',
    runbook: 'schedule-silent',
  },
  {
    name: 'nightly-list-silent',
    metric: functions
      .get('AnchorRecord')
      .metricInvocations({ period: Duration.days(1), statistic: Stats.SUM }),
    below: 1,
    says: 'No nightly list was asked for in a day.',
    runbook: 'schedule-silent',
  },
]

const sending = (watched: Watched): Watch[] => [
  {
    name: 'sending-quota-low',
    metric: own('SendingQuotaLow', watched),
    above: 0,
    says: 'More than four fifths of the mails that SES takes in 24 hours have gone.',
    runbook: 'sending-quota',
  },
]

const executions = (watched: Watched): Watch[] => [
  {
    name: 'executions-lost',
    metric: own('ExecutionLost', watched),
    above: 0,
    says: 'An execution did not end well: its case is stuck until somebody resumes it.',
    runbook: 'execution-lost',
  },
]

const puts = (bucket: Bucket, filter: string): Metric =>
  new Metric({
    namespace: 'AWS/S3',
    metricName: 'PutRequests',
    dimensionsMap: { BucketName: bucket.bucketName, FilterId: filter },
    statistic: Stats.SUM,
    period: Duration.days(1),
  })

const receiving = (metricName: string, { mail }: Watched): Metric =>
  new Metric({
    namespace: 'AWS/SES',
    metricName,
    dimensionsMap: { RuleSetName: mail.receiving.ruleSetName },
    statistic: Stats.SUM,
    ...minutes(15),
  })

const arrivals = (watched: Watched): Watch[] => [
  {
    name: 'landed-without-archived-twin',
    // Every mail that lands is put into the archive at least once: fewer puts there mean one is missing.
    metric: new MathExpression({
      expression: 'FILL(landed, 0) - FILL(archived, 0)',
      usingMetrics: {
        landed: puts(watched.archive.landing, 'all'),
        archived: puts(watched.archive.archive, 'mail'),
      },
      period: Duration.days(1),
    }),
    above: 0,
    says: 'More mail landed than was put into the archive.',
    runbook: 'landed-not-archived',
  },
  {
    name: 'intake-waits',
    metric: watched.queues.intake.metricApproximateAgeOfOldestMessage({
      ...minutes(5),
      statistic: Stats.MAXIMUM,
    }),
    above: Duration.minutes(30).toSeconds(),
    says: 'A mail has waited half an hour to be read (seconds).',
    runbook: 'landed-not-archived',
  },
  ...['PublishFailure', 'PublishExpired'].map((metricName) => ({
    name: `receiving-${metricName.toLowerCase()}`,
    metric: receiving(metricName, watched),
    above: 0,
    says: 'SES could not store or announce a mail that it had accepted.',
    runbook: 'landed-not-archived',
  })),
]

/** A number that the functions write themselves. */
const own = (metricName: OwnMetric, { settings }: Watched): Metric =>
  new Metric({
    namespace: metricNamespace(settings.stage),
    metricName,
    statistic: Stats.SUM,
    // Told again by every reconcile, each five minutes, for as long as it is so.
    ...minutes(15),
  })

const answers = (watched: Watched): Watch[] => [
  {
    name: 'answers-stopped',
    metric: own('AnswersStopped', watched),
    above: 0,
    says: 'More answers to mails than may go out in an hour: all are held back until a person lets them go on.',
    runbook: 'answers-stopped',
  },
]

/** All alarms of the system. */
export const alarmList = (watched: Watched): readonly Watch[] => [
  ...deadLetters(watched),
  ...executions(watched),
  ...functionsAtAll(watched),
  ...silence(watched),
  ...sending(watched),
  ...arrivals(watched),
  ...answers(watched),
]
