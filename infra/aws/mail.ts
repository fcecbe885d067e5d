import { CfnOutput, Stack } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Bucket } from 'aws-cdk-lib/aws-s3'
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  MailFromBehaviorOnMxFailure,
} from 'aws-cdk-lib/aws-ses'
import { Construct } from 'constructs'
import { sendingAddresses, sendingDomains } from '../../functions/domain/directory/senders.ts'
import { deployedName } from './names.ts'
import { Notices } from './notices.ts'
import type { Queues } from './queues.ts'
import { Receiving } from './receiving.ts'
import type { Settings } from './settings.ts'

interface MailProps {
  readonly settings: Settings
  readonly landing: Bucket
  readonly queues: Queues
}

/** Letters out with a trace of each, and the way replies come in (`receiving.ts`). */
export class Mail extends Construct {
  readonly configurationSetName: string
  readonly receiving: Receiving
  readonly identities: readonly EmailIdentity[]
  private readonly from: readonly string[]

  constructor(scope: Construct, id: string, { settings, landing, queues }: MailProps) {
    super(scope, id)
    this.from = sendingAddresses(settings)
    this.configurationSetName = deployedName(settings.stage, 'letters')
    const configurationSet = new ConfigurationSet(this, 'Letters', {
      configurationSetName: this.configurationSetName,
      // Letters name people and cases: never in the clear. No open or click tracking: it would rewrite links.
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
    })
    this.identities = sendingDomains(settings).map(
      (domain) =>
        new EmailIdentity(this, `Identity ${domain}`, {
          identity: Identity.domain(domain),
          mailFromDomain: `${settings.mailFromLabel}.${domain}`,
          mailFromBehaviorOnMxFailure: MailFromBehaviorOnMxFailure.REJECT_MESSAGE,
        }),
    )
    for (const [index, identity] of this.identities.entries())
      new CfnOutput(this, `Dkim${index + 1}`, {
        value: identity.dkimRecords.map(({ name, value }) => `${name} CNAME ${value}`).join(', '),
      }).overrideLogicalId(`Dkim${index + 1}`)
    const notices = new Notices(this, 'Deliveries', {
      name: deployedName(settings.stage, 'deliveries'),
      queue: queues.deliveries,
    })
    const events = configurationSet.addEventDestination('Events', {
      configurationSetEventDestinationName: 'deliveries',
      destination: EventDestination.snsTopic(notices.topic),
      events: tracedEvents,
    })
    events.node.addDependency(notices)
    this.receiving = new Receiving(this, 'Receiving', { settings, landing, queue: queues.intake })
  }

  /** SendRawEmail as one of our own senders alone, with this configuration set; the account's rate, to keep to it. */
  sendStatements(): PolicyStatement[] {
    // It has no resource: it tells of the whole account.
    const askRate = new PolicyStatement({ actions: ['ses:GetSendQuota'], resources: ['*'] })
    const send = new PolicyStatement({
      actions: ['ses:SendRawEmail'],
      resources: [
        ...this.identities.map((identity) => identity.emailIdentityArn),
        this.configurationSetArn(),
      ],
      conditions: { StringLike: { 'ses:FromAddress': [...this.from] } },
    })
    return [send, askRate]
  }

  private configurationSetArn(): string {
    const { configurationSetName: resourceName } = this
    return Stack.of(this).formatArn({ service: 'ses', resource: 'configuration-set', resourceName })
  }
}

/** Every event is a trace of its letter; all but delivery and bounce say only that it was handed over or failed. */
const tracedEvents = [
  EmailSendingEvent.SEND,
  EmailSendingEvent.DELIVERY,
  EmailSendingEvent.DELIVERY_DELAY,
  EmailSendingEvent.BOUNCE,
  EmailSendingEvent.REJECT,
  EmailSendingEvent.COMPLAINT,
]
