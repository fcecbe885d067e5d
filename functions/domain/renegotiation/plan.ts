import { addWorkingDays, proposalEnd, workingDaysFor } from '../calendar.ts'
import {
  firstDeliveryAt,
  lettersTo,
  wasSent,
  type LetterOrder,
  type LetterRecord,
} from '../casework/letters.ts'
import { whenReachable } from '../casework/unreachable.ts'
import type { LetterKind } from '../letter-kinds.ts'
import { nineOn, sendingTime } from '../office-hours.ts'
import { earlier, type Plan } from '../plan.ts'
import { compareInstants, endOfDay, laterDate, laterInstant, todayInCopenhagen } from '../time.ts'
import { hasAccepted, openCounters, type Proposal, type RenegotiationState } from './state.ts'
import { hasUndecidedAnswer } from './undecided-mail.ts'

/** What a renegotiation waits for; the ministry's waits are those of its own people. */
export const renegotiationMinistryWaits = [
  'question',
  'proposal',
  'approval',
  'counter-proposal',
  'held-mail',
  'contact',
] as const
const renegotiationWaitKinds = [...renegotiationMinistryWaits, 'sending-hour', 'delivery', 'answers'] as const
type RenegotiationWaitKind = (typeof renegotiationWaitKinds)[number]

/** What its workflow does by itself. */
export const renegotiationSteps = ['lapse', 'enact', 'settle'] as const
type RenegotiationStep = (typeof renegotiationSteps)[number]
export type RenegotiationPlan = Plan<RenegotiationWaitKind, RenegotiationStep>

/** Reminders go so many working days before the time is out (LETTERS.md 4.5, L8h). */
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

const unsentTo = (
  state: RenegotiationState,
  parties: readonly string[],
  letter: Omit<LetterOrder, 'party'>,
): LetterOrder | null => {
  for (const party of parties) {
    const order: LetterOrder = { ...letter, party }
    if (!wasSent(state.letters, order)) return order
  }
  return null
}

const everyParty = (state: RenegotiationState): readonly string[] =>
  state.parties.map((party) => party.municipality)

const unsent = (state: RenegotiationState, kind: LetterKind, about: string, seq = 1): LetterOrder | null =>
  unsentTo(state, everyParty(state), { kind, seq, about })

/** What comes next in a renegotiation. Pure: the record and the time decide, nothing else (DESIGN.md 3). */
export const planRenegotiation = (state: RenegotiationState, now: string): RenegotiationPlan =>
  whenReachable(planByStatus(state, now), state.unreachable, now)

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

/** The proposal's letters to a party, oldest first: a second goes to the next contact when one came back. */
export const proposalLetters = (state: RenegotiationState, party: string): readonly LetterRecord[] =>
  lettersTo(state.letters, party, 'proposal').filter(
    (letter) => letter.order.about === state.proposal?.subject,
  )

const mostForwardings = 3

const cameBack = (letter: LetterRecord): boolean =>
  firstDeliveryAt(letter) === null &&
  letter.bounced.some((bounce) => bounce.permanent && bounce.recipient === letter.recipients[0])

const planProposals = (state: RenegotiationState, now: string): RenegotiationPlan => {
  const answer = counterAnswer(state)
  if (answer !== null) return ownAccord(answer, now)
  for (const party of everyParty(state)) {
    const sent = proposalLetters(state, party)
    const last = sent.at(-1)
    if (last === undefined || (cameBack(last) && sent.length < mostForwardings)) {
      const about = state.proposal?.subject ?? ''
      return ownAccord({ kind: 'proposal', party, seq: sent.length + 1, about }, now)
    }
  }
  if (openCounters(state).length > 0) return wait('counter-proposal', null)
  return hasUndecidedAnswer(state) ? wait('held-mail', null) : wait('delivery', null)
}

/**
 * When the time is out, once every party has been delivered the proposal: six weeks from the last delivery, at
 * the earliest the date printed. Null while delivery is not proven.
 */
export const deliveredEnd = (state: RenegotiationState): string | null => {
  const ends: string[] = []
  for (const party of everyParty(state)) {
    const letters = proposalLetters(state, party)
    const reached = letters.find((letter) => firstDeliveryAt(letter) !== null)
    const deliveredAt = reached === undefined ? null : firstDeliveryAt(reached)
    if (reached === undefined || deliveredAt === null) return null
    ends.push(proposalEnd(todayInCopenhagen(deliveredAt)), reached.dueOn ?? '')
  }
  return ends.toSorted().at(-1) ?? null
}

/** The date in force: an answer to a counter-proposal prints a new one. Null before delivery. */
export const proposalEndsOn = (state: RenegotiationState): string | null => {
  const { proposal } = state
  if (proposal === null || proposal.endsOn === null) return null
  return state.letters
    .filter(
      (letter) =>
        letter.order.kind === 'counter-proposal-answer' &&
        state.counters.some(
          (counter) => counter.mailKey === letter.order.about && counter.subject === proposal.subject,
        ),
    )
    .reduce((ends, letter) => (letter.dueOn === null ? ends : laterDate(ends, letter.dueOn)), proposal.endsOn)
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

/** How it ended is told to every party. */
const planLastLetters = (state: RenegotiationState, now: string): RenegotiationPlan => {
  const order = lastLetter(state)
  return order === null ? { next: 'ended' } : ownAccord(order, now)
}

const lastLetter = (state: RenegotiationState): LetterOrder | null => {
  switch (state.outcome) {
    case 'declined':
      return unsent(state, 'renegotiation-declined', '')
    case 'lapsed':
      return unsent(state, 'proposal-lapsed', state.proposal?.subject ?? '')
    case 'withdrawn':
      return unsent(state, 'withdrawal', '')
    case 'not-accepted':
      // The party that would not has its own answer; the others are told here.
      return unsentTo(
        state,
        everyParty(state).filter((party) => party !== state.declinedBy?.party),
        { kind: 'withdrawal', seq: 1, about: state.proposal?.subject ?? '' },
      )
    case 'rider':
      return unsent(state, 'rider', state.proposal?.subject ?? '')
    case null:
      return null
    default:
      return state.outcome satisfies never
  }
}
