import * as z from 'zod'
import { noAttempts } from '../casework/attempts.ts'
import { accept, refuse, type CommitMeta, type Decision, type Folding } from '../stream.ts'
import { agreementIdSchema, instantSchema, personIdSchema } from '../values.ts'

/** Mail that belongs to no case yet: kept, with its likely homes; a person places or dismisses it. */
const event = <T extends string, S extends z.core.$ZodLooseShape>(type: T, shape: S) =>
  z.strictObject({ type: z.literal(type), v: z.literal(1), ...shape })

export const inboxMailHeldSchema = event('InboxMailHeld', {
  mailKey: z.string(),
  rawSha256: z.string(),
  receivedAt: instantSchema,
  reason: z.string(),
  likely: z.array(agreementIdSchema),
  private: z.strictObject({ from: z.string(), subject: z.string(), error: z.string() }).optional(),
})
export const inboxMailDecidedSchema = event('InboxMailDecided', {
  mailKey: z.string(),
  decision: z.enum(['placed', 'dismissed']),
  by: personIdSchema,
  private: z.strictObject({ reason: z.string() }).optional(),
})
export const inboxEventSchema = z.discriminatedUnion('type', [inboxMailHeldSchema, inboxMailDecidedSchema])
export type InboxEvent = z.infer<typeof inboxEventSchema>
export type InboxMail = Omit<z.infer<typeof inboxMailHeldSchema>, 'type' | 'v'> & {
  readonly decision: 'placed' | 'dismissed' | null
}
export interface InboxState {
  readonly mails: readonly InboxMail[]
}

const evolve = (state: InboxState, change: InboxEvent, _meta: CommitMeta): InboxState => {
  if (change.type === 'InboxMailHeld') {
    const { type: _type, v: _v, ...mail } = change
    return { mails: [...state.mails, { ...mail, decision: null }] }
  }
  return {
    mails: state.mails.map((mail) =>
      mail.mailKey === change.mailKey ? { ...mail, decision: change.decision } : mail,
    ),
  }
}

export const inboxFolding: Folding<InboxState, InboxEvent> = { initial: { mails: [] }, evolve }
export const inboxAttempts = () => noAttempts

export const decideInboxMail = (
  state: InboxState,
  command: Omit<z.infer<typeof inboxMailDecidedSchema>, 'type' | 'v'>,
): Decision<InboxEvent> =>
  state.mails.some((mail) => mail.mailKey === command.mailKey && mail.decision === null)
    ? accept<InboxEvent>({ type: 'InboxMailDecided', v: 1, ...command })
    : refuse('not-held', 'the mail is not held any more')
