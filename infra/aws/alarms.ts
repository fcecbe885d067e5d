import { Stack } from 'aws-cdk-lib'
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import { Construct } from 'constructs'
import { alarmList, type Watched } from './alarm-list.ts'
import { deployedName } from './names.ts'
import type { Settings } from './settings.ts'

/** Every alarm goes to operations, and its description names the runbook that says what to do. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, props: Watched & { readonly settings: Settings }) {
    super(scope, id)
    const { stage, operationsMailbox } = props.settings
    const topic = new Topic(this, 'Topic', { topicName: deployedName(stage, 'alarms'), enforceSSL: true })
    // `enforceSSL` replaces the topic's default policy: CloudWatch must be let in by name.
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    )
    topic.addSubscription(new EmailSubscription(operationsMailbox))
    for (const { name, metric, above, below, says, runbook } of alarmList(props)) {
      const alarm = new Alarm(this, name, {
        alarmName: deployedName(stage, name),
        alarmDescription: `${says} Runbook: infra/aws/runbooks/${runbook}.md`,
        metric,
        ...(below === undefined
          ? {
              threshold: above ?? 0,
              comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
              treatMissingData: TreatMissingData.NOT_BREACHING,
            }
          : {
              threshold: below,
              comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
              treatMissingData: TreatMissingData.BREACHING,
            }),
        evaluationPeriods: 1,
      })
      alarm.addAlarmAction(new SnsAction(topic))
    }
  }
}
