import * as z from 'zod'
import { agreementContentSchema, targetKeySchema, type AgreementContent } from '../../agreement/content.ts'
import { event } from '../../base/stream.ts'
import { slice } from '../../base/slice.ts'
import { agreementIdSchema, dateSchema, municipalityCodeSchema, type AgreementId } from '../../base/values.ts'

/** Standing before anything is asked: token and addresses exist, contacts are asked to confirm. */
export const reviewPreparedSchema = event('ReviewPrepared', {
  agreement: agreementIdSchema,
  year: z.int(),
  /** The content in force on the day of preparation; what is asked and judged comes with ReviewOpened. */
  content: agreementContentSchema,
  signedOn: dateSchema,
  parties: z
    .array(z.strictObject({ municipality: municipalityCodeSchema, role: z.enum(['lead', 'member']) }))
    .min(1),
  /** Why the agreement is not asked for this year; null when it is. */
  leftOut: z.enum(['first-year-next', 'not-in-force', 'incomplete']).nullable(),
})
/** For each target the version in force on its measuring date; who is asked and until when. */
const reviewOpenedSchema = event('ReviewOpened', {
  content: agreementContentSchema,
  versions: z.array(z.strictObject({ target: targetKeySchema, version: z.int().positive() })),
  requestOn: dateSchema,
  dueOn: dateSchema,
  reportingOn: dateSchema,
})

export interface Opening {
  readonly agreement: AgreementId | null
  readonly year: number
  readonly content: AgreementContent | null
  readonly signedOn: string
  readonly versions: readonly { readonly target: string; readonly version: number }[]
  readonly leftOut: 'first-year-next' | 'not-in-force' | 'incomplete' | null
  readonly requestOn: string
  /** The due date first set; a party's own is computed from its letters and extensions. */
  readonly dueOn: string
  readonly reportingOn: string
}
const initial: Opening = {
  agreement: null,
  year: 0,
  content: null,
  signedOn: '',
  versions: [],
  leftOut: null,
  requestOn: '',
  dueOn: '',
  reportingOn: '',
}

/** Which agreement and year it is, what is asked by which version, and until when. */
export const openingSlice = slice({
  initial,
  events: [reviewPreparedSchema, reviewOpenedSchema],
  fold: {
    ReviewPrepared: (_, { agreement, year, content, signedOn, leftOut }) => ({
      agreement,
      year,
      content,
      signedOn,
      leftOut,
    }),
    ReviewOpened: (_, { content, versions, requestOn, dueOn, reportingOn }) => ({
      content,
      versions,
      requestOn,
      dueOn,
      reportingOn,
    }),
  },
})
