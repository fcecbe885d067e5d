import * as z from 'zod'
import type { BaseEvent } from './stream.ts'

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
 * @param origin.privateFrom `mail`: the private part is taken from the mail under `mailKey`, and goes when that mail
 * is erased. Or which mails it repeats, read from the event itself. Left out: a person's own words, or none.
 */
export const event = <T extends string, S extends z.core.$ZodLooseShape>(
  type: T,
  shape: S,
  origin: { readonly privateFrom?: 'mail' | Repeats } = {},
) => {
  const schema = z.strictObject({ type: z.literal(type), v: z.literal(1), ...shape })
  const { privateFrom } = origin
  if (privateFrom !== undefined) repeatsOf.set(type, privateFrom === 'mail' ? ofItsMail : privateFrom)
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
