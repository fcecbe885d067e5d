import * as z from 'zod'
import { event, privateText } from '../base/event.ts'
import { slice } from '../base/slice.ts'
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
