import type { RefusalKind } from './refusals.ts'
import * as z from 'zod'
import { contactIdSchema, personIdSchema } from './values.ts'

/**
 * What every stream of the record has in common (handlers/README.md, "The record"): events with type and version,
 * pure decisions, state as the fold.
 */

/** Who acted: a ministry person, a municipality's contact, or the system itself. */
export type Actor =
  | { readonly by: 'person'; readonly personId: string; readonly roles: readonly string[] }
  | { readonly by: 'contact'; readonly contactId: string; readonly municipality: string }
  | { readonly by: 'sender'; readonly standing: string }
  | { readonly by: 'system'; readonly name: string }

/** What a commit knows about itself beside its events. */
export interface CommitMeta {
  /** Sequence in the stream, from 1. */
  readonly seq: number
  /** The later of now and the commit before. */
  readonly at: string
  readonly actor: Actor
  readonly commandId: string
}

/**
 * An event's public part is under the stream's hash chain. `private` (free text, addresses) lies beside the
 * chain and is absent after an erasure: every fold must do without it.
 */
export interface BaseEvent {
  readonly type: string
  readonly v: number
  readonly private?: unknown
}

/** An expected "no", returned and never thrown. */
export interface Refusal {
  readonly kind: RefusalKind
  /** One English sentence for logs and the command line. */
  readonly message: string
  /** What the person is told in Danish, where it is more than the words of the kind: what is wrong with fields. */
  readonly told?: string
}

export type Decision<E> =
  { readonly ok: true; readonly events: readonly E[] } | { readonly ok: false; readonly refusal: Refusal }

export const accept = <E>(...events: E[]): Decision<E> => ({ ok: true, events })
export const refuse = (
  kind: RefusalKind,
  message: string,
  told?: string,
): { ok: false; refusal: Refusal } => ({
  ok: false,
  refusal: told === undefined ? { kind, message } : { kind, message, told },
})

/** A stream's kind as a value: how its events fold into a state. */
export interface Folding<S, E extends BaseEvent> {
  readonly initial: S
  readonly evolve: (state: S, event: E, meta: CommitMeta) => S
}

/** The schema of one event, with what is told of its private part. */
export type EventSchema = z.ZodType<BaseEvent>

/** Keys of the mails whose words an event's private part repeats. */
type Repeats = (event: BaseEvent) => readonly string[]

/** By type of event: an event of that name says the same of itself in every stream it stands in. */
const repeatsOf = new Map<string, Repeats>()

const ofItsMail: Repeats = (event) =>
  'mailKey' in event && typeof event.mailKey === 'string' ? [event.mailKey] : []

/**
 * Declares an event: its type, its first version and its fields. `private` lies beside the chain and may be erased.
 * @param origin.privateFrom which mails the private part repeats, read from the event itself; it goes when one of
 * them is erased. `mail`: the one under `mailKey`, whose words a person who answers them repeats too. `person`: it
 * names a mail, and its words are kept on a ground of their own. Left out: `mail` where the event names one, else a
 * person's own words, or none.
 */
export const event = <T extends string, S extends z.core.$ZodLooseShape>(
  type: T,
  shape: S,
  origin: { readonly privateFrom?: 'mail' | 'person' | Repeats } = {},
) => {
  const schema = z.strictObject({ type: z.literal(type), v: z.literal(1), ...shape })
  const { privateFrom = 'private' in shape && 'mailKey' in shape ? 'mail' : 'person' } = origin
  if (privateFrom !== 'person') repeatsOf.set(type, privateFrom === 'mail' ? ofItsMail : privateFrom)
  return schema
}

/** Keys of the mails whose words a stored event's private part repeats, as its declaration says. */
export const mailsRepeatedIn = (stored: BaseEvent): readonly string[] =>
  repeatsOf.get(stored.type)?.(stored) ?? []

/** Does the declaration of a type of event say which mails its private part repeats? */
export const isTakenFromMail = (type: string): boolean => repeatsOf.has(type)

/** The type an event schema is for. @throws for a schema without a literal `type` */
export const typeOf = (schema: z.ZodType): string => {
  const type = schema instanceof z.ZodObject ? schema.shape['type'] : undefined
  const [literal] = type instanceof z.ZodLiteral ? type.values : []
  if (typeof literal !== 'string') throw new Error('an event is declared with a literal type')
  return literal
}

/** A text that may be erased, as most private parts are. */
export const privateText = z.strictObject({ text: z.string() }).optional()
/** SHA-256, hex. */
export const hashSchema = z.string().regex(/^[0-9a-f]{64}$/)

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
  /** Contacts that the mail alone made, without any person: they leave the register. Left out where there are none. */
  contacts: z.array(contactIdSchema).optional(),
})
export type MailErased = z.infer<typeof mailErasedSchema>
