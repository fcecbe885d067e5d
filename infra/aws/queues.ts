import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import type { Function as Lambda } from 'aws-cdk-lib/aws-lambda'
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources'
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { functionNeeds } from './function-rights.ts'
import { deployedName } from './names.ts'

const guarded = {
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
  // A message is somebody's answer: it outlives its stack, and the longest that SQS keeps one.
  removalPolicy: RemovalPolicy.RETAIN,
  retentionPeriod: Duration.days(14),
} satisfies QueueProps

/** Six times the function's timeout, as AWS advises: a message is not handed out again while it is worked on. */
const visibilityOf = (name: 'TakeInMail' | 'TakeDeliveryEvent'): Duration =>
  Duration.seconds(6 * functionNeeds[name].timeoutSeconds)

/** More than five tries: a letter's event may come before the letter is on the record. */
const mostReceives = 8
/** Never reserved concurrency: throttled polls would drive good mail into the dead-letter queue. */
const concurrency = { intake: 5, deliveries: 2 }

/** What waits to be read (mail) or written down (delivery), and what could not be. */
export class Queues extends Construct {
  readonly intake: Queue
  readonly deliveries: Queue
  /** Schedules, event rules and functions put here what failed for good. */
  readonly failedEvents: Queue
  readonly deadLetterQueues: readonly Queue[]

  constructor(scope: Construct, id: string, { stage }: { stage: string }) {
    super(scope, id)
    const make = (part: string, props: QueueProps): Queue =>
      new Queue(this, part, { ...guarded, ...props, queueName: deployedName(stage, part) })
    const intakeDead = make('intake-dead', {})
    const deliveriesDead = make('deliveries-dead', {})
    this.failedEvents = make('failed-events', {})
    this.intake = make('intake', {
      visibilityTimeout: visibilityOf('TakeInMail'),
      deadLetterQueue: { queue: intakeDead, maxReceiveCount: mostReceives },
    })
    this.deliveries = make('deliveries', {
      visibilityTimeout: visibilityOf('TakeDeliveryEvent'),
      deadLetterQueue: { queue: deliveriesDead, maxReceiveCount: mostReceives },
    })
    this.deadLetterQueues = [intakeDead, deliveriesDead, this.failedEvents]
  }

  feed(takeInMail: Lambda, takeDeliveryEvent: Lambda): void {
    const one = { batchSize: 1, reportBatchItemFailures: true }
    takeInMail.addEventSource(new SqsEventSource(this.intake, { ...one, maxConcurrency: concurrency.intake }))
    takeDeliveryEvent.addEventSource(
      new SqsEventSource(this.deliveries, { ...one, maxConcurrency: concurrency.deliveries }),
    )
  }
}
