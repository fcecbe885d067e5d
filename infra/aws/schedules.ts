import { Duration, TimeZone } from 'aws-cdk-lib'
import {
  ContextAttribute,
  Schedule,
  type CronOptionsWithTimezone,
  ScheduleExpression,
  ScheduleGroup,
  ScheduleTargetInput,
} from 'aws-cdk-lib/aws-scheduler'
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets'
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import type { OtherFunction } from '../../workflows/tasks.ts'
import type { Functions } from './functions.ts'
import { deployedName, fileNameOf } from './names.ts'

/** There is no constant for it, and an unknown one would silently be UTC. */
const copenhagen = TimeZone.of('Europe/Copenhagen')

/** Danish time, summer and winter. */
const schedules: readonly {
  readonly calls: OtherFunction
  readonly at: Omit<CronOptionsWithTimezone, 'timeZone'>
  readonly says: string
}[] = [
  {
    calls: 'StartYear',
    at: { minute: '0', hour: '9', day: '1', month: '12' },
    says: 'Opens the year on 1 December',
  },
  {
    calls: 'SendDailyMails',
    at: { minute: '30', hour: '7', weekDay: 'MON-FRI' },
    says: 'What waits for whom',
  },
  {
    calls: 'SendExperiences',
    at: { minute: '0', hour: '9', weekDay: 'MON-FRI' },
    says: 'The experiences of a year to every municipality, once they are released',
  },
  { calls: 'Reconcile', at: { minute: '0/5' }, says: 'Commands begun and not finished' },
  {
    calls: 'AnchorRecord',
    at: { minute: '0', hour: '2' },
    says: 'Last hashes into the archive and the journal',
  },
]

/** What the clock starts: at least once, with the time it was due, tried again for hours, never lost unseen. */
export class Schedules extends Construct {
  constructor(scope: Construct, id: string, props: { stage: string; functions: Functions; failed: Queue }) {
    super(scope, id)
    const { stage, functions, failed } = props
    const scheduleGroup = new ScheduleGroup(this, 'Group', { scheduleGroupName: `aarshjul-${stage}` })
    for (const { calls, at, says } of schedules) {
      // The schedule's own queue is for calls that Lambda did not take; what it took and failed goes here.
      functions.get(calls).configureAsyncInvoke({ onFailure: new SqsDestination(failed), retryAttempts: 2 })
      new Schedule(this, calls, {
        scheduleName: deployedName(stage, fileNameOf(calls)),
        scheduleGroup,
        description: says,
        schedule: ScheduleExpression.cron({ ...at, timeZone: copenhagen }),
        target: new LambdaInvoke(functions.get(calls), {
          input: ScheduleTargetInput.fromObject({ scheduledAt: ContextAttribute.scheduledTime }),
          retryAttempts: 20,
          maxEventAge: Duration.hours(12),
          deadLetterQueue: failed,
        }),
      })
    }
  }
}
