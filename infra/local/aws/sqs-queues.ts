import { createHash } from 'node:crypto'
import type { EndpointClock } from './http-endpoint.ts'
import { openMessageStore, type QueueSettings } from './sqs-store.ts'

export interface QueuesOptions {
  /** The SQLite file. */
  readonly file: string
  readonly queues: Readonly<Record<string, QueueSettings>>
  readonly clock: EndpointClock
  readonly region?: string
}

/** A record as Lambda's event source mapping hands it to a function. */
export interface QueueRecord {
  readonly messageId: string
  readonly receiptHandle: string
  readonly body: string
  readonly attributes: {
    readonly ApproximateReceiveCount: string
    readonly SentTimestamp: string
    readonly SenderId: string
    readonly ApproximateFirstReceiveTimestamp: string
  }
  readonly messageAttributes: Record<string, never>
  readonly md5OfBody: string
  readonly eventSource: 'aws:sqs'
  readonly eventSourceARN: string
  readonly awsRegion: string
}

/** A queue that is not in the options. */
export class UnknownQueueError extends Error {
  override readonly name = 'UnknownQueueError'
}

export interface SendOptions {
  readonly delaySeconds?: number
  /** Sends at most one message for this key, ever. */
  readonly onceKey?: string
}

export type LocalQueues = ReturnType<typeof openQueues>

/**
 * The queues, in process. While a message that somebody should read is visible, the clock is held;
 * a reader must hold the clock itself from before `receive` until after `remove`. Dead-letter
 * queues wait for a person and hold nothing.
 */
export function openQueues({ file, queues, clock, region = 'eu-west-1' }: QueuesOptions) {
  const deadLetterQueues = new Set<string>()
  for (const [name, { deadLetterQueue, maxReceiveCount }] of Object.entries(queues)) {
    if ((deadLetterQueue === undefined) !== (maxReceiveCount === undefined)) {
      throw new Error(`Queue ${name}: maxReceiveCount and deadLetterQueue belong together`)
    }
    if (deadLetterQueue === undefined) continue
    if (!Object.hasOwn(queues, deadLetterQueue)) throw new UnknownQueueError(deadLetterQueue)
    deadLetterQueues.add(deadLetterQueue)
  }
  const store = openMessageStore(file, queues)
  const names = Object.keys(queues)
  const read = names.filter((name) => !deadLetterQueues.has(name))
  const held = new Map<string, () => void>()
  const listeners = new Set<(queue: string) => void>()

  const settingsOf = (queue: string): QueueSettings => {
    const settings = Object.hasOwn(queues, queue) ? queues[queue] : undefined
    if (settings === undefined) throw new UnknownQueueError(`There is no queue ${queue}`)
    return settings
  }
  const isVisible = (queue: string): boolean => (store.nextVisibleAt(queue) ?? Infinity) <= clock.now()

  // Later, so that a listener may receive at once without being called inside its own call.
  const tell = (listener: (queue: string) => void, queue: string): void =>
    queueMicrotask(() => {
      if (listeners.has(listener)) listener(queue)
    })

  // Holds before it tells, so that the clock cannot move between a message and its reader.
  const settle = (touched: readonly string[]): void => {
    const ready: string[] = []
    for (const queue of touched) {
      const visible = isVisible(queue)
      if (visible) ready.push(queue)
      if (deadLetterQueues.has(queue)) continue
      const release = held.get(queue)
      if (visible && release === undefined) held.set(queue, clock.hold(`queue ${queue}`))
      if (!visible && release !== undefined) {
        held.delete(queue)
        release()
      }
    }
    clock.changed()
    for (const queue of ready) for (const listener of listeners) tell(listener, queue)
  }
  settle(names)

  return {
    names,
    settingsOf,

    /** Returns once the message is on disk: its id, or undefined when the once key was used before. */
    send(queue: string, body: string, options: SendOptions = {}): string | undefined {
      settingsOf(queue)
      const now = clock.now()
      const visibleAt = now + (options.delaySeconds ?? 0) * 1000
      const id = store.send({ queue, body, visibleAt, now, onceKey: options.onceKey })
      settle([queue])
      return id
    },

    /** At most `max` visible messages, hidden for the visibility timeout (in seconds) from now. */
    receive(queue: string, max = 10, visibilityTimeoutSeconds?: number): QueueRecord[] {
      const settings = settingsOf(queue)
      const now = clock.now()
      const hiddenUntil = now + (visibilityTimeoutSeconds ?? settings.visibilityTimeoutSeconds) * 1000
      const records: QueueRecord[] = []
      while (records.length < max) {
        const message = store.receive(queue, now, hiddenUntil)
        if (message === undefined) break
        records.push({
          messageId: message.id,
          receiptHandle: message.receipt ?? '',
          body: message.body,
          attributes: {
            ApproximateReceiveCount: `${message.receiveCount}`,
            SentTimestamp: `${message.sentAt}`,
            SenderId: 'local',
            ApproximateFirstReceiveTimestamp: `${message.firstReceivedAt ?? now}`,
          },
          messageAttributes: {},
          md5OfBody: createHash('md5').update(message.body).digest('hex'),
          eventSource: 'aws:sqs',
          eventSourceARN: `arn:aws:sqs:${region}:000000000000:${queue}`,
          awsRegion: region,
        })
        // A timeout of zero leaves the message visible: one round is enough.
        if (hiddenUntil <= now) break
      }
      const { deadLetterQueue } = settings
      settle(deadLetterQueue === undefined ? [queue] : [queue, deadLetterQueue])
      return records
    },

    /** Deletes a received message. A receipt of an earlier reception changes nothing. */
    remove(queue: string, receiptHandle: string): void {
      settingsOf(queue)
      store.remove(queue, receiptHandle)
      settle([queue])
    },

    /** Hides a message in flight for so many seconds from now; false when it is not in flight. */
    changeVisibility(queue: string, receiptHandle: string, seconds: number): boolean {
      settingsOf(queue)
      const now = clock.now()
      const changed = store.hide(queue, receiptHandle, { now, until: now + seconds * 1000 })
      settle([queue])
      return changed
    },

    /** When the next message becomes (or became) visible, in milliseconds since 1970; undefined when none waits. */
    nextDue(): number | undefined {
      const times = read.map((queue) => store.nextVisibleAt(queue)).filter((time) => time !== undefined)
      return times.length === 0 ? undefined : Math.min(...times)
    },

    /** To be called after the clock moved: holds it for what became visible and tells the listeners. */
    clockMoved: () => settle(names),

    /** Calls back whenever a queue has something visible, also after a reception that left some. Returns a stop. */
    onMessage(listener: (queue: string) => void): () => void {
      listeners.add(listener)
      for (const queue of names) if (isVisible(queue)) tell(listener, queue)
      return () => listeners.delete(listener)
    },

    /** How many messages are visible, in flight and delayed, now. */
    count(queue: string): { visible: number; inFlight: number; delayed: number } {
      settingsOf(queue)
      return store.count(queue, clock.now())
    },

    close(): void {
      listeners.clear()
      for (const release of held.values()) release()
      held.clear()
      store.close()
    },
  }
}
