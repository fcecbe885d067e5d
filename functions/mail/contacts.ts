import { addWorkingDays, confirmationDueDay, requestDay } from '../domain/base/calendar.ts'
import { joinWords, printDate, printWeekdayDate } from '../domain/base/danish.ts'
import { laterDate } from '../domain/base/time.ts'
import type { Language } from '../domain/base/values.ts'
import { contactsOf } from '../domain/casefile/recipients.ts'
import type { FormField } from '../domain/form/field.ts'
import { contactConfirmationForm } from '../domain/form/form.ts'
import { agreementWords, type CaseFacts } from './case-facts.ts'
import { keyLine, type Block } from './block.ts'
import { fromCaseworker, declareLetter, toContactAndMailbox } from './declared-letter.ts'
import { fieldLine } from './form-words.ts'
import type { Signatory } from './frame.ts'
import type { LetterBody } from './letter.ts'
import { letterInWords } from './wording.ts'
import { echo } from './phrases.ts'

interface ContactConfirmationData {
  readonly facts: CaseFacts
  /** When the request is expected to go out. */
  readonly requestOn: string
  readonly answerBy: string
  readonly contact: Signatory & { readonly email: string }
  /** The main mailbox's address; null when none is registered. */
  readonly mainMailbox: string | null
  readonly deputies: readonly string[]
  /** `Kontakt`, `Stedfortræder`, `Medindberetter`. */
  readonly fields: readonly FormField[]
}

const whoDanish = (data: ContactConfirmationData): string => {
  const name = [data.contact.title, data.contact.name].filter((part) => part !== '').join(' ')
  const copy = data.mainMailbox === null ? '' : ` med kopi til ${data.mainMailbox}`
  const deputies =
    data.deputies.length === 0
      ? 'Der er ingen stedfortræder.'
      : `Stedfortræder er ${joinWords(data.deputies, 'da')}.`
  return `Mailen bliver sendt til ${name} (${data.contact.email})${copy}. ${deputies}`
}

const whoEnglish = (data: ContactConfirmationData): string => {
  const name = [data.contact.title, data.contact.name].filter((part) => part !== '').join(' ')
  const copy = data.mainMailbox === null ? '' : ` with a copy to ${data.mainMailbox}`
  const deputies =
    data.deputies.length === 0 ? 'There is no deputy.' : `The deputy is ${joinWords(data.deputies, 'en')}.`
  return `The mail goes to ${name} (${data.contact.email})${copy}. ${deputies}`
}

const form = (fields: readonly FormField[], language: Language): readonly (Block | string)[] =>
  fields.flatMap((field): readonly (Block | string)[] => {
    const line = keyLine(fieldLine(field, language))
    if (field.key !== 'Medindberetter') return [line]
    return [
      language === 'da' ? 'Kolleger, der også må sende tal:' : 'Colleagues who may also send figures:',
      line,
    ]
  })

/** L0: is the registered contact still right? A plain OK confirms. */
export const contactConfirmation = (data: ContactConfirmationData): LetterBody => {
  const { facts } = data
  const year = facts.resultsYear
  const { definite } = agreementWords(facts.kind, facts.language)
  return letterInWords('contact-confirmation', facts, {
    da: {
      subject: `er I fortsat kontakt? Svar senest ${printDate(data.answerBy, 'da')}`,
      title: 'Er I fortsat kontakt?',
      body: [
        `Den ${printDate(data.requestOn, 'da')} beder ministeriet om resultaterne for ${year} efter ${definite}. ${whoDanish(data)}`,
        `Er det fortsat rigtigt, så svar OK senest ${printWeekdayDate(data.answerBy, 'da')}. Ellers svar med navn, titel og e-mail:`,
        ...form(data.fields, 'da'),
        'I skal ikke sende tal endnu.',
      ],
    },
    en: {
      subject: `are you still the contact? Reply by ${printDate(data.answerBy, 'en')}`,
      title: 'Are you still the contact?',
      body: [
        `On ${printDate(data.requestOn, 'en')} the ministry asks for the results for ${year} under ${definite}. ${whoEnglish(data)}`,
        `If this is still right, reply OK by ${printWeekdayDate(data.answerBy, 'en')}. Otherwise reply with name, title and e-mail:`,
        ...form(data.fields, 'en'),
        'You need not send any figures yet.',
      ],
    },
  })
}

export const contactConfirmationLetter = declareLetter('contact-confirmation', {
  name: 'Bekræftelse af kontakt',
  ...toContactAndMailbox,
  review: {
    compose: ({ facts, state, party, recipient, context }) => {
      const [mailbox] = contactsOf(context.contacts, party.municipality, context.on, 'main-mailbox')
      const deputies = contactsOf(context.contacts, party.municipality, context.on, 'deputy')
      const answerBy = laterDate(confirmationDueDay(state.year), addWorkingDays(context.on, 5))
      return {
        body: contactConfirmation({
          facts,
          requestOn: requestDay(state.year),
          answerBy,
          contact: { name: recipient.name, title: recipient.title, email: recipient.email },
          mainMailbox: mailbox?.email ?? null,
          deputies: deputies.map(({ name }) => name),
          fields: contactConfirmationForm(),
        }),
        dueOn: answerBy,
      }
    },
  },
})

interface ContactChangedData {
  readonly facts: CaseFacts
  readonly role: 'contact' | 'deputy'
  readonly name: string
  readonly email: string
  /** Who was contact until now; empty for a deputy, or where there was none. */
  readonly before: readonly string[]
}

/** To the new contact and to whoever was contact before: whom the ministry writes to from today. */
export const contactChanged = ({ facts, role, name, email, before }: ContactChangedData): LetterBody => {
  const who = `${echo(name, 80)} (${echo(email, 80)})`
  const [danish, english] =
    role === 'contact' ? ['kontakt', 'contact'] : ['stedfortræder for kontakten', 'deputy of the contact']
  const until = before.map((one) => echo(one, 80)).join(', ')
  return letterInWords('contact-changed', facts, {
    da: {
      title: 'Ny kontakt',
      body: [
        `${who} er fra i dag jeres ${danish} i sagen.${until === '' ? '' : ` Indtil nu var det ${until}.`}`,
        'Breve og kvitteringer går til kontakten. Er det ikke rigtigt, så svar på denne mail.',
      ],
    },
    en: {
      title: 'New contact',
      body: [
        `From today ${who} is your ${english} in this case.${until === '' ? '' : ` Until now it was ${until}.`}`,
        'Letters and receipts go to the contact. If this is not right, reply to this mail.',
      ],
    },
  })
}

export const contactChangedLetter = declareLetter('contact-changed', {
  name: 'Ny kontakt',
  ...fromCaseworker,
  review: {
    owed: [
      ({ contactChanges }) =>
        contactChanges.entered.flatMap(({ contactId, party, person }) =>
          person === null ? [] : [{ kind: 'contact-changed', party, seq: 1, about: contactId }],
        ),
    ],
    // To the contact now, with the one entered and those before in copy: both sides of the change are told.
    compose: ({ context, facts, state }) => {
      const change = state.contactChanges.entered.find(({ contactId }) => contactId === context.order.about)
      if (change?.person == null) throw new Error('the contact to tell of is not on the record')
      const byId = (id: string) => context.contacts.filter((contact) => contact.id === id)
      const before = change.replaces.flatMap(byId)
      return {
        body: contactChanged({
          facts,
          role: change.role,
          name: change.person.name,
          email: change.person.email,
          before: before.map(({ name }) => name),
        }),
        cc: [...byId(change.contactId), ...before],
      }
    },
  },
})
