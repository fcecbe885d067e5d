import { addWorkingDays, workingDaysFor, nineOn, sendingTime } from '../base/calendar.ts'
import { firstDeliveryAt, wasSent, type LetterOrder } from '../casefile/letters.ts'
import { whenReachable } from '../casefile/unreachable.ts'
import { earlier, type Plan } from '../casefile/plan.ts'
import { compareInstants, endOfDay, laterInstant, todayInCopenhagen } from '../base/time.ts'
import { everyParty, lastLetter, lettersAbout, unsent, unsentTo, proposalEndsOn } from './letters-due.ts'
import { hasAccepted, openCounters, type RenegotiationState, hasUndecidedAnswer } from './state.ts'
import type { Proposal } from './slices/proposal.ts'

/** What a renegotiation waits for. */
const renegotiationWaitKinds = [
  'question',
  'proposal',
  'approval',
  'counter-proposal',
  'held-mail',
  'contact',
  'sending-hour',
  'delivery',
  'answers',
] as const
export type RenegotiationWaitKind = (typeof renegotiationWaitKinds)[number]

/** What its workflow does by itself. */
export const renegotiationSteps = ['lapse', 'enact', 'settle'] as const
type RenegotiationStep = (typeof renegotiationSteps)[number]
export type RenegotiationPlan = Plan<RenegotiationWaitKind, RenegotiationStep>

/** Reminders go so many working days before the time is out (LETTERS 4.5, L8h). */
const reminderDays = [10, 3] as const

const wait = (kind: RenegotiationWaitKind, until: string | null): RenegotiationPlan => ({
  next: 'wait',
  kind,
  until,
})
const step = (name: RenegotiationStep): RenegotiationPlan => ({ next: 'step', step: name })

/** A letter of the ministry's own accord: at 9.00 on a working day. */
const ownAccord = (order: LetterOrder, now: string): RenegotiationPlan => {
  const at = sendingTime(todayInCopenhagen(now), now)
  return compareInstants(now, at) >= 0 ? { next: 'letter', order } : wait('sending-hour', at)
}

/**
 * What comes next in a renegotiation. Pure: the record and the time decide, nothing else (workflows/README.md,
 * "PlanNext").
 */
export const planRenegotiation = (state: RenegotiationState, now: string): RenegotiationPlan =>
  whenReachable((current) => planByStatus(current, now), state, now)

const planByStatus = (state: RenegotiationState, now: string): RenegotiationPlan => {
  switch (state.status) {
    case 'none':
      return { next: 'ended' }
    case 'raised':
      return toldFirst(state, now) ?? wait('question', null)
    case 'opened':
      return toldFirst(state, now) ?? wait('proposal', null)
    case 'drafted':
      return toldFirst(state, now) ?? wait('approval', null)
    case 'approved':
      return toldFirst(state, now) ?? planProposals(state, now)
    case 'proposed':
      return planAnswers(state, now)
    case 'agreed':
      return step('enact')
    case 'ending':
      return step('settle')
    case 'settled':
      return planLastLetters(state, now)
    default:
      return state.status satisfies never
  }
}

/** A value the ministry has observed is told with its source, so that it can be objected to (L1e). */
const observedValueLetter = (state: RenegotiationState): LetterOrder | null => {
  const byMinistry = new Set(
    state.content?.assumptions.flatMap((one) => (one.observedBy === 'ministry' ? [one.key] : [])),
  )
  for (const ground of state.grounds) {
    if (!ground.changes.some((change) => byMinistry.has(change.assumption))) continue
    const order = unsent(state, 'observed-value', ground.triggerId)
    if (order !== null) return order
  }
  return null
}

/** Every party has the value, and is told that it is negotiated, before anything else reaches it. */
const toldFirst = (state: RenegotiationState, now: string): RenegotiationPlan | null => {
  const order =
    observedValueLetter(state) ??
    (state.status === 'raised' ? null : unsent(state, 'renegotiation-opened', ''))
  return order === null ? null : ownAccord(order, now)
}

/** The ministry's answer to a counter-proposal, to the party that made it. */
const counterAnswer = (state: RenegotiationState): LetterOrder | null => {
  for (const counter of state.counters) {
    // One beyond the last round is not negotiated: it is answered at once.
    if (counter.answered === null && counter.round !== null) continue
    const order: LetterOrder = {
      kind: 'counter-proposal-answer',
      party: counter.party,
      seq: 1,
      about: counter.mailKey,
    }
    if (!wasSent(state.letters, order)) return order
  }
  return null
}

const planProposals = (state: RenegotiationState, now: string): RenegotiationPlan => {
  const answer = counterAnswer(state)
  if (answer !== null) return ownAccord(answer, now)
  const letter = unsent(state, 'proposal', state.proposal?.subject ?? '')
  if (letter !== null) return ownAccord(letter, now)
  if (openCounters(state).length > 0) return wait('counter-proposal', null)
  return hasUndecidedAnswer(state) ? wait('held-mail', null) : wait('delivery', null)
}

/** Whoever was asked back what an answer means has five working days to say so, whatever the date. */
const askedBackUntil = (state: RenegotiationState): string | null =>
  state.mails
    .filter(
      (mail) =>
        mail.standing === 'counts' &&
        mail.doubts.length > 0 &&
        !state.answers.some(
          (answer) =>
            answer.mailKey === mail.mailKey ||
            (answer.party === mail.party && compareInstants(answer.at, mail.receivedAt) > 0),
        ),
    )
    .map((mail) => endOfDay(addWorkingDays(todayInCopenhagen(mail.receivedAt), workingDaysFor.question)))
    .reduce<string | null>((latest, at) => (latest === null ? at : laterInstant(latest, at)), null)

const planAnswers = (state: RenegotiationState, now: string): RenegotiationPlan => {
  const { proposal } = state
  const endsOn = proposalEndsOn(state)
  if (proposal === null || endsOn === null) return wait('delivery', null)
  const answer = counterAnswer(state)
  if (answer !== null) return ownAccord(answer, now)
  // Nobody is reminded and nothing ends while something that may be an answer is undecided.
  if (openCounters(state).length > 0) return wait('counter-proposal', null)
  if (hasUndecidedAnswer(state)) return wait('held-mail', null)
  const asked = askedBackUntil(state)
  const ends = asked === null ? endOfDay(endsOn) : laterInstant(endOfDay(endsOn), asked)
  if (compareInstants(now, ends) >= 0) return step('lapse')
  const reminder = reminderDue(state, proposal, endsOn, now)
  if (reminder !== null) {
    const plan = ownAccord(reminder, now)
    return plan.next === 'wait' ? wait('answers', earlier(plan.until, ends)) : plan
  }
  const next = reminderDays
    .map((days) => nineOn(addWorkingDays(endsOn, -days)))
    .find((at) => compareInstants(now, at) < 0)
  return wait('answers', earlier(next ?? null, ends))
}

const reminderDue = (
  state: RenegotiationState,
  proposal: Proposal,
  endsOn: string,
  now: string,
): LetterOrder | null => {
  const passed = reminderDays.filter(
    (days) => compareInstants(now, nineOn(addWorkingDays(endsOn, -days))) >= 0,
  ).length
  if (passed === 0) return null
  const silent = everyParty(state).filter((party) => !hasAccepted(proposal, party))
  const about = `${proposal.subject}/${endsOn}`
  return unsentTo(state, silent, { kind: 'proposal-reminder', seq: passed, about })
}

/** How it ended is told to every party, to somebody whom it reaches. */
const planLastLetters = (state: RenegotiationState, now: string): RenegotiationPlan => {
  const last = lastLetter(state)
  if (last === null) return { next: 'ended' }
  const order = unsent(state, last.kind, last.about, last.parties)
  if (order !== null) return ownAccord(order, now)
  const until = last.parties
    .map((party) => lettersAbout(state, party, last.kind, last.about).at(-1))
    .filter((letter) => letter !== undefined && firstDeliveryAt(letter) === null)
    .map((letter) => nineOn(addWorkingDays(todayInCopenhagen(letter?.sentAt ?? now), comesBackDays)))
    .reduce<string | null>((latest, at) => (latest === null ? at : laterInstant(latest, at)), null)
  return until !== null && compareInstants(now, until) < 0 ? wait('delivery', until) : { next: 'ended' }
}

/** A letter that comes back does so within these working days (Edge case 29). */
const comesBackDays = 2
