import { describe, expect, it } from 'vitest'
import { isDone, startEventSources } from '../../../infra/local/event-sources.ts'
import type { Invoke } from '../../../infra/local/functions-runtime.ts'

const turn = () => new Promise((resolve) => setImmediate(resolve))

/** Queues in memory: a received message is hidden until `showAgain`. */
function memoryQueues() {
  const visible = new Map<string, { messageId: string; receiptHandle: string; body: string }[]>()
  const hidden = new Map<string, { queue: string; messageId: string; body: string }>()
  const listeners = new Set<(queue: string) => void>()
  let receipts = 0
  const tell = (queue: string) => {
    for (const listener of listeners) listener(queue)
  }
  return {
    hidden,
    left: () => [...visible.values()].flat().length + hidden.size,
    send: (queue: string, body: string) => {
      const list = visible.get(queue) ?? []
      visible.set(queue, list)
      list.push({ messageId: `m${(receipts += 1)}`, receiptHandle: '', body })
      tell(queue)
    },
    showAgain: () => {
      const back = [...hidden]
      hidden.clear()
      for (const [, { queue, messageId, body }] of back) {
        visible.get(queue)!.push({ messageId, receiptHandle: '', body })
        tell(queue)
      }
    },
    receive: (queue: string, max: number) =>
      (visible.get(queue) ?? []).splice(0, max).map((message) => {
        const receiptHandle = `r${(receipts += 1)}`
        hidden.set(receiptHandle, { queue, messageId: message.messageId, body: message.body })
        return { ...message, receiptHandle }
      }),
    remove: (_queue: string, receiptHandle: string) => void hidden.delete(receiptHandle),
    onMessage: (listener: (queue: string) => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function started(invoke: Invoke, concurrency = 2) {
  const queues = memoryQueues()
  const held = { now: 0, most: 0 }
  const faults: unknown[] = []
  const stop = startEventSources({
    mappings: [{ queue: 'intake', functionName: 'TakeInMail', concurrency }],
    queues,
    invoke,
    clock: {
      hold: () => {
        held.now += 1
        held.most = Math.max(held.most, held.now)
        return () => void (held.now -= 1)
      },
    },
    onFault: (error) => faults.push(error),
  })
  const settle = async () => {
    for (let index = 0; index < 100; index += 1) await turn()
  }
  return { queues, held, faults, stop, settle }
}

describe('an event source mapping', () => {
  it('hands each message to the function as a batch of one, and deletes it when done', async () => {
    const seen: unknown[] = []
    const { queues, held, settle } = started(async (name, event, by) => {
      seen.push({ name, event, by })
      return null
    })

    queues.send('intake', '{"n":1}')
    queues.send('intake', '{"n":2}')
    await settle()

    expect(seen).toMatchObject([
      { name: 'TakeInMail', by: 'queue', event: { Records: [{ messageId: 'm1', body: '{"n":1}' }] } },
      { name: 'TakeInMail', by: 'queue', event: { Records: [{ body: '{"n":2}' }] } },
    ])
    expect(queues.left()).toBe(0)
    expect(held.now).toBe(0)
  })

  it('works on no more messages at a time than it may, and holds the clock for every one', async () => {
    let working = 0
    let most = 0
    const { queues, held, settle } = started(async () => {
      working += 1
      most = Math.max(most, working)
      expect(held.now).toBeGreaterThanOrEqual(working)
      await turn()
      working -= 1
      return {}
    }, 3)

    for (let n = 0; n < 20; n += 1) queues.send('intake', `${n}`)
    await settle()

    expect(most).toBe(3)
    expect(queues.left()).toBe(0)
  })

  it('leaves a message that failed, and delivers it again when it is visible again', async () => {
    let attempts = 0
    const { queues, held, settle } = started(async () => {
      attempts += 1
      if (attempts === 1) throw new Error('the archive is away')
    })

    queues.send('intake', 'mail')
    await settle()
    expect(queues.left()).toBe(1)
    expect(held.now).toBe(0)

    queues.showAgain()
    await settle()

    expect(attempts).toBe(2)
    expect(queues.left()).toBe(0)
  })

  it('leaves a message that the function reports as failed', async () => {
    const { queues, settle } = started(async () => ({ batchItemFailures: [{ itemIdentifier: 'm1' }] }))

    queues.send('intake', 'mail')
    await settle()

    expect(queues.left()).toBe(1)
  })

  it('when stopped takes nothing more, and ends with what is in flight', async () => {
    let finish = () => {}
    const { queues, stop, settle } = started(() => new Promise<void>((resolve) => (finish = resolve)), 1)
    queues.send('intake', 'first')
    queues.send('intake', 'second')
    await settle()

    const stopped = stop()
    finish()
    await stopped

    expect(queues.left()).toBe(1)
  })
})

describe("the function's answer", () => {
  it.each([
    [null, true],
    [{}, true],
    ['done', true],
    [{ batchItemFailures: null }, true],
    [{ batchItemFailures: [] }, true],
    [{ batchItemFailures: [{ itemIdentifier: 'm1' }] }, false],
    [{ batchItemFailures: [{ itemIdentifier: 'someone else' }] }, false],
    [{ batchItemFailures: [{ itemIdentifier: '' }] }, false],
    [{ batchItemFailures: [{ id: 'm1' }] }, false],
    [{ batchItemFailures: 'm1' }, false],
  ])('%j means done: %j', (answer, done) => {
    expect(isDone(answer)).toBe(done)
  })
})
