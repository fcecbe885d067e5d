import { Duration } from 'aws-cdk-lib'
import { Rule } from 'aws-cdk-lib/aws-events'
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets'
import type { Function as Lambda } from 'aws-cdk-lib/aws-lambda'
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { scheduleRetries } from '../../workflows/tasks.ts'
import { deployedName, machineArns } from './names.ts'

interface ExecutionsLostProps {
  readonly stage: string
  readonly recordExecutionLost: Lambda
  readonly failed: Queue
}

/** An execution that did not end well is committed to its stream: shown as stuck, and the year goes on. */
export class ExecutionsLost extends Construct {
  constructor(scope: Construct, id: string, { stage, recordExecutionLost, failed }: ExecutionsLostProps) {
    super(scope, id)
    recordExecutionLost.configureAsyncInvoke({ onFailure: new SqsDestination(failed), retryAttempts: 2 })
    new Rule(this, 'Rule', {
      ruleName: deployedName(stage, 'executions-lost'),
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: {
          stateMachineArn: [...machineArns(this, stage)],
          status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
        },
      },
      targets: [
        new LambdaFunction(recordExecutionLost, {
          deadLetterQueue: failed,
          retryAttempts: scheduleRetries.attempts,
          maxEventAge: Duration.hours(scheduleRetries.maxAgeHours),
        }),
      ],
    })
  }
}
