import * as z from 'zod'
import { slice } from '../../base/slice.ts'
import { type CommitMeta, event, privateText } from '../../base/stream.ts'
import { hearingEnd } from '../../base/calendar.ts'
import { compareInstants, endOfDay, todayInCopenhagen } from '../../base/time.ts'
import {
  bouncedForFirst,
  firstDeliveryAt,
  lettersTo,
  type LetterOrder,
  type LetterRecord,
  type lettersSlice,
} from '../../casefile/letters.ts'
import type { Parties } from './figures.ts'
import { hasUndecidedMail } from './proposals.ts'
import { countSchema, municipalityCodeSchema, personIdSchema } from '../../base/values.ts'

/** Decisions on money (L14), treated as afgørelser (domain/README.md, "Decisions"). */
export const moneyKinds = ['commitment', 'refusal', 'advance', 'lapse', 'repayment'] as const
const moneyKindSchema = z.enum(moneyKinds)
export type MoneyKind = z.infer<typeof moneyKindSchema>

/** The party is heard before these are taken (forvaltningsloven § 19). */
const adverse: readonly MoneyKind[] = ['refusal', 'lapse', 'repayment']
export const isAdverse = (kind: MoneyKind): boolean => adverse.includes(kind)

/**
 * Conditions whose breach may take money back. An unmet target is none of them and never will be: the Finance Act
 * does not say that money depends on it (domain/README.md, "Money").
 */
export const breaches = [
  'not-started', // within six months
  'unused', // money that was not spent
  'outside-budget', // spent on what the budget does not hold
  'account-missing', // no revised account, after reminders
  'other-condition', // another condition of the award letter
] as const
export const breachSchema = z.enum(breaches)
export type Breach = z.infer<typeof breachSchema>
/** Kinds that take a breach as their ground. */
export const takesBreach = (kind: MoneyKind): boolean => kind === 'lapse' || kind === 'repayment'

const ofCase = { caseId: z.string() }

/** A caseworker's draft; a later one takes its place. */
const moneyDraftedSchema = event('MoneyDecisionDrafted', {
  ...ofCase,
  /** What an approval names: another draft is another decision. */
  draftId: z.string(),
  /** `intended`: told first, so that the party may comment. */
  step: z.enum(['intended', 'final']),
  kind: moneyKindSchema,
  forYear: z.int(),
  kroner: countSchema,
  breach: breachSchema.nullable(),
  by: personIdSchema,
  private: z
    .strictObject({
      /** Act, note or clause, as the letter cites it. */
      legalGround: z.string(),
      /** A clause after »at«. */
      reasons: z.string(),
      /** How the party's comments were weighed; empty where there are none. */
      heard: z.string(),
    })
    .optional(),
})
const moneyApprovedSchema = event('MoneyDecisionApproved', {
  ...ofCase,
  draftId: z.string(),
  by: personIdSchema,
})
const moneyReturnedSchema = event('MoneyDecisionReturned', {
  ...ofCase,
  draftId: z.string(),
  by: personIdSchema,
  private: privateText,
})
/** A party has commented on an intended decision. */
const moneyCommentedSchema = event('MoneyDecisionCommented', {
  ...ofCase,
  party: municipalityCodeSchema,
  mailKey: z.string(),
})
/** What was intended is not decided; the parties are told. */
const moneyDroppedSchema = event('MoneyDecisionDropped', {
  ...ofCase,
  by: personIdSchema,
  private: privateText,
})
const moneyEventSchemas = [
  moneyDraftedSchema,
  moneyApprovedSchema,
  moneyReturnedSchema,
  moneyCommentedSchema,
  moneyDroppedSchema,
] as const
export type MoneyEvent = z.infer<(typeof moneyEventSchemas)[number]>

export interface MoneyCase {
  readonly caseId: string
  readonly kind: MoneyKind
  readonly forYear: number
  readonly kroner: string
  readonly breach: Breach | null
  readonly status:
    | 'drafted' // the approver's turn
    | 'returned' // the caseworker's turn, with the approver's remarks
    | 'intended' // told to the parties, who may comment
    | 'decided'
    | 'dropped'
  readonly draft: {
    readonly draftId: string
    readonly step: 'intended' | 'final'
    readonly by: string
    readonly at: string
    readonly legalGround: string
    readonly reasons: string
    readonly heard: string
  }
  /** The amount the parties were told; null where nothing was intended. */
  readonly intendedKroner: string | null
  readonly comments: readonly { readonly party: string; readonly mailKey: string; readonly at: string }[]
  /** The approver's remarks, or why it was dropped. */
  readonly remark: string
  readonly approvedBy: string | null
  readonly since: string
}

const drafted = (
  before: MoneyCase | undefined,
  change: z.infer<typeof moneyDraftedSchema>,
  at: string,
): MoneyCase => ({
  caseId: change.caseId,
  kind: change.kind,
  forYear: change.forYear,
  kroner: change.kroner,
  breach: change.breach,
  status: 'drafted',
  draft: {
    draftId: change.draftId,
    step: change.step,
    by: change.by,
    at,
    legalGround: change.private?.legalGround ?? '',
    reasons: change.private?.reasons ?? '',
    heard: change.private?.heard ?? '',
  },
  intendedKroner: before?.intendedKroner ?? null,
  comments: before?.comments ?? [],
  remark: '',
  approvedBy: null,
  since: at,
})

const moved = (
  one: MoneyCase,
  change: Exclude<MoneyEvent, { type: 'MoneyDecisionDrafted' }>,
  at: string,
): MoneyCase => {
  switch (change.type) {
    case 'MoneyDecisionApproved':
      return one.draft.step === 'intended'
        ? { ...one, status: 'intended', intendedKroner: one.kroner, approvedBy: change.by, since: at }
        : { ...one, status: 'decided', approvedBy: change.by, since: at }
    case 'MoneyDecisionReturned':
      return { ...one, status: 'returned', remark: change.private?.text ?? '', since: at }
    case 'MoneyDecisionCommented':
      return { ...one, comments: [...one.comments, { party: change.party, mailKey: change.mailKey, at }] }
    case 'MoneyDecisionDropped':
      return {
        ...one,
        status: 'dropped',
        remark: change.private?.text ?? '',
        approvedBy: change.by,
        since: at,
      }
    default:
      return change satisfies never
  }
}

export interface Money {
  /** Decisions on the agreement's money, with what was intended first. */
  readonly money: readonly MoneyCase[]
}
const initial: Money = { money: [] }
const onCase = (
  { money }: Money,
  change: Exclude<MoneyEvent, { type: 'MoneyDecisionDrafted' }>,
  { at }: CommitMeta,
): Money => ({ money: money.map((one) => (one.caseId === change.caseId ? moved(one, change, at) : one)) })

/** Decisions on the agreement's money. */
export const moneySlice = slice({
  initial,
  events: moneyEventSchemas,
  fold: {
    MoneyDecisionDrafted: ({ money }, change, { at }) => {
      const before = money.find(({ caseId }) => caseId === change.caseId)
      const after = drafted(before, change, at)
      return {
        money: before === undefined ? [...money, after] : money.map((one) => (one === before ? after : one)),
      }
    },
    MoneyDecisionApproved: onCase,
    MoneyDecisionReturned: onCase,
    MoneyDecisionCommented: onCase,
    MoneyDecisionDropped: onCase,
  },
})

/** Decisions that are still under way. */
export const openMoney = (cases: readonly MoneyCase[]): readonly MoneyCase[] =>
  cases.filter(({ status }) => status !== 'decided' && status !== 'dropped')

type Letters = typeof lettersSlice.initial

/** The contact, the deputy, the main mailbox; then a person telephones. */
const mostLetters = 3

const intendedTo = ({ letters }: Letters, party: string, caseId: string): readonly LetterRecord[] =>
  lettersTo(letters, party, 'intended-decision').filter(({ order }) => order.about === caseId)

/**
 * When the time to comment ends: two weeks at least from proven delivery to every party, at the earliest the date
 * printed. Null while delivery to one is not proven: silence then counts for nothing.
 */
export const moneyHearingEndsOn = (
  state: Letters & Parties,
  { caseId }: Pick<MoneyCase, 'caseId'>,
): string | null => {
  const ends: string[] = []
  for (const { municipality } of state.parties) {
    const reached = intendedTo(state, municipality, caseId).find((letter) => firstDeliveryAt(letter) !== null)
    const deliveredAt = reached === undefined ? null : firstDeliveryAt(reached)
    if (reached === undefined || deliveredAt === null) return null
    ends.push(hearingEnd(todayInCopenhagen(deliveredAt)), reached.dueOn ?? '')
  }
  return ends.sort().at(-1) ?? null
}

/** From when it may be concluded: its time is out; null while that is not known. Of an intended decision alone. */
export const moneyHearingOverAt = (state: Letters & Parties, money: MoneyCase): string | null => {
  const endsOn = money.status === 'intended' ? moneyHearingEndsOn(state, money) : null
  return endsOn === null ? null : endOfDay(endsOn)
}

/** May it be concluded? Its time is out, and nothing that may be a comment is undecided. */
export const isMoneyHearingOver = (
  state: Letters & Parties & Parameters<typeof hasUndecidedMail>[0],
  money: MoneyCase,
  now: string,
): boolean => {
  const overAt = moneyHearingOverAt(state, money)
  return overAt !== null && compareInstants(now, overAt) >= 0 && !hasUndecidedMail(state)
}

/**
 * Letters of decisions on money: what is intended, again to the next contact when it came back, and what is decided.
 */
export const moneyLetters = (state: Money & Letters & Parties): readonly LetterOrder[] =>
  state.money.flatMap((money): readonly LetterOrder[] => {
    const about = money.caseId
    if (money.status === 'decided' || (money.status === 'dropped' && money.intendedKroner !== null))
      return state.parties.map(({ municipality }) => ({
        kind: 'decision-on-money',
        party: municipality,
        seq: 1,
        about,
      }))
    if (money.status !== 'intended') return []
    return state.parties.flatMap(({ municipality }): readonly LetterOrder[] => {
      const sent = intendedTo(state, municipality, about)
      const last = sent.at(-1)
      const cameBack = last !== undefined && firstDeliveryAt(last) === null && bouncedForFirst(last)
      return last === undefined || (cameBack && sent.length < mostLetters)
        ? [{ kind: 'intended-decision', party: municipality, seq: sent.length + 1, about }]
        : []
    })
  })

/** The decision that a mail comments on: it answers the letter about what is intended. Null for every other mail. */
export const commentedMoney = (
  state: Money,
  mail: { readonly answers: string | null; readonly mailKey: string },
): string | null => {
  const [kind, , , about] = mail.answers?.split('/') ?? []
  if (kind !== 'intended-decision' || about === undefined) return null
  const money = state.money.find(({ caseId }) => caseId === about)
  return money === undefined || money.comments.some(({ mailKey }) => mailKey === mail.mailKey) ? null : about
}
