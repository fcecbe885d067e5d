import { type EventOfSlices, slice } from '../base/slice.ts'
import { attemptsSlice } from './attempts.ts'
import { caseworkerSlice } from './caseworker.ts'
import { lettersSlice } from './letters.ts'
import { mailsSlice } from './mails.ts'
import { unplacedSlice } from './unplaced-mails.ts'
import { unreachableSlice } from './unreachable.ts'
import * as z from 'zod'
import { event, privateText } from '../base/stream.ts'
import { contactIdSchema, dateSchema, personIdSchema } from '../base/values.ts'

/** A person's note on the case: a telephone call, a meeting. */
const notedSchema = event('Noted', {
  by: personIdSchema,
  on: dateSchema,
  about: z.enum(['phone', 'meeting', 'other']),
  contactId: contactIdSchema.nullable().optional(),
  private: privateText,
})

const initial: {
  readonly notes: readonly {
    readonly by: string
    readonly on: string
    readonly about: string
    readonly text: string
    readonly at: string
  }[]
} = { notes: [] }

export const notesSlice = slice({
  initial,
  events: [notedSchema],
  fold: {
    Noted: ({ notes }, { by, on, about, private: own }, { at }) => ({
      notes: [...notes, { by, on, about, text: own?.text ?? '', at }],
    }),
  },
})

/** What every case with mail has. */
export const casefileSlices = [
  attemptsSlice,
  caseworkerSlice,
  lettersSlice,
  unreachableSlice,
  mailsSlice,
  unplacedSlice,
  notesSlice,
] as const
export type CasefileEvent = EventOfSlices<typeof casefileSlices>
