import * as z from 'zod'
import { hearingEnd } from '../../base/calendar.ts'
import { event, hashSchema as hash } from '../../base/stream.ts'
import { slice } from '../../base/slice.ts'
import { compareInstants, laterDate } from '../../base/time.ts'
import { dateSchema, municipalityCodeSchema, personIdSchema } from '../../base/values.ts'
import { endFromDelivery, lettersTo, type LetterRecord, type lettersSlice } from '../../casefile/letters.ts'
import type { MailRecord, mailsSlice } from '../../casefile/mails.ts'
import type { Assessment } from '../../judging/assessment.ts'
import { finalAssessment, onlyInFavour } from '../../judging/verdicts.ts'
import { standing, type ReviewStanding, type ReviewStatus } from '../status.ts'
import { reopenedSchema } from './assessment.ts'
import { draftingSlice, draftSupersededSchema, type Draft, type Drafting } from './drafting.ts'

/** Every party has had the draft delivered; the time runs from the last delivery. */
const hearingBegunSchema = event('HearingBegun', {
  subject: hash,
  endsOn: dateSchema,
  /**
   * The draft whose hearing goes on, with its end and its answers, because only the municipality's own correction
   * in its favour has changed it. Null: a hearing of its own.
   */
  continues: hash.nullable().default(null),
})
const hearingAnsweredSchema = event('HearingAnswered', {
  party: municipalityCodeSchema,
  mailKey: z.string(),
  /** `unmarked`: free text; a caseworker says whether it is a comment or a courtesy. */
  answer: z.enum(['none', 'comments', 'unmarked']),
})
const hearingAnswerMarkedSchema = event('HearingAnswerMarked', {
  mailKey: z.string(),
  as: z.enum(['none', 'comments', 'courtesy']),
  by: personIdSchema,
})

export interface HearingAnswer {
  readonly party: string
  readonly mailKey: string
  readonly answer: 'none' | 'comments' | 'unmarked' | 'courtesy'
  readonly at: string
  /** Given to a draft that was heard before: comments are answered, but are no answer to this draft. */
  readonly toEarlier: boolean
}

interface HearingState {
  readonly round: number
  /** The draft it is about now. */
  readonly subject: string
  /** The draft that its letters told: another one when a correction in the municipality's favour took its place. */
  readonly heardSubject: string
  readonly begunAt: string
  readonly endsOn: string
  readonly answers: readonly HearingAnswer[]
}

export interface Hearing {
  /** What was last heard: the draft of the last hearing that began, with the verdicts changed by hand. */
  readonly heard: Assessment | null
  /** The hearing begun last; it outlives a draft that is superseded, until another takes its place. */
  readonly hearing: HearingState | null
  /** Answers that came before every party had the draft: they belong to the hearing about to begin. */
  readonly earlyAnswers: readonly HearingAnswer[]
}
const initial: Hearing = { heard: null, hearing: null, earlyAnswers: [] }

type Folded = Hearing & Drafting & ReviewStanding
type Letters = typeof lettersSlice.initial
type Mails = typeof mailsSlice.initial
/** Whom the hearing is about; what else a party is does not matter here. */
interface WithParties {
  readonly parties: readonly { readonly municipality: string }[]
}

/** A hearing of its own. What was said of the draft before remains to be answered, but answers not this one. */
const begunAnew = (
  { heard, hearing, earlyAnswers, draft, recommendation, rounds }: Folded,
  { subject, endsOn }: z.infer<typeof hearingBegunSchema>,
  at: string,
): Hearing => ({
  heard: draft === null ? heard : finalAssessment(draft.assessment, recommendation?.changes ?? []),
  hearing: {
    round: rounds,
    subject,
    heardSubject: subject,
    begunAt: at,
    endsOn,
    answers: [...answersToEarlier(hearing?.answers ?? []), ...earlyAnswers],
  },
  earlyAnswers: [],
})

/**
 * Answers to letters on their way to others belong to the hearing about to begin. So does what came with a correction
 * that took the draft away before its hearing began: it was said of that draft, and remains to be answered.
 */
const answered = (state: Folded, answer: HearingAnswer): Partial<Hearing> => {
  const { draft, hearing, earlyAnswers, status } = state
  if (status === 'approved' && draft !== null && needsHearing(state, draft))
    return { earlyAnswers: [...earlyAnswers, answer] }
  return hearing === null
    ? { earlyAnswers: [...earlyAnswers, ...answersToEarlier([answer])] }
    : { hearing: { ...hearing, answers: [...hearing.answers, answer] } }
}

/** A draft with the municipality: when its time begins and ends, and what is answered. */
export const hearingSlice = slice({
  initial,
  events: [hearingBegunSchema, hearingAnsweredSchema, hearingAnswerMarkedSchema],
  reads: [standing, draftingSlice],
  hears: [draftSupersededSchema, reopenedSchema],
  fold: {
    HearingBegun: (state, begun, { at }) =>
      begun.continues === null || state.hearing === null
        ? begunAnew(state, begun, at)
        : {
            hearing: { ...state.hearing, round: state.rounds, subject: begun.subject, endsOn: begun.endsOn },
          },
    HearingAnswered: (state, { party, mailKey, answer }, { at }) =>
      answered(state, { party, mailKey, answer, at, toEarlier: false }),
    HearingAnswerMarked: ({ hearing, earlyAnswers }, { mailKey, as }) => {
      const marked = (answers: readonly HearingAnswer[]) =>
        answers.map((answer) => (answer.mailKey === mailKey ? { ...answer, answer: as } : answer))
      return {
        hearing: hearing === null ? null : { ...hearing, answers: marked(hearing.answers) },
        earlyAnswers: marked(earlyAnswers),
      }
    },
    // The hearing is not lost with its draft: what was said in it remains to be answered.
    DraftSuperseded: ({ earlyAnswers }) => ({ earlyAnswers: answersToEarlier(earlyAnswers) }),
    Reopened: () => ({ hearing: null, earlyAnswers: [] }),
  },
})

/** Every answer given, to the hearing begun last and to the one about to begin. */
export const hearingAnswers = ({
  hearing,
  earlyAnswers,
}: Pick<Hearing, 'hearing' | 'earlyAnswers'>): readonly HearingAnswer[] => [
  ...(hearing?.answers ?? []),
  ...earlyAnswers,
]

/** The hearing letters of a draft to a party, oldest first: the next contact gets it when one came back. */
export const hearingLetters = (
  { letters }: Letters,
  municipality: string,
  subject: string,
): readonly LetterRecord[] =>
  lettersTo(letters, municipality, 'hearing').filter((letter) => letter.order.about === subject)

/**
 * Is the draft to be heard? Not when only the municipality's own correction in its favour changed it, unless a
 * verdict was then changed by hand to its disfavour.
 */
export const needsHearing = (
  { heard, recommendation }: Pick<Hearing & Drafting, 'heard' | 'recommendation'>,
  draft: Draft,
): boolean =>
  draft.hearing ||
  heard === null ||
  !onlyInFavour(heard, finalAssessment(draft.assessment, recommendation?.changes ?? []))

/**
 * When the hearing on a draft ends, once every party has been delivered it: two weeks from the last delivery, at
 * the earliest the date printed. Null while delivery is not proven: silence then counts for nothing.
 */
export const hearingEndsOn = (state: WithParties & Letters, subject: string): string | null =>
  endFromDelivery(
    state.parties.map(({ municipality }) => hearingLetters(state, municipality, subject)),
    hearingEnd,
  )

/**
 * The hearing that goes on with a draft which needs none of its own: it keeps its end and its answers. Null when
 * the draft is to be heard, or no hearing runs (the draft of a reopened review that only bettered it).
 */
export const hearingThatGoesOn = (
  state: Hearing & Drafting & WithParties & Letters,
): { readonly continues: string; readonly endsOn: string } | null => {
  const { draft, hearing } = state
  if (draft === null || hearing === null || needsHearing(state, draft)) return null
  const proven = hearingEndsOn(state, hearing.heardSubject)
  return {
    continues: hearing.heardSubject,
    endsOn: proven === null ? hearing.endsOn : laterDate(hearing.endsOn, proven),
  }
}

/** From the draft on until the final assessment: what is said of a draft that is superseded is not lost. */
const answerable: readonly ReviewStatus[] = [
  'collected',
  'drafted',
  'recommended',
  'asking',
  'approved',
  'hearing',
]

/** May a reply be an answer in a hearing? One that runs, or one whose letters are on their way to some party. */
export const takesHearingAnswers = ({ status, hearing }: ReviewStanding & Hearing): boolean =>
  answerable.includes(status) && (hearing !== null || status === 'approved')

/**
 * The answers that say nothing of the draft that is heard next: comments remain to be answered, »ingen
 * bemærkninger« lapses with the draft it was said of.
 */
const answersToEarlier = (answers: readonly HearingAnswer[]): readonly HearingAnswer[] =>
  answers
    .filter(({ answer }) => answer === 'comments' || answer === 'unmarked')
    .map((answer) => ({ ...answer, toEarlier: true }))

/** Has the party answered what is heard now, one way or the other? */
export const hasAnswered = (hearing: HearingState, municipality: string): boolean =>
  hearing.answers.some(
    ({ party, answer, toEarlier }) =>
      party === municipality && !toEarlier && (answer === 'none' || answer === 'comments'),
  )

/**
 * Replies of colleagues, come since the hearing's letters, that no contact has confirmed: each may be an answer,
 * so that nobody's silence is concluded. Until the hearing is over the contact's OK is awaited; then a caseworker
 * asks (and decides it as a mail that is held), never the time.
 */
export const provisionalAnswers = (state: Hearing & Mails & Letters): readonly MailRecord[] => {
  const { hearing } = state
  if (hearing === null) return []
  return state.mails.filter((mail) => {
    if (mail.standing !== 'provisional' || mail.party === null) return false
    const sent = hearingLetters(state, mail.party, hearing.heardSubject)[0]
    return compareInstants(mail.receivedAt, sent?.sentAt ?? hearing.begunAt) >= 0
  })
}
