import { Hono, type Context } from 'hono'
import { decideErasure, isWithdrawn, type ErasureFacts } from '../../domain/casefile/erasures.ts'
import { isUntold } from '../../domain/casefile/told-of-erasure.ts'
import type { InboxMail } from '../../domain/inbox/inbox.ts'
import { isStreamId, streamKind, type StreamId } from '../../domain/base/stream-id.ts'
import { erasureCommand } from '../../web/erasure/erasure-command.ts'
import { erasurePage, erasurePath, type ErasureView } from '../../web/erasure/erasure-page.ts'
import { casePath } from '../../web/case-path.ts'
import { inboxMailPath } from '../../web/inbox/inbox-view.ts'
import type { Markup } from '../../web/markup.ts'
import type { RefusedForm } from '../../web/page.ts'
import { refusalText } from '../../web/refusals.ts'
import { mailPath } from '../../web/review/figures.ts'
import { municipalityNames, standingWords, unplacedOutcomes } from '../../web/words.ts'
import { inboxCase } from '../streams/inbox-case.ts'
import type { CaseFacts } from '../intake/mail-case.ts'
import { loadCase } from '../record/perform.ts'
import { takesMail, withMails } from '../streams.ts'
import type { Refusal } from '../../domain/base/stream.ts'
import type { ConsoleEnv, ConsolePorts } from './console-ports.ts'
import { decideOn } from '../record/outbox.ts'
import { ownForm, refusedForm } from './envelope.ts'
import { httpStatus, statusOfRefusal } from './http-status.ts'
import { likelyParties } from './inbox-pages.ts'
import { actorOf, deciderOf, frameOf, nameIn } from './page-frame.ts'

const heldText = 'Mailen er tilbageholdt. Afgør først, hvad den skal regnes for.'
const untoldText =
  'Kontakten har endnu ikke fået besked om, at mailen er lagt til side. Beskeden sendes af sig selv.'

/** What the domain needs of a case's mail. What was typed in is nobody's mail. */
const factsOfCase = ({ mails, letters, municipalities }: CaseFacts, mailKey: string): ErasureFacts => {
  const mail = mails.find((one) => one.mailKey === mailKey && one.typed === null) ?? null
  return {
    mail,
    undecided: mail?.standing === 'held',
    untold: mail !== null && isUntold(mail, letters),
    municipalities,
  }
}

const factsOfInbox = (mails: readonly InboxMail[], mailKey: string, parties: readonly string[]) => {
  const mail = mails.find((one) => one.mailKey === mailKey) ?? null
  return { mail, undecided: mail?.decision === null, untold: false, municipalities: parties }
}

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
      const facts = factsOfCase(state, mailKey)
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

  const show = async (c: Context<ConsoleEnv>, refused: RefusedForm | null = null): Promise<Markup | null> => {
    const [opened, directory] = await Promise.all([open(c), ports.directory.read()])
    return opened === null
      ? null
      : erasurePage(await frameOf(c, ports, directory, refused), opened.view, nameIn(directory))
  }

  app.get('/:stream/:mailKey', async (c) => {
    const markup = await show(c)
    return markup === null ? c.notFound() : c.html(markup)
  })

  app.post('/:stream/:mailKey', async (c) => {
    const form = await ownForm(c, ports)
    const stream = c.req.param('stream')
    const mailKey = c.req.param('mailKey')
    const opened = await open(c)
    if (opened === null || !isStreamId(stream)) return c.notFound()
    if (form === null) return c.text('Formularen hører ikke til din session.', httpStatus.forbidden)
    const { body, envelope, commandId } = form
    const again = async (message: string, status: ReturnType<typeof statusOfRefusal>) => {
      const markup = await show(c, refusedForm(envelope, body, message))
      return markup === null ? c.notFound() : c.html(markup, status)
    }
    const parsed = erasureCommand(body, mailKey)
    if (!parsed.ok) return again(parsed.problems.join(' '), httpStatus.unprocessable)
    const { command } = parsed
    const { person } = c.get('session')
    const who = deciderOf(person, await ports.directory.read())
    const by = { id: commandId, actor: actorOf(person) }
    // The mail goes by Reconcile: this function, which faces the internet, has no right to erase.
    const acts = async (owner: StreamId) => {
      await ports.afterDecision(owner)
      return command.do === 'confirm-erasure' ? ('left' as const) : undefined
    }
    const refusal: Refusal | null =
      streamKind(stream) === 'inbox'
        ? await decideOn(
            ports,
            inboxCase,
            stream,
            {
              ...by,
              decide: ({ mails }) =>
                decideErasure(factsOfInbox(mails, mailKey, opened.view.municipalities), command, who),
            },
            acts,
          ).then((performed) => (performed.outcome === 'refused' ? performed.refusal : null))
        : await withMails(stream, async (kind, { facts, own }) => {
            const performed = await decideOn(
              ports,
              kind,
              stream,
              {
                ...by,
                decide: (state) => own(decideErasure(factsOfCase(facts(state), mailKey), command, who)),
              },
              acts,
            )
            return performed.outcome === 'refused' ? performed.refusal : null
          })
    if (refusal !== null) return again(refusalText(refusal), statusOfRefusal(refusal.kind))
    return c.redirect(`${erasurePath(stream, mailKey)}?done=${command.do}`, httpStatus.seeOther)
  })
  return app
}
