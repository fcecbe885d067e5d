import * as z from 'zod'
import { event } from '../../base/stream.ts'
import { slice } from '../../base/slice.ts'
import { personIdSchema } from '../../base/values.ts'
import type { MailRecord } from '../../casefile/mails.ts'
import type { ReviewStanding, ReviewStatus } from '../status.ts'
import type { Assessing } from './assessment.ts'
import type { Extensions } from './extensions.ts'
import type { Facts } from './facts.ts'
import { hearingAnswers, type Hearing } from './hearing.ts'
import type { Questions } from './questions.ts'
import type { Wishes } from './wishes.ts'

/** A person of the ministry has read a mail of words alone; whatever it takes is a step of its own. */
const wordsReadSchema = event('WordsRead', { mailKey: z.string(), by: personIdSchema })

interface Read {
  /** Mails of words alone that a person has read, by their keys. */
  readonly wordsRead: readonly string[]
}
const initial: Read = { wordsRead: [] }

/** A mail of theirs in which nothing was found but words: a person reads it, and its receipt says so. */
export const unreadProseSlice = slice({
  initial,
  events: [wordsReadSchema],
  fold: { WordsRead: ({ wordsRead }, { mailKey }) => ({ wordsRead: [...wordsRead, mailKey] }) },
})

type Seen = Read &
  ReviewStanding &
  Hearing &
  Questions &
  Extensions &
  Wishes &
  Facts &
  Assessing & { readonly mails: readonly MailRecord[] }

/** Are there words beside the figures of a mail that name a key and were not read? The figures in them are proposed. */
const hasUnreadWords = (mail: MailRecord): boolean =>
  mail.proposals.length === 0 && mail.doubts.some(({ kind }) => kind === 'unread-words')

/** Does a mail say something, and nothing that was read, proposed or asked for? */
const isWordsAlone = (mail: MailRecord): boolean =>
  mail.typed === null &&
  mail.values.length === 0 &&
  mail.doubts.length === 0 &&
  !mail.confirms &&
  mail.extension === null &&
  mail.asksContact === null &&
  mail.helpers === null &&
  mail.proposals.length === 0 &&
  (mail.details?.freeText ?? '').trim() !== ''

/** Does a mail bring a file or a link in which nothing was read? Whatever else it says, a person looks at that. */
const bringsUnread = (mail: MailRecord): boolean =>
  mail.typed === null && mail.doubts.some(({ kind }) => kind === 'unreadable-attachment')

const nobodyReads: readonly ReviewStatus[] = ['none', 'not-asked', 'stopped']

/** Mails of words alone or with a file that was not read, which nobody has looked at yet and nothing else brings before a person. */
export const unreadWords = (state: Seen): readonly MailRecord[] => {
  if (nobodyReads.includes(state.status)) return []
  const seen = new Set([
    ...state.wordsRead,
    ...hearingAnswers(state).map(({ mailKey }) => mailKey),
    ...state.questions.flatMap(({ answeredBy }) => answeredBy ?? []),
    ...state.extensions.map(({ mailKey }) => mailKey),
    ...state.wishes.map(({ mailKey }) => mailKey),
    ...state.factChecks.map(({ mailKey }) => mailKey),
    ...(state.reopen === null ? [] : [state.reopen.mailKey]),
  ])
  const read = new Set(state.wordsRead)
  return state.mails.filter(
    (mail) =>
      mail.standing === 'counts' &&
      ((isWordsAlone(mail) && !seen.has(mail.mailKey)) ||
        ((bringsUnread(mail) || hasUnreadWords(mail)) && !read.has(mail.mailKey))),
  )
}
