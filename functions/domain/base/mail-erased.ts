import * as z from 'zod'
import { event } from './event.ts'
import { personIdSchema } from './values.ts'

/** Why the content of a mail may be erased (domain/README.md, "Personal data"); the words of the case are private. */
export const erasureGrounds = [
  'citizen-data', // names or CPR numbers of citizens, which should not have been sent
  'sent-by-mistake', // meant for somebody else
  'unlawful', // the ministry may not hold it for another reason
] as const
export const erasureGroundSchema = z.enum(erasureGrounds)
export type ErasureGround = z.infer<typeof erasureGroundSchema>

/**
 * What goes of a mail in this stream, named before it is taken away: a verification tells what of it is still
 * there, and finds whatever is gone without being named. The hash of the mail, its times and who sent it stay.
 */
export const mailErasedSchema = event('MailErased', {
  mailKey: z.string(),
  ground: erasureGroundSchema,
  askedBy: personIdSchema,
  confirmedBy: personIdSchema,
  /** Commits of this stream whose private part goes as a whole. */
  commits: z.array(z.int().positive()),
  /** Keys of the archive. */
  files: z.array(z.string()),
})
export type MailErased = z.infer<typeof mailErasedSchema>
