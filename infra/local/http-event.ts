import type { IncomingHttpHeaders } from 'node:http'
import * as z from 'zod'

/** A request as it came over the wire, its body whole. */
export type WireRequest = {
  readonly method: string
  /** Path and query as sent, starting with `/`. */
  readonly target: string
  readonly headers: NodeJS.Dict<string[]>
  readonly body: Buffer
  readonly sourceIp: string
  readonly requestId: string
  /** Real time (ms). */
  readonly receivedMs: number
}

/** An answer ready for the wire. */
export type WireResponse = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly cookies: readonly string[]
  readonly body: Buffer
}

/** API Gateway hands these on as text; any other body, a form's too, as base64. */
const textual = /^(text\/|application\/(json|javascript|xml)\b|application\/[^;]*\+(json|xml)\b)/i

/**
 * A request as API Gateway's HTTP API tells it to a Lambda function, payload format 2.0:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function toHttpEvent(request: WireRequest): object {
  const { method, target, headers, body, sourceIp, requestId, receivedMs } = request
  const [rawPath = '/', ...query] = target.split('?')
  const rawQueryString = query.join('?')
  const joined = Object.fromEntries(
    Object.entries(headers).flatMap(([name, values]) =>
      name === 'cookie' || values === undefined ? [] : [[name.toLowerCase(), values.join(',')]],
    ),
  )
  const cookies = (headers['cookie'] ?? []).flatMap((line) =>
    line
      .split(';')
      .map((cookie) => cookie.trim())
      .filter((cookie) => cookie !== ''),
  )
  const asText = textual.test(joined['content-type'] ?? '')
  const host = joined['host'] ?? ''
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    ...(cookies.length === 0 ? {} : { cookies }),
    headers: {
      ...joined,
      'x-forwarded-for': sourceIp,
      'x-forwarded-proto': 'http',
      'x-forwarded-port': portOf(host),
    },
    ...(rawQueryString === '' ? {} : { queryStringParameters: queryParameters(rawQueryString) }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: host,
      domainPrefix: 'local',
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp, userAgent: joined['user-agent'] ?? '' },
      requestId,
      routeKey: '$default',
      stage: '$default',
      time: commonLogTime(receivedMs),
      timeEpoch: receivedMs,
    },
    ...(body.length === 0 ? {} : { body: body.toString(asText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !asText,
  }
}

const answerSchema = z.object({
  statusCode: z.int().min(200).max(599),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).nullish(),
  cookies: z.array(z.string()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
})

/**
 * A function's answer as API Gateway sends it on: a response in format 2.0, or, where no status code is said,
 * the answer itself as JSON. Undefined where API Gateway would answer 500, as the answer has another form.
 */
export function fromHttpAnswer(answer: unknown): WireResponse | undefined {
  if (typeof answer !== 'object' || answer === null || !('statusCode' in answer)) {
    const body = Buffer.from(typeof answer === 'string' ? answer : JSON.stringify(answer))
    return { status: 200, headers: { 'content-type': 'application/json' }, cookies: [], body }
  }
  const parsed = answerSchema.safeParse(answer)
  if (!parsed.success) return undefined
  const { statusCode, headers, cookies, body, isBase64Encoded } = parsed.data
  return {
    status: statusCode,
    headers: Object.fromEntries(
      Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
    ),
    cookies: cookies ?? [],
    body: Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8'),
  }
}

/** Whether a request came to this machine by its own name: a page elsewhere must not reach the mailboxes by one that resolves to it. */
export function isLocalHost(headers: IncomingHttpHeaders): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(headers.host ?? '')
}

/** Repeated names are joined with commas, as format 2.0 has it. */
function queryParameters(query: string): Record<string, string> {
  const joined = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(query)) {
    const before = joined.get(name)
    joined.set(name, before === undefined ? value : `${before},${value}`)
  }
  return Object.fromEntries(joined)
}

const portOf = (host: string): string => /:(\d+)$/.exec(host)?.[1] ?? '80'

/** `12/Mar/2020:19:03:58 +0000` */
function commonLogTime(ms: number): string {
  const [, day, month, year, time] = new Date(ms).toUTCString().split(' ')
  return `${day}/${month}/${year}:${time} +0000`
}
