import { Hono, type Context } from 'hono'
import { html } from 'hono/html'
import * as z from 'zod'
import { decidePerson } from '../../domain/review/decide/people.ts'
import type { ReviewState, ReviewEvent } from '../../domain/review/state.ts'
import { refuse } from '../../domain/base/stream.ts'
import { reviewStream } from '../../domain/base/stream-id.ts'
import { todayInCopenhagen } from '../../domain/base/time.ts'
import { agreementIdSchema } from '../../domain/base/values.ts'
import type { Markup } from '../../web/markup.ts'
import { page, type RefusedForm } from '../../web/page.ts'
import { refusalText } from '../../web/refusals.ts'
import { letterContent, letterPath } from '../../web/review/correspondence.ts'
import { isHidden } from '../../web/review/hidden-mail.ts'
import { reviewMailPage } from '../../web/review/review-mail-page.ts'
import { reviewCommand } from '../../web/review/review-command.ts'
import { reviewPage } from '../../web/review/review-page.ts'
import { reviewCase } from '../streams/review-case.ts'
import type { Command } from '../record/perform.ts'
import { letterArchiveKey, mailArchiveKey, mailShown } from './archived-mail.ts'
import type { ConsoleEnv, ConsolePorts } from './console-ports.ts'
import { decideOn } from '../record/outbox.ts'
import { ownForm, refusedForm } from './envelope.ts'
import { httpStatus, statusOfRefusal } from './http-status.ts'
import { actorOf, deciderOf, frameOf } from './page-frame.ts'
import { commandOf } from './command-of.ts'
import { loadReviewPage, reviewPath } from './review-pages.ts'

const placeSchema = z.object({ year: z.coerce.number().int(), agreement: agreementIdSchema })

/** Mail as bytes: only ever downloaded, never shown in the console's own origin. */
const download = (c: Context, bytes: Uint8Array | null, name: string): Response | Promise<Response> => {
  if (bytes === null) return c.notFound()
  c.header('Content-Type', 'message/rfc822')
  c.header('Content-Disposition', `attachment; filename="${name}.eml"`)
  return c.body(Uint8Array.from(bytes))
}

/** A review's page, its mails and letters, and the decisions on it. */
export const makeReviewRoutes = (ports: ConsolePorts): Hono<ConsoleEnv> => {
  const app = new Hono<ConsoleEnv>()

  const open = async (c: Context<ConsoleEnv>) => {
    const place = placeSchema.safeParse(c.req.param())
    if (!place.success) return null
    const directory = await ports.directory.read()
    const input = await loadReviewPage(ports, directory, place.data.year, place.data.agreement)
    return input === null ? null : { directory, input }
  }

  const show = async (c: Context<ConsoleEnv>, refused: RefusedForm | null = null): Promise<Markup | null> => {
    const opened = await open(c)
    return opened === null
      ? null
      : reviewPage(await frameOf(c, ports, opened.directory, refused), opened.input)
  }

  app.get('/:year/:agreement', async (c) => {
    const markup = await show(c)
    return markup === null ? c.notFound() : c.html(markup)
  })

  app.post('/:year/:agreement', async (c) => {
    const place = placeSchema.safeParse(c.req.param())
    const form = await ownForm(c, ports)
    if (!place.success) return c.notFound()
    if (form === null) return c.text('Formularen hører ikke til din session.', httpStatus.forbidden)
    const { body, envelope, commandId } = form
    const again = async (message: string, status: ReturnType<typeof statusOfRefusal>) => {
      const markup = await show(c, refusedForm(envelope, body, message))
      return markup === null ? c.notFound() : c.html(markup, status)
    }
    const parsed = reviewCommand(body)
    if (!parsed.ok) return again(parsed.problems.join(' '), httpStatus.unprocessable)
    const { command: asked } = parsed
    const read = await commandOf(asked, () => open(c), todayInCopenhagen(ports.clock.now()))
    if (read === null) return c.notFound()
    if (!read.ok) return again(read.problems.join(' '), httpStatus.unprocessable)
    const { person } = c.get('session')
    const decider = deciderOf(person, await ports.directory.read())
    const { year, agreement } = place.data
    const command: Command<ReviewState, ReviewEvent> = {
      id: commandId,
      actor: actorOf(person),
      decide: (state, now) =>
        state.status === 'none'
          ? refuse('no-review', 'no review of that agreement and year is on record')
          : decidePerson(state, read.command, decider, now),
    }
    const stream = reviewStream(year, agreement)
    const performed = await decideOn(ports, reviewCase, stream, command, ports.afterDecision)
    if (performed.outcome === 'refused')
      return again(refusalText(performed.refusal), statusOfRefusal(performed.refusal.kind))
    const done = performed.outcome === 'nothing' ? 'nothing' : read.command.do
    return c.redirect(`${reviewPath(year, agreement)}?done=${done}`, httpStatus.seeOther)
  })

  app.get('/:year/:agreement/mails/:mailKey', async (c) => {
    const opened = await open(c)
    const mail = opened?.input.state.mails.find((one) => one.mailKey === c.req.param('mailKey'))
    if (opened == null || mail === undefined) return c.notFound()
    const frame = await frameOf(c, ports, opened.directory)
    const isShown = !isHidden(mail) && mail.typed === null
    const shown = isShown ? await mailShown(ports, mail) : null
    return c.html(reviewMailPage(frame, opened.input, mail, shown))
  })

  app.get('/:year/:agreement/mails/:mailKey/raw', async (c) => {
    const opened = await open(c)
    const mail = opened?.input.state.mails.find((one) => one.mailKey === c.req.param('mailKey'))
    if (mail === undefined || isHidden(mail) || mail.rawSha256 === '') return c.notFound()
    const raw = await ports.archive.get(mailArchiveKey(mail.rawSha256))
    return download(c, raw, `mail-${mail.rawSha256.slice(0, 12)}`)
  })

  app.get('/:year/:agreement/letters/:letterKey', async (c) => {
    const opened = await open(c)
    const letter = opened?.input.state.letters.find((one) => one.letterKey === c.req.param('letterKey'))
    if (opened == null || letter === undefined) return c.notFound()
    const path = letterPath(opened.input.base, letter.letterKey)
    const content = html`${letterContent(letter, path)}
      <p><a href="${opened.input.base}">Tilbage til sagen</a></p>`
    return c.html(page(await frameOf(c, ports, opened.directory), { title: 'Brev', path, content }))
  })

  app.get('/:year/:agreement/letters/:letterKey/raw', async (c) => {
    const opened = await open(c)
    const letter = opened?.input.state.letters.find((one) => one.letterKey === c.req.param('letterKey'))
    if (letter === undefined) return c.notFound()
    const raw = await ports.archive.get(letterArchiveKey(letter.rawSha256))
    return download(c, raw, `brev-${letter.rawSha256.slice(0, 12)}`)
  })
  return app
}
