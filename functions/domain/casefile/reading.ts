import * as z from 'zod'
import { dateSchema, exactSchema } from '../base/values.ts'

/** Where in a mail an answer stood. */
export const provenanceSchema = z.discriminatedUnion('part', [
  z.strictObject({
    part: z.literal('text'),
    /** 1-based line of the decoded body. */
    line: z.int(),
    segment: z.enum(['new', 'quoted', 'header-block', 'signature', 'banner']),
  }),
  z.strictObject({ part: z.literal('table'), row: z.int() }),
  z.strictObject({ part: z.literal('workbook'), file: z.int(), sheet: z.string(), cell: z.string() }),
  z.strictObject({ part: z.literal('typed'), page: z.string() }),
])
export type Provenance = z.infer<typeof provenanceSchema>

/** The value read under a key. Free text is not here: it is `text` of the answer, kept in the private part. */
export const answerValueSchema = z.discriminatedUnion('is', [
  /** A number in the field's unit, exact. */
  z.strictObject({ is: z.literal('number'), value: exactSchema }),
  z.strictObject({ is: z.literal('milestone'), met: z.boolean(), on: dateSchema }),
  /** *Ikke opgjort*: the figure cannot be had. Never a verdict. */
  z.strictObject({ is: z.literal('not-available') }),
  z.strictObject({ is: z.literal('yes-no'), yes: z.boolean() }),
  z.strictObject({ is: z.literal('status'), status: z.enum(['not-started', 'in-progress', 'completed']) }),
  z.strictObject({ is: z.literal('date'), on: dateSchema }),
  z.strictObject({ is: z.literal('text') }),
  z.strictObject({ is: z.literal('hearing-reply'), comments: z.boolean() }),
  z.strictObject({
    is: z.literal('proposal-answer'),
    answer: z.enum(['accepted', 'declined', 'counter-proposal']),
  }),
  z.strictObject({ is: z.literal('fact-check'), ok: z.boolean() }),
])
export type AnswerValue = z.infer<typeof answerValueSchema>

/** One key answered in one mail. */
export interface Answer {
  /** The field's Danish key. */
  readonly key: string
  readonly value: AnswerValue
  /** The text of a text field, the note after a value, the reason for *ikke opgjort*, addresses. */
  readonly text: string
  /** As it stood in the mail, at most 80 characters. */
  readonly written: string
  readonly at: Provenance
}

/** Everything that is asked back (LETTERS 3.4); the words are mail's. */
export const doubtKinds = [
  'swapped',
  'share-only',
  'hedged',
  'two-values',
  'colleagues-differ',
  'not-whole',
  'none-or-zero',
  'not-a-value',
  'other-unit',
  'amount-size',
  'negative',
  'date-missing-met',
  'date-missing-not-met',
  'short-year',
  'weekday-differs',
  'near-key',
  'unknown-key',
  'outside-form',
  'quoted',
  'body-sheet',
  'cell-formula',
  'cell-error',
  'last-year-sheet',
  'unreadable-sign',
  'unreadable-attachment',
  'ok-but',
  'which-share-number',
  'more-unread',
  'a-date',
  'other-year',
  'scale',
  'unread-words',
] as const
export const doubtKindSchema = z.enum(doubtKinds)
export type DoubtKind = z.infer<typeof doubtKindSchema>

/** A question back to the contact. */
export interface Doubt {
  readonly kind: DoubtKind
  /** The key it is about (the suggested one for `near-key`); empty when it is about the whole mail. */
  readonly key: string
  /** What they wrote, at most 80 characters, control signs and links removed. */
  readonly written: string
  /** The two values, the suggested date or amount, the cell, the year: by kind. */
  readonly details: Readonly<Record<string, string>>
  readonly at: Provenance | null
}

/** What a reply asks for beside its figures. */
export type Wish =
  | {
      readonly wish: 'extension'
      readonly until: string | null
      readonly written: string
      readonly byKey: boolean
    }
  | { readonly wish: 'renegotiation'; readonly assumptionKeys: readonly string[]; readonly written: string }
  | {
      readonly wish: 'new-contact'
      readonly role: 'contact' | 'deputy'
      readonly written: string
      /** Recognised in free text, under no key; left out otherwise. */
      readonly inWords?: true
    }
  | { readonly wish: 'co-reporters'; readonly emails: readonly string[]; readonly written: string }

/** What one message says, read against the form it answers. Pure result of the intake; nothing is decided here. */
export interface Reading {
  readonly answers: readonly Answer[]
  readonly doubts: readonly Doubt[]
  readonly wishes: readonly Wish[]
  /** `OK` as the first word of the new text. */
  readonly confirms: boolean
  /** New text of the sender's own that is no key line (greeting and signature removed), for the caseworker. */
  readonly freeText: string
  /** Their case number, from the key or the subject. */
  readonly theirCaseNumber: string | null
  /** Six digits that form a date and four more: the mail is set aside unread. */
  readonly citizenData: boolean
}

/** Values that are figures: a change of one of these supersedes a draft. */
export const isFigure = (value: { readonly is: string }): boolean =>
  value.is === 'number' || value.is === 'milestone' || value.is === 'not-available'

export const sameValue = (a: AnswerValue, b: AnswerValue): boolean => JSON.stringify(a) === JSON.stringify(b)

/** A corner of a sheet or a table around what was read in it, for a person to follow a figure to its cell. */
export interface SourceGrid {
  readonly from:
    | { readonly is: 'sheet'; readonly file: number; readonly filename: string; readonly sheet: string }
    | { readonly is: 'table' }
  /** `A`, `B`, ...; of a table `1`, `2`, ... */
  readonly columns: readonly string[]
  readonly rows: readonly GridRow[]
}

interface GridRow {
  /** Its number in the sheet or table, from 1. */
  readonly number: number
  /** Rows between the one before and this are left out. */
  readonly afterGap: boolean
  readonly cells: readonly GridCell[]
}

export interface GridCell {
  /** As shown, at most `longestCell` characters. */
  readonly text: string
  /** What was read in it. */
  readonly keys: readonly string[]
}
