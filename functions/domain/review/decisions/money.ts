import * as z from 'zod'
import { isWorkingDay, nineOn } from '../../base/calendar.ts'
import { choose, reasonField, requiredText, typedText } from '../../base/command.ts'
import { accept, refuse, type Refusal } from '../../base/stream.ts'
import { compareInstants, todayInCopenhagen } from '../../base/time.ts'
import { commitmentsIn } from '../../money/budget.ts'
import { breachSchema, isAdverse, moneyKinds, takesBreach, type MoneyCase } from '../slices/money.ts'
import type { ReviewEvent } from '../state.ts'
import { isMoneyHearingOver } from '../slices/money.ts'
import type { ReviewState } from '../state.ts'
import { command } from './declare.ts'

/** Decisions on an agreement's money: drafted by one, approved by another; an adverse one is heard first. */

type Refused = { readonly ok: false; readonly refusal: Refusal }

const moneyId = z.string().min(1).max(60, 'Afgørelsen kan ikke findes.')

const draftInput = z.object({
  /** Of the case that the draft belongs to; its own draft's id for a new one. */
  caseId: moneyId,
  draftId: moneyId,
  kind: z.enum(moneyKinds, choose('Vælg, hvad afgørelsen handler om.')),
  forYear: z.coerce.number<number | string>('Skriv tilskudsåret.').int().min(2000).max(2200),
  /** Whole kroner, exact text; thousands may be parted. */
  kroner: z
    .string()
    .transform((text) => text.replaceAll(/[.\s]|kr\.?$/gu, ''))
    .pipe(z.string().regex(/^\d{1,12}$/, 'Skriv beløbet i hele kroner.')),
  breach: z
    .union([z.literal(''), breachSchema])
    .nullable()
    .default(null)
    .transform((breach) => (breach === '' ? null : breach)),
  legalGround: requiredText('Skriv retsgrundlaget.'),
  reasons: reasonField,
  /** How the parties' comments were weighed. */
  heard: typedText.default(''),
})
type Draft = z.output<typeof draftInput>

/** What an agreement may give, advance or take back for a year: never more than it grants. */
const refusalForAmount = (state: ReviewState, draft: Draft, before: MoneyCase | null): Refused | null => {
  const { content } = state
  const { kind, forYear } = draft
  const kroner = BigInt(draft.kroner)
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

const refusalForDraft = (
  state: ReviewState,
  draft: Draft,
  before: MoneyCase | null,
  now: string,
): Refused | null => {
  if (before === null && draft.caseId !== draft.draftId)
    return refuse('no-money-case', 'no decision on money has that id')
  if (before !== null && before.kind !== draft.kind)
    return refuse('no-money-case', 'a decision does not change its kind')
  if (before !== null && (before.status === 'decided' || before.status === 'dropped'))
    return refuse('status', `the decision is ${before.status}`)
  if (before?.status === 'intended' && !isMoneyHearingOver(state, before, now))
    return refuse('money-hearing', 'the time to comment is not over, or a mail is undecided')
  if (takesBreach(draft.kind) && draft.breach === null)
    return refuse('no-breach', 'money is taken back for a breach of its conditions alone')
  if ((before?.comments.length ?? 0) > 0 && draft.heard === '')
    return refuse('unanswered', 'the comments have no answer')
  return refusalForAmount(state, draft, before)
}

export const draftMoney = command('draft-money', {
  input: draftInput,
  roles: ['caseworker'],
  label: { da: 'Gem udkastet', en: 'Save the draft' },
  done: {
    da: 'Udkastet er gemt og venter på godkendelse.',
    en: 'The draft is saved and waits for approval.',
  },
  decide: (state, draft, who, now) => {
    const before = state.money.find(({ caseId }) => caseId === draft.caseId) ?? null
    const refusal = refusalForDraft(state, draft, before, now)
    if (refusal !== null) return refusal
    const { caseId, draftId, kind, forYear, kroner, breach, legalGround, reasons, heard } = draft
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
  },
})

const moneyCase = (state: ReviewState, caseId: string) => state.money.find((one) => one.caseId === caseId)

/** Of a draft that waits for its approval. */
const refusalForWaiting = (state: ReviewState, caseId: string, draftId: string): Refused | null => {
  const money = moneyCase(state, caseId)
  if (money === undefined) return refuse('no-money-case', 'no decision on money has that id')
  if (money.status !== 'drafted') return refuse('status', `the decision is ${money.status}`)
  return money.draft.draftId === draftId
    ? null
    : refuse('superseded', 'the draft decided on is no longer the draft of the record')
}

/** The letter goes at once, as the answer to a request for more time does, but on a working day from 9.00 alone. */
const refusalForHour = (now: string): Refused | null => {
  const today = todayInCopenhagen(now)
  return isWorkingDay(today) && compareInstants(now, nineOn(today)) >= 0
    ? null
    : refuse('sending-hour', 'the letter goes at once: from 9 on a working day')
}

export const approveMoney = command('approve-money', {
  input: z.object({ caseId: moneyId, draftId: moneyId }),
  roles: ['approver'],
  label: { da: 'Godkend', en: 'Approve' },
  done: {
    da: 'Godkendt. Brevet sendes til alle parter.',
    en: 'Approved. The letter is sent to all parties.',
  },
  notBy: {
    persons: (state, { caseId, draftId }) => [
      refusalForWaiting(state, caseId, draftId) === null ? moneyCase(state, caseId)?.draft.by : null,
    ],
    refusal: 'same-drafter',
  },
  decide: (state, { caseId, draftId }, who, now) =>
    refusalForWaiting(state, caseId, draftId) ??
    refusalForHour(now) ??
    accept<ReviewEvent>({ type: 'MoneyDecisionApproved', v: 1, caseId, draftId, by: who.id }),
})

export const returnMoney = command('return-money', {
  input: z.object({ caseId: moneyId, draftId: moneyId, reason: reasonField }),
  roles: ['approver'],
  label: { da: 'Send udkastet tilbage', en: 'Send the draft back' },
  done: { da: 'Udkastet er sendt tilbage.', en: 'The draft is sent back.' },
  decide: (state, { caseId, draftId, reason }, who) =>
    refusalForWaiting(state, caseId, draftId) ??
    accept<ReviewEvent>({
      type: 'MoneyDecisionReturned',
      v: 1,
      caseId,
      draftId,
      by: who.id,
      private: { text: reason },
    }),
})

/** What was intended is given up. */
export const dropMoney = command('drop-money', {
  input: z.object({ caseId: moneyId, reason: reasonField }),
  roles: ['approver'],
  label: { da: 'Træf ikke afgørelsen', en: 'Do not take the decision' },
  done: {
    da: 'Afgørelsen træffes ikke. Var den påtænkte sendt, får parterne besked.',
    en: 'The decision is not taken. If the intended one was sent, the parties are told.',
  },
  decide: (state, { caseId, reason }, who, now) => {
    const money = moneyCase(state, caseId)
    if (money === undefined) return refuse('no-money-case', 'no decision on money has that id')
    if (money.status === 'decided' || money.status === 'dropped')
      return refuse('status', `the decision is ${money.status}`)
    return (
      refusalForHour(now) ??
      accept<ReviewEvent>({
        type: 'MoneyDecisionDropped',
        v: 1,
        caseId,
        by: who.id,
        private: { text: reason },
      })
    )
  },
})
