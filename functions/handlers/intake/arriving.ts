import type { Actor } from '../../domain/base/stream.ts'
import type { Vouched, MailReceived } from '../../domain/casefile/mails.ts'
import type { Contact } from '../../domain/agreement/content.ts'
import { maybeAutomatic, setAsideReasons } from '../../domain/casefile/held-mails.ts'
import type { Standing } from '../../domain/casefile/mail-reading.ts'
import type { MailNature } from '../../intake/machine/nature.ts'
import { readerVersion, type ReplyRead } from '../../intake/read-reply.ts'
import { namedHelpers, type Sender } from '../../intake/sender.ts'
import { contactIdSchema, type ContactId } from '../../domain/base/values.ts'
import type { Ports } from '../../ports/ports.ts'
import type { InspectedMail } from './inspect-mail.ts'
import { boundedWords } from './record-bounds.ts'

/** Which request a mail answers, as far as it is known. */
export interface Named {
  readonly municipality: string | null
  /** The letter of ours it answers, by thread; null when the thread does not say. */
  readonly letterKey: string | null
}

/** A person who has placed a mail of the inbox in a case, and as what they vouch for it. */
export interface Placing {
  readonly actor: Actor
  readonly vouched: Vouched
}

/** The id of a helper: the same address is the same helper, however often it is named. */
const helperId = (ports: Pick<Ports, 'digest'>, party: string, address: string): ContactId =>
  contactIdSchema.parse(`helper-${party}-${ports.digest(address).slice(0, 16)}`)

/** What a sender's mail is worth, before anybody has decided anything. */
const standingOf = (
  sender: Sender,
  nature: MailNature,
  reading: ReplyRead | null,
): { standing: Standing; reason: string } => {
  if (nature.is !== 'person' && nature.is !== 'doubtful') return { standing: 'automatic', reason: nature.is }
  if (sender.is === 'ourselves') return { standing: 'automatic', reason: 'ourselves' }
  // Citizens' data is set aside whoever sent it: a held mail would be shown to the caseworker.
  if (reading?.citizenData === true)
    return {
      standing: 'set-aside',
      reason: sender.is === 'held' ? setAsideReasons.unknown : setAsideReasons.known,
    }
  if (sender.is === 'held') return { standing: 'held', reason: sender.reason }
  if (nature.is === 'doubtful') return { standing: 'held', reason: maybeAutomatic }
  if (sender.is === 'colleague' || sender.is === 'main-mailbox')
    return { standing: 'provisional', reason: '' }
  return { standing: 'counts', reason: '' }
}

const contactOf = (sender: Sender): Contact | null =>
  sender.is === 'held'
    ? sender.claims
    : sender.is === 'colleague' || sender.is === 'ourselves'
      ? null
      : sender.contact

const nothingRead: Pick<
  ReplyRead,
  'answers' | 'doubts' | 'confirms' | 'freeText' | 'theirCaseNumber' | 'wishes' | 'proposals'
> = {
  answers: [],
  doubts: [],
  confirms: false,
  freeText: '',
  theirCaseNumber: null,
  wishes: [],
  proposals: [],
}

/** The event of a mail taken into a case: figures in the chain, words and addresses beside it. */
export const mailReceived = (
  ports: Pick<Ports, 'digest'>,
  input: {
    readonly mail: InspectedMail
    readonly sender: Sender
    readonly nature: MailNature
    readonly reading: ReplyRead | null
    readonly party: string | null
    readonly answers: string | null
  },
): MailReceived => {
  const { mail, sender, nature, party } = input
  const { standing, reason } = standingOf(sender, nature, input.reading)
  const read =
    standing === 'set-aside' || standing === 'automatic' ? nothingRead : (input.reading ?? nothingRead)
  // A wish to renegotiate is kept with the values, so that it survives until a colleague's mail is confirmed.
  const wish = read.wishes.find((candidate) => candidate.wish === 'renegotiation')
  const wished =
    wish === undefined || read.answers.some((answer) => answer.key === 'Genforhandling')
      ? []
      : [
          {
            key: 'Genforhandling',
            value: { is: 'yes-no', yes: true } as const,
            text: [...wish.assumptionKeys, wish.written].join(' '),
            written: wish.written,
            at: { part: 'text', line: 0, segment: 'new' } as const,
          },
        ]
  const answers = [...read.answers, ...wished]
  const extension = read.wishes.find((candidate) => candidate.wish === 'extension')
  const [from] = mail.message.from
  const helpers = standing === 'counts' && party !== null ? namedHelpers(sender, read.wishes) : null
  const contact = read.wishes.find((candidate) => candidate.wish === 'new-contact')
  const named = helpers === null || party === null ? null : { party, ...helpers }
  return {
    type: 'MailReceived',
    v: 1,
    mailKey: mail.mailKey,
    bodyKey: mail.bodyKey,
    rawSha256: mail.rawSha256,
    dateKey: mail.dateKey,
    receivedAt: mail.receivedAt,
    party,
    verdicts: { ...mail.envelope.verdicts },
    reader: readerVersion,
    contactId: contactOf(sender)?.id ?? null,
    standing,
    reason,
    answers: input.answers,
    values: answers.map(({ key, value, at }) => ({ key, value, at })),
    doubts: read.doubts.map(({ kind, key }) => ({ kind, key })),
    confirms: read.confirms,
    extension: extension === undefined ? null : { until: extension.until, byKey: extension.byKey },
    // A forged absence would move a request to somebody else: only an authenticated one moves it.
    ...(nature.is === 'absence' && nature.until !== null && sender.is !== 'held'
      ? { absentUntil: nature.until }
      : {}),
    ...(contact === undefined
      ? {}
      : {
          asksContact: {
            role: contact.role,
            ...(contact.inWords === true ? { inWords: true as const } : {}),
          },
        }),
    ...(named === null
      ? {}
      : {
          helpers: {
            entered: named.accepted.map((address) => helperId(ports, named.party, address)),
            refused: named.refused.length,
          },
        }),
    ...(read.proposals.length === 0
      ? {}
      : {
          proposals: read.proposals.map(({ key, others, value, at }) => ({
            key,
            others: [...others],
            value,
            at,
          })),
        }),
    private: boundedWords({
      from: from?.address ?? '',
      name: from?.name ?? '',
      subject: mail.message.subject,
      messageId: mail.message.messageId ?? '',
      source: mail.envelope.source,
      references: [...mail.message.references],
      freeText: nature.is === 'absence' ? nature.text : read.freeText,
      texts: Object.fromEntries(answers.map((answer) => [answer.key, answer.text])),
      written: Object.fromEntries(answers.map((answer) => [answer.key, answer.written])),
      doubts: read.doubts.map((doubt) => ({ ...doubt, details: { ...doubt.details } })),
      theirCaseNumber: read.theirCaseNumber,
      ...(contact === undefined ? {} : { contactWish: contact.written }),
      ...(named === null ? {} : { helpers: { entered: [...named.accepted], refused: [...named.refused] } }),
      ...(read.proposals.length === 0
        ? {}
        : { proposals: read.proposals.map(({ written, sentence }) => ({ written, sentence })) }),
    }),
  }
}
