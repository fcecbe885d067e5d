import { randomUUID } from 'node:crypto'
import { access } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { fileNameOf as toFileName } from '../../workflows/tasks.ts'
import {
  type FailurePayload,
  FunctionFailure,
  failureOf,
  maxAnswerBytes,
  timedOut,
  tooLarge,
} from './function-failure.ts'
import { FunctionStatistics, type InvocationOutcome } from './function-statistics.ts'

/** What invoked a function, for the log. */
export type Invoker = 'states' | 'queue' | 'schedule' | 'http' | 'command'

/** One line of the log. It carries ids and times only, never what a message or an event says. */
export type InvocationLine = {
  readonly at: string
  readonly businessAt: string
  readonly function: string
  readonly by: Invoker
  readonly requestId: string
  readonly outcome: InvocationOutcome
  readonly errorType?: string
  readonly ms: number
}

/** Invokes a function by its task name (`SendReminder`) or its file's (`send-reminder`). */
export type Invoke = (name: string, event: unknown, by?: Invoker) => Promise<unknown>

export type FunctionsRuntime = {
  /** The answer copied through JSON. @throws FunctionFailure, its `name` the error type as Lambda reports it */
  readonly invoke: Invoke
  readonly statistics: FunctionStatistics
}

type Handler = (event: unknown, context: object) => unknown
const defaultTimeoutMs = 30_000
const nameForm = /^([A-Z][a-zA-Z0-9]*|[a-z][a-z0-9]*(-[a-z0-9]+)*)$/

/** The file of a task's function: `SendReminder` is `send-reminder`, and `send-reminder` itself. */
export function fileNameOf(name: string): string {
  if (!nameForm.test(name)) throw new Error(`Not a function's name: ${JSON.stringify(name)}`)
  return toFileName(name)
}

/**
 * Invokes the Lambda entry points as AWS does: by their exported `handler`, event and answer as JSON text,
 * within their timeout, with Lambda's context and Lambda's error shapes. The clock stands while one is in
 * flight. Unlike on AWS all run in this process: they share its environment, and one that has timed out is
 * not killed but no longer waited for.
 * @param options.folder the path of `functions/lambda`
 * @param options.timeoutsMs per function, by file name; 30 s for one of which `workflows/tasks.ts` knows nothing
 * @param options.log gets one line per invocation
 */
export function makeFunctionsRuntime(options: {
  folder: string
  clock: { nowIso(): string; hold(reason: string): () => void }
  timeoutsMs?: Readonly<Record<string, number>>
  prefix?: string
  log?: (line: InvocationLine) => void
}): FunctionsRuntime {
  const { folder, clock, timeoutsMs = {}, prefix = 'aarshjul-local', log = () => {} } = options
  const handlers = new Map<string, Promise<Handler>>()
  const statistics = new FunctionStatistics()

  const handlerOf = (file: string): Promise<Handler> => {
    const known = handlers.get(file)
    if (known !== undefined) return known
    const loading = loadHandler(`${folder}/${file}.ts`)
    handlers.set(file, loading)
    return loading
  }

  const invoke: Invoke = async (name, event, by = 'command') => {
    const file = fileNameOf(name)
    const requestId = randomUUID()
    const timeoutMs = timeoutsMs[file] ?? defaultTimeoutMs
    const release = clock.hold(`function ${file}`)
    const businessAt = clock.nowIso()
    const began = performance.now()
    let failure: FailurePayload | undefined
    try {
      const handler = await handlerOf(file)
      const deadline = performance.now() + timeoutMs
      const context = lambdaContext({ functionName: `${prefix}-${file}`, requestId, deadline })
      const copied: unknown = JSON.parse(JSON.stringify(event ?? null))
      return answerOf(await within(timeoutMs, () => handler(copied, context), timedOut(requestId, timeoutMs)))
    } catch (error) {
      const failed =
        error instanceof FunctionFailure ? error : new FunctionFailure(failureOf(error), { cause: error })
      failure = failed.failure
      throw failed
    } finally {
      const ms = performance.now() - began
      const outcome = outcomeOf(failure)
      const line: InvocationLine = {
        at: new Date().toISOString(),
        businessAt,
        function: file,
        by,
        requestId,
        outcome,
        ...(failure === undefined ? {} : { errorType: failure.errorType }),
        ms: Math.round(ms * 10) / 10,
      }
      statistics.add(line)
      log(line)
      release()
    }
  }
  return { invoke, statistics }
}

const outcomeOf = (failure: FailurePayload | undefined): InvocationOutcome => {
  if (failure === undefined) return 'ok'
  return failure.errorType === 'Sandbox.Timedout' ? 'timeout' : 'error'
}

async function loadHandler(path: string): Promise<Handler> {
  await access(path).catch((error: unknown) => {
    throw new FunctionFailure(
      { errorType: 'Runtime.ImportModuleError', errorMessage: `There is no ${path}`, trace: [] },
      { cause: error },
    )
  })
  const module: unknown = await import(pathToFileURL(path).href)
  const handler: unknown =
    typeof module === 'object' && module !== null ? Reflect.get(module, 'handler') : undefined
  if (typeof handler !== 'function') {
    const errorMessage = `${path} exports no function named handler`
    throw new FunctionFailure({ errorType: 'Runtime.HandlerNotFound', errorMessage, trace: [] })
  }
  return (event, context): unknown => Reflect.apply(handler, undefined, [event, context])
}

/** Lambda's context object, without the callbacks that Node 24 no longer has there. */
function lambdaContext(call: { functionName: string; requestId: string; deadline: number }): object {
  const { functionName, requestId, deadline } = call
  return {
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:eu-west-1:000000000000:function:${functionName}`,
    memoryLimitInMB: '512',
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: (): number => Math.max(0, Math.round(deadline - performance.now())),
  }
}

async function within(timeoutMs: number, work: () => unknown, late: FailurePayload): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new FunctionFailure(late)), timeoutMs)
  })
  try {
    return await Promise.race([Promise.resolve().then(work), timeout])
  } finally {
    clearTimeout(timer)
  }
}

function answerOf(answer: unknown): unknown {
  let text: string
  try {
    text = JSON.stringify(answer ?? null)
  } catch (error) {
    const errorMessage = 'Unable to stringify response body'
    throw new FunctionFailure(
      { errorType: 'Runtime.MarshalError', errorMessage, trace: [] },
      { cause: error },
    )
  }
  const bytes = Buffer.byteLength(text)
  if (bytes > maxAnswerBytes) throw new FunctionFailure(tooLarge(bytes))
  return JSON.parse(text)
}
