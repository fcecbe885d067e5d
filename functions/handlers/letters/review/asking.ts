import {
  addWorkingDays,
  confirmationDueDay,
  moveDeadline,
  requestDay,
  workingDaysFor,
} from '../../../domain/base/calendar.ts'
import { lettersTo } from '../../../domain/casefile/letters.ts'
import { contactConfirmationForm, laterTargets } from '../../../domain/form/form.ts'
import { laterFigureDueOn, missingFields } from '../../../domain/review/asked.ts'
import { dueOnOf } from '../../../domain/review/collection.ts'
import { addDays, daysBetween, laterDate } from '../../../domain/base/time.ts'
import { collectionClosed } from '../../../mail/collection-closed.ts'
import { contactConfirmation } from '../../../mail/contact-confirmation.ts'
import { courtesyNotice } from '../../../mail/courtesy-notice.ts'
import { firstYearNext } from '../../../mail/first-year-next.ts'
import { laterFigure } from '../../../mail/later-figure.ts'
import { fieldLabel } from '../../../mail/read-rows.ts'
import { firstReminder, lastReminder } from '../../../mail/reminder.ts'
import { request } from '../../../mail/request.ts'
import { toDeputy } from '../../../mail/to-deputy.ts'
import { workbookOf } from '../../../mail/workbook.ts'
import type { ComposedLetter } from '../letter-desk.ts'
import { contactsOf } from '../../../domain/casefile/recipients.ts'
import { addressed, printedForm, wholeForm, type ReviewLetter } from './shared.ts'

export const composeContactConfirmation = (letter: ReviewLetter): ComposedLetter => {
  const { context, party, recipient, state } = letter
  const mailbox = contactsOf(context.contacts, party.municipality, context.on, 'main-mailbox')[0]
  const deputies = contactsOf(context.contacts, party.municipality, context.on, 'deputy')
  const answerBy = laterDate(confirmationDueDay(state.year), addWorkingDays(context.on, 5))
  return addressed(
    letter,
    contactConfirmation({
      facts: letter.facts,
      requestOn: requestDay(state.year),
      answerBy,
      contact: { name: recipient.name, title: recipient.title, email: recipient.email },
      mainMailbox: mailbox?.email ?? null,
      deputies: deputies.map((deputy) => deputy.name),
      fields: contactConfirmationForm(),
    }),
    { dueOn: answerBy, thread: null },
  )
}

const workbook = (letter: ReviewLetter) =>
  workbookOf(printedForm(letter, wholeForm(letter)), letter.frame.municipality, letter.frame.caseworker.name)

export const composeRequest = (letter: ReviewLetter): ComposedLetter => {
  const { content, context, party, state } = letter
  // Released late, the days to answer are as many as they would have been.
  const late = daysBetween(requestDay(state.year), context.on)
  const dueOn = late > 0 ? moveDeadline(addDays(state.dueOn, late)) : state.dueOn
  const later = laterTargets(content, {
    year: state.year,
    municipality: party.municipality,
    askedOn: context.on,
  })
  return addressed(
    letter,
    request({
      facts: letter.facts,
      dueOn,
      form: printedForm(letter, wholeForm(letter)),
      observed: content.assumptions
        .filter(
          (assumption) =>
            assumption.observedBy === 'ministry' && assumption.years.some((year) => year >= state.year),
        )
        .map((assumption) => ({ assumption, observed: null })),
      later: later.map(({ target, on }) => ({ key: target.key, title: target.title, on })),
      workbook: workbook(letter),
    }),
    { dueOn, thread: null },
  )
}

export const composeToDeputy = (letter: ReviewLetter): ComposedLetter => {
  const { context, party, state } = letter
  const first = lettersTo(state.letters, party.municipality, 'request')[0]
  const asked = lettersTo(state.letters, party.municipality, 'request', 'to-deputy').at(-1)
  const given = first?.dueOn == null ? 0 : daysBetween(first.datedOn, first.dueOn)
  const note = state.mails.find((mail) => mail.mailKey === context.order.about) ?? null
  const before = context.contacts.find((contact) => contact.id === asked?.recipients[0])
  // After a failed delivery it has as many days as the first had; after an absence note the date stands (L1c).
  const dueOn = note === null ? moveDeadline(addDays(context.on, given)) : dueOnOf(state, party.municipality)
  return addressed(
    letter,
    toDeputy({
      facts: letter.facts,
      contact: before?.name ?? '',
      because: note === null ? { is: 'not-delivered' } : { is: 'absent', until: note.absentUntil },
      dueOn,
      form: printedForm(letter, wholeForm(letter)),
      workbook: workbook(letter),
    }),
    { dueOn, thread: null, cc: note === null || before === undefined ? [] : [before] },
  )
}

const missingNow = (letter: ReviewLetter) =>
  printedForm(letter, missingFields(letter.state, letter.party, letter.context.on))

/** The lead municipality (tovholderkommune) gets a copy of its members' reminders. */
const leadInCopy = (letter: ReviewLetter) => {
  const lead = letter.state.parties.find((party) => party.role === 'lead')
  return lead === undefined || lead.municipality === letter.party.municipality
    ? []
    : contactsOf(letter.context.contacts, lead.municipality, letter.context.on, 'contact')
}

export const composeCourtesyNotice = (letter: ReviewLetter): ComposedLetter =>
  addressed(
    letter,
    courtesyNotice({
      facts: letter.facts,
      dueOn: dueOnOf(letter.state, letter.party.municipality),
      form: missingNow(letter),
    }),
  )

export const composeReminder = (letter: ReviewLetter): ComposedLetter => {
  const { context, party, state } = letter
  const last = context.order.kind === 'reminder-2'
  const dueOn = addWorkingDays(context.on, last ? workingDaysFor.reminder2 : workingDaysFor.reminder1)
  const form = missingNow(letter)
  const missingKeys = new Set(form.fields.map((field) => field.key))
  const inPlace = wholeForm(letter)
    .filter((field) => field.required && !missingKeys.has(field.key))
    .map((field) =>
      fieldLabel(field, letter.recipient.language).toLocaleLowerCase('da').replace(/, .*$/u, ''),
    )
  const data = {
    facts: letter.facts,
    requestedOn: lettersTo(state.letters, party.municipality, 'request')[0]?.datedOn ?? state.requestOn,
    wasDueOn: dueOnOf(state, party.municipality),
    dueOn,
    form,
    inPlace: [...new Set(inPlace)],
  }
  return addressed(letter, last ? lastReminder(data) : firstReminder(data), { dueOn, cc: leadInCopy(letter) })
}

export const composeCollectionClosed = (letter: ReviewLetter): ComposedLetter =>
  addressed(
    letter,
    collectionClosed({ facts: letter.facts, partly: Object.keys(letter.party.figures).length > 0 }),
    { cc: leadInCopy(letter) },
  )

export const composeLaterFigure = (letter: ReviewLetter): ComposedLetter => {
  const { content, context, party, state } = letter
  const key = context.order.about
  const target = content.targets.find((candidate) => candidate.key === key)
  if (target === undefined) throw new Error(`no target ${key} in this agreement`)
  const dueOn = laterFigureDueOn(context.on)
  const fields = wholeForm(letter).filter(
    (field) => field.required && field.subject.of === 'target' && field.subject.target.key === key,
  )
  return addressed(
    letter,
    laterFigure({
      facts: letter.facts,
      requestedOn: lettersTo(state.letters, party.municipality, 'request')[0]?.datedOn ?? state.requestOn,
      target: key,
      availableOn: target.earliestAvailable.find((entry) => entry.year === state.year)?.on ?? context.on,
      dueOn,
      form: printedForm(letter, fields),
    }),
    { dueOn },
  )
}

export const composeFirstTimeNextYear = (letter: ReviewLetter): ComposedLetter =>
  addressed(
    letter,
    firstYearNext({
      facts: letter.facts,
      effectiveFrom: letter.content.effectiveFrom,
      hasOlderAgreement: true,
    }),
    { thread: null },
  )
