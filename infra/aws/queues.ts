import { Duration } from 'aws-cdk-lib'
import type { Function as Lambda } from 'aws-cdk-lib/aws-lambda'
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources'
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { otherFunctions } from '../../workflows/tasks.ts'
import { keptOnceMade } from './fixed-id.ts'
import { keptFor } from './kept-for.ts'
import { deployedName } from './names.ts'

const guarded = {
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
  // A message is somebody's answer: it outlives its stack, and the longest that SQS keeps one.
  removalPolicy: keptOnceMade,
  retentionPeriod: keptFor('queue-message'),
} satisfies QueueProps

const { TakeInMail, TakeDeliveryEvent } = otherFunctions

/** What waits to be read (mail) or written down (delivery), and what could not be. */
export class Queues extends Construct {
  readonly intake: Queue
  readonly deliveries: Queue
  /** Schedules, event rules and functions put here what failed for good. */
  readonly failedEvents: Queue
  readonly deadLetterQueues: readonly Queue[]

  constructor(scope: Construct, id: string, { stage }: { stage: string }) {
    super(scope, id)
    const make = (part: string, props: QueueProps = {}): Queue =>
      new Queue(this, part, { ...guarded, ...props, queueName: deployedName(stage, part) })
    const makeWithDeadLetters = (queue: typeof TakeInMail.queue | typeof TakeDeliveryEvent.queue) => {
      const dead = make(`${queue.name}-dead`)
      const visibilityTimeout = Duration.seconds(queue.visibilitySeconds)
      const deadLetterQueue = { queue: dead, maxReceiveCount: queue.maxReceives }
      return { dead, live: make(queue.name, { visibilityTimeout, deadLetterQueue }) }
    }
    const intake = makeWithDeadLetters(TakeInMail.queue)
    const deliveries = makeWithDeadLetters(TakeDeliveryEvent.queue)
    this.failedEvents = make('failed-events')
    this.intake = intake.live
    this.deliveries = deliveries.live
    this.deadLetterQueues = [intake.dead, deliveries.dead, this.failedEvents]
  }

  feed(takeInMail: Lambda, takeDeliveryEvent: Lambda): void {
    const one = { batchSize: 1, reportBatchItemFailures: true }
    const source = (queue: Queue, maxConcurrency: number): SqsEventSource =>
      new SqsEventSource(queue, { ...one, maxConcurrency })
    takeInMail.addEventSource(source(this.intake, TakeInMail.queue.concurrency))
    takeDeliveryEvent.addEventSource(source(this.deliveries, TakeDeliveryEvent.queue.concurrency))
  }
}
