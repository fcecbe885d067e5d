import type { Contact } from '../../agreement/content.ts'
import { commandsOf } from '../../base/command.ts'
import type { MinistryPerson } from '../../directory/directory.ts'
import type { AnswerValue } from '../../casefile/reading.ts'
import type { FormField } from '../../form/field.ts'
import type { ReviewEvent } from '../state.ts'
import type { ReviewState } from '../state.ts'

/** A figure as a person typed it, read as the same words in a mail would be; or what is wrong with it, in Danish. */
export type TypedReading =
  | { readonly value: AnswerValue; readonly text: string; readonly written: string }
  | { readonly problem: string }

/** What decisions on a review may need beside its state. */
export interface ReviewFacts {
  /** The agreement's contacts. */
  readonly contacts: readonly Contact[]
  /** The ministry's people. */
  readonly people: readonly MinistryPerson[]
  /** @param at the review's year, and today: both date what was written without its year */
  readonly readFigure: (
    field: FormField,
    written: string,
    at: { readonly year: number; readonly receivedOn: string },
  ) => TypedReading
}

/** Declares a decision that a person of the ministry takes on a review. */
export const command = commandsOf<ReviewState, ReviewEvent, ReviewFacts>({
  status: (state) => (state.status === 'none' ? null : state.status),
  municipalities: (state) => state.parties.map(({ municipality }) => municipality),
})

/** The hash of the draft on the record. */
export const draftSubject = (state: ReviewState): string | null => state.draft?.subject ?? null
