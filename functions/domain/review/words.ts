import * as z from 'zod'
import type { MailRecord } from '../casefile/mails.ts'
import { personIdSchema } from '../base/values.ts'
import type { ReviewState } from './state.ts'
import type { ReviewStatus } from './transitions.ts'

/** A mail of theirs in which nothing was found but words: a person reads it, and its receipt says so. */

/** A person of the ministry has read such a mail; whatever it takes is a step of its own. */
export const wordsReadSchema = z.strictObject({
  type: z.literal('WordsRead'),
  v: z.literal(1),
  mailKey: z.string(),
  by: personIdSchema,
})

/** Does a mail say something, and nothing that was read, proposed or asked for? */
export const isWordsAlone = (mail: MailRecord): boolean =>
  mail.typed === null &&
  mail.values.length === 0 &&
  mail.doubts.length === 0 &&
  !mail.confirms &&
  mail.extension === null &&
  mail.asksContact === null &&
  mail.helpers === null &&
  mail.proposals.length === 0 &&
  (mail.details?.freeText ?? '').trim() !== ''

const nobodyReads: readonly ReviewStatus[] = ['none', 'not-asked', 'stopped']

/** Mails of words alone that nobody has read yet and that nothing else brings before a person. */
export const unreadWords = (state: ReviewState): readonly MailRecord[] => {
  if (nobodyReads.includes(state.status)) return []
  const seen = new Set([
    ...state.wordsRead,
    ...[...(state.hearing?.answers ?? []), ...state.earlyAnswers].map(({ mailKey }) => mailKey),
    ...state.questions.flatMap(({ answeredBy }) => answeredBy ?? []),
    ...state.extensions.map(({ mailKey }) => mailKey),
    ...state.wishes.map(({ mailKey }) => mailKey),
    ...state.factChecks.map(({ mailKey }) => mailKey),
    ...(state.reopen === null ? [] : [state.reopen.mailKey]),
  ])
  return state.mails.filter(
    (mail) => mail.standing === 'counts' && isWordsAlone(mail) && !seen.has(mail.mailKey),
  )
}
