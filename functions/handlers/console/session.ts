import type { Context, MiddlewareHandler } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { CookieOptions } from 'hono/utils/cookie'
import { html } from 'hono/html'
import { keptMs, retention } from '../../domain/base/retention.ts'
import { rolesOfNow } from '../../domain/directory/directory.ts'
import { plainPage } from '../../web/page.ts'
import type { ConsoleSession } from '../../ports/console.ts'
import type { ConsoleEnv, ConsolePorts } from './console-ports.ts'
import { httpStatus } from './http-status.ts'

/** A working day; real time. */
export const sessionMs = keptMs(retention.session)
/** Unused this long it is over: whoever left a browser open is asked again. */
export const idleMs = 30 * 60 * 1000
export const isIdle = ({ seenAtMs }: Pick<ConsoleSession, 'seenAtMs'>, nowMs: number): boolean =>
  nowMs - seenAtMs > idleMs
/** Its use is noted once in this while, not with every page. */
const noteUseMs = 60 * 1000
const loginSeconds = 15 * 60

/** Was a login begun in the time that its cookie lasts? The browser's word for it is not enough. */
export const isLoginInTime = (beganAtMs: number, nowMs: number): boolean =>
  beganAtMs <= nowMs && nowMs - beganAtMs <= loginSeconds * 1000

type CookiePorts = Pick<ConsolePorts, 'settings'>

const isSecure = (ports: CookiePorts): boolean => ports.settings.baseUrl.startsWith('https:')

/** `__Host-` binds a cookie to the host and to https; plain http on one machine cannot have it. */
const cookieName = (ports: CookiePorts, name: string): string =>
  isSecure(ports) ? `__Host-aarshjul_${name}` : `aarshjul_${name}`

const attributes = (ports: CookiePorts): CookieOptions => ({
  path: '/',
  httpOnly: true,
  // Links in mails open pages, and the login comes back from the provider: Strict would lose both.
  sameSite: 'Lax',
  secure: isSecure(ports),
})

export const sessionCookie = (c: Context, ports: CookiePorts): string | null =>
  getCookie(c, cookieName(ports, 'session')) ?? null

export const setSessionCookie = (c: Context, ports: CookiePorts, id: string): void =>
  setCookie(c, cookieName(ports, 'session'), id, { ...attributes(ports), maxAge: sessionMs / 1000 })

export const clearSessionCookie = (c: Context, ports: CookiePorts): void => {
  deleteCookie(c, cookieName(ports, 'session'), attributes(ports))
}

export const loginCookie = (c: Context, ports: CookiePorts): string | null =>
  getCookie(c, cookieName(ports, 'login')) ?? null

export const setLoginCookie = (c: Context, ports: CookiePorts, sealed: string): void =>
  setCookie(c, cookieName(ports, 'login'), sealed, { ...attributes(ports), maxAge: loginSeconds })

export const clearLoginCookie = (c: Context, ports: CookiePorts): void => {
  deleteCookie(c, cookieName(ports, 'login'), attributes(ports))
}

export const linksOf = (ports: CookiePorts) => ({
  accessibility: ports.settings.accessibilityStatement,
  privacy: ports.settings.privacyPolicy,
})

/** The session of a request, its use noted; null where there is none, or none any more. */
const sessionNow = async (ports: ConsolePorts, id: string): Promise<ConsoleSession | null> => {
  const session = await ports.sessions.find(id)
  if (session === null) return null
  const nowMs = ports.realNowMs()
  if (isIdle(session, nowMs)) {
    await ports.sessions.delete(id)
    return null
  }
  if (nowMs - session.seenAtMs >= noteUseMs) await ports.sessions.touch(id, { ...session, seenAtMs: nowMs })
  const { person } = session
  return { ...session, person: { ...person, roles: rolesOfNow(await ports.directory.read(), person) } }
}

/** Nobody gets behind it without a session: a reader is sent to the login, a form is told that it came too late. */
export const sessionGuard =
  (ports: ConsolePorts): MiddlewareHandler<ConsoleEnv> =>
  async (c, next) => {
    const id = sessionCookie(c, ports)
    const session = id === null ? null : await sessionNow(ports, id)
    if (id !== null && session !== null) {
      if (session.person.roles.length === 0) {
        await ports.sessions.deleteAll(session.person.id)
        clearSessionCookie(c, ports)
        const content = html`<p>Du har ikke længere en rolle i Årshjul, og du er logget af.</p>`
        return c.html(plainPage({ title: 'Ingen adgang', content }, linksOf(ports)), httpStatus.forbidden)
      }
      c.set('session', session)
      c.set('sessionId', id)
      return next()
    }
    const { pathname, search } = new URL(c.req.url)
    const back = `/login?next=${encodeURIComponent(`${pathname}${search}`)}`
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return c.redirect(back, httpStatus.found)
    const content = html`<p>Din session er udløbet, og det, du sendte, er ikke gemt.</p>
      <p><a href="${back}">Log ind igen</a></p>`
    return c.html(plainPage({ title: 'Log ind igen', content }, linksOf(ports)), httpStatus.forbidden)
  }
