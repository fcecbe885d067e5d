import type { Context, Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { StreamId } from '../../domain/base/stream-id.ts'
import { refusalText } from '../../web/commands.ts'
import { asked, type FieldReaders } from '../../web/form-body.ts'
import type { Markup } from '../../web/markup.ts'
import type { RefusedForm } from '../../web/page.ts'
import type { ConsoleEnv, ConsolePorts } from './console-ports.ts'
import type { Decide } from './decisions.ts'
import { notYours } from './downloads.ts'
import { isUsedOtherwise, ownForm, refusedForm } from './envelope.ts'
import { httpStatus, statusOfRefusal } from './http-status.ts'
import { markFailure } from './throttle.ts'
import { actorOf, deciderOf } from './page-frame.ts'

/** A page with forms. */
export interface DecidingPage {
  /** Null: there is none of that name. */
  readonly show: (c: Context<ConsoleEnv>, refused: RefusedForm | null) => Promise<Markup | null>
  /** May the reader be shown it, also with what a form was refused for? Everybody unless said otherwise. */
  readonly mayShow?: (c: Context<ConsoleEnv>) => Promise<boolean>
  /** What its forms decide on, with fields that the page's address says; null as above. */
  readonly decides: (c: Context<ConsoleEnv>) => Promise<{
    readonly stream: StreamId
    readonly decide: Decide
    readonly fields?: Readonly<Record<string, unknown>>
  } | null>
  /** Forms whose fields are no plain map of the command's. */
  readonly fields?: FieldReaders<string>
  /** Where the reader is led when it is decided; the page itself unless said otherwise. */
  readonly back?: (path: string) => string
}

/** Shows a page and takes its forms: envelope, fields, decision, answer. */
export const decidingPage = (
  app: Hono<ConsoleEnv>,
  ports: ConsolePorts,
  path: string,
  page: DecidingPage,
): void => {
  const shown = async (
    c: Context<ConsoleEnv>,
    refused: RefusedForm | null,
    status: ContentfulStatusCode,
  ): Promise<Response> => {
    if (!((await page.mayShow?.(c)) ?? true)) return notYours(c, ports)
    const markup = await page.show(c, refused)
    return markup === null ? c.notFound() : c.html(markup, status)
  }
  app.get(path, (c) => shown(c, null, httpStatus.ok))
  app.post(path, async (c) => {
    const form = await ownForm(c, ports)
    const place = await page.decides(c)
    if (place === null) return c.notFound()
    if (form === null) {
      markFailure(c)
      return c.text('Formularen hører ikke til din session.', httpStatus.forbidden)
    }
    if (await isUsedOtherwise(ports, place.stream, form))
      return c.text('Formularen er brugt til en anden afgørelse. Åbn siden igen.', httpStatus.conflict)
    const { body, envelope, commandId } = form
    const { person } = c.get('session')
    const by = {
      decider: deciderOf(person, await ports.directory.read()),
      actor: actorOf(person),
      commandId,
    }
    const command = { ...asked(body, page.fields ?? {}), ...place.fields }
    const decided = await place.decide(ports, place.stream, command, by)
    if (decided.outcome === 'refused') {
      const { refusal } = decided
      return shown(c, refusedForm(envelope, body, refusalText(refusal)), statusOfRefusal(refusal.kind))
    }
    const done = decided.outcome === 'nothing' ? 'nothing' : command.do
    return c.redirect(`${page.back?.(c.req.path) ?? c.req.path}?done=${done}`, httpStatus.seeOther)
  })
}
