import type { Contact } from '../domain/agreement/content.ts'
import { contactsOf } from '../domain/casefile/recipients.ts'
import type { FormField } from '../domain/form/field.ts'
import { askedForm, missingFields } from '../domain/review/asked.ts'
import type { PartyState } from '../domain/review/slices/figures.ts'
import type { ReviewState } from '../domain/review/state.ts'
import type { PrintedForm } from './form-blocks.ts'
import type { CaseLetter } from './letter.ts'

/** What every letter of a review is composed from. */
export interface ReviewLetter extends CaseLetter {
  readonly state: ReviewState
  readonly party: PartyState
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

/** The lead municipality (tovholderkommune) gets a copy of its members' reminders. */
export const leadInCopy = ({ state, party, context }: ReviewLetter): readonly Contact[] => {
  const lead = state.parties.find(({ role }) => role === 'lead')
  return lead === undefined || lead.municipality === party.municipality
    ? []
    : contactsOf(context.contacts, lead.municipality, context.on, 'contact')
}
