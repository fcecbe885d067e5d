import { html } from 'hono/html'
import { unreadWords } from '../../domain/review/slices/unread-prose.ts'
import { decisionForm } from '../form.ts'
import { nothing, verbatim, type Markup } from '../markup.ts'
import type { PageFrame } from '../page.ts'
import { moment, municipalityName } from '../words.ts'
import { mailPath } from './figures.ts'
import { isHidden } from './hidden-mail.ts'
import type { ReviewPageInput } from './review-page-input.ts'

export const wordsAction = (mailKey: string): string => `mark-read/${mailKey}`

/** One form for every mail of words alone: its text, and that it has been read. */
export const wordsForms = (frame: PageFrame, input: ReviewPageInput): Markup =>
  html`${unreadWords(input.state).map((mail) =>
    decisionForm(
      frame,
      {
        action: wordsAction(mail.mailKey),
        command: 'mark-read',
        to: input.base,
        heading: `Mail uden tal fra ${municipalityName(mail.party ?? '')}, modtaget ${moment(mail.receivedAt)}`,
        hidden: { mailKey: mail.mailKey },
      },
      () =>
        html`<div data-party="${mail.party ?? ''}" data-since="${mail.receivedAt}"></div>
          ${isHidden(mail) ? nothing : verbatim(mail.details?.freeText ?? '', 'Mailens tekst')}
          <p>
            Intet i mailen kunne læses maskinelt. Kræver den mere end at blive læst, så brug sidens andre
            formularer, eller ring, og skriv et notat.
            <a href="${mailPath(input.base, mail.mailKey)}">Mailens side</a>
          </p>`,
    ),
  )}`
