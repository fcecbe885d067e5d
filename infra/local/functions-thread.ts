import { parentPort, workerData } from 'node:worker_threads'
import * as z from 'zod'
import { clockSymbol } from './clock.ts'
import { FunctionFailure } from './function-failure.ts'
import { makeFunctionsRuntime, type InvocationLine, type Invoker } from './functions-runtime.ts'

/**
 * The thread the functions run in, as on AWS they run on machines of their own. What it knows of the local
 * system is its environment and the time.
 */
const dataSchema = z.object({
  folder: z.string(),
  prefix: z.string(),
  timeoutsMs: z.record(z.string(), z.number()),
  clock: z.instanceof(SharedArrayBuffer),
})
const invokers: readonly Invoker[] = ['states', 'queue', 'schedule', 'http', 'command']
const callSchema = z.object({
  id: z.int(),
  name: z.string(),
  event: z.string(),
  by: z.enum(invokers),
})

const data = dataSchema.parse(workerData)
const time = new BigInt64Array(data.clock)
const now = (): number => Number(Atomics.load(time, 0))
// Where the functions' own clock looks when CLOCK=embedded.
Reflect.set(globalThis, clockSymbol, { now })

/** Lines of the log go with the next answer: each message wakes the other thread, which costs more than it says. */
const lines: InvocationLine[] = []

const runtime = makeFunctionsRuntime({
  folder: data.folder,
  prefix: data.prefix,
  timeoutsMs: data.timeoutsMs,
  // The clock is held where the invocation comes from, until the answer is back there.
  clock: { nowIso: () => new Date(now()).toISOString(), hold: () => () => undefined },
  log: (line) => lines.push(line),
})

parentPort?.on('message', (message: unknown) => {
  const { id, name, event, by } = callSchema.parse(message)
  runtime.invoke(name, JSON.parse(event), by).then(
    (answer) =>
      parentPort?.postMessage({ is: 'answer', id, answer: JSON.stringify(answer), lines: lines.splice(0) }),
    (error: unknown) => {
      const failure =
        error instanceof FunctionFailure
          ? error.failure
          : { errorType: 'Runtime.Unknown', errorMessage: String(error), trace: [] }
      parentPort?.postMessage({ is: 'failure', id, failure: JSON.stringify(failure), lines: lines.splice(0) })
    },
  )
})
