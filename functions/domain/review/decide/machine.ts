import type { AgreementContent } from '../../agreement/content.ts'
import { dueDay, reportingDay, requestDay } from '../../base/calendar.ts'
import { outOfTurn } from '../../casefile/attempts.ts'
import { recordOutcome as recordLetterOutcome, type LetterOutcome } from '../../casefile/letters.ts'
import type { Assessment } from '../../judging/assessment.ts'
import { canonicalJson } from '../../judging/canonical.ts'
import { accept, refuse, type Decision } from '../../base/stream.ts'
import { laterDate } from '../../base/time.ts'
import type { AgreementId } from '../../base/values.ts'
import { hearingEndsOn } from '../slices/hearing.ts'
import { planReview, type ReviewStep } from '../plan.ts'
import type { ReviewState, ReviewEvent } from '../state.ts'
import { mayHappen } from '../status.ts'
import { finalAssessment, onlyInFavour } from '../../judging/verdicts.ts'

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

/** What the mail system told of a letter. When every party has the draft, its hearing begins. */
export const recordOutcome = (state: ReviewState, outcome: LetterOutcome): Decision<ReviewEvent> =>
  recordLetterOutcome<ReviewEvent>(state, outcome, (letters) => {
    const subject = state.draft?.subject
    const endsOn =
      state.status !== 'approved' || subject === undefined
        ? null
        : hearingEndsOn({ ...state, letters }, subject)
    return subject === undefined || endsOn === null
      ? []
      : [{ type: 'HearingBegun', v: 1, subject, endsOn, continues: null }]
  })

const notNext = (state: ReviewState, step: ReviewStep, attempt: number | null, now: string) =>
  outOfTurn(state.attempts, attempt, () => {
    const plan = planReview(state, now)
    return plan.next === 'step' && plan.step === step
  })

/** What the hash of the next draft is made of: two rounds that judge alike are two drafts. */
export const draftText = ({ rounds }: Pick<ReviewState, 'rounds'>, assessment: Assessment): string =>
  `${rounds + 1}|${canonicalJson(assessment)}`

/**
 * Makes the draft, if the record still says that it is time. A new hearing is needed unless only the
 * municipality's own correction in its favour changed what was heard.
 */
export const makeDraft = (
  state: ReviewState,
  input: {
    readonly assessment: Assessment
    readonly subject: string
    readonly attempt: number | null
  },
  now: string,
): Decision<ReviewEvent> => {
  const over = notNext(state, 'draft', input.attempt, now)
  if (over !== null) return over
  if (state.rounds >= mostRounds)
    return refuse('too-many-rounds', `${mostRounds} drafts were made: a person is asked`)
  return accept<ReviewEvent>({
    type: 'DraftMade',
    v: 1,
    subject: input.subject,
    assessment: input.assessment,
    hearing: state.heard === null || !onlyInFavour(state.heard, input.assessment),
  })
}

/** The final assessment: what was approved, heard, and its comments answered. */
export const assessFinally = (
  state: ReviewState,
  attempt: number | null,
  now: string,
): Decision<ReviewEvent> => {
  const over = notNext(state, 'assess', attempt, now)
  if (over !== null || state.draft === null) return over ?? nothing
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

export const close = (state: ReviewState, attempt: number | null, now: string): Decision<ReviewEvent> =>
  notNext(state, 'close', attempt, now) ??
  (mayHappen(state.status, 'Closed') ? accept<ReviewEvent>({ type: 'Closed', v: 1 }) : nothing)
