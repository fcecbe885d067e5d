import type { Contact } from '../../domain/agreement/content.ts'
import type { InboxHome } from '../../domain/inbox/inbox.ts'
import { isOver } from '../../domain/review/status.ts'
import {
  agreementStream,
  renegotiationStream,
  reviewStream,
  streamKind,
} from '../../domain/base/stream-id.ts'
import type { AgreementId } from '../../domain/base/values.ts'
import type { Ports } from '../../ports/ports.ts'
import type { TokenNames } from '../../ports/record.ts'
import { agreementCase, reviewCase } from '../streams/cases.ts'
import { loadCase } from '../record/perform.ts'
import type { UnplacedNotice } from '../../domain/casefile/unplaced-mails.ts'
import type { InspectedMail } from './inspect-mail.ts'

export type HomePorts = Pick<Ports, 'register' | 'contacts' | 'streams'>

/** So many cases wait for one mail that nobody has placed. */
const mostHomes = 2

/** A mail in which the receiving system found spam or a virus holds no case, whatever it names. */
export const hasFailedScan = ({ envelope: { verdicts } }: Pick<InspectedMail, 'envelope'>): boolean =>
  verdicts.spam === 'FAIL' || verdicts.virus === 'FAIL'

/** Our numbers are a year and four digits: `2015-0479`. */
const caseNumber = /(?<![\d-])20\d{2}-\d{4}(?![\d-])/gu
/** How much of a text is searched for case numbers. */
const searched = 20_000

interface Signs {
  readonly senderOf: (contacts: readonly Contact[]) => Pick<InboxHome, 'party' | 'because'> | null
  readonly caseNumbers: readonly string[]
}

const signsOf = ({ message, claimedAmong }: InspectedMail): Signs => ({
  senderOf: (contacts) => {
    const sender = claimedAmong(contacts)
    if (sender.is === 'colleague') return { party: sender.municipality, because: 'domain' }
    return 'contact' in sender ? { party: sender.contact.municipality, because: 'sender' } : null
  },
  caseNumbers: [
    ...new Set(`${message.subject}\n${(message.text ?? '').slice(0, searched)}`.match(caseNumber) ?? []),
  ],
})

/**
 * The cases that a mail without a home may belong to, two at most: those its tokens name, otherwise the open cases of
 * the agreements its sender is known to, by address before domain, or whose number it bears. A number alone, which
 * anybody can write, counts from an authenticated sender; a mail that failed the scan has no home.
 */
export const likelyHomes = async (
  ports: HomePorts,
  mail: InspectedMail,
  named: readonly TokenNames[],
): Promise<readonly InboxHome[]> =>
  hasFailedScan(mail) ? [] : (await allLikelyHomes(ports, mail, named)).slice(0, mostHomes)

const allLikelyHomes = async (
  ports: HomePorts,
  mail: InspectedMail,
  named: readonly TokenNames[],
): Promise<readonly InboxHome[]> => {
  if (named.length > 0)
    return named.map(({ stream, agreement, municipality: party }) => ({
      stream,
      agreement,
      party,
      because: 'token' as const,
    }))
  const signs = signsOf(mail)
  const agreements = await ports.register.agreements()
  const found = await Promise.all(agreements.map((agreement) => homesOf(ports, agreement, signs)))
  const homes = found.flat()
  const by = (because: InboxHome['because']) => homes.filter((home) => home.because === because)
  const known = by('sender').length > 0 ? by('sender') : by('domain')
  const numbered = by('case-number')
  // The number says which of a known sender's agreements is meant; without one all of them may be.
  const both = known.filter((home) => numbered.some((other) => other.stream === home.stream))
  if (both.length > 0) return both
  return mail.envelope.verdicts.dmarc === 'PASS' ? [...known, ...numbered] : known
}

const homesOf = async (
  ports: HomePorts,
  agreement: AgreementId,
  { senderOf, caseNumbers }: Signs,
): Promise<readonly InboxHome[]> => {
  const sender = senderOf(await ports.contacts.of(agreement))
  if (sender === null && caseNumbers.length === 0) return []
  const cases = await openCases(ports, agreement)
  return cases.flatMap(({ stream, caseNumber: number }) => [
    ...(sender === null ? [] : [{ stream, agreement, ...sender }]),
    ...(caseNumbers.includes(number)
      ? [{ stream, agreement, party: null, because: 'case-number' as const }]
      : []),
  ])
}

/** Reviews that are not over, the latest year first, and the question or renegotiation that is open. */
export const openCases = async (
  ports: HomePorts,
  agreement: AgreementId,
): Promise<readonly { readonly stream: InboxHome['stream']; readonly caseNumber: string }[]> => {
  const years = (await ports.register.runs()).toSorted((a, b) => b - a)
  const reviews = await Promise.all(
    years.map(async (year) => ({
      stream: reviewStream(year, agreement),
      state: (await loadCase(ports, reviewCase, reviewStream(year, agreement))).state,
    })),
  )
  const open = reviews.filter(({ state }) => !isOver(state.status))
  const { state } = await loadCase(ports, agreementCase, agreementStream(agreement))
  const number = open[0]?.state.content?.caseNumber ?? ''
  return [
    ...open.map(({ stream, state: review }) => ({ stream, caseNumber: review.content?.caseNumber ?? '' })),
    ...state.questions
      .filter((question) => question.outcome === null)
      .map(({ seq }) => ({ stream: renegotiationStream(agreement, seq), caseNumber: number })),
  ]
}

/** Which of the cases a mail may belong to tells its contact of it. */
export interface InboxNotice {
  readonly stream: InboxHome['stream']
  readonly kind: UnplacedNotice
}

/**
 * The review that tells its contact of a mail in the inbox: the first among its likely homes to which the sender is
 * registered, and only where the receiving system has found the sender authentic. Null: nobody is told, and never
 * anybody who is not registered.
 */
export const noticeOf = async (
  ports: HomePorts,
  { senderAmong }: InspectedMail,
  homes: readonly InboxHome[],
  kind: UnplacedNotice,
): Promise<InboxNotice | null> => {
  for (const { stream, agreement, party } of homes) {
    if (party === null || streamKind(stream) !== 'review') continue
    const contacts = await ports.contacts.of(agreement)
    const sender = senderAmong(contacts.filter(({ municipality }) => municipality === party))
    if ('contact' in sender) return { stream, kind }
  }
  return null
}
