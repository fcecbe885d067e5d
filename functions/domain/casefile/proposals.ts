import * as z from 'zod'
import { answerValueSchema, provenanceSchema, type AnswerValue, type Provenance } from './reading.ts'
import { personIdSchema } from '../base/values.ts'

/** A figure found in a mail's free text; nothing before a person has confirmed it (LETTERS 3.3.14). */
export const proposedSchema = z.strictObject({
  /** The field it most likely answers; empty when the words do not say. */
  key: z.string(),
  others: z.array(z.string()),
  value: answerValueSchema,
  at: provenanceSchema,
})
/** The words of it, beside the chain. */
export const proposedWordsSchema = z.strictObject({ written: z.string(), sentence: z.string() })

export const proposalDecidedSchema = z.strictObject({
  type: z.literal('ProposalDecided'),
  v: z.literal(1),
  mailKey: z.string(),
  /** Which of the mail's proposals, from 0. */
  index: z.int().nonnegative(),
  as: z.enum(['confirmed', 'dismissed']),
  /** The field it answers; empty when it was dismissed. */
  key: z.string(),
  by: personIdSchema,
})
export type ProposalDecided = z.infer<typeof proposalDecidedSchema>

export interface ProposalRecord {
  readonly key: string
  readonly others: readonly string[]
  readonly value: AnswerValue
  readonly at: Provenance
  readonly written: string
  readonly sentence: string
  readonly decided: {
    readonly as: 'confirmed' | 'dismissed'
    readonly key: string
    readonly by: string
    readonly at: string
  } | null
}

/** The proposals of a mail as it came; their words where they are not erased. */
export const proposalsOf = (
  proposed: readonly z.infer<typeof proposedSchema>[],
  words: readonly z.infer<typeof proposedWordsSchema>[],
): readonly ProposalRecord[] =>
  proposed.map((proposal, at) => ({
    ...proposal,
    written: words[at]?.written ?? '',
    sentence: words[at]?.sentence ?? '',
    decided: null,
  }))

/**
 * The proposals of a mail read again: what a person has decided stays, what nobody has is as it is read now.
 * What was confirmed stands among the mail's answers, unless its key is answered in the mail itself now.
 */
export const proposalsReread = (
  before: readonly ProposalRecord[],
  now: readonly ProposalRecord[],
  values: readonly { readonly key: string }[],
): {
  readonly proposals: readonly ProposalRecord[]
  readonly confirmed: readonly {
    readonly key: string
    readonly value: AnswerValue
    readonly at: Provenance
  }[]
  readonly written: Readonly<Record<string, string>>
} => {
  const decided = before.filter((proposal) => proposal.decided !== null)
  const same = (one: ProposalRecord, other: ProposalRecord): boolean =>
    JSON.stringify([one.value, one.sentence]) === JSON.stringify([other.value, other.sentence])
  const confirmed = decided.flatMap(({ decided: decision, value, at, written }) =>
    decision?.as === 'confirmed' && values.every(({ key }) => key !== decision.key)
      ? [{ key: decision.key, value, at, written }]
      : [],
  )
  return {
    proposals: [...decided, ...now.filter((fresh) => !decided.some((old) => same(old, fresh)))],
    confirmed: confirmed.map(({ key, value, at }) => ({ key, value, at })),
    written: Object.fromEntries(confirmed.map(({ key, written }) => [key, written])),
  }
}
