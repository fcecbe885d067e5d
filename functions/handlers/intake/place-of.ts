import type { InboxHome } from '../../domain/inbox/inbox.ts'
import { agreementStream, reviewStream, streamKind, type StreamId } from '../../domain/base/stream-id.ts'
import type { AgreementId } from '../../domain/base/values.ts'
import { caseSigns, contradiction } from '../../intake/belonging.ts'
import { agreementCase, reviewCase } from '../streams/cases.ts'
import { loadCase } from '../record/perform.ts'
import type { Named } from './arriving.ts'
import type { InspectedMail } from './inspect-mail.ts'
import {
  openCases,
  hasFailedScan,
  likelyHomes,
  type HomePorts,
  noticeOf,
  type InboxNotice,
} from './likely-homes.ts'
import type { ReadingPorts } from './read-mail.ts'
import { namedRequest, partyNamed } from './named-request.ts'
import { answeredKind } from '../../domain/casefile/mails.ts'
import { lettersTo } from '../../domain/casefile/letters.ts'
import { bringsFigures } from '../../domain/review/closed-year.ts'
import { isRepeated } from '../../domain/review/decide/take-mail.ts'
import { readForReview } from './into-review.ts'
import { holdsCitizenNumber } from '../../intake/citizen-data.ts'
import type { TokenNames } from '../../ports/record.ts'
import { identify, type Home } from './identify.ts'

/** The other agreements of a municipality, by the case number each bears now. */
const otherAgreements = async (
  ports: ReadingPorts,
  own: AgreementId,
  parties: readonly string[],
): Promise<readonly { readonly agreement: AgreementId; readonly caseNumber: string }[]> => {
  const ids = (await ports.register.agreements()).filter((id) => id !== own)
  const all = await Promise.all(
    ids.map(async (agreement) => {
      const { state } = await loadCase(ports, agreementCase, agreementStream(agreement))
      const content = state.versions.at(-1)?.content
      return content?.parties.some(({ municipality }) => parties.includes(municipality)) === true
        ? [{ agreement, caseNumber: content.caseNumber }]
        : []
    }),
  )
  return all.flat()
}

/**
 * Whether what a mail says it is about is not what its token names: another agreement's number or another year's
 * form or workbook inside (MAIL 128, 131). Then a person places it, and neither case is filled; both are suggested
 * and wait for it. Null: it goes where its token says.
 */
const contradicted = async (
  ports: ReadingPorts,
  mail: InspectedMail,
  home: Named & { readonly stream: StreamId },
): Promise<{
  readonly reason: string
  readonly homes: readonly InboxHome[]
  readonly notice: null
} | null> => {
  const request = await namedRequest(ports, home.stream)
  if (request === null) return null
  const { agreement, caseNumber } = request
  const { sheets } = await mail.workbooks()
  const signs = caseSigns(mail.message, sheets)
  const year = request.year ?? signs.formYears[0] ?? 0
  const isOwn =
    signs.caseNumbers.every((number) => number === caseNumber) &&
    (signs.formYears.length === 0 || signs.formYears.includes(year))
  if (isOwn || !mail.isOfPerson) return null
  const party = partyNamed(request, home)
  const others = await otherAgreements(ports, agreement, party === null ? request.parties : [party])
  const found = contradiction(signs, {
    year,
    caseNumber,
    otherCaseNumbers: others.map((other) => other.caseNumber).filter((number) => number !== caseNumber),
  })
  if (found === null) return null
  const named: InboxHome = { stream: home.stream, agreement, party, because: 'token' }
  if (found.kind === 'other-case') {
    const meant = others.filter((other) => other.caseNumber === found.caseNumber)
    const cases = await Promise.all(meant.map(async (other) => openHomes(ports, other.agreement, party)))
    return { reason: found.kind, homes: [...cases.flat(), named], notice: null }
  }
  const stream = reviewStream(found.year, agreement)
  const homes = (await openHomes(ports, agreement, party)).filter((open) => open.stream === stream)
  return {
    reason: found.kind,
    homes: [...homes.map((one) => ({ ...one, because: 'form-year' as const })), named],
    notice: null,
  }
}

const openHomes = async (
  ports: ReadingPorts,
  agreement: AgreementId,
  party: string | null,
): Promise<readonly InboxHome[]> =>
  (await openCases(ports, agreement))
    .filter(({ stream }) => streamKind(stream) === 'review')
    .map(({ stream }) => ({ stream, agreement, party, because: 'case-number' }))

/**
 * Figures sent to a year that is closed while a later one asks for its own (MAIL 128): they may be meant for
 * either, so a person places them. The later year waits for it, nothing enters the closed one, and the contact is
 * told where each goes (L4e). Null: the mail goes where its token says; a closed year holds figures itself.
 */
const ofClosedYear = async (
  ports: ReadingPorts,
  mail: InspectedMail,
  home: Named & { readonly stream: InboxHome['stream'] },
): Promise<{
  readonly reason: string
  readonly homes: readonly InboxHome[]
  readonly notice: InboxNotice | null
} | null> => {
  if (streamKind(home.stream) !== 'review') return null
  const { state } = await loadCase(ports, reviewCase, home.stream)
  if (state.status !== 'closed' || state.agreement === null) return null
  const read = await readForReview(ports, state, mail, home)
  if (read === null) return null
  const { event } = read
  const { party } = event
  const isTheirs = event.standing === 'counts' || event.standing === 'provisional'
  // What was taken in while the year was open is handed in again, or sent again: it stays where it is.
  const isKnown = state.mails.some(({ mailKey }) => mailKey === event.mailKey) || isRepeated(state, event)
  if (party === null || !isTheirs || isKnown || !bringsFigures(event, read.needsTypingIn)) return null
  const later = await laterHomes(ports, state.year, { agreement: state.agreement, party })
  if (later.length === 0) return null
  const closed: InboxHome = { stream: home.stream, agreement: state.agreement, party, because: 'token' }
  // In answer to that notice they are told of the later year, whose request it named.
  const notice =
    answeredKind(event) === 'closed-notice'
      ? await noticeOf(ports, mail, later, 'unplaced-notice')
      : await noticeOf(ports, mail, [closed], 'closed-notice')
  return { reason: 'closed', homes: [...later, closed], notice }
}

/** The open reviews of later years that have asked the party. */
const laterHomes = async (
  ports: ReadingPorts,
  year: number,
  { agreement, party }: Pick<InboxHome, 'agreement' | 'party'>,
): Promise<readonly InboxHome[]> => {
  const reviews = (await openCases(ports, agreement)).filter(({ stream }) => streamKind(stream) === 'review')
  const homes = await Promise.all(
    reviews.map(async ({ stream }): Promise<readonly InboxHome[]> => {
      const { state } = await loadCase(ports, reviewCase, stream)
      const asked = lettersTo(state.letters, party, 'request', 'to-deputy').length > 0
      return state.year > year && asked ? [{ stream, agreement, party, because: 'later-year' }] : []
    }),
  )
  return homes.flat()
}

const holdsCitizenData = ({ message, body }: InspectedMail): boolean =>
  holdsCitizenNumber([message.subject, message.text ?? '', body.shown?.body ?? ''].join('\n'))

/**
 * Why a mail could not be placed, where it may belong, and who tells its contact of it. What a machine wrote is no
 * answer: it is kept and shown, and holds no case back.
 */
const unplaced = async (
  ports: HomePorts,
  mail: InspectedMail,
  named: readonly TokenNames[],
): Promise<{
  readonly reason: string
  readonly homes: readonly InboxHome[]
  readonly notice: InboxNotice | null
}> => {
  const isDoubtful = mail.nature.is === 'doubtful'
  if (mail.nature.is !== 'person' && !isDoubtful) return { reason: 'automatic', homes: [], notice: null }
  const homes = await likelyHomes(ports, mail, named)
  if (holdsCitizenData(mail)) return { reason: 'citizen-data', homes, notice: null }
  if (named.length > 0) return { reason: 'several-requests', homes, notice: null }
  return {
    reason: 'no-request',
    homes,
    // A machine would answer the notice.
    notice: isDoubtful ? null : await noticeOf(ports, mail, homes, 'unplaced-notice'),
  }
}

/** Where a mail goes: into the case it names, or into the inbox with the reason and its likely homes. */
type Place =
  | { readonly place: 'case'; readonly home: Extract<Home, { home: 'case' }> }
  | {
      readonly place: 'inbox'
      readonly reason: string
      readonly homes: readonly InboxHome[]
      readonly notice: InboxNotice | null
    }

export const placeOf = async (ports: ReadingPorts, mail: InspectedMail): Promise<Place> => {
  const home = await identify(
    ports,
    mail.message,
    mail.envelope.recipients,
    mail.nature.is === 'bounce' ? mail.nature.returnedMessageId : null,
  )
  if (home.home !== 'case')
    return {
      place: 'inbox',
      ...(await unplaced(ports, mail, home.home === 'conflict' ? home.named : [])),
    }
  const doubted = (await contradicted(ports, mail, home)) ?? (await ofClosedYear(ports, mail, home))
  if (doubted === null) return { place: 'case', home }
  return { place: 'inbox', ...doubted, ...(hasFailedScan(mail) ? { homes: [], notice: null } : {}) }
}
