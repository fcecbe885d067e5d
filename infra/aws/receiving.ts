import { Stack } from 'aws-cdk-lib'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { Bucket } from 'aws-cdk-lib/aws-s3'
import { ReceiptRule, ReceiptRuleSet, TlsPolicy } from 'aws-cdk-lib/aws-ses'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { deployedName } from './names.ts'
import { Notices } from './notices.ts'
import type { Settings } from './settings.ts'

const ruleName = 'replies'

/**
 * SES takes replies in: scanned, over TLS alone, stored in the landing bucket, and only then announced, with
 * the verdicts and the object's key. CloudFormation cannot make the rule set the account's active one (README).
 */
export class Receiving extends Construct {
  readonly ruleSetName: string

  constructor(scope: Construct, id: string, props: { settings: Settings; landing: Bucket; queue: Queue }) {
    super(scope, id)
    const { settings, landing, queue } = props
    this.ruleSetName = deployedName(settings.stage, 'receiving')
    const ruleArn = this.ruleArn()
    const notices = new Notices(this, 'Arrivals', {
      name: deployedName(settings.stage, 'arrivals'),
      queue,
    })
    notices.letSesPublishFor(ruleArn)
    landing.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('ses.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [landing.arnForObjects('*')],
        conditions: {
          StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
          ArnEquals: { 'aws:SourceArn': ruleArn },
        },
      }),
    )
    const rule = new ReceiptRule(this, 'Replies', {
      ruleSet: new ReceiptRuleSet(this, 'RuleSet', { receiptRuleSetName: this.ruleSetName }),
      receiptRuleName: ruleName,
      // A domain stands for all its addresses; without recipients the rule would take every domain's mail.
      recipients: [...settings.replyDomains],
      scanEnabled: true,
      tlsPolicy: TlsPolicy.REQUIRE,
      actions: [
        { bind: () => ({ s3Action: { bucketName: landing.bucketName, topicArn: notices.topic.topicArn } }) },
      ],
    })
    // SES tries out both when the rule is made.
    if (landing.policy !== undefined) rule.node.addDependency(landing.policy)
    rule.node.addDependency(notices)
  }

  private ruleArn(): string {
    const resourceName = `${this.ruleSetName}:receipt-rule/${ruleName}`
    return Stack.of(this).formatArn({ service: 'ses', resource: 'receipt-rule-set', resourceName })
  }
}
