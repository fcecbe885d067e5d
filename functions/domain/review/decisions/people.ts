import * as z from 'zod'
import { accept, refuse } from '../../base/stream.ts'
import { contactIdSchema, municipalityCodeSchema } from '../../base/values.ts'
import type { ReviewEvent } from '../state.ts'
import { command } from './declare.ts'
import { choose, mailKeyField, maybe, reasonField, requiredText, typedText } from '../../base/command.ts'
import { todayInCopenhagen } from '../../base/time.ts'
import { takingOver } from '../../casefile/caseworker.ts'
import { contactsOf } from '../../casefile/recipients.ts'
import { openContactWishes } from '../slices/contacts.ts'

export const takeOverCase = command('take-over-case', takingOver)

/** A person enters a contact, whom letters go to from then on; a mail alone never does. */
export const enterContact = command('enter-contact', {
  input: z.object({
    /** Derived from the form: sent twice, it is one contact. */
    contactId: contactIdSchema,
    party: municipalityCodeSchema,
    role: z.enum(['contact', 'deputy'], choose('Vælg kontakt eller stedfortræder.')),
    mailKey: maybe(128),
    name: requiredText('Skriv kontaktens navn.'),
    title: typedText.default(''),
    email: z.email('Skriv kontaktens mailadresse.'),
  }),
  roles: ['caseworker'],
  label: { da: 'Indfør kontakten', en: 'Enter the contact' },
  done: {
    da: 'Kontakten er indført. Både den nye og den hidtidige får besked.',
    en: 'The contact is entered. Both the new one and the one before are told.',
  },
  facts: ['contacts'],
  decide: (state, { contactId, party, role, mailKey, name, title, email }, who, now, { contacts }) => {
    if (!state.parties.some(({ municipality }) => municipality === party))
      return refuse('party', 'the municipality is no party of this agreement')
    const wish = mailKey === null ? null : openContactWishes(state).find((mail) => mail.mailKey === mailKey)
    if (wish === undefined || (wish !== null && wish.party !== party))
      return refuse('no-contact-wish', 'no undecided mail of that municipality asks for a contact')
    const before = contactsOf(contacts, party, todayInCopenhagen(now), 'contact')
    return accept<ReviewEvent>({
      type: 'ContactEntered',
      v: 1,
      party,
      role,
      contactId,
      /** Contacts in force whose place is taken. */
      replaces: role === 'contact' ? before.map(({ id }) => id) : [],
      mailKey,
      by: who.id,
      private: { name, title, email: email.toLowerCase(), language: before[0]?.language ?? 'da' },
    })
  },
})

export const declineContact = command('decline-contact', {
  input: z.object({ mailKey: mailKeyField, reason: reasonField }),
  roles: ['caseworker'],
  label: { da: 'Gem', en: 'Save' },
  done: { da: 'Ønsket er afgjort.', en: 'The wish is decided.' },
  decide: (state, { mailKey, reason }, who) =>
    openContactWishes(state).some((mail) => mail.mailKey === mailKey)
      ? accept<ReviewEvent>({
          type: 'ContactDeclined',
          v: 1,
          mailKey,
          by: who.id,
          private: { text: reason },
        })
      : refuse('no-contact-wish', 'no undecided mail asks for a contact'),
})
