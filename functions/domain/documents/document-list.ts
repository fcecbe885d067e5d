import type { LetterKind } from '../casefile/letter-kinds.ts'
import type { CommitMeta, MailErased } from '../base/stream.ts'
import { addDays, todayInCopenhagen } from '../base/time.ts'
import type { RenegotiationEvent } from '../renegotiation/state.ts'
import type { ReviewEvent } from '../review/state.ts'

/** What a document of a case is. */
export const documentTypes = [
  'mail',
  'automatic-mail',
  'letter',
  'note',
  'typed-figures',
  'draft',
  'recommendation',
  'remarks', // on a draft, to a colleague
  'decision-on-objection', // the superior's, attached to the final letter
  'answers', // to comments, as the final letter will give them
] as const
export type DocumentType = (typeof documentTypes)[number]

/** Why a document is not handed out as it stands (Edge case 26). Law is the ministry's to confirm. */
export const exemptions = [
  'draft-not-sent', // drafts, recommendations and answers, until the letter with them is sent
  'internal-remarks', // never sent
  'citizen-data', // set aside
  'erased',
] as const
export type Exemption = (typeof exemptions)[number]

export type Access =
  /** Handed out from this Danish date: what is sent, from the day after (offentlighedsloven § 7, 3). */
  | { readonly is: 'open'; readonly from: string }
  | { readonly is: 'exempt'; readonly because: Exemption }
  /** Internal; what it says of the case's facts is drawn out of it when it is asked for. */
  | { readonly is: 'facts-alone' }

/** A line of the list of a case's documents (aktliste). */
export interface CaseDocument {
  /** In the order of the record: a number is never given twice. */
  readonly number: number
  /** Danish date: received, sent, or made. */
  readonly on: string
  readonly direction: 'in' | 'out' | 'internal'
  readonly type: DocumentType
  /** Subject or first line; empty where it may not be shown. */
  readonly title: string
  readonly parties: readonly string[]
  readonly access: Access
  /** Of the bytes in the archive; null where there are none. */
  readonly sha256: string | null
  readonly page:
    | { readonly of: 'mail'; readonly mailKey: string }
    | { readonly of: 'letter'; readonly letterKey: string; readonly kind: LetterKind }
    | { readonly of: 'case' }
}

/** A commit of a review or a renegotiation, as it was read back. */
export interface DocumentCommit {
  readonly meta: CommitMeta
  readonly events: readonly (ReviewEvent | RenegotiationEvent)[]
}

/** Letters that carry a draft out of the house; what they are about begins with its hash. */
const carrying: readonly LetterKind[] = ['hearing', 'final-assessment', 'proposal']

const moneyLetterKinds: readonly LetterKind[] = ['intended-decision', 'decision-on-money']

const sentOn = (commits: readonly DocumentCommit[], subject: string, kinds = carrying): string | null => {
  const dates = commits
    .flatMap(({ events }) => events)
    .flatMap((event) =>
      event.type === 'LetterSent' && kinds.includes(event.order.kind) && event.order.about.startsWith(subject)
        ? [event.datedOn]
        : [],
    )
  return dates.sort()[0] ?? null
}

const openAfter = (date: string): Access => ({ is: 'open', from: addDays(date, 1) })
const exempt = (because: Exemption): Access => ({ is: 'exempt', because })

/** A draft is internal until a letter has taken it out of the house. */
const withLetter = (on: string | null): Access => (on === null ? exempt('draft-not-sent') : openAfter(on))

type Made = Omit<CaseDocument, 'number' | 'on' | 'parties' | 'sha256' | 'page'> &
  Partial<Pick<CaseDocument, 'on' | 'parties' | 'sha256' | 'page'>>

/** A text's first line, for a list. */
const firstLine = (text: string | undefined): string => (text ?? '').split('\n')[0]?.slice(0, 120) ?? ''

const note = (text: string | undefined): Made => ({
  direction: 'internal',
  type: 'note',
  title: firstLine(text),
  access: { is: 'facts-alone' },
})

const documentOf = (
  event: DocumentCommit['events'][number],
  commits: readonly DocumentCommit[],
  erased: ReadonlyMap<string, MailErased>,
): Made | null => {
  switch (event.type) {
    case 'MailReceived': {
      const on = todayInCopenhagen(event.receivedAt)
      const gone = erased.has(event.mailKey)
      const hidden = gone || event.standing === 'set-aside'
      return {
        on,
        direction: 'in',
        type: event.standing === 'automatic' ? 'automatic-mail' : 'mail',
        title: hidden ? '' : (event.private?.subject ?? ''),
        parties: event.party === null ? [] : [event.party],
        access: gone ? exempt('erased') : hidden ? exempt('citizen-data') : { is: 'open', from: on },
        sha256: event.rawSha256,
        page: { of: 'mail', mailKey: event.mailKey },
      }
    }
    case 'LetterSent':
      return {
        on: event.datedOn,
        direction: 'out',
        type: 'letter',
        title: event.private?.subject ?? '',
        parties: event.order.party === null ? [] : [event.order.party],
        access: event.private === undefined ? exempt('erased') : openAfter(event.datedOn),
        sha256: event.rawSha256,
        page: { of: 'letter', letterKey: event.letterKey, kind: event.order.kind },
      }
    case 'FiguresTyped':
      return {
        ...note(event.private?.source),
        type: 'typed-figures',
        parties: [event.party],
        page: { of: 'mail', mailKey: event.entryKey },
      }
    case 'MoneyDecisionDrafted':
      return {
        direction: 'internal',
        type: 'draft',
        title: firstLine(event.private?.reasons),
        access: withLetter(sentOn(commits, event.caseId, moneyLetterKinds)),
      }
    case 'MoneyDecisionReturned':
      return {
        direction: 'internal',
        type: 'remarks',
        title: firstLine(event.private?.text),
        access: exempt('internal-remarks'),
      }
    case 'DraftMade':
      return {
        direction: 'internal',
        type: 'draft',
        title: '',
        access: withLetter(sentOn(commits, event.subject)),
      }
    case 'ProposalDrafted':
      return {
        direction: 'internal',
        type: 'draft',
        title: firstLine(event.private?.text),
        access: withLetter(sentOn(commits, event.subject)),
      }
    case 'Recommended':
      return {
        direction: 'internal',
        type: 'recommendation',
        title: firstLine(event.private?.text),
        access: withLetter(sentOn(commits, event.subject)),
      }
    case 'CommentsAnswered':
      return {
        direction: 'internal',
        type: 'answers',
        title: '',
        access: withLetter(sentOn(commits, event.subject, ['final-assessment'])),
      }
    case 'ObjectionDecided':
      return {
        direction: 'internal',
        type: 'decision-on-objection',
        title: firstLine(event.private?.text),
        access: withLetter(sentOn(commits, event.subject, ['final-assessment'])),
      }
    case 'SentBack':
    case 'ProposalSentBack':
      return {
        direction: 'internal',
        type: 'remarks',
        title: firstLine(event.private?.text),
        access: exempt('internal-remarks'),
      }
    case 'HeldMailDecided':
      return note(event.private?.reason)
    case 'Noted':
    case 'Stopped':
    case 'Reopened':
    case 'ReopenDeclined':
      return note(event.private?.text)
    default:
      return null
  }
}

/**
 * The list of a case's documents in the order of the record, each with whether it is handed out. Pure: the record
 * says it, as of its last commit.
 * @param parties municipalities of the case: the parties of what is not one's alone
 */
export const documentList = (
  commits: readonly DocumentCommit[],
  parties: readonly string[],
): readonly CaseDocument[] => {
  const erased = new Map(
    commits.flatMap(({ events }) =>
      events.flatMap((event) => (event.type === 'MailErased' ? [[event.mailKey, event] as const] : [])),
    ),
  )
  const made = commits.flatMap(({ meta, events }) =>
    events.flatMap((event) => {
      const one = documentOf(event, commits, erased)
      return one === null ? [] : [{ ...one, on: one.on ?? todayInCopenhagen(meta.at) }]
    }),
  )
  return made.map((one, index) => ({
    parties,
    sha256: null,
    page: { of: 'case' },
    ...one,
    number: index + 1,
  }))
}

/** May it be handed out as it stands on this Danish date? */
export const isOpenOn = ({ access }: CaseDocument, on: string): boolean =>
  access.is === 'open' && access.from <= on
