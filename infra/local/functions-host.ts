import { SHARE_ENV, Worker } from 'node:worker_threads'
import * as z from 'zod'
import { FunctionFailure } from './function-failure.ts'
import { FunctionStatistics } from './function-statistics.ts'
import { fileNameOf, type FunctionsRuntime, type InvocationLine, type Invoke } from './functions-runtime.ts'

const failureSchema = z.object({
  errorType: z.string(),
  errorMessage: z.string(),
  trace: z.array(z.string()).optional(),
})
const lines = z.array(z.custom<InvocationLine>())
const replySchema = z.discriminatedUnion('is', [
  z.object({ is: z.literal('answer'), id: z.int(), answer: z.string().optional(), lines }),
  z.object({ is: z.literal('failure'), id: z.int(), failure: z.string(), lines }),
])

interface Waiting {
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: Error) => void
}

/**
 * Runs the functions in a thread of their own: one of the two cores is theirs and the other the system's. An
 * event goes there and its answer comes back as JSON text. The clock is held here, from before the event leaves
 * until the answer has been taken, so that the thread's copy of the time never moves under a function.
 * @param options.onFault told when the thread itself fails; everything in flight then fails with it
 */
export function openFunctionsHost(options: {
  folder: string
  prefix: string
  timeoutsMs: Readonly<Record<string, number>>
  clock: { now(): number; hold(reason: string): () => void }
  log: (line: InvocationLine) => void
  onFault: (fault: unknown) => void
}): FunctionsRuntime & { close(): Promise<void> } {
  const { clock } = options
  const shared = new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT)
  const time = new BigInt64Array(shared)
  const statistics = new FunctionStatistics()
  const waiting = new Map<number, Waiting>()
  let calls = 0
  const worker = new Worker(new URL('./functions-thread.ts', import.meta.url), {
    env: SHARE_ENV,
    workerData: {
      folder: options.folder,
      prefix: options.prefix,
      timeoutsMs: options.timeoutsMs,
      clock: shared,
    },
  })
  worker.on('message', (message: unknown) => {
    const reply = replySchema.parse(message)
    for (const line of reply.lines) {
      statistics.add(line)
      options.log(line)
    }
    const call = waiting.get(reply.id)
    waiting.delete(reply.id)
    if (reply.is === 'answer') call?.resolve(reply.answer === undefined ? null : JSON.parse(reply.answer))
    else call?.reject(new FunctionFailure(failureOf(reply.failure)))
  })
  worker.on('error', (error) => {
    options.onFault(error)
    for (const call of waiting.values()) call.reject(error)
    waiting.clear()
  })

  const invoke: Invoke = async (name, event, by = 'command') => {
    const release = clock.hold(`function ${fileNameOf(name)}`)
    const over = statistics.begin()
    try {
      Atomics.store(time, 0, BigInt(Math.round(clock.now())))
      calls += 1
      const id = calls
      return await new Promise<unknown>((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        worker.postMessage({ id, name, event: JSON.stringify(event ?? null), by })
      })
    } finally {
      over()
      release()
    }
  }
  return {
    invoke,
    statistics,
    close: async () => {
      await worker.terminate()
    },
  }
}

const failureOf = (text: string) => {
  const { errorType, errorMessage, trace } = failureSchema.parse(JSON.parse(text))
  return { errorType, errorMessage, ...(trace === undefined ? {} : { trace }) }
}
