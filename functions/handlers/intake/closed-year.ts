import { answeredKind } from '../../domain/casefile/mails.ts'
import { lettersTo } from '../../domain/casefile/letters.ts'
import type { InboxHome } from '../../domain/inbox/inbox.ts'
import { bringsFigures } from '../../domain/review/closed-year.ts'
import { isRepeated } from '../../domain/review/decide/take-mail.ts'
import { streamKind } from '../../domain/base/stream-id.ts'
import { reviewCase } from '../streams/review-case.ts'
import { loadCase } from '../record/perform.ts'
import type { ArrivingMail } from './arriving.ts'
import { noticeOf, type InboxNotice } from './inbox-notice.ts'
import { readForReview } from './into-review.ts'
import { openCases } from './likely-homes.ts'
import type { Named } from './placing.ts'
import type { ReadingPorts } from './read-mail.ts'
import type { Envelope } from './received-mail.ts'

/**
 * Figures sent to a year that is closed while a later one asks for its own (MAIL 128): they may be meant for
 * either, so a person places them. The later year waits for it, nothing enters the closed one, and the contact is
 * told where each goes (L4e). Null: the mail goes where its token says; a closed year holds figures itself.
 */
export const ofClosedYear = async (
  ports: ReadingPorts,
  mail: ArrivingMail,
  envelope: Envelope,
  home: Named & { readonly stream: InboxHome['stream'] },
): Promise<{
  readonly reason: string
  readonly homes: readonly InboxHome[]
  readonly notice: InboxNotice | null
} | null> => {
  if (streamKind(home.stream) !== 'review') return null
  const { state } = await loadCase(ports, reviewCase, home.stream)
  if (state.status !== 'closed' || state.agreement === null) return null
  const read = await readForReview(ports, state, mail, envelope, home)
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
      ? await noticeOf(ports, mail, envelope, later, 'unplaced-notice')
      : await noticeOf(ports, mail, envelope, [closed], 'closed-notice')
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
