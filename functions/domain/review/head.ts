import { openErasures } from '../casefile/erasures.ts'
import { heldMails } from '../casefile/mails.ts'
import { undecidedUnplaced } from '../casefile/unplaced-mails.ts'
import { openAbsences } from './absences.ts'
import { dueOnOf } from './collection.ts'
import { missingFields, askedUpTo } from './asked.ts'
import { openDisputes } from './slices/disputes.ts'
import { openCorrections } from './slices/facts.ts'
import { openMoney } from './slices/money.ts'
import { openPromises } from './slices/promises.ts'
import { openObjections } from './slices/objections.ts'
import { provisionalAnswers, takesHearingAnswers } from './slices/hearing.ts'
import { offeredIn } from './offered-experience.ts'
import type { ReviewState } from './state.ts'
import { unreadWords } from './slices/unread-prose.ts'
import { openContactWishes } from './slices/contacts.ts'
import { hasUndecidedMail } from './slices/proposals.ts'

/** Whose turn it is, for lists and daily mails. */
export type Turn = 'municipality' | 'caseworker' | 'approver' | 'superior' | 'system' | 'nobody'

/** The turns of which somebody in the ministry is told. */
export const ministryTurns: readonly string[] = ['caseworker', 'approver', 'superior'] satisfies Turn[]

/** An answer in a hearing that is to be marked, or that no contact has confirmed, whatever becomes of the draft. */
const hearingAsks = (state: ReviewState): boolean =>
  takesHearingAnswers(state) &&
  ([...(state.hearing?.answers ?? []), ...state.earlyAnswers].some(({ answer }) => answer === 'unmarked') ||
    (state.status === 'hearing' && provisionalAnswers(state).length > 0))

export const turnOf = (state: ReviewState): Turn => {
  if (hasUndecidedMail(state) || state.unreachable.length > 0) return 'caseworker'
  if (state.extensions.some((request) => request.decided === null)) return 'caseworker'
  if (state.reopen !== null && !state.reopen.decided) return 'caseworker'
  if (openCorrections(state).length > 0 || openContactWishes(state).length > 0) return 'caseworker'
  if (openDisputes(state).length > 0 || openAbsences(state).length > 0) return 'caseworker'
  if (hearingAsks(state)) return 'caseworker'
  switch (state.status) {
    case 'drafted':
      return 'caseworker'
    case 'recommended':
      return 'approver'
    case 'hearing':
      return state.hearing?.answers.some(({ answer }) => answer === 'comments') === true
        ? 'caseworker'
        : 'municipality'
    case 'collecting':
    case 'asking':
      return 'municipality'
    case 'preparing':
    case 'collected':
    case 'approved':
      return 'system'
    case 'answered':
      return openObjections(state).length > 0 ? 'superior' : 'system'
    case 'assessed':
    case 'none':
    case 'not-asked':
    case 'closed':
    case 'stopped':
      return 'nobody'
    default:
      return state.status satisfies never
  }
}

/** What lists show of a review. No decision reads it. */
export interface ReviewSummary {
  readonly agreement: string
  readonly year: number
  readonly title: string
  readonly caseNumber: string
  readonly status: ReviewState['status']
  readonly turn: Turn
  readonly municipalities: readonly string[]
  readonly dueOn: string
  readonly missing: number
  readonly held: number
  readonly extensions: number
  /** Erasures of mails that another person is to decide. */
  readonly erasures: number
  /** Mails of words alone that nobody has read yet. */
  readonly unread: number
  /** Decisions on money under way. */
  readonly money: number
  /** Promises of the ministry's own that nobody has answered for. */
  readonly promises: number
  readonly stuck: boolean
  readonly since: string
  /** Mails with an experience that their municipality shares. */
  readonly experiences: readonly { readonly mailKey: string; readonly receivedOn: string }[]
}

export const reviewHead = (
  state: ReviewState,
): { list: string; sort: string; summary: Readonly<Record<string, unknown>> } => {
  const dueOn =
    state.parties
      .map((party) => dueOnOf(state, party.municipality))
      .sort()
      .at(-1) ?? ''
  const summary: ReviewSummary = {
    agreement: state.agreement ?? '',
    year: state.year,
    title: state.content?.title ?? '',
    caseNumber: state.content?.caseNumber ?? '',
    status: state.status,
    turn: turnOf(state),
    municipalities: state.parties.map((party) => party.municipality),
    dueOn,
    missing: state.parties.reduce(
      (count, party) => count + missingFields(state, party, askedUpTo(state, party.municipality)).length,
      0,
    ),
    held: heldMails(state.mails).length + undecidedUnplaced(state.unplaced).length,
    extensions: state.extensions.filter((request) => request.decided === null).length,
    erasures: openErasures(state.mails).length,
    unread: unreadWords(state).length,
    money: openMoney(state.money).length,
    promises: openPromises(state).length,
    stuck: state.attempts.lost,
    since: state.lastAt,
    experiences: offeredIn(state).map(({ mailKey, receivedOn }) => ({ mailKey, receivedOn })),
  }
  return { list: `reviews-${state.year}`, sort: state.agreement ?? '', summary: { ...summary } }
}
