import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Invoke } from '../../../infra/local/functions-runtime.ts'
import { listen } from '../../../infra/local/listen.ts'
import type { Between } from '../../../infra/local/system.ts'
import { chanceOf } from '../../support/chance.ts'

/** What a call to a service meets, the SDK's own tries with it; all but the last before anything has happened. */
const faults = ['throttled', 'unavailable', 'cut off', 'answer lost'] as const
type Fault = (typeof faults)[number]

/** The name by which a service throttles, in the protocol that it speaks. */
const throttledAs: Readonly<Record<string, string>> = {
  DYNAMODB: 'ProvisionedThroughputExceededException',
  SFN: 'ThrottlingException',
  SQS: 'ThrottlingException',
  LAMBDA: 'TooManyRequestsException',
  S3: 'SlowDown',
  SES: 'Throttling',
}
const speaksXml = new Set(['S3', 'SES'])

const refuse = (response: ServerResponse, service: string, fault: 'throttled' | 'unavailable'): void => {
  const name = fault === 'throttled' ? (throttledAs[service] ?? 'ThrottlingException') : 'ServiceUnavailable'
  const status = fault === 'unavailable' || service === 'S3' ? 503 : service === 'LAMBDA' ? 429 : 400
  const message = `${fault} by the test`
  const [type, body] = speaksXml.has(service)
    ? ['text/xml', service === 'S3' ? `<Error><Code>${name}</Code><Message>${message}</Message></Error>` : `<ErrorResponse><Error><Type>Sender</Type><Code>${name}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`]
    : ['application/x-amz-json-1.0', JSON.stringify({ __type: name, message })] // prettier-ignore
  response.writeHead(status, { 'content-type': type, 'x-amzn-errortype': name }).end(body)
}

/** How often what has happened, by kind. */
export type FaultCounts = Record<string, number>

/**
 * Faults between the parts, by seed: a call of the SDK meets one with the given chance and meets the same one at each
 * of its own tries, as told by the id that the SDK gives a call; messages and schedules are handed in twice, and late.
 */
export const faultsBetween = (options: {
  readonly seed: number
  /** Of a call to meet a fault. */
  readonly chance: number
  readonly maxSendRate?: number
  readonly clock: () => { hold(reason: string): () => void }
  readonly counts: FaultCounts
}): Between => {
  const { seed, chance, counts } = options
  const draw = chanceOf(seed)
  const count = (what: string): void => {
    counts[what] = (counts[what] ?? 0) + 1
  }
  const met = new Map<string, Fault | null>()
  const faultOf = (service: string, call: string): Fault | null => {
    const before = met.get(call)
    if (before !== undefined) return before
    const drawn = draw() < chance ? (faults[Math.floor(draw() * faults.length)] ?? null) : null
    // A letter that SES was cut off from leaves no trace: it goes again after an hour, when the sending hour is over, and
    // so on the next working day (test/integration/letters/letters-once.test.ts). The year would have other dates.
    const fault = drawn === 'cut off' && service === 'SES' ? 'unavailable' : drawn
    met.set(call, fault)
    if (fault !== null) count(`${service} ${fault}`)
    return fault
  }

  const way = async (service: string, url: string): Promise<string> => {
    const { hostname, port } = new URL(url)
    const pass = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
      const call = String(incoming.headers['amz-sdk-invocation-id'] ?? '')
      const fault = call === '' ? null : faultOf(service, call)
      if (fault === 'throttled' || fault === 'unavailable') {
        incoming.resume()
        incoming.once('end', () => {
          refuse(outgoing, service, fault)
        })
        return
      }
      if (fault === 'cut off') {
        incoming.socket.destroy()
        return
      }
      const { method, url: path, headers } = incoming
      const onward = request({ hostname, port, method, path, headers }, (answer) => {
        if (fault === 'answer lost') {
          answer.resume()
          answer.once('end', () => incoming.socket.destroy())
          return
        }
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
      })
      onward.once('error', () => incoming.socket.destroy())
      incoming.pipe(onward)
    }
    const server = createServer(pass)
    return `http://127.0.0.1:${await listen(server, { port: 0, what: `way to ${service}`, option: '--port' })}`
  }

  const prefix = 'AWS_ENDPOINT_URL_'
  return {
    ...(options.maxSendRate === undefined ? {} : { maxSendRate: options.maxSendRate }),
    endpoints: async (endpoints) =>
      Object.fromEntries(
        await Promise.all(
          Object.entries(endpoints).map(async ([name, value]) =>
            name.startsWith(prefix) ? [name, await way(name.slice(prefix.length), value)] : [name, value],
          ),
        ),
      ) as Record<string, string>,
    invoke:
      (invoke): Invoke =>
      async (name, event, by) => {
        if (by !== 'queue' && by !== 'schedule') return invoke(name, event, by)
        const release = options.clock().hold('a fault of the test')
        try {
          if (draw() < 0.1) {
            count(`${by} late`)
            await sleep(Math.floor(draw() * 200))
          }
          const answer = await invoke(name, event, by)
          if (draw() >= 0.1) return answer
          count(`${by} twice`)
          return await invoke(name, event, by)
        } finally {
          release()
        }
      },
  }
}
