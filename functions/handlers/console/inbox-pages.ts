import * as z from 'zod'
import type { Directory } from '../../domain/directory/directory.ts'
import type { InboxFacts } from '../../domain/inbox/commands.ts'
import { isCaseStream, isUnreadable, type InboxMail } from '../../domain/inbox/inbox.ts'
import { isStreamId, streamKind, type StreamId } from '../../domain/base/stream-id.ts'
import { isPassedOver } from '../../intake/attachment-kind.ts'
import { cleanText, maxLines } from '../../intake/clean-text.ts'
import { htmlToText } from '../../intake/html-text.ts'
import type { ParsedMessage } from '../../intake/message.ts'
import { isWithdrawn } from '../../domain/casefile/erasures.ts'
import {
  actorText,
  type NameOf,
  heldReasonWords,
  municipalityName,
  municipalityNames,
  unplacedOutcomes,
} from '../../web/words.ts'
import { erasurePath } from '../../web/erasure/erasure-page.ts'
import { letters } from '../../mail/letters.ts'
import { erasedOn, erasureStatus } from '../../web/erasure/erasure-words.ts'
import {
  inboxMailPath,
  type CaseChoice,
  type InboxLine,
  type InboxMailView,
  type SuggestedCase,
} from '../../web/inbox/inbox-view.ts'
import { reviewRowSchema, renegotiationRowSchema } from '../../web/year/year-page.ts'
import { inboxCase, reviewCase } from '../streams/cases.ts'
import { loadCase } from '../record/perform.ts'
import { withMails } from '../streams.ts'
import { archivedMail } from './archived-mail.ts'
import type { ConsolePorts } from './console-ports.ts'
import { nameIn } from './page-frame.ts'

type Reading = Pick<ConsolePorts, 'streams' | 'listEntries' | 'register'>

/** A case's parties and name, from its own stream; null when there is none. */
const caseFacts = (
  ports: Reading,
  stream: StreamId,
): Promise<(NonNullable<InboxFacts['place']> & { readonly title: string; readonly year: number }) | null> =>
  withMails(stream, async (kind, { facts }) => {
    const { begun, municipalities, title, year } = facts((await loadCase(ports, kind, stream)).state)
    return begun ? { parties: municipalities, title, year } : null
  })

export const placeFacts = (ports: Reading, stream: StreamId): Promise<InboxFacts['place']> =>
  caseFacts(ports, stream)

/** Every municipality of the cases that a mail may belong to. */
export const likelyParties = async (ports: Reading, mail: InboxMail): Promise<readonly string[]> => {
  const found = await Promise.all(mail.homes.map((home) => caseFacts(ports, home.stream)))
  return [...new Set(found.flatMap((one) => one?.parties ?? []))]
}

const kindOf = (stream: StreamId): string =>
  streamKind(stream) === 'renegotiation' ? 'genforhandling' : 'indberetning'
const labelOf = (stream: StreamId, party: string, year: number, title: string): string =>
  `${municipalityName(party)}: ${kindOf(stream)} ${year}${title === '' ? '' : `, ${title}`}`

const suggestedCases = async (ports: Reading, mail: InboxMail): Promise<readonly SuggestedCase[]> => {
  const found = await Promise.all(
    mail.homes.map(async ({ stream, party, because }) => {
      const facts = await caseFacts(ports, stream)
      const parties = party === null ? (facts?.parties ?? []) : [party]
      return facts === null
        ? []
        : parties.map((one) => ({
            stream,
            party: one,
            because,
            label: labelOf(stream, one, facts.year, facts.title),
          }))
    }),
  )
  return found.flat()
}

const overStatuses: readonly string[] = ['not-asked', 'closed', 'stopped', 'settled']

/** Every open case by the lists, to choose from; the decision reads its stream. */
const openCases = async (ports: Reading): Promise<readonly CaseChoice[]> => {
  const years = await ports.register.runs()
  const lists = await Promise.all([
    ...years.map((year) => ports.listEntries.list(`reviews-${year}`)),
    ports.listEntries.list('renegotiations'),
  ])
  const choices = lists.flat().flatMap(({ stream, summary }): readonly CaseChoice[] => {
    const review = reviewRowSchema.extend({ year: z.int() }).safeParse(summary)
    const row = review.success ? review : renegotiationRowSchema.safeParse(summary)
    if (!row.success || !isCaseStream(stream) || overStatuses.includes(row.data.status)) return []
    const { municipalities, year, title } = row.data
    return municipalities.map((party) => ({ stream, party, label: labelOf(stream, party, year, title) }))
  })
  return choices.toSorted((a, b) => a.label.localeCompare(b.label, 'da'))
}

const decidedWords = (mail: InboxMail): string | null => {
  if (mail.decided === null) return null
  const { placed } = mail.decided
  if (mail.found !== null) return `Læst igen og lagt på ${kindOf(mail.found.stream)}, som den selv nævner`
  return placed === null ? 'Afvist' : `Lagt på ${kindOf(placed.stream)} for ${municipalityName(placed.party)}`
}

/** A number of a citizen may stand in the subject too. */
const subjectOf = (mail: InboxMail): string =>
  erasedOn(mail.erasure) ??
  (mail.reason === 'citizen-data' || isWithdrawn(mail)
    ? '(vises ikke)'
    : cleanText(mail.private?.subject ?? ''))
/** Neither is the sender of a mail that is to be erased told. */
const senderOf = (mail: InboxMail): string => (isWithdrawn(mail) ? '' : cleanText(mail.private?.from ?? ''))

/** Every mail of every inbox, the oldest first. */
export const inboxLines = async (ports: Reading): Promise<readonly InboxLine[]> => {
  const entries = await ports.listEntries.list('inboxes')
  const inboxes = await Promise.all(
    entries.flatMap(({ stream }) =>
      isStreamId(stream)
        ? [loadCase(ports, inboxCase, stream).then(({ state }) => ({ stream, mails: state.mails }))]
        : [],
    ),
  )
  const lines = await Promise.all(
    inboxes.flatMap(({ stream, mails }) =>
      mails.map(async (mail): Promise<InboxLine> => {
        const [homes, municipalities] = await Promise.all([
          Promise.all(mail.homes.map((home) => homeWords(ports, home))),
          likelyParties(ports, mail),
        ])
        return {
          href: inboxMailPath(stream, mail.mailKey),
          receivedAt: mail.receivedAt,
          from: senderOf(mail),
          subject: subjectOf(mail),
          reason: heldReasonWords(mail.reason),
          homes: [...new Set(homes)],
          decided: decidedWords(mail),
          municipalities,
        }
      }),
    ),
  )
  return lines.toSorted((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1))
}

const homeWords = async (ports: Reading, { stream, party }: InboxMail['homes'][number]): Promise<string> => {
  const facts = await caseFacts(ports, stream)
  const whose = party === null ? municipalityNames(facts?.parties ?? []) : municipalityName(party)
  return `${whose}: ${kindOf(stream)} ${facts?.year ?? ''}`
}

const authenticityWords = (mail: InboxMail): string => {
  const { verdicts } = mail
  if (verdicts === null) return 'modtagelsens kontrol er ikke gemt'
  if (verdicts.virus === 'FAIL' || verdicts.virus === 'PROCESSING_FAILED') return heldReasonWords('virus')
  if (verdicts.spam === 'FAIL') return heldReasonWords('spam')
  if (verdicts.dmarc === 'PASS') return 'bekræftet af afsenderens domæne'
  return heldReasonWords(verdicts.dmarc === 'GRAY' ? 'no-policy' : 'not-authenticated')
}

/** Never shown and never handed out: citizens' data, and what may be infected. */
export const isWithheld = (mail: InboxMail): boolean =>
  mail.reason === 'citizen-data' ||
  isWithdrawn(mail) ||
  (mail.verdicts !== null && ['FAIL', 'PROCESSING_FAILED'].includes(mail.verdicts.virus))

/** Why its text does not stand on its page. */
const hiddenWords = (mail: InboxMail, nameOf: NameOf): string => {
  if (mail.erasure !== undefined) return erasureStatus(mail.erasure, nameOf)
  if (!isWithheld(mail)) return 'Mailen kan ikke læses. Den kan hentes, som den blev modtaget.'
  const because =
    mail.reason === 'citizen-data'
      ? 'Den indeholder oplysninger om borgere. Lægges den på en sag, får kontakten besked om at sende tallene uden dem.'
      : 'Den kan være inficeret.'
  return `Mailen vises ikke: ${because}`
}

/** What a person reads of it: the text part, or the HTML part as text; nothing unseen, no longer than it is read. */
const shownText = ({ text, html }: ParsedMessage): string =>
  cleanText(text ?? (html === null ? '' : htmlToText(html).body))
    .split('\n', maxLines)
    .join('\n')

/** The notice that a case has sent of a mail here; null while none has gone. */
const toldOf = async (ports: Reading, { mailKey, notice }: InboxMail): Promise<InboxMailView['told']> => {
  if (notice === undefined) return null
  const { state } = await loadCase(ports, reviewCase, notice.stream)
  const letter = state.letters.find(({ order }) => order.about === mailKey && order.kind === notice.kind)
  return letter === undefined
    ? null
    : { what: letters[notice.kind].name, at: letter.sentAt, stream: notice.stream }
}

/** One mail with what it may be decided on. */
export const inboxMailView = async (
  ports: ConsolePorts,
  directory: Directory,
  inbox: StreamId,
  mail: InboxMail,
): Promise<InboxMailView> => {
  const withheld = isWithheld(mail)
  const [message, suggested, others, told] = await Promise.all([
    withheld ? null : archivedMail(ports, mail.rawSha256),
    suggestedCases(ports, mail),
    mail.decided === null ? openCases(ports) : [],
    toldOf(ports, mail),
  ])
  const { decided } = mail
  return {
    href: inboxMailPath(inbox, mail.mailKey),
    mailKey: mail.mailKey,
    receivedAt: mail.receivedAt,
    from: senderOf(mail),
    subject: subjectOf(mail),
    reason: heldReasonWords(mail.reason),
    authenticity: authenticityWords(mail),
    text: message === null ? null : shownText(message),
    hidden: hiddenWords(mail, nameIn(directory)),
    attachments: (message?.attachments ?? [])
      .filter((attachment, _, all) => !isPassedOver(attachment, all))
      .map((attachment) => cleanText(attachment.filename) || attachment.mimeType),
    told,
    erasing: mail.erasure?.erasedAt != null ? null : erasurePath(inbox, mail.mailKey),
    downloadable: !withheld,
    placeable: !isUnreadable(mail),
    suggested,
    others: others.filter(
      (one) => !suggested.some((other) => other.stream === one.stream && other.party === one.party),
    ),
    decided:
      decided === null
        ? null
        : {
            at: decided.at,
            who: actorText(decided.actor, nameIn(directory)),
            what: decidedWords(mail) ?? unplacedOutcomes.dismissed,
            reason: decided.reason,
            stream: decided.placed?.stream ?? mail.found?.stream ?? null,
          },
  }
}
