import { mailErasedSchema } from '../base/stream.ts'
import { compose, slice, type EventOfSlices, type StateOf } from '../base/slice.ts'
import { courseSlice } from './slices/course.ts'
import { questionsSlice } from './slices/questions.ts'

/** A mail whose words a question's private part repeats is erased: what goes is named, and changes nothing here. */
const erasureSlice = slice({ initial: {}, events: [mailErasedSchema], fold: { MailErased: () => ({}) } })

const slices = [courseSlice, questionsSlice, erasureSlice] as const

export type AgreementEvent = EventOfSlices<typeof slices>
export interface AgreementState extends StateOf<typeof slices> {}

/** The fold. It does without every private part: an erased text changes nothing here. */
export const agreementFolding = compose(slices)
