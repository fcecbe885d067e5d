import * as z from 'zod'
import { factCheckDay } from '../../base/calendar.ts'
import { event, privateText } from '../../base/stream.ts'
import { slice } from '../../base/slice.ts'
import { personIdSchema } from '../../base/values.ts'
import type { ReviewStanding, ReviewStatus } from '../status.ts'
import type { Opening } from './opening.ts'

/** The ministry's own promise of the year: kept or not, with the reason. The latest answer holds. */
const promiseAnsweredSchema = event('PromiseAnswered', {
  promise: z.string(),
  kept: z.boolean(),
  by: personIdSchema,
  private: privateText,
})

interface Promises {
  /** The ministry's own promises of the year, as answered; the latest of each. */
  readonly promiseAnswers: readonly {
    readonly promise: string
    readonly kept: boolean
    readonly text: string
  }[]
}
const initial: Promises = { promiseAnswers: [] }

/** What the ministry itself promised for the year, and whether it kept it. */
export const promisesSlice = slice({
  initial,
  events: [promiseAnsweredSchema],
  fold: {
    PromiseAnswered: ({ promiseAnswers }, { promise, kept, private: own }) => ({
      promiseAnswers: [
        ...promiseAnswers.filter((one) => one.promise !== promise),
        { promise, kept, text: own?.text ?? '' },
      ],
    }),
  },
})

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
  state: Promises & Opening & ReviewStanding,
): readonly { readonly id: string; readonly text: string }[] =>
  answerable.includes(state.status)
    ? (state.content?.promises ?? []).filter(
        ({ id }) => !state.promiseAnswers.some((answer) => answer.promise === id),
      )
    : []

/** Until when they are answered for: the day the year's pages go to the municipalities for a check of facts. */
export const promisesDueOn = (year: number): string => factCheckDay(year)
