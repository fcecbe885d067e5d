import { Hono } from 'hono'
import { sessionsPage } from '../../web/sessions-page.ts'
import type { ConsoleEnv, ConsolePorts } from './console-ports.ts'
import { httpStatus } from './http-status.ts'
import { notLoggedOff } from './login.ts'
import { frameOf } from './page-frame.ts'
import { postedForm } from './posted-form.ts'
import { clearSessionCookie, idleMs, isIdle, sessionMs } from './session.ts'

/** One's own sessions, and their end in every browser at once. */
export const makeSessionRoutes = (ports: ConsolePorts): Hono<ConsoleEnv> => {
  const app = new Hono<ConsoleEnv>()
  app.get('/', async (c) => {
    const { person } = c.get('session')
    const frame = await frameOf(c, ports, await ports.directory.read())
    const sessions = await ports.sessions.list(person.id, c.get('sessionId'))
    const nowMs = ports.realNowMs()
    return c.html(
      sessionsPage(frame, {
        sessions: sessions.filter((session) => !isIdle(session, nowMs)),
        idleMinutes: idleMs / 60_000,
        mostHours: sessionMs / 3_600_000,
      }),
    )
  })
  app.post('/end', async (c) => {
    const body = await postedForm(c)
    if (!ports.forms.isCsrf(c.get('sessionId'), body['csrf']?.[0] ?? '')) return notLoggedOff(c, ports)
    await ports.sessions.deleteAll(c.get('session').person.id)
    clearSessionCookie(c, ports)
    return c.redirect('/logged-out', httpStatus.seeOther)
  })
  return app
}
