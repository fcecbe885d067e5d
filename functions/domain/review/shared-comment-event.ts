import * as z from 'zod'
import { personIdSchema } from '../base/values.ts'

/** A comment of one party told to the others while the hearing runs: its substance, without its figures. */
export const hearingCommentSharedSchema = z.strictObject({
  type: z.literal('HearingCommentShared'),
  v: z.literal(1),
  mailKey: z.string(),
  by: personIdSchema,
  private: z.strictObject({ text: z.string() }).optional(),
})
