import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { decideInboxMail, type InboxCommand, type PlaceFacts } from '../../domain/inbox/decide.ts'
import type { InboxEvent, InboxMail, InboxState } from '../../domain/inbox/inbox.ts'
import { inboxStream, type StreamId } from '../../domain/base/stream-id.ts'
import { inboxCommand } from '../../web/inbox/inbox-command.ts'
import { inboxMailPage } from '../../web/inbox/inbox-mail-page.ts'
import { inboxPage } from '../../web/inbox/inbox-page.ts'
import { inboxMailPath } from '../../web/inbox/inbox-view.ts'
import type { Markup } from '../../web/markup.ts'
import type { RefusedForm } from '../../web/page.ts'
import { refusalText } from '../../web/refusals.ts'
import { inboxCase } from '../streams/inbox-case.ts'
import { loadCase, type Command } from '../record/perform.ts'
import { mailArchiveKey } from './archived-mail.ts'
import type { ConsoleEnv, ConsolePorts } from './console-ports.ts'
import { decideOn } from '../record/outbox.ts'
import { ownForm, refusedForm } from './envelope.ts'
import { httpStatus, statusOfRefusal } from './http-status.ts'
import { inboxLines, inboxMailView, isWithheld, likelyParties, placeFacts } from './inbox-pages.ts'
import { actorOf, deciderOf, frameOf } from './page-frame.ts'

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

  const show = async (c: Context<ConsoleEnv>, refused: RefusedForm | null = null): Promise<Markup | null> => {
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

  app.get('/:month/:mailKey', async (c) => {
    const markup = await show(c)
    return markup === null ? c.notFound() : c.html(markup)
  })

  app.get('/:month/:mailKey/raw', async (c) => {
    const opened = await open(c)
    if (opened === null || isWithheld(opened.mail)) return c.notFound()
    const { rawSha256 } = opened.mail
    const raw = await ports.archive.get(mailArchiveKey(rawSha256))
    if (raw === null) return c.notFound()
    // Only ever downloaded, never shown in the console's own origin.
    c.header('Content-Type', 'message/rfc822')
    c.header('Content-Disposition', `attachment; filename="mail-${rawSha256.slice(0, 12)}.eml"`)
    return c.body(Uint8Array.from(raw))
  })

  app.post('/:month/:mailKey', async (c) => {
    const opened = await open(c)
    const form = await ownForm(c, ports)
    if (opened === null) return c.notFound()
    if (form === null) return c.text('Formularen hører ikke til din session.', httpStatus.forbidden)
    const { body, envelope, commandId } = form
    const again = async (message: string, status: ReturnType<typeof statusOfRefusal>) => {
      const markup = await show(c, refusedForm(envelope, body, message))
      return markup === null ? c.notFound() : c.html(markup, status)
    }
    const parsed = inboxCommand(body)
    if (!parsed.ok) return again(parsed.problems.join(' '), httpStatus.unprocessable)
    const { inbox, mail } = opened
    if (parsed.command.mailKey !== mail.mailKey) return c.notFound()
    const { person } = c.get('session')
    const decider = deciderOf(person, await ports.directory.read())
    const [place, likely] = await factsOf(ports, parsed.command, mail)
    const command: Command<InboxState, InboxEvent> = {
      id: commandId,
      actor: actorOf(person),
      decide: (state) => decideInboxMail(state, parsed.command, decider, place, likely),
    }
    const performed = await decideOn(ports, inboxCase, inbox, command, ports.afterDecision)
    if (performed.outcome === 'refused')
      return again(refusalText(performed.refusal), statusOfRefusal(performed.refusal.kind))
    const done = performed.outcome === 'nothing' ? 'nothing' : parsed.command.do
    return c.redirect(`${inboxMailPath(inbox, mail.mailKey)}?done=${done}`, httpStatus.seeOther)
  })
  return app
}

/** What the decision needs of other streams, read before it. */
const factsOf = async (
  ports: ConsolePorts,
  command: InboxCommand,
  mail: InboxMail,
): Promise<readonly [PlaceFacts | null, readonly string[]]> =>
  command.do === 'place-mail'
    ? [await placeFacts(ports, command.placed.stream), []]
    : [null, await likelyParties(ports, mail)]
