import type { AgreementContent } from '../../agreement/content.ts'
import { dueDay, reportingDay, requestDay } from '../../base/calendar.ts'
import { staleAttempt } from '../../casefile/attempts.ts'
import {
  evolveLetters,
  outcomeEvents,
  wasSent,
  letterSent,
  type LetterOutcome,
  type SentLetter,
} from '../../casefile/letters.ts'
import type { Assessment } from '../../judging/assessment.ts'
import { accept, refuse, type Decision } from '../../base/stream.ts'
import { laterDate } from '../../base/time.ts'
import type { AgreementId } from '../../base/values.ts'
import { hearingEndsOn } from '../slices/hearing.ts'
import { planReview } from '../plan.ts'
import type { ReviewState, ReviewEvent } from '../state.ts'
import { mayHappen } from '../status.ts'
import { finalAssessment } from '../../judging/verdicts.ts'

/** The most drafts before a person is asked what is wrong. */
export const mostRounds = 10

const nothing: Decision<ReviewEvent> = { ok: true, events: [] }

/** Puts the review on the record with its parties, before anything is asked. */
export const prepare = (
  state: ReviewState,
  input: {
    readonly agreement: AgreementId
    readonly year: number
    readonly content: AgreementContent
    readonly signedOn: string
    readonly leftOut: 'first-year-next' | 'not-in-force' | 'incomplete' | null
    readonly parties: readonly { readonly municipality: string; readonly role: 'lead' | 'member' }[]
  },
): Decision<ReviewEvent> =>
  state.status === 'none'
    ? accept<ReviewEvent>({
        type: 'ReviewPrepared',
        v: 1,
        ...input,
        parties: input.parties.map((party) => ({ ...party })),
      })
    : nothing

/** Takes the execution on. A higher attempt takes over from a lower; a lower one is refused. */
export const attach = (state: ReviewState, attempt: number, execution: string): Decision<ReviewEvent> => {
  const stale = staleAttempt(state.attempts, attempt)
  if (stale !== null) return { ok: false, refusal: stale }
  return attempt === state.attempts.attached && !state.attempts.lost
    ? nothing
    : accept<ReviewEvent>({ type: 'ExecutionAttached', v: 1, attempt, execution })
}

/** Opens the collection: for each target the version in force on its measuring date. */
export const open = (
  state: ReviewState,
  input: {
    readonly content: AgreementContent
    readonly versions: readonly { readonly target: string; readonly version: number }[]
    readonly today: string
  },
): Decision<ReviewEvent> => {
  if (state.status !== 'preparing') return nothing
  // Released late: asked on the day it is released, with as many days to answer as were foreseen.
  const requestOn = laterDate(requestDay(state.year), input.today)
  return accept<ReviewEvent>({
    type: 'ReviewOpened',
    v: 1,
    content: input.content,
    versions: input.versions.map((version) => ({ ...version })),
    requestOn,
    dueOn: dueDay(state.year),
    reportingOn: reportingDay(state.year),
  })
}

export const recordLetter = (state: ReviewState, letter: SentLetter): Decision<ReviewEvent> =>
  wasSent(state.letters, letter.order) ? nothing : accept<ReviewEvent>(letterSent(letter))

/** Delivery or bounce. When every party has the draft, its hearing begins. */
export const recordOutcome = (state: ReviewState, outcome: LetterOutcome): Decision<ReviewEvent> => {
  const events = outcomeEvents(state.letters, outcome)
  if (events === null) return refuse('unknown-letter', 'no letter of this review has that key')
  if (state.status !== 'approved' || state.draft === null) return accept<ReviewEvent>(...events)
  const letters = events.reduce((folded, event) => evolveLetters(folded, event, outcome.at), state.letters)
  const endsOn = hearingEndsOn({ ...state, letters }, state.draft.subject)
  return endsOn === null
    ? accept<ReviewEvent>(...events)
    : accept<ReviewEvent>(...events, {
        type: 'HearingBegun',
        v: 1,
        subject: state.draft.subject,
        endsOn,
        continues: null,
      })
}

/**
 * Makes the draft, if the record still says that it is time. A new hearing is needed unless only the
 * municipality's own correction in its favour changed what was heard.
 */
export const makeDraft = (
  state: ReviewState,
  input: {
    readonly assessment: Assessment
    readonly subject: string
    readonly inFavour: boolean
    readonly attempt: number | null
  },
  now: string,
): Decision<ReviewEvent> => {
  const stale = staleAttempt(state.attempts, input.attempt)
  if (stale !== null) return { ok: false, refusal: stale }
  const plan = planReview(state, now)
  if (plan.next !== 'step' || plan.step !== 'draft') return nothing
  if (state.rounds >= mostRounds)
    return refuse('too-many-rounds', `${mostRounds} drafts were made: a person is asked`)
  return accept<ReviewEvent>({
    type: 'DraftMade',
    v: 1,
    subject: input.subject,
    assessment: input.assessment,
    hearing: state.heard === null || !input.inFavour,
  })
}

/** The final assessment: what was approved, heard, and its comments answered. */
export const assessFinally = (
  state: ReviewState,
  attempt: number | null,
  now: string,
): Decision<ReviewEvent> => {
  const stale = staleAttempt(state.attempts, attempt)
  if (stale !== null) return { ok: false, refusal: stale }
  const plan = planReview(state, now)
  if (plan.next !== 'step' || plan.step !== 'assess' || state.draft === null) return nothing
  if (state.approval?.subject !== state.draft.subject)
    return refuse('not-approved', 'the draft is not approved')
  const answers = state.hearing?.answers ?? []
  // What one party answered says nothing of another's silence.
  const allAnswered = state.parties.every((party) =>
    answers.some(
      (answer) => answer.party === party.municipality && answer.answer === 'none' && !answer.toEarlier,
    ),
  )
  return accept<ReviewEvent>({
    type: 'Assessed',
    v: 1,
    version: state.finals.length + 1,
    subject: state.draft.subject,
    assessment: finalAssessment(state.draft.assessment, state.recommendation?.changes ?? []),
    comments: answers.some((answer) => answer.answer === 'comments')
      ? 'answered'
      : allAnswered
        ? 'none'
        : 'none-received',
  })
}

export const close = (state: ReviewState, attempt: number | null, now: string): Decision<ReviewEvent> => {
  const stale = staleAttempt(state.attempts, attempt)
  if (stale !== null) return { ok: false, refusal: stale }
  const plan = planReview(state, now)
  return plan.next === 'step' && plan.step === 'close' && mayHappen(state.status, 'Closed')
    ? accept<ReviewEvent>({ type: 'Closed', v: 1 })
    : nothing
}

export const executionLost = (
  state: ReviewState,
  lost: {
    readonly attempt: number
    readonly execution: string
    readonly status: 'FAILED' | 'TIMED_OUT' | 'ABORTED'
  },
): Decision<ReviewEvent> =>
  state.attempts.lost || lost.attempt < state.attempts.attached
    ? nothing
    : accept<ReviewEvent>({ type: 'ExecutionLost', v: 1, ...lost })
