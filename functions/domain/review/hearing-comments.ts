import { answeredKind, type MailReceived, type MailRecord } from '../casefile/mails.ts'
import { takesHearingAnswers } from './hearing.ts'
import type { HearingAnswer, ReviewState } from './state.ts'

/** What replies say in a hearing: whether they are comments, which comments are one, and what a mail brought. */

const isNote = (key: string): boolean => /bemærkning(?:er)?$/iu.test(key)

/** A reply in the hearing: by key, by a note to a target, or free text that a caseworker marks. */
export const hearingReply = (
  mail: MailReceived | MailRecord,
  answersKind: string | null,
): 'none' | 'comments' | 'unmarked' | null => {
  const keyed = mail.values.find((value) => value.key === 'Høringssvar')?.value
  const noted = mail.values.some((value) => isNote(value.key))
  if (noted) return 'comments'
  if (keyed?.is === 'hearing-reply') return keyed.comments ? 'comments' : 'none'
  const details = 'details' in mail ? mail.details : mail.private
  const text = details?.freeText ?? ''
  return (answersKind === 'hearing' || answersKind === 'hearing-comment') && text.trim() !== ''
    ? 'unmarked'
    : null
}

/** A mail's comments as they were written, blanks and capitals apart; empty where none are kept. */
const commentWords = (mail: MailRecord | undefined): string => {
  const texts = Object.entries(mail?.details?.texts ?? {})
    .filter(([key, text]) => text !== '' && (key === 'Høringssvar' || isNote(key)))
    .map(([key, text]) => `${key}: ${text}`)
    .toSorted()
  return [...texts, mail?.details?.freeText ?? ''].join(' ').replaceAll(/\s+/gu, ' ').trim().toLowerCase()
}

/** A comment that is answered once, however often it was made. */
export interface DistinctComment {
  /** As it was made last. */
  readonly answer: HearingAnswer
  /** Every mail that makes it, the first first. */
  readonly mailKeys: readonly string[]
}

/**
 * The comments to be answered, in the order they came: one for each distinct comment of a party, though it was
 * repeated when a new draft was heard. Words that are erased are nobody's repetition.
 */
export const distinctComments = (
  state: ReviewState,
  answers: readonly HearingAnswer[] = state.hearing?.answers ?? [],
): readonly DistinctComment[] => {
  const found = new Map<string, DistinctComment>()
  for (const answer of answers) {
    if (answer.answer !== 'comments') continue
    const { mailKey, party } = answer
    const words = commentWords(state.mails.find((mail) => mail.mailKey === mailKey))
    const key = words === '' ? mailKey : `${party} ${words}`
    const before = found.get(key)
    found.set(key, { answer, mailKeys: [...(before?.mailKeys ?? []), mailKey] })
  }
  return [...found.values()]
}

/** What mails brought, for the one sentence that says so. */
export const broughtKinds = [
  'figures',
  'figures-and-comments',
  'comments',
  'no-comments',
  'hearing-answer', // free text in answer to the hearing
  'words', // nothing that was read
] as const
export type Brought = (typeof broughtKinds)[number]

/** As it is on the record; of a colleague's mail that waits for its OK, as it will be. */
const answerOf = (state: ReviewState, mail: MailRecord): HearingAnswer['answer'] | null => {
  const recorded = [...(state.hearing?.answers ?? []), ...state.earlyAnswers].find(
    ({ mailKey }) => mailKey === mail.mailKey,
  )
  if (recorded !== undefined) return recorded.answer
  const awaits = mail.standing === 'provisional' && takesHearingAnswers(state)
  return awaits ? hearingReply(mail, answeredKind(mail)) : null
}

/** What the mails brought, together: figures before comments, comments before their absence. */
export const broughtBy = (state: ReviewState, mails: readonly MailRecord[]): Brought => {
  const answers = mails.map((mail) => ({ mail, answer: answerOf(state, mail) }))
  const hasFigures = answers.some(
    ({ mail, answer }) =>
      mail.doubts.length > 0 ||
      mail.values.some(({ key }) => answer === null || (key !== 'Høringssvar' && !isNote(key))),
  )
  const has = (one: HearingAnswer['answer']) => answers.some(({ answer }) => answer === one)
  if (has('comments')) return hasFigures ? 'figures-and-comments' : 'comments'
  if (hasFigures) return 'figures'
  if (has('none')) return 'no-comments'
  return has('unmarked') ? 'hearing-answer' : 'words'
}
