import type { Assumption, Action, Target } from '../agreement/content.ts'

/** What a key line may hold (LETTERS 3.1). */
export type FieldType =
  | 'count' // a whole number, never negative
  | 'number' // a number in the unit
  | 'milestone' // yes/no and a date
  | 'amount' // kroner
  | 'text'
  | 'status' // not started / in progress / completed
  | 'yes-no'
  | 'yes-no-text' // yes/no, possibly with a reason or degree
  | 'date'
  | 'attached-or-date' // a document: attached, or the day it comes or came
  | 'emails'
  | 'person' // name, title, e-mail
  | 'hearing-reply'
  | 'proposal-answer'
  | 'fact-check'

/** One key line of the form: what mail prints, intake reads and the review counts as missing. */
export interface FormField {
  /** The Danish key as printed, e.g. `M1 i alt`; the identity of the field for the agreement's life. */
  readonly key: string
  /** The English twin, e.g. `M1 total`. */
  readonly english: string
  /** Older words also read, lower case, whole keys (`m1 nævner`). */
  readonly aliases: readonly string[]
  readonly type: FieldType
  /** Danish unit as printed after the blank; empty when there is none. */
  readonly unit: string
  readonly required: boolean
  /** What the key belongs to. */
  readonly subject:
    | {
        readonly of: 'target'
        readonly target: Target
        readonly part: 'total' | 'of-which' | 'value' | 'note' | 'new-target'
      }
    | { readonly of: 'assumption'; readonly assumption: Assumption; readonly part: 'value' | 'note' }
    | { readonly of: 'action'; readonly action: Action; readonly part: 'cost' | 'status' }
    | { readonly of: 'agreement' }
}
