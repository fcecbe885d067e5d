import { disseminationDay, nineOn, sendingTime } from '../base/calendar.ts'
import {
  bouncedForFirst,
  firstDeliveryAt,
  lettersTo,
  wasSent,
  type LetterOrder,
} from '../casefile/letters.ts'
import { whenReachable } from '../casefile/unreachable.ts'
import type { LetterKind } from '../casefile/letter-kinds.ts'
import { earlier, type Plan } from '../casefile/plan.ts'
import { compareInstants, endOfDay, laterInstant, todayInCopenhagen } from '../base/time.ts'
import { planParty } from './collection.ts'
import { hasAnswered, hearingLetters, needsHearing, provisionalAnswers } from './slices/hearing.ts'
import { openDisputes } from './slices/disputes.ts'
import { planFinalReturn } from './final-return.ts'
import { openObjections } from './slices/objections.ts'
import type { ReviewState } from './state.ts'
import { openQuestions, questionDueOn } from './slices/questions.ts'
import { commentLetter } from './slices/comments.ts'
import { hasUndecidedMail } from './slices/proposals.ts'

/** What a review waits for. */
export const reviewWaitKinds = [
  'reply',
  'sending-hour',
  'recommendation',
  'approval',
  'answer',
  'delivery',
  'hearing',
  'comments',
  'held-mail',
  'dissemination',
  'final-return',
  'dispute',
  'contact',
  'superior',
] as const
export type ReviewWaitKind = (typeof reviewWaitKinds)[number]
/** What a review's workflow does by itself. */
export const reviewSteps = ['open', 'draft', 'assess', 'close'] as const
export type ReviewStep = (typeof reviewSteps)[number]
export type ReviewPlan = Plan<ReviewWaitKind, ReviewStep>

const wait = (kind: ReviewWaitKind, until: string | null): ReviewPlan => ({ next: 'wait', kind, until })
const step = (name: ReviewStep): ReviewPlan => ({ next: 'step', step: name })

/** The verdict waits for the answer to a remark on a value that the ministry observed (Edge case 58). */
const toDraft = (state: ReviewState): ReviewPlan =>
  openDisputes(state).length > 0 ? wait('dispute', null) : step('draft')

/** A letter of the ministry's own accord: at 9.00 on a working day. */
const ownAccord = (order: LetterOrder, now: string): ReviewPlan => {
  const at = sendingTime(todayInCopenhagen(now), now)
  return compareInstants(now, at) >= 0 ? { next: 'letter', order } : wait('sending-hour', at)
}

/** The first party that has not been sent its letter of the kind yet. */
const unsent = (state: ReviewState, kind: LetterKind, seq: number, about: string): LetterOrder | null => {
  for (const party of state.parties) {
    const order: LetterOrder = { kind, party: party.municipality, seq, about }
    if (!wasSent(state.letters, order)) return order
  }
  return null
}

/**
 * What comes next in a review. Pure: the record and the time decide, nothing else (workflows/README.md, "PlanNext").
 */
export const planReview = (state: ReviewState, now: string): ReviewPlan =>
  whenReachable((current) => planByStatus(current, now), state, now)

const planByStatus = (state: ReviewState, now: string): ReviewPlan => {
  switch (state.status) {
    case 'none':
    case 'not-asked':
    case 'stopped':
    case 'closed':
      return { next: 'ended' }
    case 'preparing':
      return step('open')
    case 'collecting':
      return planCollection(state, now)
    case 'collected':
      return hasUndecidedMail(state) ? wait('held-mail', null) : toDraft(state)
    case 'drafted':
      return wait('recommendation', null)
    case 'recommended':
      return wait('approval', null)
    case 'asking':
      return planQuestions(state, now)
    case 'approved':
      return planHearingLetters(state, now)
    case 'hearing':
      return planHearing(state, now)
    case 'answered':
      // No time limit decides it for the superior.
      return openObjections(state).length > 0 ? wait('superior', null) : step('assess')
    case 'assessed':
      return planAfterwards(state, now)
    default:
      return state.status satisfies never
  }
}

const planCollection = (state: ReviewState, now: string): ReviewPlan => {
  const plans = state.parties.map((party) => planParty(state, party, now))
  for (const plan of plans) if (plan.party === 'letter') return { next: 'letter', order: plan.order }
  const account = planAccountWithRequest(state, now)
  if (account !== null) return account
  const waiting = plans.filter((plan) => plan.party === 'waits')
  if (waiting.length === 0) return toDraft(state)
  return wait(
    'reply',
    waiting.reduce<string | null>((until, plan) => earlier(until, plan.until), null),
  )
}

/** The last year's account is asked for beside the request, once; its reminders come after the assessment. */
const planAccountWithRequest = (state: ReviewState, now: string): ReviewPlan | null => {
  const asked = state.parties.every(
    (party) => lettersTo(state.letters, party.municipality, 'request').length > 0,
  )
  const plan = asked ? planFinalReturn(state, now) : null
  return plan?.is === 'letter' && plan.order.seq === 1 ? { next: 'letter', order: plan.order } : null
}

const planQuestions = (state: ReviewState, now: string): ReviewPlan => {
  const open = openQuestions(state)
  for (const question of open) {
    const order: LetterOrder = { kind: 'question', party: question.party, seq: 1, about: question.questionId }
    if (!wasSent(state.letters, order)) return ownAccord(order, now)
  }
  const ends = open
    .map((question) => endOfDay(questionDueOn(state, question)))
    .sort()
    .at(-1)
  if (ends === undefined) return toDraft(state)
  if (compareInstants(now, ends) < 0) return wait('answer', ends)
  return hasUndecidedMail(state) ? wait('held-mail', null) : toDraft(state)
}

const planHearingLetters = (state: ReviewState, now: string): ReviewPlan => {
  const { draft } = state
  if (draft === null) return step('draft')
  if (!needsHearing(state, draft)) return state.hearing === null ? step('assess') : planHearing(state, now)
  for (const { municipality } of state.parties) {
    const sent = hearingLetters(state, municipality, draft.subject)
    const last = sent.at(-1)
    const cameBack = last !== undefined && firstDeliveryAt(last) === null && bouncedForFirst(last)
    // The contact, the deputy, the main mailbox, until nobody is left: then a person telephones.
    if (last === undefined || cameBack)
      return ownAccord(
        { kind: 'hearing', party: municipality, seq: sent.length + 1, about: draft.subject },
        now,
      )
  }
  return wait('delivery', null)
}

/** What one party has submitted goes to the others while they can still answer; not after the end. */
const planCommentLetters = (state: ReviewState, now: string): ReviewPlan | null => {
  const order = commentLetter(state)
  const ends = endOfDay(state.hearing?.endsOn ?? '')
  if (order === null) return null
  const plan = ownAccord(order, now)
  return plan.next === 'letter'
    ? plan
    : wait('hearing', earlier(plan.next === 'wait' ? plan.until : null, ends))
}

/** How a hearing stands that waits for its end, or is over and not concluded yet. */
export interface HearingToConclude {
  /** Instant: its end, or the last answer where every party has answered »ingen bemærkninger«. */
  readonly overAt: string
  /** Something that may be an answer waits for a person: nothing is concluded meanwhile. */
  readonly undecided: boolean
  /** There are comments to answer. */
  readonly comments: boolean
}

/** Null: no hearing runs. One of a draft that needs none of its own goes on with it. */
export const hearingToConclude = (state: ReviewState): HearingToConclude | null => {
  const { draft, hearing, status } = state
  const goesOn = status === 'approved' && draft !== null && !needsHearing(state, draft)
  if (hearing === null || !(status === 'hearing' || goesOn)) return null
  const comments = hearing.answers.some(({ answer }) => answer === 'comments')
  const endsEarly = !comments && state.parties.every(({ municipality }) => hasAnswered(hearing, municipality))
  return {
    overAt: endsEarly
      ? hearing.answers.map(({ at }) => at).reduce(laterInstant, hearing.begunAt)
      : endOfDay(hearing.endsOn),
    undecided:
      hasUndecidedMail(state) ||
      hearing.answers.some(({ answer }) => answer === 'unmarked') ||
      provisionalAnswers(state).length > 0,
    comments,
  }
}

const planHearing = (state: ReviewState, now: string): ReviewPlan => {
  const hearing = hearingToConclude(state)
  if (hearing === null) return step('draft')
  if (compareInstants(now, hearing.overAt) < 0)
    return planCommentLetters(state, now) ?? wait('hearing', hearing.overAt)
  if (hearing.undecided) return wait('held-mail', null)
  return hearing.comments ? wait('comments', null) : step('assess')
}

const planAfterwards = (state: ReviewState, now: string): ReviewPlan => {
  const final = state.finals.at(-1)
  if (final === undefined) return { next: 'ended' }
  const letter = unsent(state, 'final-assessment', final.version, final.subject)
  if (letter !== null) return ownAccord(letter, now)
  return later(planDissemination(state, now), planAccount(state, now)) ?? step('close')
}

/** Two things that hold `closed` back: a letter of either goes first, else the one that is looked at first. */
const later = (one: ReviewPlan | null, other: ReviewPlan | null): ReviewPlan | null => {
  if (one?.next !== 'wait' || other?.next !== 'wait')
    return one?.next === 'wait' ? (other ?? one) : (one ?? other)
  return wait(one.kind, earlier(one.until, other.until))
}

/** What the dissemination still takes; null when it is done or the kind has none. */
const planDissemination = (state: ReviewState, now: string): ReviewPlan | null => {
  if (state.content?.kind !== 'resultatkontrakt' || state.dissemination?.done === true) return null
  const lead = state.parties.find((party) => party.role === 'lead') ?? state.parties[0]
  if (lead === undefined) return null
  const order: LetterOrder = { kind: 'dissemination', party: lead.municipality, seq: 1, about: '' }
  if (wasSent(state.letters, order)) return wait('dissemination', null)
  const on = disseminationDay(state.year)
  const at = sendingTime(on, now)
  return compareInstants(now, at) >= 0
    ? { next: 'letter', order }
    : wait('dissemination', compareInstants(now, nineOn(on)) < 0 ? nineOn(on) : at)
}

/** What the last year's account still takes; null in every other year, and when all of it is there. */
const planAccount = (state: ReviewState, now: string): ReviewPlan | null => {
  const plan = planFinalReturn(state, now)
  if (plan === null) return null
  return plan.is === 'letter' ? { next: 'letter', order: plan.order } : wait('final-return', plan.until)
}
