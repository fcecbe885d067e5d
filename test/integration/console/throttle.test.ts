import { Hono } from 'hono'
import { beforeEach, expect, it } from 'vitest'
import { memoryRateCounters } from '../../../functions/adapters/memory/console.ts'
import type { ConsoleEnv } from '../../../functions/handlers/console/console-ports.ts'
import { markFailure, rateLimits, throttle } from '../../../functions/handlers/console/throttle.ts'

/** The console's throttle before pages that answer at once, on a clock that stands still. */
const clock = { ms: 0 }
const nowMs = () => clock.ms
const most = rateLimits()
let address: string | null
let answered: number
let app: Hono<ConsoleEnv>
beforeEach(() => {
  clock.ms = Date.parse('2026-11-30T08:00:00Z')
  address = '192.0.2.7'
  answered = 0
  app = new Hono<ConsoleEnv>()
  const settings = {
    baseUrl: 'http://localhost:4400',
    accessibilityStatement: 'https://a.example',
    privacyPolicy: 'https://p.example',
  }
  app.use(
    throttle({
      rates: memoryRateCounters({ nowMs }),
      rateLimits: most,
      addressOf: () => address,
      realNowMs: nowMs,
      settings,
    }),
  )
  app.all('/forged', (c) => {
    markFailure(c)
    return c.text('no', 403)
  })
  app.all('*', (c) => {
    answered += 1
    return c.text('yes')
  })
})

const ask = (path: string, method = 'GET', session: string | null = null) =>
  app.request(path, { method, headers: session === null ? {} : { cookie: `aarshjul_session=${session}` } })
const times = async (many: number, one: () => Response | Promise<Response>): Promise<Set<number>> => {
  const statuses = new Set<number>()
  for (let n = 0; n < many; n += 1) statuses.add((await one()).status)
  return statuses
}

it('takes the forms of a session until they are too many, says when to come again, and then takes them', async () => {
  clock.ms += 20_000
  expect(await times(most.forms.most, () => ask('/x', 'POST', 'mine'))).toEqual(new Set([200]))
  const refused = await ask('/x', 'POST', 'mine')
  expect(refused.status).toBe(429)
  expect(refused.headers.get('Retry-After')).toBe('40')
  const page = await refused.text()
  expect(page).toMatch(/Prøv igen\s+om 40 sekunder/)
  expect(page).toMatch(/lang="en"[^]*Too many requests/)
  expect(answered).toBe(most.forms.most)
  // A colleague behind the same address goes on.
  expect((await ask('/x', 'POST', 'another')).status).toBe(200)
  clock.ms += 40_000
  expect((await ask('/x', 'POST', 'mine')).status).toBe(200)
})

it('takes the forms of an address until they are too many, whatever sessions they name', async () => {
  let n = 0
  const next = () => ask('/x', 'POST', `made-up-${(n += 1)}`)
  expect(await times(most.addressForms.most, next)).toEqual(new Set([200]))
  expect((await next()).status).toBe(429)
  address = '192.0.2.8'
  expect((await next()).status).toBe(200)
})

it('takes fewer logins, by address alone', async () => {
  expect(most.logins.most / most.logins.windowMs).toBeLessThan(most.forms.most / most.forms.windowMs)
  expect(await times(most.logins.most, () => ask('/login'))).toEqual(new Set([200]))
  expect((await ask('/login/callback?code=x')).status).toBe(429)
  expect((await ask('/x')).status).toBe(200)
  address = '192.0.2.8'
  expect((await ask('/login')).status).toBe(200)
})

it('takes neither logins nor forms from an address that has tried too many keys', async () => {
  expect(await times(most.failures.most, () => ask('/forged', 'POST'))).toEqual(new Set([403]))
  for (const [path, method] of [
    ['/forged', 'POST'],
    ['/login', 'GET'],
    ['/x', 'POST'],
  ] as const)
    expect((await ask(path, method)).status, path).toBe(429)
  expect((await ask('/x')).status).toBe(200)
  clock.ms += most.failures.windowMs
  expect((await ask('/login')).status).toBe(200)
})

it('counts pages of each session by itself, in bounded memory', async () => {
  expect(await times(most.reads.most, () => ask('/x', 'GET', 'mine'))).toEqual(new Set([200]))
  expect((await ask('/x', 'GET', 'mine')).status).toBe(429)
  expect((await ask('/x', 'GET', 'another')).status).toBe(200)
  // Who floods with made-up sessions makes the first be forgotten, not the memory grow.
  for (let n = 0; n < 2000; n += 1) await ask('/x', 'GET', `made-up-${n}`)
  expect((await ask('/x', 'GET', 'mine')).status).toBe(200)
})
