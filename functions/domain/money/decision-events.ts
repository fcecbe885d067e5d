import * as z from 'zod'
import { countSchema, municipalityCodeSchema, personIdSchema } from '../base/values.ts'

/** Decisions on money (LETTERS.md L14), treated as afgørelser (DOMAIN.md 14.1). */
export const moneyKinds = ['commitment', 'refusal', 'advance', 'lapse', 'repayment'] as const
export const moneyKindSchema = z.enum(moneyKinds)
export type MoneyKind = z.infer<typeof moneyKindSchema>

/** The party is heard before these are taken (forvaltningsloven § 19). */
const adverse: readonly MoneyKind[] = ['refusal', 'lapse', 'repayment']
export const isAdverse = (kind: MoneyKind): boolean => adverse.includes(kind)

/**
 * Conditions whose breach may take money back. An unmet target is none of them and never will be: the Finance Act
 * does not say that money depends on it (DOMAIN.md 6.5).
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

const moneyEvent = <T extends string, S extends z.core.$ZodLooseShape>(type: T, shape: S) =>
  z.strictObject({ type: z.literal(type), v: z.literal(1), caseId: z.string(), ...shape })

/** A caseworker's draft; a later one takes its place. */
export const moneyDraftedSchema = moneyEvent('MoneyDecisionDrafted', {
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
export const moneyApprovedSchema = moneyEvent('MoneyDecisionApproved', {
  draftId: z.string(),
  by: personIdSchema,
})
export const moneyReturnedSchema = moneyEvent('MoneyDecisionReturned', {
  draftId: z.string(),
  by: personIdSchema,
  private: z.strictObject({ text: z.string() }).optional(),
})
/** A party has commented on an intended decision. */
export const moneyCommentedSchema = moneyEvent('MoneyDecisionCommented', {
  party: municipalityCodeSchema,
  mailKey: z.string(),
})
/** What was intended is not decided; the parties are told. */
export const moneyDroppedSchema = moneyEvent('MoneyDecisionDropped', {
  by: personIdSchema,
  private: z.strictObject({ text: z.string() }).optional(),
})
export const moneyEventSchemas = [
  moneyDraftedSchema,
  moneyApprovedSchema,
  moneyReturnedSchema,
  moneyCommentedSchema,
  moneyDroppedSchema,
] as const
export type MoneyEvent =
  | z.infer<typeof moneyDraftedSchema>
  | z.infer<typeof moneyApprovedSchema>
  | z.infer<typeof moneyReturnedSchema>
  | z.infer<typeof moneyCommentedSchema>
  | z.infer<typeof moneyDroppedSchema>

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
  event: z.infer<typeof moneyDraftedSchema>,
  at: string,
): MoneyCase => ({
  caseId: event.caseId,
  kind: event.kind,
  forYear: event.forYear,
  kroner: event.kroner,
  breach: event.breach,
  status: 'drafted',
  draft: {
    draftId: event.draftId,
    step: event.step,
    by: event.by,
    at,
    legalGround: event.private?.legalGround ?? '',
    reasons: event.private?.reasons ?? '',
    heard: event.private?.heard ?? '',
  },
  intendedKroner: before?.intendedKroner ?? null,
  comments: before?.comments ?? [],
  remark: '',
  approvedBy: null,
  since: at,
})

/** The decisions on money after one more event. */
export const evolveMoney = (
  cases: readonly MoneyCase[],
  event: MoneyEvent,
  at: string,
): readonly MoneyCase[] => {
  if (event.type === 'MoneyDecisionDrafted') {
    const before = cases.find(({ caseId }) => caseId === event.caseId)
    const after = drafted(before, event, at)
    return before === undefined ? [...cases, after] : cases.map((one) => (one === before ? after : one))
  }
  return cases.map((one) => (one.caseId === event.caseId ? moved(one, event, at) : one))
}

const moved = (
  one: MoneyCase,
  event: Exclude<MoneyEvent, { type: 'MoneyDecisionDrafted' }>,
  at: string,
): MoneyCase => {
  switch (event.type) {
    case 'MoneyDecisionApproved':
      return one.draft.step === 'intended'
        ? { ...one, status: 'intended', intendedKroner: one.kroner, approvedBy: event.by, since: at }
        : { ...one, status: 'decided', approvedBy: event.by, since: at }
    case 'MoneyDecisionReturned':
      return { ...one, status: 'returned', remark: event.private?.text ?? '', since: at }
    case 'MoneyDecisionCommented':
      return { ...one, comments: [...one.comments, { party: event.party, mailKey: event.mailKey, at }] }
    case 'MoneyDecisionDropped':
      return { ...one, status: 'dropped', remark: event.private?.text ?? '', approvedBy: event.by, since: at }
    default:
      return event satisfies never
  }
}

/** Decisions that are still under way. */
export const openMoney = (cases: readonly MoneyCase[]): readonly MoneyCase[] =>
  cases.filter(({ status }) => status !== 'decided' && status !== 'dropped')
