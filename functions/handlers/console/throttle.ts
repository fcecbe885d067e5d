import type { Context, MiddlewareHandler } from 'hono'
import { html } from 'hono/html'
import type { RateLimit, RateLimits } from '../../ports/console.ts'
import { plainPage } from '../../web/page.ts'
import type { ConsoleEnv, ConsolePorts } from './console-ports.ts'
import { httpStatus } from './http-status.ts'
import { linksOf, sessionCookie } from './session.ts'

const minute = 60_000

/** Far above what a person does, far below what would take the console from the others. */
const limits = {
  /** Pages: of a session, or of an address without one, in each process's own memory. */
  reads: { most: 1200, windowMs: minute },
  /** Forms: of a session. */
  forms: { most: 300, windowMs: minute },
  /** Forms of an address: a ministry has one for all its people. */
  addressForms: { most: 1500, windowMs: minute },
  /** Logins begun or answered, of an address. */
  logins: { most: 300, windowMs: 10 * minute },
  /** Refused logins and forms with a token that is not the session's, of an address: after these neither is taken. */
  failures: { most: 30, windowMs: 10 * minute },
} as const satisfies RateLimits

/** @param faster by which all are multiplied: where players press in seconds what people do in a year */
export const rateLimits = (faster = 1): RateLimits => {
  const times = ({ most, windowMs }: RateLimit): RateLimit => ({ most: most * faster, windowMs })
  return {
    reads: times(limits.reads),
    forms: times(limits.forms),
    addressForms: times(limits.addressForms),
    logins: times(limits.logins),
    failures: times(limits.failures),
  }
}

/** So many sessions and addresses are counted in memory; the one that came first is forgotten first. */
const mostCounted = 2000

type ThrottlePorts = Pick<ConsolePorts, 'addressOf' | 'rateLimits' | 'rates' | 'realNowMs' | 'settings'>

const readCounter = (nowMs: () => number) => {
  const reads = new Map<string, { window: number; uses: number }>()
  return (what: string, { windowMs }: RateLimit): number => {
    const window = Math.floor(nowMs() / windowMs)
    const before = reads.get(what)
    const uses = before?.window === window ? before.uses + 1 : 1
    reads.set(what, { window, uses })
    const [first] = reads.keys()
    if (reads.size > mostCounted && first !== undefined) reads.delete(first)
    return uses
  }
}

/** What a handler says of a request that tried a key which is not its own. */
export const markFailure = (c: Context<ConsoleEnv>): void => {
  c.set('failed', true)
}

/**
 * Refuses who asks too often, before anything is read: 429 and when to come again. Forms and logins are counted for
 * all processes together, pages in each process. Only counters are written, under hashes that go by themselves.
 */
export const throttle = (ports: ThrottlePorts): MiddlewareHandler<ConsoleEnv> => {
  const { rates, rateLimits: most } = ports
  const read = readCounter(ports.realNowMs)

  /** The limit that this request is beyond; null when it is within all of them. */
  const beyond = async (c: Context<ConsoleEnv>, address: string | null): Promise<RateLimit | null> => {
    const counted = async (what: string | null, limit: RateLimit): Promise<RateLimit | null> =>
      what !== null && (await rates.count(what, limit.windowMs)) > limit.most ? limit : null
    const failed = async (): Promise<RateLimit | null> =>
      address !== null &&
      (await rates.counted(`failure ${address}`, most.failures.windowMs)) >= most.failures.most
        ? most.failures
        : null
    const id = sessionCookie(c, ports)
    const { pathname } = new URL(c.req.url)
    const isForm = c.req.method !== 'GET' && c.req.method !== 'HEAD'
    const isLogin = pathname === '/login' || pathname.startsWith('/login/')
    if (!isForm && !isLogin) return read(`${id ?? address}`, most.reads) > most.reads.most ? most.reads : null
    const found = await Promise.all([
      failed(),
      isLogin ? counted(address && `login ${address}`, most.logins) : null,
      isForm ? counted(id && `form ${id}`, most.forms) : null,
      isForm ? counted(address && `forms ${address}`, most.addressForms) : null,
    ])
    return found.find((one) => one !== null) ?? null
  }

  return async (c, next) => {
    const address = ports.addressOf(c.env)
    const limit = await beyond(c, address)
    if (limit !== null) return tooOften(c, ports, limit)
    await next()
    if (c.get('failed') === true && address !== null)
      await rates.count(`failure ${address}`, most.failures.windowMs)
    return undefined
  }
}

const tooOften = (
  c: Context<ConsoleEnv>,
  ports: Pick<ConsolePorts, 'realNowMs' | 'settings'>,
  { windowMs }: RateLimit,
): Response | Promise<Response> => {
  const seconds = Math.max(1, Math.ceil((windowMs - (ports.realNowMs() % windowMs)) / 1000))
  c.header('Retry-After', String(seconds))
  const content = html`<p>
      Der er kommet for mange forespørgsler fra dig eller din adresse. Intet af det sidste er gemt. Prøv igen
      om ${seconds} sekunder.
    </p>
    <p lang="en">
      Too many requests have come from you or your address. Nothing of the last one is saved. Try again in
      ${seconds} seconds.
    </p>`
  return c.html(plainPage({ title: 'For mange forespørgsler', content }, linksOf(ports)), httpStatus.tooOften)
}
