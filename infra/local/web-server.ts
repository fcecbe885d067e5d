import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Invoke } from './functions-runtime.ts'
import { fromHttpAnswer, isLocalHost, toHttpEvent, type WireResponse } from './http-event.ts'
import { listen } from './listen.ts'

/** A local page: a hono app's `fetch`, or any function of that form. */
export type FetchHandler = (request: Request) => Response | Promise<Response>

export type WebServer = {
  /**
   * Serves everything at a prefix (`/postkasse` and below) by a handler of this process instead of the function.
   * @param options.holds false for a page that itself waits for the clock to move: holding it, it would wait
   *   for ever
   */
  mount(prefix: string, handler: FetchHandler, options?: { holds?: boolean }): void
  /** Opens the port and answers the base address, `http://localhost:<port>`. */
  open(options: { port: number; option: string }): Promise<string>
  close(): Promise<void>
}

/** API Gateway's limit of a request, in bytes. */
const maxBodyBytes = 10 * 1024 * 1024

class BodyTooLarge extends Error {}

/**
 * The local API Gateway: turns each request into an HTTP API event (payload format 2.0) for one function, and
 * its answer into the response. Listens on 127.0.0.1 only, and answers only to the machine's own names. The
 * clock is held from a request's arrival until its response is sent.
 */
export function makeWebServer(options: {
  functionName: string
  invoke: Invoke
  clock: { hold(reason: string): () => void }
}): WebServer {
  const { functionName, invoke, clock } = options
  const mounts: {
    prefix: string
    holds: boolean
    listener: (i: IncomingMessage, o: ServerResponse) => unknown
  }[] = []

  const answer = async (request: IncomingMessage): Promise<WireResponse> => {
    const event = toHttpEvent({
      method: request.method ?? 'GET',
      target: request.url ?? '/',
      headers: request.headersDistinct,
      body: await bodyOf(request),
      sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
      requestId: randomUUID(),
      receivedMs: Date.now(),
    })
    return fromHttpAnswer(await invoke(functionName, event, 'http')) ?? failed(500, 'Internal Server Error')
  }

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    if (!isLocalHost(request.headers)) return send(request, response, failed(421, 'Misdirected Request'))
    if (!path.startsWith('/')) return send(request, response, failed(400, 'Bad Request'))
    const mounted = mounts.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`))
    if (mounted?.holds !== false) response.once('close', clock.hold('http request'))
    if (mounted !== undefined) {
      await mounted.listener(request, response)
      return
    }
    const reply = await answer(request).catch((error: unknown) =>
      // What went wrong is in the log; API Gateway tells nobody either.
      error instanceof BodyTooLarge
        ? failed(413, 'Request Entity Too Large')
        : failed(500, 'Internal Server Error'),
    )
    send(request, response, reply)
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)))
    })
  })

  return {
    mount: (prefix, handler, { holds = true } = {}) => {
      const listener = getRequestListener(handler, { overrideGlobalObjects: false })
      mounts.push({ prefix, holds, listener })
      mounts.sort((a, b) => b.prefix.length - a.prefix.length)
    },
    open: async ({ port, option }) =>
      `http://localhost:${await listen(server, { port, option, what: 'console' })}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** The whole body. One above the limit is read to its end and dropped, so that its sender gets to read the answer. */
async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk)
    length += bytes.length
    if (length <= maxBodyBytes) chunks.push(bytes)
  }
  if (length > maxBodyBytes) throw new BodyTooLarge()
  return Buffer.concat(chunks)
}

const failed = (status: number, message: string): WireResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  cookies: [],
  body: Buffer.from(JSON.stringify({ message })),
})

function send(request: IncomingMessage, response: ServerResponse, reply: WireResponse): void {
  // A body that was refused unread would be taken for the next request.
  if (!request.complete) response.setHeader('connection', 'close')
  response.statusCode = reply.status
  for (const [name, value] of Object.entries(reply.headers)) response.setHeader(name, value)
  if (reply.cookies.length > 0) response.setHeader('set-cookie', [...reply.cookies])
  if (reply.status !== 204 && reply.status !== 304) response.setHeader('content-length', reply.body.length)
  response.end(request.method === 'HEAD' ? undefined : reply.body)
}
