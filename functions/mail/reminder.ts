import { joinWords, printDate, printWeekdayDate } from '../domain/base/danish.ts'
import type { Language } from '../domain/base/values.ts'
import { dueOnOf } from '../domain/review/collection.ts'
import { addWorkingDays, reminderDays } from '../domain/base/calendar.ts'
import { lettersTo } from '../domain/casefile/letters.ts'
import type { CaseFacts } from './case-facts.ts'
import { gap } from './block.ts'
import {
  declareLetter,
  leadInCopy,
  missingNow,
  printedForm,
  toContact,
  toContactAndMailbox,
  waitingForOk,
  wholeForm,
  type ReviewLetter,
} from './declared-letter.ts'
import { formBlocks, type PrintedForm } from './form-blocks.ts'
import type { LetterBody, LetterDraft } from './letter.ts'
import { countedNoun, echo } from './phrases.ts'
import { fieldLabel } from './read-rows.ts'
import { letterInWords, type Wordings } from './wording.ts'

interface CourtesyNoticeData {
  readonly facts: CaseFacts
  readonly dueOn: string
  /** The form with the missing lines alone. */
  readonly form: PrintedForm
  /** Who has sent figures that wait for the contact's OK. */
  readonly waiting?: readonly string[]
}

/** Figures of colleagues wait: an OK makes them count, and nothing of them is asked for again (MAIL 256). */
const okAsked = (waiting: readonly string[], language: Language): readonly string[] => {
  if (waiting.length === 0) return []
  const senders = joinWords(waiting, language)
  return language === 'da'
    ? [`Vi har modtaget tal fra ${senders}. De tæller, når I svarer OK på denne mail.`]
    : [`We have received figures from ${senders}. They count when you reply OK to this mail.`]
}

/** Everything has been sent, and waits for the contact's OK. */
const okAlone = (waiting: readonly string[], year: number, dueOn: string): Wordings => ({
  da: {
    subject: `svar OK for at bekræfte tallene for ${year}, frist ${printDate(dueOn, 'da')}`,
    title: `Indberetning for ${year}: svar OK`,
    body: [...okAsked(waiting, 'da'), `Ministeriet beder om svaret senest ${printWeekdayDate(dueOn, 'da')}.`],
  },
  en: {
    subject: `reply OK to confirm the figures for ${year}, due ${printDate(dueOn, 'en')}`,
    title: `Results for ${year}: reply OK`,
    body: [
      ...okAsked(waiting, 'en'),
      `The ministry asks for the answer by ${printWeekdayDate(dueOn, 'en')}.`,
    ],
  },
})

/** L1b: two weeks before the due date, only when something is missing. */
export const courtesyNotice = ({ facts, dueOn, form, waiting = [] }: CourtesyNoticeData): LetterBody => {
  const year = facts.resultsYear
  if (form.fields.length === 0 && waiting.length > 0)
    return letterInWords('courtesy-notice', facts, okAlone(waiting, year, dueOn))
  const due = printDate(dueOn, facts.language)
  const weekday = printWeekdayDate(dueOn, facts.language)
  const asked = [...okAsked(waiting, facts.language), gap, ...formBlocks(form)]
  return letterInWords('courtesy-notice', facts, {
    da: {
      subject: `indberetning for ${year}, frist om to uger, ${due}`,
      title: `Indberetning for ${year}: frist om to uger`,
      body: [
        `Fristen for indberetningen for ${year} er ${weekday}. Vi mangler fortsat linjerne nedenfor. Har I sendt dem inden for de seneste dage, kan I se bort fra denne mail. Har I brug for mere tid, så svar med linjen »Udsættelse til:« og en dato.`,
        ...asked,
      ],
    },
    en: {
      subject: `results for ${year}, due in two weeks, ${due}`,
      title: `Results for ${year}: due in two weeks`,
      body: [
        `The due date for the results for ${year} is ${weekday}. The lines below are still missing. If you have sent them within the last few days, please disregard this mail. If you need more time, reply with the line "Extension until:" and a date.`,
        ...asked,
      ],
    },
  })
}

export const courtesyNoticeLetter = declareLetter('courtesy-notice', {
  name: 'Varsel om frist',
  ...toContact,
  review: {
    compose: (letter) => ({
      body: courtesyNotice({
        facts: letter.facts,
        dueOn: dueOnOf(letter.state, letter.party.municipality),
        form: printedForm(letter, missingNow(letter)),
        waiting: waitingSenders(letter),
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
  /** Who has sent figures that wait for the contact's OK. */
  readonly waiting?: readonly string[]
}

/** How many lines are missing, as the subject says it: `to tal`, or `to svar` when not all are numbers. */
const missingCount = (form: PrintedForm): string => {
  const numbers = form.fields.every((field) => ['count', 'number', 'amount'].includes(field.type))
  return countedNoun(form.fields.length, numbers ? 'figure' : 'answer', form.language)
}

const nothingCame = ({ facts, requestedOn, wasDueOn, dueOn, form, waiting = [] }: ReminderData): Wordings => {
  const year = facts.resultsYear
  const asked = [...okAsked(waiting, facts.language), gap, ...formBlocks(form)]
  return {
    da: {
      subject: `påmindelse om indberetning for ${year}, ny frist ${printDate(dueOn, 'da')}`,
      title: `Påmindelse om indberetning for ${year}`,
      body: [
        `Ministeriet bad den ${printDate(requestedOn, 'da')} om kommunens resultater for ${year} senest den ${printDate(wasDueOn, 'da')}. Ministeriet har endnu ikke modtaget indberetningen og beder om at få den senest ${printWeekdayDate(dueOn, 'da')}.`,
        'Har I sendt den inden for de seneste dage, kan I se bort fra denne mail. Er der noget, vi kan hjælpe med, eller har I brug for mere tid, så svar blot på mailen.',
        ...asked,
      ],
    },
    en: {
      subject: `reminder of results for ${year}, new due date ${printDate(dueOn, 'en')}`,
      title: `Reminder: results for ${year}`,
      body: [
        `On ${printDate(requestedOn, 'en')} the ministry asked for the municipality's results for ${year} by ${printDate(wasDueOn, 'en')}. The ministry has not yet received them and asks for them by ${printWeekdayDate(dueOn, 'en')}.`,
        'If you have sent them within the last few days, please disregard this mail. If there is anything we can help with, or if you need more time, just reply to this mail.',
        ...asked,
      ],
    },
  }
}

const someCame = ({ facts, dueOn, form, inPlace, waiting = [] }: ReminderData): Wordings => {
  const year = facts.resultsYear
  const place = joinWords(inPlace, facts.language)
  const asked = [...okAsked(waiting, facts.language), gap, ...formBlocks(form)]
  return {
    da: {
      subject: `vi mangler ${missingCount(form)} for ${year}, frist ${printDate(dueOn, 'da')}`,
      title: `Jeres indberetning for ${year}: det mangler`,
      body: [
        `Tak for jeres indberetning. Det her er på plads: ${place}.`,
        `Vi mangler kun linjerne nedenfor og beder om dem senest ${printWeekdayDate(dueOn, 'da')}. Kan et tal ikke opgøres, skrives »ikke opgjort« og årsagen.`,
        ...asked,
      ],
    },
    en: {
      subject: `${missingCount(form)} missing for ${year}, due ${printDate(dueOn, 'en')}`,
      title: `Your return for ${year}: what is missing`,
      body: [
        `Thank you for your return. This is in place: ${place}.`,
        `Only the lines below are missing, and we ask for them by ${printWeekdayDate(dueOn, 'en')}. If a figure is not available, write "not available" and the reason.`,
        ...asked,
      ],
    },
  }
}

/** L2 when nothing has come, L2b when something has: a friendly letter that asks only for what is missing. */
export const firstReminder = (data: ReminderData): LetterBody =>
  letterInWords(
    'reminder-1',
    data.facts,
    waitsForOkAlone(data)
      ? okAlone(data.waiting ?? [], data.facts.resultsYear, data.dueOn)
      : data.inPlace.length > 0
        ? someCame(data)
        : nothingCame(data),
  )

const waitsForOkAlone = ({ form, waiting = [] }: ReminderData): boolean =>
  form.fields.length === 0 && waiting.length > 0

/** L3: the last reminder, with its consequence. */
export const lastReminder = (data: ReminderData): LetterBody => {
  const { facts, dueOn, form, inPlace, waiting = [] } = data
  const year = facts.resultsYear
  const due = printDate(dueOn, facts.language)
  const weekday = printWeekdayDate(dueOn, facts.language)
  if (waitsForOkAlone(data)) return letterInWords('reminder-2', facts, okAlone(waiting, year, dueOn))
  const theRest = inPlace.length > 0
  const asked = [...okAsked(waiting, facts.language), gap, ...formBlocks(form)]
  return letterInWords('reminder-2', facts, {
    da: {
      subject: `sidste påmindelse, indberetning for ${year}, frist ${due}`,
      title: `Sidste påmindelse om indberetning for ${year}`,
      body: [
        `Ministeriet har endnu ikke modtaget ${theRest ? 'resten af ' : ''}indberetningen for ${year} og beder om at få den senest ${weekday}.`,
        `Modtager ministeriet ikke ${theRest ? 'resten af ' : ''}indberetningen inden fristen, foretages bedømmelsen på det foreliggende grundlag. Mål, der ikke kan opgøres på det grundlag, vil fremgå som »kan ikke bedømmes«. Det betyder ikke, at målet anses for ikke opfyldt.`,
        ...asked,
      ],
    },
    en: {
      subject: `last reminder, results for ${year}, due ${due}`,
      title: `Last reminder: results for ${year}`,
      body: [
        `The ministry has not yet received ${theRest ? 'the rest of ' : ''}the results for ${year} and asks for them by ${weekday}.`,
        'If they are not received by then, the assessment is made on what is at hand. Targets that cannot be calculated on that basis will appear as "not assessable". This does not mean that the target is regarded as not met.',
        ...asked,
      ],
    },
  })
}

/** Names of those whose figures wait, else their addresses. */
const waitingSenders = (letter: ReviewLetter): readonly string[] => [
  ...new Set(waitingForOk(letter).map(({ details }) => echo(details?.name || (details?.from ?? '')))),
]

const composeReminder = (
  letter: ReviewLetter,
  words: (data: ReminderData) => LetterBody,
  workingDays: number,
): LetterDraft => {
  const { context, party, state, recipient } = letter
  const dueOn = addWorkingDays(context.on, workingDays)
  const form = printedForm(letter, missingNow(letter))
  const waiting = waitingForOk(letter)
  const notInPlace = new Set([
    ...form.fields.map(({ key }) => key),
    ...waiting.flatMap(({ values }) => values.map(({ key }) => key)),
  ])
  const inPlace = wholeForm(letter)
    .filter(({ required, key }) => required && !notInPlace.has(key))
    .map((field) => fieldLabel(field, recipient.language).toLocaleLowerCase('da').replace(/, .*$/u, ''))
  const body = words({
    facts: letter.facts,
    requestedOn: lettersTo(state.letters, party.municipality, 'request')[0]?.datedOn ?? state.requestOn,
    wasDueOn: dueOnOf(state, party.municipality),
    dueOn,
    form,
    inPlace: [...new Set(inPlace)],
    waiting: waitingSenders(letter),
  })
  return { body, dueOn, cc: leadInCopy(letter) }
}

export const firstReminderLetter = declareLetter('reminder-1', {
  name: 'Rykker 1',
  ...toContact,
  review: { compose: (letter) => composeReminder(letter, firstReminder, reminderDays['reminder-1']) },
})

export const lastReminderLetter = declareLetter('reminder-2', {
  name: 'Rykker 2',
  ...toContactAndMailbox,
  review: { compose: (letter) => composeReminder(letter, lastReminder, reminderDays['reminder-2']) },
})

/**
 * L3b: collection is over; the assessment is made on what there is.
 * @param partly something has come: then only the rest is missing
 */
export const collectionClosed = (facts: CaseFacts, partly: boolean): LetterBody => {
  const year = facts.resultsYear
  return letterInWords('collection-closed', facts, {
    da: {
      title: `Bedømmelsen af ${year} foretages nu`,
      body: [
        `Ministeriet har ikke modtaget ${partly ? 'resten af ' : ''}indberetningen og foretager nu bedømmelsen på det foreliggende grundlag. I får et udkast i høring. Sender I tallene inden høringsfristen, indgår de.`,
      ],
    },
    en: {
      title: `The results for ${year} are assessed now`,
      body: [
        `The ministry has not received ${partly ? 'the rest of ' : ''}the return and now makes the assessment on what is at hand. You get a draft for comments. If you send the figures before the hearing ends, they are included.`,
      ],
    },
  })
}

export const collectionClosedLetter = declareLetter('collection-closed', {
  name: 'Indsamlingen er afsluttet',
  ...toContact,
  review: {
    compose: (letter) => ({
      body: collectionClosed(letter.facts, Object.keys(letter.party.figures).length > 0),
      cc: leadInCopy(letter),
    }),
  },
})
