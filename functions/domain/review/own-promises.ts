import { factCheckDay } from '../base/calendar.ts'
import type { ReviewState } from './state.ts'
import type { ReviewStatus } from './transitions.ts'

/** From the draft on the year's own part can be told; until then it is under way. */
const answerable: readonly ReviewStatus[] = [
  'drafted',
  'recommended',
  'asking',
  'approved',
  'hearing',
  'answered',
  'assessed',
  'closed',
]

/** The ministry's own promises of the year that nobody has answered for yet; they hold nothing else back. */
export const openPromises = (
  state: ReviewState,
): readonly { readonly id: string; readonly text: string }[] =>
  answerable.includes(state.status)
    ? (state.content?.promises ?? []).filter(
        ({ id }) => !state.promiseAnswers.some((answer) => answer.promise === id),
      )
    : []

/** Until when they are answered for: the day the year's pages go to the municipalities for a check of facts. */
export const promisesDueOn = (year: number): string => factCheckDay(year)
