import * as z from 'zod'
import { event, privateText } from '../../base/stream.ts'
import { slice } from '../../base/slice.ts'
import { contactIdSchema, languageSchema, municipalityCodeSchema, personIdSchema } from '../../base/values.ts'
import type { MailRecord } from '../../casefile/mails.ts'

const enteredRoles = ['contact', 'deputy'] as const

/**
 * A caseworker entered a contact, on a wish in a mail or on what was said; name and address lie beside the chain.
 * They are the register's from then on, and stay when the mail that asked for it is erased.
 */
const contactEnteredSchema = event(
  'ContactEntered',
  {
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
  },
  { privateFrom: 'person' },
)
const contactDeclinedSchema = event('ContactDeclined', {
  mailKey: z.string(),
  by: personIdSchema,
  private: privateText,
})

interface EnteredContact {
  readonly contactId: string
  readonly party: string
  readonly role: (typeof enteredRoles)[number]
  readonly replaces: readonly string[]
  readonly mailKey: string | null
  readonly at: string
  readonly person: NonNullable<z.infer<typeof contactEnteredSchema>['private']> | null
}

/** Contacts entered in a review, and the mails whose wish was declined. */
interface ContactChanges {
  readonly entered: readonly EnteredContact[]
  readonly declined: readonly string[]
}
interface WithContactChanges {
  readonly contactChanges: ContactChanges
}
const initial: WithContactChanges = { contactChanges: { entered: [], declined: [] } }

/** Contacts entered by the ministry's people. */
export const contactsSlice = slice({
  initial,
  events: [contactEnteredSchema, contactDeclinedSchema],
  fold: {
    ContactEntered: (
      { contactChanges },
      { contactId, party, role, replaces, mailKey, private: own },
      { at },
    ) => ({
      contactChanges: {
        ...contactChanges,
        entered: [
          ...contactChanges.entered,
          { contactId, party, role, replaces, mailKey, at, person: own ?? null },
        ],
      },
    }),
    ContactDeclined: ({ contactChanges }, { mailKey }) => ({
      contactChanges: { ...contactChanges, declined: [...contactChanges.declined, mailKey] },
    }),
  },
})

/** Mails of the municipality that ask for another contact or deputy, and that nobody has decided on. */
export const openContactWishes = ({
  mails,
  contactChanges: { entered, declined },
}: WithContactChanges & { readonly mails: readonly MailRecord[] }): readonly MailRecord[] =>
  mails.filter(
    (mail) =>
      mail.asksContact !== null &&
      mail.party !== null &&
      (mail.standing === 'counts' || mail.standing === 'provisional') &&
      !declined.includes(mail.mailKey) &&
      !entered.some(({ mailKey }) => mailKey === mail.mailKey),
  )
