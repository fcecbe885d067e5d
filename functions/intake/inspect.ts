import type { Contact } from '../domain/agreement/content.ts'
import { natureFrom, natureOf, type MailNature } from './machine/nature.ts'
import type { IsOurs } from './machine/own-figures.ts'
import type { ParsedMessage } from './message.ts'
import { bodyOf, type MessageBody } from './message-body.ts'
import { classifySender, type Sender, type Verdicts } from './sender.ts'

/** What is to be known of a mail before it is read, whatever case it belongs to. */
interface MailToInspect {
  readonly message: ParsedMessage
  readonly verdicts: Verdicts
  /** MAIL FROM; empty for the null sender. */
  readonly source: string
  /** Danish date of receipt. */
  readonly receivedOn: string
  /** Domains we send from. */
  readonly ownDomains: readonly string[]
}

/** A mail looked at once: whoever handles it on its way asks this, and works nothing out again. */
export interface Inspected {
  /** Danish date of receipt. */
  readonly receivedOn: string
  readonly body: MessageBody
  /** What machines and we ourselves send is no answer: it changes nothing wherever it goes. */
  readonly isOfPerson: boolean
  /** What the mail is by itself, before its case is known. */
  readonly nature: MailNature
  /** What it is from this sender, where it is known what we have sent. */
  readonly natureBy: (sender: Sender, isOurs: IsOurs) => MailNature
  /** Who of a case's contacts sent it, as far as the receiving system vouches for it. */
  readonly senderAmong: (contacts: readonly Contact[]) => Sender
  /** Whose it would be if the receiving system had vouched for it: where it may belong, never whether it counts. */
  readonly claimedAmong: (contacts: readonly Contact[]) => Sender
}

const unquestioned: Verdicts = { spf: 'PASS', dkim: 'PASS', dmarc: 'PASS', spam: 'PASS', virus: 'PASS' }

/** Looks at a mail: its bodies, its nature, and its sender for whoever knows the contacts. */
export const inspect = ({ message, verdicts, source, receivedOn, ownDomains }: MailToInspect): Inspected => {
  const judged = { message, envelopeFrom: source, receivedOn }
  const nature = natureOf(judged)
  const among =
    (found: Verdicts) =>
    (contacts: readonly Contact[]): Sender =>
      classifySender({ message, verdicts: found, contacts, on: receivedOn, matched: true, ownDomains })
  const isFromUs = among(unquestioned)([]).is === 'ourselves'
  return {
    receivedOn,
    body: bodyOf(message),
    isOfPerson: !isFromUs && (nature.is === 'person' || nature.is === 'doubtful' || nature.is === 'list'),
    nature,
    natureBy: (sender, isOurs) => natureFrom(natureOf({ ...judged, isOurs }), sender),
    senderAmong: among(verdicts),
    claimedAmong: among(unquestioned),
  }
}
