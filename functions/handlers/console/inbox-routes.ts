import { Hono, type Context } from 'hono'
import * as z from 'zod'
import type { InboxMail } from '../../domain/inbox/inbox.ts'
import { inboxStream, type StreamId } from '../../domain/base/stream-id.ts'
import { inboxFields } from '../../web/inbox/inbox-view.ts'
import { inboxMailPage } from '../../web/inbox/inbox-mail-page.ts'
import { inboxPage } from '../../web/inbox/inbox-page.ts'
import type { Markup } from '../../web/markup.ts'
import type { RefusedForm } from '../../web/page.ts'
import { inboxCase } from '../streams/cases.ts'
import { loadCase } from '../record/perform.ts'
import { mailArchiveKey } from './archived-mail.ts'
import type { ConsoleEnv, ConsolePorts } from './console-ports.ts'
import { decidingPage } from './decision-form.ts'
import { decideOnInbox } from './decisions.ts'
import { inboxLines, inboxMailView, isWithheld, likelyParties } from './inbox-pages.ts'
import { download, mayTake } from './downloads.ts'
import { frameOf } from './page-frame.ts'

const placeSchema = z.object({
  inbox: z
    .string()
    .regex(/^\d{4}-\d{2}$/)
    .transform(inboxStream),
  mailKey: z.string().max(128),
})

/** Mail that belongs to no case: the list, one mail, its bytes, and the decision on it. */
export const makeInboxRoutes = (ports: ConsolePorts): Hono<ConsoleEnv> => {
  const app = new Hono<ConsoleEnv>()

  const open = async (
    c: Context<ConsoleEnv>,
  ): Promise<{ readonly inbox: StreamId; readonly mail: InboxMail } | null> => {
    const place = placeSchema.safeParse({ inbox: c.req.param('month'), mailKey: c.req.param('mailKey') })
    if (!place.success) return null
    const { state } = await loadCase(ports, inboxCase, place.data.inbox)
    const mail = state.mails.find((one) => one.mailKey === place.data.mailKey)
    return mail === undefined ? null : { inbox: place.data.inbox, mail }
  }

  const show = async (c: Context<ConsoleEnv>, refused: RefusedForm | null): Promise<Markup | null> => {
    const opened = await open(c)
    if (opened === null) return null
    const directory = await ports.directory.read()
    const view = await inboxMailView(ports, directory, opened.inbox, opened.mail)
    return inboxMailPage(await frameOf(c, ports, directory, refused), view)
  }

  app.get('/', async (c) => {
    const [directory, lines] = await Promise.all([ports.directory.read(), inboxLines(ports)])
    return c.html(inboxPage(await frameOf(c, ports, directory), lines))
  })

  decidingPage(app, ports, '/:month/:mailKey', {
    show,
    mayShow: async (c) => {
      const opened = await open(c)
      return opened === null || mayTake(c, ports, 'mail', await likelyParties(ports, opened.mail))
    },
    decides: async (c) => {
      const opened = await open(c)
      return opened === null
        ? null
        : { stream: opened.inbox, decide: decideOnInbox, fields: { mailKey: opened.mail.mailKey } }
    },
    fields: inboxFields,
  })

  app.get('/:month/:mailKey/raw', async (c) => {
    const opened = await open(c)
    if (opened === null || isWithheld(opened.mail)) return c.notFound()
    const { rawSha256 } = opened.mail
    return download(c, ports, {
      kind: 'mail',
      municipalities: await likelyParties(ports, opened.mail),
      contentType: 'message/rfc822',
      name: `mail-${rawSha256.slice(0, 12)}.eml`,
      content: { archiveKey: mailArchiveKey(rawSha256) },
    })
  })

  return app
}
