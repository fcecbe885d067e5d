import type { Integrations, ServiceContext } from '../../infra/local/states/types.ts'
import type { Case, WorldEntry } from './cases.ts'

/** The functions of the recordings, by their behaviour. */

const pythonText = (value: unknown): string => {
  // The functions that were recorded ran on Python, whose JSON has a space after the colon and the comma.
  if (Array.isArray(value)) return `[${value.map(pythonText).join(', ')}]`
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([key, item]) => `${JSON.stringify(key)}: ${pythonText(item)}`)
      .join(', ')}}`
  return JSON.stringify(value)
}

const raise = (errorType: string, errorMessage: string, trace: string): never => {
  const payload = pythonText({ errorMessage, errorType, requestId: crypto.randomUUID(), stackTrace: [trace] })
  throw Object.assign(new Error(errorMessage), { name: errorType, payload })
}

/** A promise that another part of the runner settles. */
export interface Sleeper {
  readonly until: number
  wake(): void
}

/** What runs outside the state machine of a case: functions, services, holders of tokens. */
export interface World {
  readonly integrations: Integrations
  readonly sleepers: Sleeper[]
  /** What the holders of tokens do next; each entry is given once its token is known. */
  takeReplies(): { readonly token: string; readonly entry: WorldEntry }[]
}

const resourcesIn = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(resourcesIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) =>
    key === 'Resource' && typeof item === 'string' ? [item] : resourcesIn(item),
  )
}

const tokenIn = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value.startsWith('AQC4AAAAK') ? value : undefined
  if (typeof value !== 'object' || value === null) return undefined
  for (const item of Object.values(value)) {
    const found = tokenIn(item)
    if (found !== undefined) return found
  }
  return undefined
}

export const makeWorld = (
  recorded: Case,
  now: () => number,
  startExecution: (request: unknown) => Promise<unknown> = () => Promise.reject(new Error('no engine')),
): World => {
  const sleepers: Sleeper[] = []
  const replies: { token: string; entry: WorldEntry }[] = []
  const attempts = new Map<string, number>()
  const open = recorded.world.filter((entry) => entry.on === 'task-token')

  const lambda = async (name: string, payload: unknown): Promise<unknown> => {
    switch (name) {
      case 'identity':
        return payload
      case 'echo':
        return { Return: 'HelloWorld' }
      case 'return-bytes':
        return 'HelloWorld!'
      case 'large-output':
        return 'a'.repeat(257 * 1024)
      case 'sleep-60':
        return new Promise((resolve) => {
          sleepers.push({ until: now() + 60_000, wake: () => resolve(payload) })
        })
      case 'raise-exception':
        return raise(
          'Exception',
          'Some exception was raised.',
          '  File "/var/task/handler.py", line 2, in handler\n    raise Exception("Some exception was raised.")\n',
        )
      case 'raise-custom-exception':
        return raise(
          'CustomException',
          '',
          '  File "/var/task/handler.py", line 9, in handler\n    raise CustomException()\n',
        )
      default:
        throw Object.assign(
          new Error(
            `Function not found: arn:aws:lambda:us-east-1:111111111111:function:${name}:$LATEST (Service: AWSLambda; ` +
              'Status Code: 404; Error Code: ResourceNotFoundException; Request ID: 1-2-3; Proxy: null)',
          ),
          { name: 'Lambda.ResourceNotFoundException' },
        )
    }
  }

  const service = async (args: unknown, { stateName, taskToken }: ServiceContext): Promise<unknown> => {
    const attempt = (attempts.get(stateName) ?? 0) + 1
    attempts.set(stateName, attempt)
    const reply = recorded.world.find(
      (entry) => entry.on === 'service-call' && entry.of === stateName && entry.attempt === attempt,
    )
    if (reply === undefined) throw new Error(`nothing is recorded for attempt ${attempt} of ${stateName}`)
    const token = taskToken ?? tokenIn(args)
    const answered = open.findIndex(
      (entry) => taskToken === undefined || (entry.of === stateName && entry.attempt === attempt),
    )
    const [entry] = token === undefined || answered < 0 ? [] : open.splice(answered, 1)
    if (entry !== undefined && token !== undefined) replies.push({ token, entry })
    if (reply.reply === 'failure') {
      const cause = typeof reply.cause === 'string' ? reply.cause : JSON.stringify(reply.cause)
      throw Object.assign(new Error(cause), { name: reply.error })
    }
    return reply.output
  }

  const tails = resourcesIn([recorded.definition, recorded.otherDefinitions])
    .map((arn) => /^arn:aws:states:::(.+)$/.exec(arn)?.[1])
    .filter(
      (tail) =>
        tail !== undefined && !/^(lambda:invoke|states:startExecution)/.test(tail) && !tail.endsWith('.sync'),
    )
  return {
    integrations: {
      lambda,
      services: Object.fromEntries(
        tails.map((tail) => [tail, tail === 'aws-sdk:sfn:startExecution' ? startExecution : service]),
      ),
    },
    sleepers,
    takeReplies: () => replies.splice(0),
  }
}
