import { html } from 'hono/html'
import { undecidedUnplaced, type UnplacedMail } from '../../domain/casefile/unplaced-mails.ts'
import { alert, type Markup } from '../markup.ts'
import { moment } from '../words.ts'
import { inboxMailPath } from './inbox-view.ts'

/** A case's page tells of mails without a case that hold it back. */
export const unplacedAlerts = (mails: readonly UnplacedMail[]): Markup =>
  html`${undecidedUnplaced(mails).map((mail) =>
    alert(
      'warning',
      'En mail uden sag kan høre hertil',
      html`Der rykkes ikke, og intet bedømmes, før den er afgjort:
        <a href="${inboxMailPath(mail.inbox, mail.mailKey)}">mail modtaget ${moment(mail.receivedAt)}</a>.`,
    ),
  )}`
