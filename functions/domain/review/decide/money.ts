import { isWorkingDay } from '../../base/calendar.ts'
import { commitmentsIn } from '../../money/commitments.ts'
import {
  isAdverse,
  takesBreach,
  type Breach,
  type MoneyCase,
  type MoneyKind,
  isMoneyHearingOver,
} from '../slices/money.ts'
import { nineOn } from '../../base/office-hours.ts'
import { accept, refuse, type Decision, type Refusal } from '../../base/stream.ts'
import { compareInstants, todayInCopenhagen } from '../../base/time.ts'
import type { ReviewState, ReviewEvent } from '../state.ts'
import type { Decider } from '../../base/command.ts'

/** What the ministry's people decide on an agreement's money. */
export type MoneyCommand =
  | {
      readonly do: 'draft-money'
      /** Of the case that the draft belongs to; its own draft's id for a new one. */
      readonly caseId: string
      readonly draftId: string
      readonly kind: MoneyKind
      readonly forYear: number
      /** Whole kroner, exact text. */
      readonly kroner: string
      readonly breach: Breach | null
      readonly legalGround: string
      readonly reasons: string
      readonly heard: string
    }
  | { readonly do: 'approve-money'; readonly caseId: string; readonly draftId: string }
  | {
      readonly do: 'return-money'
      readonly caseId: string
      readonly draftId: string
      readonly reason: string
    }
  | { readonly do: 'drop-money'; readonly caseId: string; readonly reason: string }

type Draft = Extract<MoneyCommand, { do: 'draft-money' }>
type Refused = { readonly ok: false; readonly refusal: Refusal }

/** What an agreement may give, advance or take back for a year: never more than it grants. */
const amountObjection = (state: ReviewState, command: Draft, before: MoneyCase | null): Refused | null => {
  const { content } = state
  const { kind, forYear } = command
  const kroner = BigInt(command.kroner)
  if (content === null) return refuse('no-review', 'the review was never prepared')
  if (kroner <= 0n) return refuse('amount', 'a decision on money names an amount')
  const granted = commitmentsIn(content).find(({ year }) => year === forYear)?.kroner ?? 0n
  if (kind !== 'refusal' && kroner > granted)
    return refuse('beyond-grant', `the agreement grants ${granted} kroner for ${forYear}`)
  const advance = (content.advances ?? []).find(({ year }) => year === forYear)
  if (kind === 'advance' && (advance === undefined || kroner > BigInt(advance.kroner)))
    return refuse('no-advance', 'the agreement has no ground for an advance of that size in that year')
  const told = before?.intendedKroner ?? null
  return told !== null && kroner > BigInt(told)
    ? refuse('beyond-heard', `the parties were heard on ${told} kroner`)
    : null
}

const draftObjection = (
  state: ReviewState,
  command: Draft,
  before: MoneyCase | null,
  now: string,
): Refused | null => {
  if (before === null && command.caseId !== command.draftId)
    return refuse('no-money-case', 'no decision on money has that id')
  if (before !== null && before.kind !== command.kind)
    return refuse('no-money-case', 'a decision does not change its kind')
  if (before !== null && (before.status === 'decided' || before.status === 'dropped'))
    return refuse('status', `the decision is ${before.status}`)
  if (before?.status === 'intended' && !isMoneyHearingOver(state, before, now))
    return refuse('money-hearing', 'the time to comment is not over, or a mail is undecided')
  if (command.legalGround.trim() === '' || command.reasons.trim() === '')
    return refuse('reason', 'a decision names its legal ground and its reasons')
  if (takesBreach(command.kind) && command.breach === null)
    return refuse('no-breach', 'money is taken back for a breach of its conditions alone')
  if ((before?.comments.length ?? 0) > 0 && command.heard.trim() === '')
    return refuse('unanswered', 'the comments have no answer')
  return amountObjection(state, command, before)
}

const draft = (state: ReviewState, command: Draft, who: Decider, now: string): Decision<ReviewEvent> => {
  const before = state.money.find(({ caseId }) => caseId === command.caseId) ?? null
  const refusal = draftObjection(state, command, before, now)
  if (refusal !== null) return refusal
  const { caseId, draftId, kind, forYear, kroner, breach, legalGround, reasons, heard } = command
  const isHeard = before !== null && before.intendedKroner !== null
  return accept<ReviewEvent>({
    type: 'MoneyDecisionDrafted',
    v: 1,
    caseId,
    draftId,
    step: isAdverse(kind) && !isHeard ? 'intended' : 'final',
    kind,
    forYear,
    kroner,
    breach: takesBreach(kind) ? breach : null,
    by: who.id,
    private: { legalGround, reasons, heard },
  })
}

/** The letter goes at once, as the answer to a request for more time does, but on a working day from 9.00 alone. */
const isSendingHour = (now: string): boolean => {
  const today = todayInCopenhagen(now)
  return isWorkingDay(today) && compareInstants(now, nineOn(today)) >= 0
}

/** One person's decision on an agreement's money: drafted by one, approved by another; an adverse one is heard first. */
export const decideMoney = (
  state: ReviewState,
  command: MoneyCommand,
  who: Decider,
  now: string,
): Decision<ReviewEvent> => {
  if (state.status === 'none') return refuse('no-review', 'the review was never prepared')
  if (command.do === 'draft-money') return draft(state, command, who, now)
  const { caseId } = command
  const money = state.money.find((one) => one.caseId === caseId)
  if (money === undefined) return refuse('no-money-case', 'no decision on money has that id')
  if (command.do === 'drop-money') {
    if (command.reason.trim() === '') return refuse('reason', 'dropping what was intended takes a reason')
    if (money.status === 'decided' || money.status === 'dropped')
      return refuse('status', `the decision is ${money.status}`)
    if (!isSendingHour(now)) return refuse('sending-hour', 'the letter goes at once: from 9 on a working day')
    return accept<ReviewEvent>({
      type: 'MoneyDecisionDropped',
      v: 1,
      caseId,
      by: who.id,
      private: { text: command.reason },
    })
  }
  const { draftId } = command
  if (money.status !== 'drafted') return refuse('status', `the decision is ${money.status}`)
  if (money.draft.draftId !== draftId)
    return refuse('superseded', 'the draft decided on is no longer the draft of the record')
  if (command.do === 'return-money')
    return command.reason.trim() === ''
      ? refuse('reason', 'sending back takes a reason')
      : accept<ReviewEvent>({
          type: 'MoneyDecisionReturned',
          v: 1,
          caseId,
          draftId,
          by: who.id,
          private: { text: command.reason },
        })
  if (money.draft.by === who.id) return refuse('same-drafter', 'the one who drafted may not approve')
  return isSendingHour(now)
    ? accept<ReviewEvent>({ type: 'MoneyDecisionApproved', v: 1, caseId, draftId, by: who.id })
    : refuse('sending-hour', 'the letter goes at once: from 9 on a working day')
}
