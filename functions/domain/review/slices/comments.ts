import * as z from 'zod'
import { event, hashSchema as hash, privateText } from '../../base/stream.ts'
import { slice } from '../../base/slice.ts'
import { personIdSchema } from '../../base/values.ts'
import { wasSent, type LetterOrder, type lettersSlice } from '../../casefile/letters.ts'
import { answeredKind, type MailReceived, type MailRecord, type mailsSlice } from '../../casefile/mails.ts'
import type { ReviewStanding } from '../status.ts'
import { hearingAnswers, takesHearingAnswers, type Hearing, type HearingAnswer } from './hearing.ts'

const answersBeside = z
  .strictObject({
    answers: z.array(
      z.strictObject({
        mailKey: z.string(),
        text: z.string(),
        changed: z.boolean().default(false),
        /** What the other parties are told was objected, without its figures (Edge case 67). */
        substance: z.string().optional(),
      }),
    ),
  })
  .optional()
/** A person who answers comments, and tells others what they were, repeats the mails that made them. */
const ofItsAnswers = (stored: object): readonly string[] =>
  z
    .object({ private: answersBeside })
    .safeParse(stored)
    .data?.private?.answers.map(({ mailKey }) => mailKey) ?? []
export const commentsAnsweredSchema = event(
  'CommentsAnswered',
  {
    subject: hash,
    by: personIdSchema,
    /** Mails whose objection the answer does not settle: the approver's superior decides. */
    disputed: z.array(z.string()).default([]),
    private: answersBeside,
  },
  { privateFrom: ofItsAnswers },
)
/** A comment of one party told to the others while the hearing runs: its substance, without its figures. */
const hearingCommentSharedSchema = event('HearingCommentShared', {
  mailKey: z.string(),
  by: personIdSchema,
  private: privateText,
})

interface Comments {
  readonly commentAnswers: readonly {
    readonly mailKey: string
    readonly text: string
    /** The comment led to a change of the assessment. */
    readonly changed: boolean
    /** What the other parties are told was objected; absent where it is told without words of its own. */
    readonly substance?: string | undefined
  }[]
  /** Comments of one party in substance, as the others are told them while the hearing runs. */
  readonly sharedComments: readonly { readonly mailKey: string; readonly text: string }[]
}
const initial: Comments = { commentAnswers: [], sharedComments: [] }

/** What the parties' comments are answered, and what of one is told to the others. */
export const commentsSlice = slice({
  initial,
  events: [commentsAnsweredSchema, hearingCommentSharedSchema],
  fold: {
    CommentsAnswered: (_, { private: own }) => ({ commentAnswers: own?.answers ?? [] }),
    HearingCommentShared: ({ sharedComments }, { mailKey, private: own }) => ({
      sharedComments: [...sharedComments, { mailKey, text: own?.text ?? '' }],
    }),
  },
})

type Mails = typeof mailsSlice.initial
interface WithParties {
  readonly parties: readonly { readonly municipality: string }[]
}

const isNote = (key: string): boolean => /bemærkning(?:er)?$/iu.test(key)

/** Whether a mail brings a file in which nothing was read: it may hold what they have to say. */
export const bringsUnread = ({ doubts }: Pick<MailReceived | MailRecord, 'doubts'>): boolean =>
  doubts.some(({ kind }) => kind === 'unreadable-attachment')

/**
 * A reply in the hearing: by key, by a note to a target, or free text or a file that a caseworker marks. A file beside
 * "ingen bemærkninger" may say otherwise: that is marked too (MAIL 297).
 */
export const hearingReply = (
  mail: MailReceived | MailRecord,
  answersKind: string | null,
): 'none' | 'comments' | 'unmarked' | null => {
  const keyed = mail.values.find((value) => value.key === 'Høringssvar')?.value
  const noted = mail.values.some((value) => isNote(value.key))
  if (noted) return 'comments'
  if (keyed?.is === 'hearing-reply')
    return keyed.comments ? 'comments' : bringsUnread(mail) ? 'unmarked' : 'none'
  const details = 'details' in mail ? mail.details : mail.private
  const text = details?.freeText ?? ''
  return (answersKind === 'hearing' || answersKind === 'hearing-comment') &&
    (text.trim() !== '' || (mail.values.length === 0 && bringsUnread(mail)))
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
  state: Pick<Hearing, 'hearing'> & Mails,
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
const answerOf = (state: ReviewStanding & Hearing, mail: MailRecord): HearingAnswer['answer'] | null => {
  const recorded = hearingAnswers(state).find(({ mailKey }) => mailKey === mail.mailKey)
  if (recorded !== undefined) return recorded.answer
  const awaits = mail.standing === 'provisional' && takesHearingAnswers(state)
  return awaits ? hearingReply(mail, answeredKind(mail)) : null
}

/** What the mails brought, together: figures before comments, comments before their absence. */
export const broughtBy = (state: ReviewStanding & Hearing, mails: readonly MailRecord[]): Brought => {
  const answers = mails.map((mail) => ({ mail, answer: answerOf(state, mail) }))
  const hasFigures = answers.some(
    ({ mail, answer }) =>
      mail.doubts.some(({ kind }) => kind !== 'unreadable-attachment') ||
      mail.values.some(({ key }) => answer === null || (key !== 'Høringssvar' && !isNote(key))),
  )
  const has = (one: HearingAnswer['answer']) => answers.some(({ answer }) => answer === one)
  if (has('comments')) return hasFigures ? 'figures-and-comments' : 'comments'
  if (hasFigures) return 'figures'
  if (has('none')) return 'no-comments'
  return has('unmarked') ? 'hearing-answer' : 'words'
}

/**
 * In a partnership a member's comment is told to the other members while the hearing runs (Edge case 67): a
 * person puts it in substance, since its figures are the member's own.
 */
export const commentsToShare = (
  state: ReviewStanding & Hearing & Comments & WithParties,
): readonly HearingAnswer[] =>
  state.status !== 'hearing' || state.hearing === null || state.parties.length < 2
    ? []
    : state.hearing.answers.filter(
        ({ answer, mailKey }) =>
          answer === 'comments' && !state.sharedComments.some((one) => one.mailKey === mailKey),
      )

/** Does a text that goes to other parties hold a figure? A target's number is none. */
export const holdsFigures = (text: string): boolean => /\d/u.test(text.replaceAll(/\bmål \d+/giu, ''))

/** The letter that another party is still to be sent of what was shared; null when all have it. */
export const commentLetter = (
  state: Hearing & Comments & WithParties & typeof lettersSlice.initial,
): LetterOrder | null => {
  for (const { mailKey } of state.sharedComments) {
    const comment = state.hearing?.answers.find((one) => one.mailKey === mailKey)
    for (const { municipality } of comment === undefined ? [] : state.parties) {
      const order: LetterOrder = { kind: 'hearing-comment', party: municipality, seq: 1, about: mailKey }
      if (municipality !== comment?.party && !wasSent(state.letters, order)) return order
    }
  }
  return null
}
