import { moveDeadline } from '../domain/base/calendar.ts'
import { printDate, printWeekdayDate } from '../domain/base/danish.ts'
import { addDays, daysBetween } from '../domain/base/time.ts'
import { lettersTo } from '../domain/casefile/letters.ts'
import { dueOnOf } from '../domain/review/collection.ts'
import { gap } from './block.ts'
import { contractOf, type CaseFacts } from './case-facts.ts'
import { declareLetter } from './declared-letter.ts'
import { formBlocks, type PrintedForm } from './form-blocks.ts'
import type { LetterBody, LetterDraft } from './letter.ts'
import { printedForm, wholeForm, type ReviewLetter } from './review-letter.ts'
import { letterInWords } from './wording.ts'
import { workbookOf, type WorkbookSheets } from './workbook.ts'

export interface ToDeputyData {
  readonly facts: CaseFacts
  readonly contact: string
  readonly because:
    { readonly is: 'absent'; readonly until: string | null } | { readonly is: 'not-delivered' }
  readonly dueOn: string
  readonly form: PrintedForm
  readonly workbook: WorkbookSheets
}

/** Why this mail comes to the deputy; the pronoun is left out, since nobody is asked for it. */
const reason = ({ contact, because }: ToDeputyData): { readonly da: string; readonly en: string } => {
  if (because.is === 'not-delivered')
    return {
      da: `Mailen til ${contact} kunne ikke afleveres. Derfor får I den her.`,
      en: `The mail to ${contact} could not be delivered. That is why you get it here.`,
    }
  const until = {
    da: because.until === null ? '' : ` til den ${printDate(because.until, 'da')}`,
    en: because.until === null ? '' : ` until ${printDate(because.until, 'en')}`,
  }
  return {
    da: `Vi har fået besked om, at ${contact} er fraværende${until.da}. Derfor får I ministeriets anmodning på denne adresse.`,
    en: `We have been told that ${contact} is away${until.en}. That is why you get the ministry's request at this address.`,
  }
}

/** L1c: the request to the deputy or the next contact. */
export const toDeputy = (data: ToDeputyData): LetterBody => {
  const { facts, dueOn } = data
  const year = facts.resultsYear
  const why = reason(data)
  const blocks = formBlocks(data.form)
  return letterInWords(
    'to-deputy',
    facts,
    {
      da: {
        subject: `indberetning for ${year}, frist ${printDate(dueOn, 'da')} (til stedfortræder)`,
        title: `Indberetning af resultater for ${year}`,
        body: [
          `${why.da} Er det en anden, der skal have den, så svar med linjen »Kontakt:« og navn, titel og e-mail.`,
          `Efter ${facts.clauses.presentation} i ${contractOf(facts, 'inside')} beder ministeriet om kommunens resultater for ${year} senest ${printWeekdayDate(dueOn, 'da')}. Svar på denne mail, og skriv tallene ud for nøglerne nedenfor, eller udfyld det vedhæftede regneark. Kan et tal ikke opgøres, skrives »ikke opgjort« og årsagen.`,
          gap,
          ...blocks,
        ],
      },
      en: {
        subject: `results for ${year}, due ${printDate(dueOn, 'en')} (to the deputy)`,
        title: `Return of results for ${year}`,
        body: [
          `${why.en} If it should go to somebody else, reply with the line "Contact:" and name, title and e-mail.`,
          `Under ${facts.clauses.presentation.replace(/^pkt\./, 'clause')} of ${contractOf(facts, 'inside')} the ministry asks for the municipality's results for ${year} by ${printWeekdayDate(dueOn, 'en')}. Reply to this mail and write the figures next to the keys below, or fill in the attached workbook. If a figure is not available, write "not available" and the reason.`,
          gap,
          ...blocks,
        ],
      },
    },
    {
      attachments: { workbook: data.workbook },
    },
  )
}

const composeToDeputy = (letter: ReviewLetter): LetterDraft => {
  const { context, party, state, frame } = letter
  const first = lettersTo(state.letters, party.municipality, 'request')[0]
  const asked = lettersTo(state.letters, party.municipality, 'request', 'to-deputy').at(-1)
  const given = first?.dueOn == null ? 0 : daysBetween(first.datedOn, first.dueOn)
  const note = state.mails.find((mail) => mail.mailKey === context.order.about) ?? null
  const before = context.contacts.find((contact) => contact.id === asked?.recipients[0])
  // After a failed delivery it has as many days as the first had; after an absence note the date stands (L1c).
  const dueOn = note === null ? moveDeadline(addDays(context.on, given)) : dueOnOf(state, party.municipality)
  const form = printedForm(letter, wholeForm(letter))
  return {
    body: toDeputy({
      facts: letter.facts,
      contact: before?.name ?? '',
      because: note === null ? { is: 'not-delivered' } : { is: 'absent', until: note.absentUntil },
      dueOn,
      form,
      workbook: workbookOf(form, frame.municipality, frame.caseworker.name),
    }),
    dueOn,
    cc: note === null || before === undefined ? [] : [before],
  }
}

export const toDeputyLetter = declareLetter('to-deputy', {
  name: 'Til stedfortræder',
  signedBy: 'office-head',
  address: 'you',
  review: { compose: composeToDeputy },
})
