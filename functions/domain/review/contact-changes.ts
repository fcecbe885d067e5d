import * as z from 'zod'
import { contactIdSchema, languageSchema, municipalityCodeSchema, personIdSchema } from '../base/values.ts'

export const enteredRoles = ['contact', 'deputy'] as const

/** A caseworker entered a contact, on a wish in a mail or on what was said; name and address lie beside the chain. */
export const contactEnteredSchema = z.strictObject({
  type: z.literal('ContactEntered'),
  v: z.literal(1),
  party: municipalityCodeSchema,
  role: z.enum(enteredRoles),
  contactId: contactIdSchema,
  /** Contacts whose place is taken: their time ends. */
  replaces: z.array(contactIdSchema),
  /** The mail that asked for it; null when nobody wrote. */
  mailKey: z.string().nullable(),
  by: personIdSchema,
  private: z
    .strictObject({ name: z.string(), title: z.string(), email: z.string(), language: languageSchema })
    .optional(),
})
export const contactDeclinedSchema = z.strictObject({
  type: z.literal('ContactDeclined'),
  v: z.literal(1),
  mailKey: z.string(),
  by: personIdSchema,
  private: z.strictObject({ text: z.string() }).optional(),
})
type ContactEvent = z.infer<typeof contactEnteredSchema> | z.infer<typeof contactDeclinedSchema>

export interface EnteredContact {
  readonly contactId: string
  readonly party: string
  readonly role: (typeof enteredRoles)[number]
  readonly replaces: readonly string[]
  readonly mailKey: string | null
  readonly at: string
  readonly person: NonNullable<z.infer<typeof contactEnteredSchema>['private']> | null
}

/** Contacts entered in a review, and the mails whose wish was declined. */
export interface ContactChanges {
  readonly entered: readonly EnteredContact[]
  readonly declined: readonly string[]
}
export const noContactChanges: ContactChanges = { entered: [], declined: [] }

export const evolveContacts = (changes: ContactChanges, event: ContactEvent, at: string): ContactChanges =>
  event.type === 'ContactDeclined'
    ? { ...changes, declined: [...changes.declined, event.mailKey] }
    : {
        ...changes,
        entered: [
          ...changes.entered,
          {
            contactId: event.contactId,
            party: event.party,
            role: event.role,
            replaces: event.replaces,
            mailKey: event.mailKey,
            at,
            person: event.private ?? null,
          },
        ],
      }
