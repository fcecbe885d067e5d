import { Hono, type Context } from 'hono'
import { html } from 'hono/html'
import * as z from 'zod'
import { plainPage } from '../../web/page.ts'
import { LoginRefused } from '../../ports/console.ts'
import type { ConsoleEnv, ConsolePorts } from './console-ports.ts'
import { httpStatus } from './http-status.ts'
import { postedForm } from './posted-form.ts'
import {
  clearLoginCookie,
  clearSessionCookie,
  isLoginInTime,
  linksOf,
  loginCookie,
  sessionCookie,
  sessionMs,
  setLoginCookie,
  setSessionCookie,
} from './session.ts'

import { markFailure } from './throttle.ts'

/** Where the provider sends the browser back; registered there. */
export const callbackPath = '/login/callback'

/** A path of the console itself, with its query: never another host, never the login again. */
const ownPath = z
  .string()
  .regex(/^\/(?![/\\]|login)[\w/.%?=&+~!*'()-]*$/)
  .catch('/')

const sealedLoginSchema = z.object({
  pending: z.object({ state: z.string(), nonce: z.string(), codeVerifier: z.string() }),
  next: ownPath,
  beganAtMs: z.number(),
})

/** A form that is not of this session changes nothing, and says so. */
export const notLoggedOff = (c: Context<ConsoleEnv>, ports: Pick<ConsolePorts, 'settings'>) => {
  markFailure(c)
  return c.html(
    plainPage(
      {
        title: 'Du er ikke logget af',
        content: html`<p>Formularen hører ikke til din session. Du er stadig logget på.</p>
          <p><a href="/">Gå til dine opgaver, og log af derfra</a></p>`,
      },
      linksOf(ports),
    ),
    httpStatus.forbidden,
  )
}

/** Login by the identity provider (code with PKCE, state, nonce), the session behind it, and its end. */
export const makeLogin = (ports: ConsolePorts): Hono<ConsoleEnv> => {
  const { baseUrl } = ports.settings
  const app = new Hono<ConsoleEnv>()

  app.get('/login', async (c) => {
    const { url, pending } = await ports.identity.begin(`${baseUrl}${callbackPath}`)
    const next = ownPath.parse(c.req.query('next'))
    setLoginCookie(
      c,
      ports,
      ports.forms.seal(JSON.stringify({ pending, next, beganAtMs: ports.realNowMs() })),
    )
    return c.redirect(url, httpStatus.found)
  })

  app.get(callbackPath, async (c) => {
    const refused = (message: string) => {
      markFailure(c)
      return c.html(
        plainPage(
          {
            title: 'Login lykkedes ikke',
            content: html`<p>${message}</p>
              <p><a href="/login">Prøv igen</a></p>`,
          },
          linksOf(ports),
        ),
        httpStatus.forbidden,
      )
    }
    const sealed = loginCookie(c, ports)
    const text = sealed === null ? null : ports.forms.unseal(sealed)
    if (text === null) return refused('Login blev ikke begyndt i denne browser.')
    const { pending, next, beganAtMs } = sealedLoginSchema.parse(JSON.parse(text))
    if (!isLoginInTime(beganAtMs, ports.realNowMs())) {
      clearLoginCookie(c, ports)
      return refused('Det er for længe siden, at login blev begyndt.')
    }
    const query = new URL(c.req.url).search
    const answered = await ports.identity
      .finish(`${baseUrl}${callbackPath}${query}`, pending)
      .catch((error: unknown) => {
        if (error instanceof LoginRefused) return error
        throw error
      })
    clearLoginCookie(c, ports)
    if (answered instanceof LoginRefused)
      return refused('Login-tjenesten afviste dig, eller svaret var for gammelt.')
    if (answered.roles.length === 0) return refused('Du har ingen rolle i Årshjul. Tal med administratoren.')
    const before = sessionCookie(c, ports)
    if (before !== null) await ports.sessions.delete(before)
    const now = ports.realNowMs()
    const { id } = await ports.sessions.create({
      person: answered,
      createdAtMs: now,
      expiresAtMs: now + sessionMs,
      seenAtMs: now,
    })
    setSessionCookie(c, ports, id)
    return c.redirect(next, httpStatus.seeOther)
  })

  app.post('/logout', async (c) => {
    const id = sessionCookie(c, ports)
    const body = await postedForm(c)
    if (id !== null && !ports.forms.isCsrf(id, body['csrf']?.[0] ?? '')) return notLoggedOff(c, ports)
    if (id !== null) await ports.sessions.delete(id)
    clearSessionCookie(c, ports)
    return c.redirect('/logged-out', httpStatus.seeOther)
  })

  app.get('/logged-out', async (c) => {
    const elsewhere = await ports.identity.logoutUrl(`${baseUrl}/logged-out`)
    const content = html`<p>Du er logget af Årshjul.</p>
      ${elsewhere === null ? '' : html`<p><a href="${elsewhere}">Log også af login-tjenesten</a></p>`}
      <p><a href="/">Log ind igen</a></p>`
    return c.html(plainPage({ title: 'Logget af', content }, linksOf(ports)))
  })
  return app
}
