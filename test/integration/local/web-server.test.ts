import { request as httpRequest } from 'node:http'
import * as fc from 'fast-check'
import { Hono } from 'hono'
import * as z from 'zod'
import { afterEach, describe, expect, it } from 'vitest'
import type { Invoke } from '../../../infra/local/functions-runtime.ts'
import { fromHttpAnswer, toHttpEvent } from '../../../infra/local/http-event.ts'
import { makeWebServer, type WebServer } from '../../../infra/local/web-server.ts'

const eventSchema = z.object({ body: z.string().optional(), isBase64Encoded: z.boolean() })
const opened: WebServer[] = []
async function serving(invoke: Invoke, prepare: (server: WebServer) => void = () => {}) {
  const held = { now: 0, ever: 0 }
  const server = makeWebServer({
    functionName: 'Console',
    invoke,
    clock: {
      hold: () => {
        held.now += 1
        held.ever += 1
        return () => void (held.now -= 1)
      },
    },
  })
  opened.push(server)
  prepare(server)
  return { base: await server.open({ port: 0, option: '--port' }), held, server }
}
/** Serves with a function that answers `answer`, and keeps the events it got. */
async function answering(answer: unknown, prepare?: (server: WebServer) => void) {
  const events: unknown[] = []
  const { base, held } = await serving(async (_name, event) => {
    events.push(event)
    return answer
  }, prepare)
  return { base, events, held }
}
const ok = { statusCode: 200, body: 'fine' }
/** A response is in the client's hands a moment before the server has seen it off. */
const letGo = (held: { now: number }) => expect.poll(() => held.now, { timeout: 20_000 }).toBe(0)

afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()))
})

describe('a request', () => {
  it('becomes an HTTP API event of format 2.0', async () => {
    const { base, events } = await answering(ok)

    await fetch(`${base}/reviews/a%20b?year=2014&tag=x&tag=y`, {
      headers: { Cookie: 'session=abc; theme="x y"', 'X-Extra': 'one', 'User-Agent': 'a browser' },
    })

    const host = new URL(base).host
    expect(events).toMatchObject([
      {
        version: '2.0',
        routeKey: '$default',
        rawPath: '/reviews/a%20b',
        rawQueryString: 'year=2014&tag=x&tag=y',
        queryStringParameters: { year: '2014', tag: 'x,y' },
        cookies: ['session=abc', 'theme="x y"'],
        headers: { host, 'x-extra': 'one', 'x-forwarded-proto': 'http', 'x-forwarded-for': '127.0.0.1' },
        requestContext: {
          domainName: host,
          stage: '$default',
          http: { method: 'GET', path: '/reviews/a%20b', sourceIp: '127.0.0.1', userAgent: 'a browser' },
        },
        isBase64Encoded: false,
      },
    ])
    expect(events[0]).not.toHaveProperty('headers.cookie')
    expect(events[0]).not.toHaveProperty('body')
  })

  it.each([
    ['application/json', '{"a":"æ"}', '{"a":"æ"}', false],
    ['text/plain; charset=utf-8', 'ål', 'ål', false],
    [
      'application/x-www-form-urlencoded',
      'a=1&b=%C3%A6',
      Buffer.from('a=1&b=%C3%A6').toString('base64'),
      true,
    ],
    ['application/octet-stream', '\u0000', 'AA==', true],
  ])('with a body of %s', async (type, body, expected, isBase64Encoded) => {
    const { base, events } = await answering(ok)

    await fetch(`${base}/form`, { method: 'POST', body, headers: { 'Content-Type': type } })

    expect(events).toMatchObject([
      { body: expected, isBase64Encoded, requestContext: { http: { method: 'POST' } } },
    ])
  })

  it('holds the clock until its response is sent', async () => {
    let release = () => {}
    const working = new Promise<void>((resolve) => (release = resolve))
    const { base, held } = await serving(async () => {
      await working
      return ok
    })
    const asked = fetch(`${base}/slow`)
    await expect.poll(() => held.now, { timeout: 20_000 }).toBe(1)

    release()
    await (await asked).text()
    await letGo(held)

    expect(held).toEqual({ now: 0, ever: 1 })
  })

  it("under another name than the machine's own is refused and never reaches the function", async () => {
    const { base, events } = await answering(ok)
    const { port } = new URL(base)

    const status = await new Promise((resolve, reject) => {
      httpRequest({ host: '127.0.0.1', port, headers: { Host: `evil.example:${port}` } }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
        .on('error', reject)
        .end()
    })

    expect(status).toBe(421)
    expect(events).toEqual([])
  })

  it('above ten megabytes is refused', async () => {
    const { base, events } = await answering(ok)

    const response = await fetch(`${base}/form`, { method: 'POST', body: 'x'.repeat(11 * 1024 * 1024) })

    expect(response.status).toBe(413)
    expect(events).toEqual([])
  })
})

describe("the function's answer", () => {
  it('becomes the response, with every cookie a header of its own', async () => {
    const { base } = await answering({
      statusCode: 303,
      headers: { Location: '/tasks', 'X-Count': 3 },
      cookies: ['a=1; HttpOnly', 'b=2'],
      body: '',
    })

    const response = await fetch(base, { redirect: 'manual' })

    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe('/tasks')
    expect(response.headers.get('x-count')).toBe('3')
    expect(response.headers.getSetCookie()).toEqual(['a=1; HttpOnly', 'b=2'])
  })

  it('in base64 is decoded', async () => {
    const { base } = await answering({ statusCode: 200, isBase64Encoded: true, body: 'AAH/' })

    const bytes = new Uint8Array(await (await fetch(base)).arrayBuffer())

    expect([...bytes]).toEqual([0, 1, 255])
  })

  it('without a status code is JSON of its own', async () => {
    const { base } = await answering({ year: 2014 })

    const response = await fetch(base)

    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.json()).toEqual({ year: 2014 })
  })

  it.each([[{ statusCode: 'ok' }], [{ statusCode: 200, body: { not: 'text' } }], [{ statusCode: 99 }]])(
    'of another form, %j, is an error that tells nothing',
    async (answer) => {
      const { base } = await answering(answer)

      const response = await fetch(base)

      expect(response.status).toBe(500)
      expect(await response.json()).toEqual({ message: 'Internal Server Error' })
    },
  )

  it('that is a failure is an error that tells nothing, and the clock is let go of', async () => {
    const { base, held } = await serving(() => Promise.reject(new Error('the table is called x')))

    const response = await fetch(base)

    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('table')
    await letGo(held)
  })

  it('to HEAD has no body', async () => {
    const { base } = await answering(ok)

    const response = await fetch(base, { method: 'HEAD' })

    expect(response.headers.get('content-length')).toBe('4')
    expect(await response.text()).toBe('')
  })
})

describe('a mounted page', () => {
  const app = new Hono()
    .basePath('/postkasse')
    .get('/', (c) => c.text('mailboxes'))
    .post('/send', async (c) => c.text(await c.req.text()))

  it('is served by its own handler, and the rest by the function', async () => {
    const { base, events } = await answering(ok, (server) =>
      server.mount('/postkasse', (request) => app.fetch(request)),
    )

    expect(await (await fetch(`${base}/postkasse`)).text()).toBe('mailboxes')
    expect(await (await fetch(`${base}/postkasse/send`, { method: 'POST', body: 'hej' })).text()).toBe('hej')
    expect(await (await fetch(`${base}/postkassen`)).text()).toBe('fine')
    expect(events).toHaveLength(1)
  })

  it('holds the clock, unless it waits for the clock itself', async () => {
    const { base, held } = await answering(ok, (server) => {
      server.mount('/ur', () => new Response('moved'), { holds: false })
      server.mount('/postkasse', (request) => app.fetch(request))
    })

    await (await fetch(`${base}/ur`)).text()
    expect(held.ever).toBe(0)
    await (await fetch(`${base}/postkasse`)).text()
    await letGo(held)

    expect(held).toEqual({ now: 0, ever: 1 })
  })
})

describe('event and answer', () => {
  it('keep any body, byte for byte', () => {
    fc.assert(
      fc.property(
        fc.uint8Array(),
        fc.constantFrom('application/pdf', 'multipart/form-data; boundary=x', ''),
        (bytes, type) => {
          const event = eventSchema.parse(
            toHttpEvent({
              method: 'POST',
              target: '/',
              headers: { 'content-type': [type] },
              body: Buffer.from(bytes),
              sourceIp: '127.0.0.1',
              requestId: 'r',
              receivedMs: 0,
            }),
          )
          const back = fromHttpAnswer({
            statusCode: 200,
            body: event.body ?? '',
            isBase64Encoded: event.isBase64Encoded,
          })
          expect(back?.body.equals(Buffer.from(bytes))).toBe(true)
        },
      ),
    )
  })

  it('never throw, whatever a function answers', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (answer) => {
        const response = fromHttpAnswer(answer)
        expect(response === undefined || response.status >= 200).toBe(true)
      }),
    )
  })
})
