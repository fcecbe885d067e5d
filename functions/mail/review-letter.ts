import type { AgreementContent, Contact } from '../domain/agreement/content.ts'
import { addWorkingDays } from '../domain/base/calendar.ts'
import type { MailRecord } from '../domain/casefile/mails.ts'
import { contactsOf } from '../domain/casefile/recipients.ts'
import type { FormField } from '../domain/form/field.ts'
import { askedForm, missingFields } from '../domain/review/asked.ts'
import type { ReviewState } from '../domain/review/state.ts'
import type { CaseFacts } from './case-facts.ts'
import type { PrintedForm } from './form-blocks.ts'
import type { Frame } from './frame.ts'
import type { LetterContext } from './letter.ts'
import type { PartyState } from '../domain/review/slices/figures.ts'

/** What every letter of a review is composed from. */
export interface ReviewLetter {
  readonly state: ReviewState
  readonly content: AgreementContent
  readonly party: PartyState
  readonly context: LetterContext
  readonly recipient: Contact
  readonly frame: Omit<Frame, 'token'>
  readonly facts: CaseFacts
}

export const printedForm = (letter: ReviewLetter, fields: readonly FormField[]): PrintedForm => ({
  fields,
  resultsYear: letter.state.year,
  kind: letter.content.kind,
  language: letter.recipient.language,
  municipality: letter.party.municipality,
  caseNumber: letter.content.caseNumber,
  token: letter.context.token,
})

export const wholeForm = (letter: ReviewLetter): readonly FormField[] =>
  askedForm(letter.content, letter.state.year, letter.party.municipality, letter.context.on)

/** The lines that the party has not answered yet. */
export const missingNow = (letter: ReviewLetter): readonly FormField[] =>
  missingFields(letter.state, letter.party, letter.context.on)

/** The mail a letter answers. */
export const mailOf = (letter: ReviewLetter): MailRecord => {
  const mail = letter.state.mails.find((candidate) => candidate.mailKey === letter.context.order.about)
  if (mail === undefined) throw new Error('the mail to answer is not on the record')
  return mail
}

/** Held mail is looked at within two working days (MAIL.md 2.2). */
const lookDays = 2

/** By when a caseworker has looked at what came in. */
export const lookedAtBy = (on: string): string => addWorkingDays(on, lookDays)

/** The lead municipality (tovholderkommune) gets a copy of its members' reminders. */
export const leadInCopy = ({ state, party, context }: ReviewLetter): readonly Contact[] => {
  const lead = state.parties.find(({ role }) => role === 'lead')
  return lead === undefined || lead.municipality === party.municipality
    ? []
    : contactsOf(context.contacts, lead.municipality, context.on, 'contact')
}
