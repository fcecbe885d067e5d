import { addWorkingDays, confirmationDueDay, requestDay } from '../domain/base/calendar.ts'
import { joinWords, printDate, printWeekdayDate } from '../domain/base/danish.ts'
import { laterDate } from '../domain/base/time.ts'
import type { Language } from '../domain/base/values.ts'
import { contactsOf } from '../domain/casefile/recipients.ts'
import type { FormField } from '../domain/form/field.ts'
import { contactConfirmationForm } from '../domain/form/form.ts'
import { agreementWords } from './agreement-words.ts'
import { keyLine, type Block } from './block.ts'
import type { CaseFacts } from './case-facts.ts'
import { declareLetter } from './declared-letter.ts'
import { fieldLine } from './field-line.ts'
import type { Signatory } from './frame.ts'
import type { LetterBody } from './letter.ts'
import { letterInWords } from './wording.ts'

export interface ContactConfirmationData {
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
  signedBy: 'office-head',
  address: 'you',
  mainMailboxInCopy: true,
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
