import type { EventOfSlices } from '../base/slice.ts'
import { attemptsSlice } from './attempts.ts'
import { lettersSlice } from './letters.ts'
import { mailsSlice } from './mails.ts'
import { notesSlice } from './notes.ts'
import { unplacedSlice } from './unplaced-mails.ts'
import { unreachableSlice } from './unreachable.ts'

/** What every case with mail has. */
export const casefileSlices = [
  attemptsSlice,
  lettersSlice,
  unreachableSlice,
  mailsSlice,
  unplacedSlice,
  notesSlice,
] as const
export type CasefileEvent = EventOfSlices<typeof casefileSlices>
