import { moveDeadline, requestDay } from '../domain/base/calendar.ts'
import { printDate, printWeekdayDate } from '../domain/base/danish.ts'
import { addDays, daysBetween } from '../domain/base/time.ts'
import { laterTargets } from '../domain/form/form.ts'
import { lettersTo } from '../domain/casefile/letters.ts'
import { dueOnOf } from '../domain/review/collection.ts'
import { agreementWords, contractOf, type CaseFacts } from './case-facts.ts'
import { gap, heading, paragraph, type Block } from './block.ts'
import {
  declareLetter,
  printedForm,
  toContact,
  toContactAndMailbox,
  wholeForm,
  type ReviewLetter,
} from './declared-letter.ts'
import { formBlocks, type PrintedForm } from './form-blocks.ts'
import type { LetterBody, LetterDraft } from './letter.ts'
import { observedAssumptionBlocks, type AssumptionValue } from './later-figure.ts'
import { requestSteps, workbookOf, type WorkbookSheets } from './workbook.ts'
import { letterInWords, type Wordings } from './wording.ts'

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

/** L1: asks for the year's results (LETTERS 6.1; English 5). */
export const request = (data: RequestData): LetterBody => {
  const { facts, dueOn, form, workbook } = data
  const year = facts.resultsYear
  const steps: Block = { block: 'numbered', items: requestSteps(form) }
  const asked = [
    gap,
    ...formBlocks(form),
    ...laterBlocks(data),
    ...observedAssumptionBlocks(data.observed, facts),
  ]
  const wordings: Wordings = {
    da: {
      subject: `indberetning for ${year}, frist ${printDate(dueOn, 'da')}`,
      title: `Indberetning af resultater for ${year}`,
      body: [
        `Efter ${facts.clauses.presentation} i ${contractOf(facts)} skal de opnåede resultater fremlægges og bedømmes én gang årligt. Ministeriet beder derfor om kommunens resultater for ${year} senest ${printWeekdayDate(dueOn, 'da')}.`,
        heading('Sådan gør I'),
        steps,
        'Har I brug for mere tid, så svar med linjen »Udsættelse til:« og en dato.',
        'Skriv ikke navne, CPR-numre eller andre oplysninger om borgere.',
        ...asked,
        heading('Hvad sker der så?'),
        'Ministeriet sender et udkast til bedømmelse i høring, når fristen er udløbet. I får mindst to uger til at komme med bemærkninger. Hører vi ikke fra jer inden fristen, sender vi en påmindelse.',
      ],
    },
    en: {
      subject: `results for ${year}, due ${printDate(dueOn, 'en')}`,
      title: `Return of results for ${year}`,
      body: [
        `Under ${facts.clauses.presentation.replace(/^pkt\./, 'clause')} of ${contractOf(facts, 'end')}, results are presented and assessed once a year. The ministry therefore asks for the municipality's results for ${year} by ${printWeekdayDate(dueOn, 'en')}.`,
        heading('How to answer'),
        steps,
        'If you need more time, reply with the line "Extension until:" and a date. Do not write names, CPR numbers or other data about individual persons.',
        ...asked,
        heading('What happens next?'),
        'When the due date has passed, the ministry sends a draft assessment for comments. You have at least two weeks to comment. If we do not hear from you by the due date, we send a reminder.',
      ],
    },
  }
  return letterInWords('request', facts, { ...wordings, attachments: { workbook } })
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
      later: laterTargets(content, asking).map(({ target: { key, title }, on }) => ({ key, title, on })),
      workbook: workbookOf(form, frame.municipality, frame.caseworker.name),
    }),
    dueOn,
  }
}

export const requestLetter = declareLetter('request', {
  name: 'Anmodning om indberetning',
  ...toContactAndMailbox,
  review: { compose: composeRequest },
})

interface ToDeputyData {
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
  return letterInWords('to-deputy', facts, {
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
    attachments: { workbook: data.workbook },
  })
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
  ...toContact,
  review: { compose: composeToDeputy },
})

interface FirstYearNextData {
  /** `resultsYear` is the run's year, in which the agreement is not asked. */
  readonly facts: CaseFacts
  readonly effectiveFrom: string
  /** The municipality has an older agreement too: figures sent here never fill it. */
  readonly hasOlderAgreement: boolean
}

/** »I indberetter første gang for 2015«: the one mail to an agreement in force only after the run's year. */
export const firstYearNext = ({ facts, effectiveFrom, hasOlderAgreement }: FirstYearNextData): LetterBody => {
  const year = facts.resultsYear + 1
  const { definite } = agreementWords(facts.kind, facts.language)
  return letterInWords('first-time-next-year', facts, {
    da: {
      subject: `I indberetter første gang for ${year}`,
      title: `I indberetter første gang for ${year}`,
      body: [
        `${contractOf(facts, 'end').replace(/^./, (first) => first.toUpperCase())} gælder fra den ${printDate(effectiveFrom, 'da')}. Derfor bliver I ikke bedt om resultater for ${facts.resultsYear} efter den. Anmodningen om resultaterne for ${year} kommer i januar ${year + 1}.`,
        ...(hasOlderAgreement
          ? [
              `Har I en ældre aftale med ministeriet, gælder den for sig. Tal, der sendes som svar på denne mail, bliver ikke brugt til den.`,
            ]
          : []),
        `I skal ikke gøre noget nu. Er det en anden, der skal have anmodningen, så svar med navn, titel og e-mail.`,
      ],
    },
    en: {
      title: `You report for the first time for ${year}`,
      body: [
        `Since ${definite} is in force from ${printDate(effectiveFrom, 'en')}, you are not asked for results for ${facts.resultsYear} under it. The request for the results for ${year} comes in January ${year + 1}.`,
        ...(hasOlderAgreement
          ? [
              'An older agreement you may have with the ministry stands for itself. Figures sent in reply to this mail are not used for it.',
            ]
          : []),
        'You need not do anything now. If somebody else should have the request, reply with name, title and e-mail.',
      ],
    },
  })
}

export const firstYearNextLetter = declareLetter('first-time-next-year', {
  name: 'Indberetter første gang næste år',
  ...toContactAndMailbox,
  review: {
    compose: ({ facts, content }) => ({
      body: firstYearNext({ facts, effectiveFrom: content.effectiveFrom, hasOlderAgreement: true }),
    }),
  },
})
