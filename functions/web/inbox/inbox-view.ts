import type { InboxHome } from '../../domain/inbox/inbox.ts'
import { isStreamId, parseStreamId, type StreamId } from '../../domain/base/stream-id.ts'
import type { InboxCommand } from '../../domain/inbox/commands.ts'
import type { FieldReaders } from '../form-body.ts'
import { html } from 'hono/html'
import { undecidedUnplaced, type UnplacedMail } from '../../domain/casefile/unplaced-mails.ts'
import { alert, type Markup } from '../markup.ts'
import { moment } from '../words.ts'

/** Where the inbox lies in the console, and the mail of a month's inbox in it. */
export const inboxPath = '/inbox'
export const inboxMailPath = (inbox: string, mailKey: string): string => {
  const parsed = isStreamId(inbox) ? parseStreamId(inbox) : null
  if (parsed?.kind !== 'inbox') throw new RangeError(`${inbox} is no inbox`)
  return `${inboxPath}/${parsed.month}/${mailKey}`
}

/** A case that a mail may be placed in, for one of its parties. */
export interface CaseChoice {
  readonly stream: StreamId
  readonly party: string
  /** `Svendborg: resultatkontrakt, 2014` */
  readonly label: string
}

export interface SuggestedCase extends CaseChoice {
  readonly because: InboxHome['because']
}

/** A mail of the inbox as its list shows it. */
export interface InboxLine {
  readonly href: string
  readonly receivedAt: string
  readonly from: string
  readonly subject: string
  /** In Danish. */
  readonly reason: string
  /** Cases it may belong to, in words. */
  readonly homes: readonly string[]
  /** What became of it, in words; null while it is undecided. */
  readonly decided: string | null
  /** Whose cases it may belong to: who is barred from one is told neither sender nor subject. */
  readonly municipalities: readonly string[]
}

/** One mail of the inbox with everything a person decides on. */
export interface InboxMailView {
  readonly href: string
  readonly mailKey: string
  readonly receivedAt: string
  readonly from: string
  readonly subject: string
  readonly reason: string
  /** What the receiving system found of the sender, in Danish. */
  readonly authenticity: string
  /** Null: it is not shown, and `hidden` says why. */
  readonly text: string | null
  readonly hidden: string
  readonly attachments: readonly string[]
  /** What the contact has been told of it at once, in words; null: nobody was told. */
  readonly told: { readonly what: string; readonly at: string; readonly stream: StreamId } | null
  /** Where its content is erased; null where it is erased. */
  readonly erasing: string | null
  /** Whether its bytes may be downloaded. */
  readonly downloadable: boolean
  /** Whether it can be placed in a case at all. */
  readonly placeable: boolean
  readonly suggested: readonly SuggestedCase[]
  /** Every other open case. */
  readonly others: readonly CaseChoice[]
  readonly decided: {
    readonly at: string
    readonly who: string
    readonly what: string
    readonly reason: string
    /** The case it was placed in; null when it was dismissed. */
    readonly stream: StreamId | null
  } | null
}

/** The choice that none of the suggested cases is meant. */
export const elsewhere = 'other'

/** A case and a party of it, as one value of a form. */
export const caseValue = ({ stream, party }: Pick<CaseChoice, 'stream' | 'party'>): string =>
  `${stream}|${party}`

/** Forms on a mail of the inbox whose fields are no plain map of the command's. */
export const inboxFields: FieldReaders<InboxCommand['do']> = {
  'place-mail': (_body, fields) => {
    const chosen = fields['home'] === elsewhere ? fields['other'] : fields['home']
    const [stream = '', party = ''] = (chosen ?? '').split('|')
    return { placed: { stream, party, as: fields['as'] } }
  },
}

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
