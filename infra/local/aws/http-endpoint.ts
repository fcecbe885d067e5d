import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { listen } from '../listen.ts'

/**
 * The moved clock as the endpoints see it. `now` is in milliseconds since 1970, on business time.
 * `hold` keeps the clock from moving until the function it returns is called.
 * `changed` tells the clock that the time of the next timer may be another one now.
 */
export interface EndpointClock {
  now(): number
  hold(reason: string): () => void
  changed(): void
}

/** A server that listens on 127.0.0.1 alone. */
export interface Listening {
  readonly port: number
  readonly url: string
  close(): Promise<void>
}

/** A page of a browser's, whosever it is: the SDK's clients send neither header. */
export const isFromBrowser = (headers: IncomingHttpHeaders): boolean =>
  headers.origin !== undefined || headers['sec-fetch-site'] !== undefined

/**
 * A server for the SDK's clients. A browser is refused: a page of anybody's could otherwise post to
 * this machine.
 * @param mayBrowse what a browser may ask for nevertheless
 */
export function createEndpoint(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  mayBrowse: (request: IncomingMessage) => boolean = () => false,
): Server {
  return createServer((request, response) => {
    if (isFromBrowser(request.headers) && !mayBrowse(request)) {
      response.writeHead(403, { connection: 'close' }).end()
      return
    }
    answer(request, response)
  })
}

/**
 * Listens on 127.0.0.1; port 0 takes any free one.
 * @param what what listens, for the message when the port is taken
 * @throws PortInUse
 */
export async function listenLocally(server: Server, port: number, what: string): Promise<Listening> {
  // Node ends an idle connection after five seconds. A client that writes at that moment sees a
  // reset, and the one that sends letters (which must not repeat by itself) would call it silence.
  server.keepAliveTimeout = 0
  const taken = await listen(server, { port, what, option: '--port' })
  return {
    port: taken,
    url: `http://127.0.0.1:${taken}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)))
        // SDK clients keep their connections alive; without this, close waits for them.
        server.closeAllConnections()
      }),
  }
}

/** A request body above the limit of the endpoint. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError'
}

/**
 * Reads a whole request body of at most `limitBytes`. A larger one is read to its end and thrown away: a client that
 * still writes when its connection is cut sees a reset in place of the answer.
 * @throws BodyTooLargeError above the limit
 */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size <= limitBytes) chunks.push(bytes)
    else chunks.length = 0
  }
  if (size > limitBytes) throw new BodyTooLargeError(`The body is larger than ${limitBytes} bytes`)
  return Buffer.concat(chunks)
}

/** A header as one text; empty when it was not sent. */
export function headerText(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name]
  return Array.isArray(value) ? value.join(', ') : (value ?? '')
}

/** Text for an XML element or attribute. Characters XML 1.0 cannot carry become U+FFFD. */
export function escapeXml(text: string): string {
  return (
    text
      // oxlint-disable-next-line no-control-regex -- exactly the characters XML 1.0 forbids
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll('\r', '&#13;')
  )
}
