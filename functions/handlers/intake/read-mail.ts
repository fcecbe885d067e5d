import type { Ports } from '../../ports/ports.ts'
import { mailReceived } from './arriving.ts'
import type { InspectedMail } from './inspect-mail.ts'
import type { AgreementContent, Contact } from '../../domain/agreement/content.ts'
import { letterOrderId, type LetterRecord } from '../../domain/casefile/letters.ts'
import type { MailReceived, MailRecord } from '../../domain/casefile/mails.ts'
import type { FormField } from '../../domain/form/field.ts'
import type { AgreementId } from '../../domain/base/values.ts'
import { readReply, type ReplyRead } from '../../intake/read-reply.ts'
import { sentTexts } from '../../intake/quotation/sent.ts'
import type { Sender } from '../../intake/sender.ts'
import type { LetterPorts } from '../letters/send-once.ts'

/** What reading a mail into a case needs, whether it comes in or is taken from the archive. */
export type ReadingPorts = LetterPorts & Pick<Ports, 'mime' | 'spreadsheets'>
export type IntakePorts = ReadingPorts & Pick<Ports, 'landing' | 'outbox'>

/** What a mail is read against: the case it belongs to. */
interface ReadAgainst {
  readonly agreement: AgreementId
  readonly party: string | null
  readonly year: number
  readonly form: readonly FormField[]
  readonly agreementKeys: readonly string[]
  readonly letters: readonly LetterRecord[]
  /** Mails taken in before: quoted again they are no second answer. */
  readonly mails: readonly MailRecord[]
  /** The letter it answers; null when the thread does not say. */
  readonly letter: LetterRecord | null
  /** Who sent it, where that was found before: a mail that is read again keeps its sender. */
  readonly sender?: Sender | null
  /** Whether pages that bring figures alone are typed in by a caseworker now. */
  readonly typesIn: boolean
}

/** Keys of the agreement, asked for now or not: others in the form's shape are doubted. */
export const agreementKeys = (content: AgreementContent | null): readonly string[] =>
  content === null
    ? []
    : [
        ...content.targets.map((target) => target.key),
        ...content.assumptions.map((assumption) => assumption.key),
        ...(content.actionPlan?.actions ?? []).map((action) => action.key),
      ]

/** A mail's lines as they stood, as far as they are kept. */
const ownWords = (mail: MailRecord): string =>
  [
    mail.details?.freeText ?? '',
    ...Object.entries(mail.details?.written ?? {}).map(([key, written]) => `${key}: ${written}`),
  ].join('\n')

const readAgainst = async (
  { message, mailKey, receivedOn, workbooks }: InspectedMail,
  against: ReadAgainst & { readonly party: string; readonly sent: readonly string[] },
): Promise<ReplyRead> => {
  const { party, form, sent, year } = against
  const { sheets, unreadable } = await workbooks()
  return readReply({
    message,
    form,
    sent,
    year,
    receivedOn,
    received: against.mails.flatMap((earlier) =>
      earlier.party === party && earlier.mailKey !== mailKey ? [ownWords(earlier)] : [],
    ),
    workbook: sheets,
    unreadable,
    agreementKeys: against.agreementKeys,
    typesIn: against.typesIn,
  })
}

/** Who sent a mail and what it says, as the event that takes it in; null for one of our own. */
export const readMail = async (
  ports: ReadingPorts,
  mail: InspectedMail,
  against: ReadAgainst,
): Promise<{
  readonly event: MailReceived
  readonly reading: ReplyRead | null
  readonly sender: Contact | null
} | null> => {
  const { party } = against
  const contacts = await ports.contacts.of(against.agreement)
  const sender =
    against.sender ??
    mail.senderAmong(contacts.filter((contact) => party === null || contact.municipality === party))
  if (sender.is === 'ourselves') return null
  const sent = against.letters.flatMap((letter) =>
    letter.order.party === party && letter.text !== null ? [letter.text] : [],
  )
  const nature = mail.natureBy(sender, sentTexts(sent).has)
  const isRead = (nature.is === 'person' || nature.is === 'doubtful') && party !== null
  const reading = isRead ? await readAgainst(mail, { ...against, party, sent }) : null
  const event = mailReceived(ports, {
    mail,
    sender,
    nature,
    reading,
    party,
    answers: against.letter === null ? null : letterOrderId(against.letter.order),
  })
  return { event, reading, sender: 'contact' in sender ? sender.contact : null }
}
