import * as z from 'zod'
import type { Invoke } from './functions-runtime.ts'

/** A received message, in the form of a record of Lambda's SQS event. */
export type ReceivedMessage = { readonly messageId: string; readonly receiptHandle: string }

/** The queues, as far as a mapping uses them: `openQueues` of `aws/sqs-queues.ts`. */
export type QueuesInUse = {
  /** At most `max` visible messages, hidden from now for the queue's visibility timeout. */
  receive(queue: string, max: number): readonly ReceivedMessage[]
  remove(queue: string, receiptHandle: string): void
  /** Calls back whenever a queue has something visible, now and later. */
  onMessage(listener: (queue: string) => void): () => void
}

/** An SQS event source mapping with batch size 1. */
export type QueueMapping = {
  readonly queue: string
  readonly functionName: string
  /** `maximumConcurrency`: how many messages of this queue are worked on at a time. */
  readonly concurrency: number
}

const partialAnswerSchema = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish(),
})

/**
 * Whether Lambda's answer says that the one message of its batch is done. As on AWS: no answer, no list or an
 * empty list is success; anything else in the list, also an id that was not in the batch, is failure.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function isDone(answer: unknown): boolean {
  if (typeof answer !== 'object' || answer === null) return true
  const parsed = partialAnswerSchema.safeParse(answer)
  return parsed.success && (parsed.data.batchItemFailures ?? []).length === 0
}

/**
 * Feeds queues to functions as Lambda's event source mappings do: one message an invocation, deleted when the
 * function is done with it, else left for redelivery after its visibility timeout and, in the end, for the
 * dead-letter queue. The clock is held from before a message is received until it is deleted or left.
 * @returns a stop, which resolves when what is in flight has ended
 */
export function startEventSources(options: {
  mappings: readonly QueueMapping[]
  queues: QueuesInUse
  invoke: Invoke
  clock: { hold(reason: string): () => void }
  /** Told of a failure outside the function: the queue could not be read or written. */
  onFault: (error: unknown) => void
}): () => Promise<void> {
  const { mappings, queues, invoke, clock, onFault } = options
  const inFlight = new Map<QueueMapping, Set<Promise<void>>>()
  let stopped = false

  const handle = async (mapping: QueueMapping, message: ReceivedMessage): Promise<void> => {
    const done = await invoke(mapping.functionName, { Records: [message] }, 'queue').then(
      isDone,
      // The function's own failure: the runtime has logged it, the queue delivers again.
      () => false,
    )
    if (done) queues.remove(mapping.queue, message.receiptHandle)
  }

  const pump = (mapping: QueueMapping): void => {
    const working = inFlight.get(mapping) ?? new Set()
    inFlight.set(mapping, working)
    if (stopped) return
    while (working.size < mapping.concurrency) {
      const release = clock.hold(`messages of ${mapping.queue}`)
      const [message] = receiveOne(mapping.queue)
      if (message === undefined) {
        release()
        return
      }
      const work = handle(mapping, message)
        .catch(onFault)
        .then(() => {
          working.delete(work)
          // The next message is taken before this one's hold ends, so that the clock sees no gap.
          pump(mapping)
          release()
        })
      working.add(work)
    }
  }

  const receiveOne = (queue: string): readonly ReceivedMessage[] => {
    try {
      return queues.receive(queue, 1)
    } catch (error) {
      onFault(error)
      return []
    }
  }

  const unlisten = queues.onMessage((queue) => {
    for (const mapping of mappings) if (mapping.queue === queue) pump(mapping)
  })
  for (const mapping of mappings) pump(mapping)

  return async () => {
    stopped = true
    unlisten()
    await Promise.all([...inFlight.values()].flatMap((working) => [...working]))
  }
}
