import { Hono, type Context } from 'hono'
import { html } from 'hono/html'
import * as z from 'zod'
import { reviewStream } from '../../domain/base/stream-id.ts'
import { agreementIdSchema } from '../../domain/base/values.ts'
import type { Markup } from '../../web/markup.ts'
import { page, type RefusedForm } from '../../web/page.ts'
import { letterContent, letterPath } from '../../web/review/correspondence.ts'
import { isHidden } from '../../web/review/figures.ts'
import { reviewMailPage } from '../../web/review/review-mail-page.ts'
import { reviewFields } from '../../web/review/review-fields.ts'
import type { ReviewPageInput } from '../../web/review/review-page-input.ts'
import { reviewPage } from '../../web/review/review-page.ts'
import { letterArchiveKey, mailArchiveKey, mailShown } from './archived-mail.ts'
import type { ConsoleEnv, ConsolePorts } from './console-ports.ts'
import { decidingPage } from './decision-form.ts'
import { decideOnReview } from './decisions.ts'
import { download, mayTake, notYours } from './downloads.ts'
import { frameOf } from './page-frame.ts'
import { loadReviewPage } from './review-pages.ts'

const placeSchema = z.object({ year: z.coerce.number().int(), agreement: agreementIdSchema })

const municipalitiesOf = ({ state }: ReviewPageInput): readonly string[] =>
  state.parties.map(({ municipality }) => municipality)

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

  const show = async (c: Context<ConsoleEnv>, refused: RefusedForm | null): Promise<Markup | null> => {
    const opened = await open(c)
    return opened === null
      ? null
      : reviewPage(await frameOf(c, ports, opened.directory, refused), opened.input)
  }

  decidingPage(app, ports, '/:year/:agreement', {
    show,
    decides: async (c) => {
      const place = placeSchema.safeParse(c.req.param())
      return place.success
        ? { stream: reviewStream(place.data.year, place.data.agreement), decide: decideOnReview }
        : null
    },
    fields: reviewFields,
  })

  app.get('/:year/:agreement/mails/:mailKey', async (c) => {
    const opened = await open(c)
    const mail = opened?.input.state.mails.find((one) => one.mailKey === c.req.param('mailKey'))
    if (opened == null || mail === undefined) return c.notFound()
    const frame = await frameOf(c, ports, opened.directory)
    if (!(await mayTake(c, ports, 'mail', municipalitiesOf(opened.input)))) return notYours(c, ports)
    const isShown = !isHidden(mail) && mail.typed === null
    const shown = isShown ? await mailShown(ports, mail) : null
    return c.html(reviewMailPage(frame, opened.input, mail, shown))
  })

  app.get('/:year/:agreement/mails/:mailKey/raw', async (c) => {
    const opened = await open(c)
    const mail = opened?.input.state.mails.find((one) => one.mailKey === c.req.param('mailKey'))
    if (opened == null || mail === undefined || isHidden(mail) || mail.rawSha256 === '') return c.notFound()
    return download(c, ports, {
      kind: 'mail',
      municipalities: municipalitiesOf(opened.input),
      contentType: 'message/rfc822',
      name: `mail-${mail.rawSha256.slice(0, 12)}.eml`,
      content: { archiveKey: mailArchiveKey(mail.rawSha256) },
    })
  })

  app.get('/:year/:agreement/letters/:letterKey', async (c) => {
    const opened = await open(c)
    const letter = opened?.input.state.letters.find((one) => one.letterKey === c.req.param('letterKey'))
    if (opened == null || letter === undefined) return c.notFound()
    if (!(await mayTake(c, ports, 'letter', municipalitiesOf(opened.input)))) return notYours(c, ports)
    const path = letterPath(opened.input.base, letter.letterKey)
    const content = html`${letterContent(letter, path)}
      <p><a href="${opened.input.base}">Tilbage til sagen</a></p>`
    return c.html(page(await frameOf(c, ports, opened.directory), { title: 'Brev', path, content }))
  })

  app.get('/:year/:agreement/letters/:letterKey/raw', async (c) => {
    const opened = await open(c)
    const letter = opened?.input.state.letters.find((one) => one.letterKey === c.req.param('letterKey'))
    if (opened == null || letter === undefined) return c.notFound()
    return download(c, ports, {
      kind: 'letter',
      municipalities: municipalitiesOf(opened.input),
      contentType: 'message/rfc822',
      name: `brev-${letter.rawSha256.slice(0, 12)}.eml`,
      content: { archiveKey: letterArchiveKey(letter.rawSha256) },
    })
  })
  return app
}
