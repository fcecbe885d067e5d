import { Duration, TimeZone } from 'aws-cdk-lib'
import {
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
import { Temporal } from 'temporal-polyfill'
import { timeZone } from '../../functions/domain/base/time.ts'
import {
  asyncRetryMinutes,
  fileNameOf,
  scheduledInput,
  scheduleRetries,
  type ScheduleRule,
  schedules,
} from '../../workflows/tasks.ts'
import { keptOnceMade } from './fixed-id.ts'
import type { Functions } from './functions.ts'
import { deployedName } from './names.ts'

/** There is no constant for it, and an unknown one would silently be UTC. */
const copenhagen = TimeZone.of(timeZone)

const cronOf = (rule: ScheduleRule): Omit<CronOptionsWithTimezone, 'timeZone'> => {
  if (rule.kind === 'every') return { minute: `0/${rule.minutes}` }
  const { hour, minute } = Temporal.PlainTime.from(rule.time)
  const time = { hour: String(hour), minute: String(minute) }
  switch (rule.kind) {
    case 'daily':
      return time
    case 'weekdays':
      return { ...time, weekDay: 'MON-FRI' }
    case 'yearly':
      return { ...time, day: String(rule.day), month: String(rule.month) }
  }
}

/** What the clock starts: at least once, with the time it was due, tried again for hours, never lost unseen. */
export class Schedules extends Construct {
  constructor(scope: Construct, id: string, props: { stage: string; functions: Functions; failed: Queue }) {
    super(scope, id)
    const { stage, functions, failed } = props
    const scheduleGroup = new ScheduleGroup(this, 'Group', {
      scheduleGroupName: `aarshjul-${stage}`,
      removalPolicy: keptOnceMade,
    })
    for (const { calls, rule, says } of schedules) {
      // The schedule's own queue is for calls that Lambda did not take; what it took and failed goes here.
      functions.get(calls).configureAsyncInvoke({
        onFailure: new SqsDestination(failed),
        retryAttempts: asyncRetryMinutes.length,
      })
      new Schedule(this, calls, {
        scheduleName: deployedName(stage, fileNameOf(calls)),
        scheduleGroup,
        description: says,
        schedule: ScheduleExpression.cron({ ...cronOf(rule), timeZone: copenhagen }),
        target: new LambdaInvoke(functions.get(calls), {
          input: ScheduleTargetInput.fromObject(scheduledInput),
          retryAttempts: scheduleRetries.attempts,
          maxEventAge: Duration.hours(scheduleRetries.maxAgeHours),
          deadLetterQueue: failed,
        }),
      })
    }
  }
}
