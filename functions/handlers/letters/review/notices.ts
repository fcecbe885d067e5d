import { addWorkingDays } from '../../../domain/base/calendar.ts'
import { lettersTo } from '../../../domain/casefile/letters.ts'
import { missingFields } from '../../../domain/review/asked.ts'
import { isOver } from '../../../domain/review/status.ts'
import { reviewStream } from '../../../domain/base/stream-id.ts'
import { todayInCopenhagen } from '../../../domain/base/time.ts'
import type { AgreementId } from '../../../domain/base/values.ts'
import { mostMegabytes } from '../../../intake/message.ts'
import { closedNotice } from '../../../mail/held-mail-notice.ts'
import { tooLargeNotice, unplacedNotice } from '../../../mail/unplaced-notice.ts'
import type { Ports } from '../../../ports/ports.ts'
import { reviewCase } from '../../streams/review-case.ts'
import { loadCase } from '../../record/perform.ts'
import type { ComposedLetter } from '../letter-desk.ts'
import { addressed, threadOf, type ReviewLetter } from './shared.ts'

/** How soon a caseworker has looked at what came in (MAIL.md 2.2: held mail has two working days). */
export const answerDays = 2

/** The mail a notice is about, here or in an inbox. */
const noticed = (letter: ReviewLetter) => {
  const { about } = letter.context.order
  const mail = [...letter.state.mails, ...letter.state.unplaced].find(({ mailKey }) => mailKey === about)
  if (mail === undefined) throw new Error('the mail to tell of is not on the record')
  return mail
}

/** What every notice of a mail in an inbox says. */
const factsOf = (letter: ReviewLetter) => {
  const mail = noticed(letter)
  const { context, facts, party, state } = letter
  return {
    facts,
    theirSubject: mail.details?.subject ?? '',
    receivedOn: todayInCopenhagen(mail.receivedAt),
    from: mail.details?.from ?? '',
    requestedOn: lettersTo(state.letters, party.municipality, 'request', 'to-deputy').at(-1)?.datedOn ?? null,
    answerBy: addWorkingDays(context.on, answerDays),
  }
}

export const composeUnplacedNotice = (letter: ReviewLetter): ComposedLetter =>
  addressed(letter, unplacedNotice(factsOf(letter)), { thread: threadOf(noticed(letter)) })

export const composeTooLargeNotice = (letter: ReviewLetter): ComposedLetter => {
  const { context, party, state } = letter
  // Of a year that is over nothing is missing any more.
  const fields = state.finals.length > 0 ? [] : missingFields(state, party, context.on)
  return addressed(letter, tooLargeNotice({ ...factsOf(letter), mostMegabytes, fields }), {
    thread: threadOf(noticed(letter)),
  })
}

/** The request of the latest later year that this party has been asked for and that is still open. */
const runningRequest = async (
  ports: Pick<Ports, 'streams'>,
  letter: ReviewLetter,
  agreement: AgreementId,
): Promise<{ readonly year: number; readonly requestedOn: string } | null> => {
  const last = Number(letter.context.on.slice(0, 4))
  for (let year = last; year > letter.state.year; year -= 1) {
    const { state } = await loadCase(ports, reviewCase, reviewStream(year, agreement))
    const asked = lettersTo(state.letters, letter.party.municipality, 'request', 'to-deputy').at(-1)
    if (asked !== undefined && !isOver(state.status)) return { year, requestedOn: asked.datedOn }
  }
  return null
}

/** L4e: figures for a year that is closed, and where those of the running year go. */
export const composeClosedNotice = async (
  letter: ReviewLetter,
  ports: Pick<Ports, 'streams'>,
): Promise<ComposedLetter> => {
  const { agreement, closedAt } = letter.state
  if (agreement === null || closedAt === null) throw new Error('the review is not closed')
  const mail = noticed(letter)
  return addressed(
    letter,
    closedNotice({
      facts: letter.facts,
      theirSubject: mail.details?.subject ?? '',
      closedOn: todayInCopenhagen(closedAt),
      running: await runningRequest(ports, letter, agreement),
    }),
    { thread: threadOf(mail) },
  )
}
