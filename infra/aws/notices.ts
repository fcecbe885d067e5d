import { Stack } from 'aws-cdk-lib'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'

/**
 * A topic to which SES, and nobody else, publishes, with one queue behind it. Raw: the queue gets SES's own
 * words, without SNS's wrapping. `enforceSSL` replaces the topic's default policy, so that SES must be let in.
 */
export class Notices extends Construct {
  readonly topic: Topic

  constructor(scope: Construct, id: string, props: { name: string; queue: Queue }) {
    super(scope, id)
    this.topic = new Topic(this, 'Topic', { topicName: props.name, enforceSSL: true })
    this.topic.addSubscription(new SqsSubscription(props.queue, { rawMessageDelivery: true }))
  }

  /** To be called where CDK does not grant it by itself. */
  letSesPublishFor(arn: string): void {
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('ses.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
          ArnEquals: { 'aws:SourceArn': arn },
        },
      }),
    )
  }
}
