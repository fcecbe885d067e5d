import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { csrf } from 'hono/csrf'
import { html } from 'hono/html'
import { HTTPException } from 'hono/http-exception'
import { secureHeaders } from 'hono/secure-headers'
import { consoleCss } from '../../web/console-css.ts'
import { inboxPath } from '../../web/inbox/inbox-view.ts'
import { plainPage, sessionsPath } from '../../web/page.ts'
import { tasksPage } from '../../web/tasks-page.ts'
import type { ConsoleEnv, ConsolePorts } from './console-ports.ts'
import { makeYearRoutes } from './year-routes.ts'
import { makeDocumentRoutes } from './document-routes.ts'
import { makeErasureRoutes } from './erasure-routes.ts'
import { httpStatus } from './http-status.ts'
import { makeInboxRoutes } from './inbox-routes.ts'
import { makeLogin } from './login.ts'
import { tasksFor } from './my-tasks.ts'
import { frameOf } from './page-frame.ts'
import { makeOperatorRoutes } from './operator-routes.ts'
import { makeReviewRoutes } from './review-routes.ts'
import { linksOf, sessionGuard } from './session.ts'
import { throttle } from './throttle.ts'
import { makeSessionRoutes } from './session-routes.ts'
import { isForLater, TooBusy } from '../../../workflows/errors.ts'

/** A form's body, in bytes. */
const largestBody = 256 * 1024
const assetSeconds = 3600

/**
 * The console of the ministry's people: pages without a script, every decision a POST with the session's token
 * and a nonce, every page for a session only.
 */
export const makeConsole = (ports: ConsolePorts): Hono<ConsoleEnv> => {
  const app = new Hono<ConsoleEnv>()
  const links = linksOf(ports)
  const { origin } = new URL(ports.settings.baseUrl)

  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        fontSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
      referrerPolicy: 'no-referrer',
      xFrameOptions: 'DENY',
      strictTransportSecurity: origin.startsWith('https:') ? 'max-age=31536000; includeSubDomains' : false,
    }),
  )
  app.use(async (c, next) => {
    await next()
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store')
  })

  app.get('/assets/console.css', (c) => {
    c.header('Content-Type', 'text/css; charset=utf-8')
    c.header('Cache-Control', `public, max-age=${assetSeconds}`)
    return c.body(consoleCss)
  })
  app.get('/assets/:path{.+}', async (c) => {
    const asset = await ports.assets.get(c.req.param('path'))
    if (asset === null) return c.notFound()
    c.header('Content-Type', asset.contentType)
    c.header('Cache-Control', `public, max-age=${assetSeconds}`)
    return c.body(Uint8Array.from(asset.bytes))
  })

  app.use(throttle(ports))
  app.use(csrf({ origin }))
  app.use(
    bodyLimit({ maxSize: largestBody, onError: (c) => c.text('For meget tekst.', httpStatus.tooLarge) }),
  )
  app.route('/', makeLogin(ports))
  app.use(sessionGuard(ports))

  app.get('/', async (c) => {
    const directory = await ports.directory.read()
    const frame = await frameOf(c, ports, directory)
    return c.html(tasksPage(frame, await tasksFor(ports, directory, frame.reader)))
  })
  app.route('/reviews', makeReviewRoutes(ports))
  app.route(inboxPath, makeInboxRoutes(ports))
  app.route('/documents', makeDocumentRoutes(ports))
  app.route('/erasures', makeErasureRoutes(ports))
  app.route('/executions', makeOperatorRoutes(ports))
  app.route(sessionsPath, makeSessionRoutes(ports))
  app.route('/', makeYearRoutes(ports))

  app.notFound((c) =>
    c.html(
      plainPage(
        { title: 'Siden findes ikke', content: html`<p><a href="/">Til mine opgaver</a></p>` },
        links,
      ),
      httpStatus.notFound,
    ),
  )
  app.onError((error, c) => {
    if (error instanceof HTTPException && error.status === httpStatus.badRequest)
      return c.text('Formularen kan ikke læses.', error.status)
    if (error instanceof HTTPException)
      return c.text('Forespørgslen kommer ikke fra en af konsollens sider.', error.status)
    ports.report(error)
    const busy = isForLater(error)
    const content = html`<p>
        ${
          busy
            ? error instanceof TooBusy
              ? 'Andre skriver i sagen netop nu. Prøv igen om et øjeblik.'
              : 'Systemet svarer ikke lige nu. Prøv igen om et øjeblik. Hvis du afgjorde noget, så se først i sagen, om det er gemt.'
            : 'Noget gik galt hos os. Hvis du afgjorde noget, så åbn sagen og se, om det er gemt, før du prøver igen.'
        }
      </p>
      <p><a href="/">Til mine opgaver</a></p>`
    return c.html(
      plainPage({ title: busy ? 'Prøv igen' : 'Der skete en fejl', content }, links),
      busy ? httpStatus.unavailable : httpStatus.failed,
    )
  })
  return app
}
