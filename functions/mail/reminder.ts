import { joinWords, printDate, printWeekdayDate } from '../domain/base/danish.ts'
import { dueOnOf } from '../domain/review/collection.ts'
import { addWorkingDays, reminderDays } from '../domain/base/calendar.ts'
import { lettersTo } from '../domain/casefile/letters.ts'
import { agreementWords, type CaseFacts } from './case-facts.ts'
import { gap, paragraph, title, type Block } from './block.ts'
import {
  declareLetter,
  leadInCopy,
  missingNow,
  printedForm,
  wholeForm,
  type ReviewLetter,
} from './declared-letter.ts'
import { formBlocks, type PrintedForm } from './form-blocks.ts'
import type { LetterBody, LetterDraft } from './letter.ts'
import { countedNoun } from './phrases.ts'
import { fieldLabel } from './read-rows.ts'

interface CourtesyNoticeData {
  readonly facts: CaseFacts
  readonly dueOn: string
  /** The form with the missing lines alone. */
  readonly form: PrintedForm
}

/** L1b: two weeks before the due date, only when something is missing. */
export const courtesyNotice = ({ facts, dueOn, form }: CourtesyNoticeData): LetterBody => {
  const { language, resultsYear: year } = facts
  const { subject } = agreementWords(facts.kind, language)
  const due = printDate(dueOn, language)
  const weekday = printWeekdayDate(dueOn, language)
  const blocks: readonly Block[] =
    language === 'da'
      ? [
          title(`Indberetning for ${year}: frist om to uger`),
          paragraph(
            `Fristen for indberetningen for ${year} er ${weekday}. Vi mangler fortsat linjerne nedenfor. Har I sendt dem inden for de seneste dage, kan I se bort fra denne mail. Har I brug for mere tid, så svar med linjen »Udsættelse til:« og en dato.`,
          ),
        ]
      : [
          title(`Results for ${year}: due in two weeks`),
          paragraph(
            `The due date for the results for ${year} is ${weekday}. The lines below are still missing. If you have sent them within the last few days, please disregard this mail. If you need more time, reply with the line "Extension until:" and a date.`,
          ),
        ]
  return {
    kind: 'courtesy-notice',
    language,
    subject: {
      own:
        language === 'da'
          ? `${subject}: indberetning for ${year}, frist om to uger, ${due}`
          : `${subject}: results for ${year}, due in two weeks, ${due}`,
    },
    blocks: [...blocks, gap, ...formBlocks(form)],
  }
}

export const courtesyNoticeLetter = declareLetter('courtesy-notice', {
  name: 'Varsel om frist',
  signedBy: 'office-head',
  address: 'you',
  review: {
    compose: (letter) => ({
      body: courtesyNotice({
        facts: letter.facts,
        dueOn: dueOnOf(letter.state, letter.party.municipality),
        form: printedForm(letter, missingNow(letter)),
      }),
    }),
  },
})

interface ReminderData {
  readonly facts: CaseFacts
  /** The day of the request, as its letter was dated. */
  readonly requestedOn: string
  /** The due date that has passed. */
  readonly wasDueOn: string
  readonly dueOn: string
  /** The form with the missing lines alone. */
  readonly form: PrintedForm
  /** What has come and is in order, in words (`mål 2`, `aktivitet 1`); empty when nothing has come. */
  readonly inPlace: readonly string[]
}

const subjectOf = (facts: CaseFacts, danish: string, english: string): { readonly own: string } => ({
  own: `${agreementWords(facts.kind, facts.language).subject}: ${facts.language === 'da' ? danish : english}`,
})

/** How many lines are missing, as the subject says it: `to tal`, or `to svar` when not all are numbers. */
const missingCount = (form: PrintedForm): string => {
  const numbers = form.fields.every((field) => ['count', 'number', 'amount'].includes(field.type))
  return countedNoun(form.fields.length, numbers ? 'figure' : 'answer', form.language)
}

const nothingCame = (data: ReminderData): readonly Block[] => {
  const { facts } = data
  const year = facts.resultsYear
  if (facts.language === 'en') {
    return [
      title(`Reminder: results for ${year}`),
      paragraph(
        `On ${printDate(data.requestedOn, 'en')} the ministry asked for the municipality's results for ${year} by ${printDate(data.wasDueOn, 'en')}. The ministry has not yet received them and asks for them by ${printWeekdayDate(data.dueOn, 'en')}.`,
      ),
      paragraph(
        'If you have sent them within the last few days, please disregard this mail. If there is anything we can help with, or if you need more time, just reply to this mail.',
      ),
    ]
  }
  return [
    title(`Påmindelse om indberetning for ${year}`),
    paragraph(
      `Ministeriet bad den ${printDate(data.requestedOn, 'da')} om kommunens resultater for ${year} senest den ${printDate(data.wasDueOn, 'da')}. Ministeriet har endnu ikke modtaget indberetningen og beder om at få den senest ${printWeekdayDate(data.dueOn, 'da')}.`,
    ),
    paragraph(
      'Har I sendt den inden for de seneste dage, kan I se bort fra denne mail. Er der noget, vi kan hjælpe med, eller har I brug for mere tid, så svar blot på mailen.',
    ),
  ]
}

const someCame = (data: ReminderData): readonly Block[] => {
  const { facts } = data
  const year = facts.resultsYear
  const place = joinWords(data.inPlace, facts.language)
  if (facts.language === 'en') {
    return [
      title(`Your return for ${year}: what is missing`),
      paragraph(`Thank you for your return. This is in place: ${place}.`),
      paragraph(
        `Only the lines below are missing, and we ask for them by ${printWeekdayDate(data.dueOn, 'en')}. If a figure is not available, write "not available" and the reason.`,
      ),
    ]
  }
  return [
    title(`Jeres indberetning for ${year}: det mangler`),
    paragraph(`Tak for jeres indberetning. Det her er på plads: ${place}.`),
    paragraph(
      `Vi mangler kun linjerne nedenfor og beder om dem senest ${printWeekdayDate(data.dueOn, 'da')}. Kan et tal ikke opgøres, skrives »ikke opgjort« og årsagen.`,
    ),
  ]
}

/** L2 when nothing has come, L2b when something has: a friendly letter that asks only for what is missing. */
export const firstReminder = (data: ReminderData): LetterBody => {
  const { facts } = data
  const due = printDate(data.dueOn, facts.language)
  const year = facts.resultsYear
  const partly = data.inPlace.length > 0
  return {
    kind: 'reminder-1',
    language: facts.language,
    subject: partly
      ? subjectOf(
          facts,
          `vi mangler ${missingCount(data.form)} for ${year}, frist ${due}`,
          `${missingCount(data.form)} missing for ${year}, due ${due}`,
        )
      : subjectOf(
          facts,
          `påmindelse om indberetning for ${year}, ny frist ${due}`,
          `reminder of results for ${year}, new due date ${due}`,
        ),
    blocks: [...(partly ? someCame(data) : nothingCame(data)), gap, ...formBlocks(data.form)],
  }
}

/** L3: the last reminder, with its consequence. */
export const lastReminder = (data: ReminderData): LetterBody => {
  const { facts } = data
  const year = facts.resultsYear
  const due = printDate(data.dueOn, facts.language)
  const weekday = printWeekdayDate(data.dueOn, facts.language)
  const partly = data.inPlace.length > 0
  const blocks: readonly Block[] =
    facts.language === 'da'
      ? [
          title(`Sidste påmindelse om indberetning for ${year}`),
          paragraph(
            partly
              ? `Ministeriet har endnu ikke modtaget resten af indberetningen for ${year} og beder om at få den senest ${weekday}.`
              : `Ministeriet har endnu ikke modtaget indberetningen for ${year} og beder om at få den senest ${weekday}.`,
          ),
          paragraph(
            `Modtager ministeriet ikke ${partly ? 'resten af ' : ''}indberetningen inden fristen, foretages bedømmelsen på det foreliggende grundlag. Mål, der ikke kan opgøres på det grundlag, vil fremgå som »kan ikke bedømmes«. Det betyder ikke, at målet anses for ikke opfyldt.`,
          ),
        ]
      : [
          title(`Last reminder: results for ${year}`),
          paragraph(
            `The ministry has not yet received ${partly ? 'the rest of ' : ''}the results for ${year} and asks for them by ${weekday}.`,
          ),
          paragraph(
            'If they are not received by then, the assessment is made on what is at hand. Targets that cannot be calculated on that basis will appear as "not assessable". This does not mean that the target is regarded as not met.',
          ),
        ]
  return {
    kind: 'reminder-2',
    language: facts.language,
    subject: subjectOf(
      facts,
      `sidste påmindelse, indberetning for ${year}, frist ${due}`,
      `last reminder, results for ${year}, due ${due}`,
    ),
    blocks: [...blocks, gap, ...formBlocks(data.form)],
  }
}

const composeReminder = (
  letter: ReviewLetter,
  words: (data: ReminderData) => LetterBody,
  workingDays: number,
): LetterDraft => {
  const { context, party, state, recipient } = letter
  const dueOn = addWorkingDays(context.on, workingDays)
  const form = printedForm(letter, missingNow(letter))
  const missingKeys = new Set(form.fields.map(({ key }) => key))
  const inPlace = wholeForm(letter)
    .filter(({ required, key }) => required && !missingKeys.has(key))
    .map((field) => fieldLabel(field, recipient.language).toLocaleLowerCase('da').replace(/, .*$/u, ''))
  const body = words({
    facts: letter.facts,
    requestedOn: lettersTo(state.letters, party.municipality, 'request')[0]?.datedOn ?? state.requestOn,
    wasDueOn: dueOnOf(state, party.municipality),
    dueOn,
    form,
    inPlace: [...new Set(inPlace)],
  })
  return { body, dueOn, cc: leadInCopy(letter) }
}

export const firstReminderLetter = declareLetter('reminder-1', {
  name: 'Rykker 1',
  signedBy: 'office-head',
  address: 'you',
  review: { compose: (letter) => composeReminder(letter, firstReminder, reminderDays['reminder-1']) },
})

export const lastReminderLetter = declareLetter('reminder-2', {
  name: 'Rykker 2',
  signedBy: 'office-head',
  address: 'you',
  mainMailboxInCopy: true,
  review: { compose: (letter) => composeReminder(letter, lastReminder, reminderDays['reminder-2']) },
})

interface CollectionClosedData {
  readonly facts: CaseFacts
  /** True when something has come: then only the rest is missing. */
  readonly partly: boolean
}

/** L3b: collection is over; the assessment is made on what there is. */
export const collectionClosed = ({ facts, partly }: CollectionClosedData): LetterBody => {
  const year = facts.resultsYear
  const { subject } = agreementWords(facts.kind, facts.language)
  if (facts.language === 'en') {
    return {
      kind: 'collection-closed',
      language: 'en',
      subject: { own: `${subject}: the results for ${year} are assessed now` },
      blocks: [
        title(`The results for ${year} are assessed now`),
        paragraph(
          `The ministry has not received ${partly ? 'the rest of ' : ''}the return and now makes the assessment on what is at hand. You get a draft for comments. If you send the figures before the hearing ends, they are included.`,
        ),
      ],
    }
  }
  return {
    kind: 'collection-closed',
    language: 'da',
    subject: { own: `${subject}: bedømmelsen af ${year} foretages nu` },
    blocks: [
      title(`Bedømmelsen af ${year} foretages nu`),
      paragraph(
        `Ministeriet har ikke modtaget ${partly ? 'resten af ' : ''}indberetningen og foretager nu bedømmelsen på det foreliggende grundlag. I får et udkast i høring. Sender I tallene inden høringsfristen, indgår de.`,
      ),
    ],
  }
}

export const collectionClosedLetter = declareLetter('collection-closed', {
  name: 'Indsamlingen er afsluttet',
  signedBy: 'office-head',
  address: 'you',
  review: {
    compose: (letter) => ({
      body: collectionClosed({ facts: letter.facts, partly: Object.keys(letter.party.figures).length > 0 }),
      cc: leadInCopy(letter),
    }),
  },
})
