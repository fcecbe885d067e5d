import { Hono, type Context } from 'hono'
import { isWithdrawn } from '../../domain/casefile/erasures.ts'
import { isStreamId, streamKind, type StreamId } from '../../domain/base/stream-id.ts'
import { erasurePage, erasurePath, type ErasureView } from '../../web/erasure/erasure-page.ts'
import { casePath } from '../../web/case-path.ts'
import { inboxMailPath } from '../../web/inbox/inbox-view.ts'
import type { Markup } from '../../web/markup.ts'
import type { RefusedForm } from '../../web/page.ts'
import { mailPath } from '../../web/review/figures.ts'
import { municipalityNames, standingWords, unplacedOutcomes } from '../../web/words.ts'
import { inboxCase } from '../streams/cases.ts'
import { loadCase } from '../record/perform.ts'
import { takesMail, withMails } from '../streams.ts'
import type { ConsoleEnv, ConsolePorts } from './console-ports.ts'
import { decidingPage } from './decision-form.ts'
import { decideOnErasure, erasureInCase } from './decisions.ts'
import { likelyParties } from './inbox-pages.ts'
import { frameOf, nameIn } from './page-frame.ts'

const heldText = 'Mailen er tilbageholdt. Afgør først, hvad den skal regnes for.'
const untoldText =
  'Kontakten har endnu ikke fået besked om, at mailen er lagt til side. Beskeden sendes af sig selv.'

/** Whose mail it is in an inbox: it is erased where it lies, in its case if it has one. */
interface Opened {
  readonly view: ErasureView
}

/** The erasure of a mail's content: one page for mails of every kind of case, asked for and decided there. */
export const makeErasureRoutes = (ports: ConsolePorts): Hono<ConsoleEnv> => {
  const app = new Hono<ConsoleEnv>()

  const openInCase = (stream: StreamId, mailKey: string): Promise<Opened | null> =>
    withMails(stream, async (kind, { facts: factsOf }) => {
      const state = factsOf((await loadCase(ports, kind, stream)).state)
      const facts = erasureInCase(state, mailKey)
      const mail = state.mails.find((one) => one === facts.mail)
      if (mail === undefined) return null
      const review = streamKind(stream) === 'review'
      return {
        view: {
          href: erasurePath(stream, mailKey),
          back: review ? mailPath(casePath(stream), mailKey) : casePath(stream),
          whose: municipalityNames(state.municipalities),
          mailKey,
          receivedAt: mail.receivedAt,
          status: standingWords[mail.standing],
          rawSha256: mail.rawSha256,
          erasure: mail.erasure ?? null,
          notNow: facts.undecided ? heldText : isWithdrawn(mail) || !facts.untold ? null : untoldText,
          municipalities: state.municipalities,
        },
      }
    })

  const openInInbox = async (inbox: StreamId, mailKey: string): Promise<Opened | null> => {
    const { state } = await loadCase(ports, inboxCase, inbox)
    const mail = state.mails.find((one) => one.mailKey === mailKey)
    // A mail that was placed is erased in its case, which erases it here too.
    const placed = mail?.decided?.placed ?? null
    if (placed !== null) return openInCase(placed.stream, mailKey)
    if (mail === undefined) return null
    return {
      view: {
        href: erasurePath(inbox, mailKey),
        back: inboxMailPath(inbox, mailKey),
        whose: 'Mail uden sag',
        mailKey,
        receivedAt: mail.receivedAt,
        status: mail.decision === null ? 'ikke afgjort' : unplacedOutcomes.dismissed,
        rawSha256: mail.rawSha256,
        erasure: mail.erasure ?? null,
        notNow:
          mail.decision === null ? 'Mailen er ikke afgjort. Læg den på en sag, eller afvis den først.' : null,
        municipalities: await likelyParties(ports, mail),
      },
    }
  }

  const open = async (c: Context<ConsoleEnv>): Promise<Opened | null> => {
    const stream = c.req.param('stream') ?? ''
    const mailKey = c.req.param('mailKey') ?? ''
    if (!isStreamId(stream)) return null
    if (streamKind(stream) === 'inbox') return openInInbox(stream, mailKey)
    return takesMail(stream) ? openInCase(stream, mailKey) : null
  }

  const show = async (c: Context<ConsoleEnv>, refused: RefusedForm | null): Promise<Markup | null> => {
    const [opened, directory] = await Promise.all([open(c), ports.directory.read()])
    return opened === null
      ? null
      : erasurePage(await frameOf(c, ports, directory, refused), opened.view, nameIn(directory))
  }

  decidingPage(app, ports, '/:stream/:mailKey', {
    show,
    decides: async (c) => {
      const stream = c.req.param('stream') ?? ''
      return (await open(c)) === null || !isStreamId(stream)
        ? null
        : { stream, decide: decideOnErasure, fields: { mailKey: c.req.param('mailKey') } }
    },
  })
  return app
}
