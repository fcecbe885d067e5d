import { mailErasedSchema } from '../base/stream.ts'
import { compose, slice, type EventOfSlices, type StateOf } from '../base/slice.ts'
import { attemptsSlice } from '../casefile/attempts.ts'
import { letterBouncedSchema, letterSentSchema, lettersSlice, evolveLetters } from '../casefile/letters.ts'
import { correctionsSlice } from './slices/corrections.ts'
import { experiencesSlice } from './slices/experiences.ts'
import { manifestSlice } from './slices/manifest.ts'
import { reportSlice } from './slices/report.ts'

/** What went to all municipalities, on no agreement's case; whether it came is known only where it did not. */
const runLettersSlice = slice({
  initial: lettersSlice.initial,
  events: [letterSentSchema, letterBouncedSchema],
  fold: {
    LetterSent: ({ letters }, sent, { at }) => ({ letters: evolveLetters(letters, sent, at) }),
    LetterBounced: ({ letters }, bounced, { at }) => ({ letters: evolveLetters(letters, bounced, at) }),
  },
})

/** What an erasure took of cards and of the letters with them. */
const erasureSlice = slice({ initial: {}, events: [mailErasedSchema], fold: { MailErased: () => ({}) } })

/** A year run, one slice after another: one run collects the results of one year. */
const slices = [
  manifestSlice,
  attemptsSlice,
  reportSlice,
  correctionsSlice,
  experiencesSlice,
  runLettersSlice,
  erasureSlice,
] as const

export type RunEvent = EventOfSlices<typeof slices>
export interface RunState extends StateOf<typeof slices> {}

export const yearRun = compose(slices)
export const noRun: RunState = yearRun.initial
