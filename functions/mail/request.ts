import { moveDeadline, requestDay } from '../domain/base/calendar.ts'
import { printDate, printWeekdayDate } from '../domain/base/danish.ts'
import { addDays, daysBetween } from '../domain/base/time.ts'
import { laterTargets } from '../domain/form/form.ts'
import { agreementWords } from './agreement-words.ts'
import { gap, heading, paragraph, title, type Block } from './block.ts'
import { contractOf, type CaseFacts } from './case-facts.ts'
import { declareLetter } from './declared-letter.ts'
import { formBlocks, type PrintedForm } from './form-blocks.ts'
import type { LetterBody, LetterDraft } from './letter.ts'
import { observedAssumptionBlocks, type AssumptionValue } from './observed-assumptions.ts'
import { requestSteps } from './request-steps.ts'
import { printedForm, wholeForm, type ReviewLetter } from './review-letter.ts'
import { workbookOf, type WorkbookSheets } from './workbook.ts'

export interface RequestData {
  readonly facts: CaseFacts
  readonly dueOn: string
  readonly form: PrintedForm
  /** Assumptions the ministry observes: shown, never asked. */
  readonly observed: readonly AssumptionValue[]
  /** Targets whose figure does not exist yet, with the date they are asked (letter L1e). */
  readonly later: readonly { readonly title: string; readonly key: string; readonly on: string }[]
  readonly workbook: WorkbookSheets
}

const laterBlocks = (data: RequestData): readonly Block[] => {
  if (data.later.length === 0) return []
  const danish = data.facts.language === 'da'
  return [
    heading(danish ? 'Indhentes senere' : 'Asked later'),
    ...data.later.map(({ title: name, key, on }) =>
      paragraph(
        danish
          ? `Tallet til mål ${key.slice(1)}, ${name}, kan først gøres op senere. Vi beder om det ${printDate(on, 'da')}.`
          : `The figure for target ${key.slice(1)}, ${name}, cannot be had yet. We ask for it on ${printDate(on, 'en')}.`,
      ),
    ),
  ]
}

const danish = (data: RequestData): readonly Block[] => {
  const { facts } = data
  const year = facts.resultsYear
  return [
    title(`Indberetning af resultater for ${year}`),
    paragraph(
      `Efter ${facts.clauses.presentation} i ${contractOf(facts)} skal de opnåede resultater fremlægges og bedømmes én gang årligt. Ministeriet beder derfor om kommunens resultater for ${year} senest ${printWeekdayDate(data.dueOn, 'da')}.`,
    ),
    heading('Sådan gør I'),
    { block: 'numbered', items: requestSteps(data.form) },
    paragraph('Har I brug for mere tid, så svar med linjen »Udsættelse til:« og en dato.'),
    paragraph('Skriv ikke navne, CPR-numre eller andre oplysninger om borgere.'),
    gap,
    ...formBlocks(data.form),
    ...laterBlocks(data),
    ...observedAssumptionBlocks(data.observed, facts),
    heading('Hvad sker der så?'),
    paragraph(
      'Ministeriet sender et udkast til bedømmelse i høring, når fristen er udløbet. I får mindst to uger til at komme med bemærkninger. Hører vi ikke fra jer inden fristen, sender vi en påmindelse.',
    ),
  ]
}

const english = (data: RequestData): readonly Block[] => {
  const { facts } = data
  const year = facts.resultsYear
  return [
    title(`Return of results for ${year}`),
    paragraph(
      `Under ${facts.clauses.presentation.replace(/^pkt\./, 'clause')} of ${contractOf(facts, 'end')}, results are presented and assessed once a year. The ministry therefore asks for the municipality's results for ${year} by ${printWeekdayDate(data.dueOn, 'en')}.`,
    ),
    heading('How to answer'),
    { block: 'numbered', items: requestSteps(data.form) },
    paragraph(
      'If you need more time, reply with the line "Extension until:" and a date. Do not write names, CPR numbers or other data about individual persons.',
    ),
    gap,
    ...formBlocks(data.form),
    ...laterBlocks(data),
    ...observedAssumptionBlocks(data.observed, facts),
    heading('What happens next?'),
    paragraph(
      'When the due date has passed, the ministry sends a draft assessment for comments. You have at least two weeks to comment. If we do not hear from you by the due date, we send a reminder.',
    ),
  ]
}

/** L1: asks for the year's results (LETTERS 6.1; English 5). */
export const request = (data: RequestData): LetterBody => {
  const { language, kind, resultsYear } = data.facts
  const { subject } = agreementWords(kind, language)
  const due = printDate(data.dueOn, language)
  return {
    kind: 'request',
    language,
    subject: {
      own:
        language === 'da'
          ? `${subject}: indberetning for ${resultsYear}, frist ${due}`
          : `${subject}: results for ${resultsYear}, due ${due}`,
    },
    blocks: language === 'da' ? danish(data) : english(data),
    attachments: { workbook: data.workbook },
  }
}

const composeRequest = (letter: ReviewLetter): LetterDraft => {
  const { content, context, party, state, frame } = letter
  // Released late, the days to answer are as many as they would have been.
  const late = daysBetween(requestDay(state.year), context.on)
  const dueOn = late > 0 ? moveDeadline(addDays(state.dueOn, late)) : state.dueOn
  const asking = { year: state.year, municipality: party.municipality, askedOn: context.on }
  const form = printedForm(letter, wholeForm(letter))
  return {
    body: request({
      facts: letter.facts,
      dueOn,
      form,
      observed: content.assumptions
        .filter(
          ({ observedBy, years }) => observedBy === 'ministry' && years.some((year) => year >= state.year),
        )
        .map((assumption) => ({ assumption, observed: null })),
      later: laterTargets(content, asking).map(({ target, on }) => ({
        key: target.key,
        title: target.title,
        on,
      })),
      workbook: workbookOf(form, frame.municipality, frame.caseworker.name),
    }),
    dueOn,
  }
}

export const requestLetter = declareLetter('request', {
  name: 'Anmodning om indberetning',
  signedBy: 'office-head',
  address: 'you',
  mainMailboxInCopy: true,
  review: { compose: composeRequest },
})
