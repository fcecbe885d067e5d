import { Duration } from 'aws-cdk-lib'
import { type IMetric, MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch'
import type { Bucket } from 'aws-cdk-lib/aws-s3'
import { metricNamespace } from '../../functions/adapters/meter.ts'
import type { Metric as OwnMetric } from '../../functions/ports/mail.ts'
import { fileNameOf, functionNames } from '../../workflows/tasks.ts'
import type { Archive } from './archive.ts'
import type { Functions } from './functions.ts'
import type { Mail } from './mail.ts'
import type { Queues } from './queues.ts'
import type { Settings } from './settings.ts'
import type { Workflows } from './workflows.ts'

/** What the alarms look at. */
export interface Watched {
  readonly settings: Pick<Settings, 'stage'>
  readonly archive: Archive
  readonly queues: Queues
  readonly mail: Mail
  readonly functions: Functions
  readonly workflows: Workflows
}

export interface Watch {
  readonly name: string
  readonly metric: IMetric
  /** Goes off above this. */
  readonly above: number
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

const executions = ({ workflows }: Watched): Watch[] =>
  workflows.machines.map((machine) => ({
    name: `${machine.node.id}-failed`,
    metric: new MathExpression({
      expression: 'failed + timedOut + aborted',
      usingMetrics: {
        failed: machine.metricFailed(minutes(5)),
        timedOut: machine.metricTimedOut(minutes(5)),
        aborted: machine.metricAborted(minutes(5)),
      },
      ...minutes(5),
    }),
    above: 0,
    says: 'An execution did not end well: its case is stuck until somebody resumes it.',
    runbook: 'execution-lost',
  }))

const functionErrors = ({ functions }: Watched): Watch[] =>
  functionNames.map((name) => ({
    name: `${fileNameOf(name)}-errors`,
    metric: functions.get(name).metricErrors({ ...minutes(15), statistic: Stats.SUM }),
    // Others writing at the same time, and waits that are over already, are thrown: a few are everyday.
    above: 20,
    says: 'A function fails again and again.',
    runbook: 'function-errors',
  }))

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
  ...functionErrors(watched),
  ...arrivals(watched),
  ...answers(watched),
]
