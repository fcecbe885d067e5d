import { addWorkingDays, workingDaysFor } from '../domain/base/calendar.ts'
import { printDate, printWeekdayDate } from '../domain/base/danish.ts'
import type { FormField } from '../domain/form/field.ts'
import { factCheckForm } from '../domain/form/form.ts'
import { pagesKey } from '../domain/report/report.ts'
import { todayInCopenhagen } from '../domain/base/time.ts'
import type { CaseFacts } from './case-facts.ts'
import {
  fromCaseworker,
  declareLetter,
  toContact,
  toMunicipality,
  type ReviewLetter,
} from './declared-letter.ts'
import { fieldLines } from './form-words.ts'
import { answering, type Answering, type AttachedDocument, type LetterBody } from './letter.ts'
import { letterInWords } from './wording.ts'
import { sentence } from './phrases.ts'

interface FactCheckData {
  readonly facts: CaseFacts
  readonly dueOn: string
  /** `Faktatjek`. */
  readonly fields: readonly FormField[]
  /** The municipality's own pages alone. */
  readonly documents: readonly AttachedDocument[]
}

/** L11: each municipality checks its own pages of the joint report; silence does not block. */
export const factCheck = ({ facts, dueOn, fields, documents }: FactCheckData): LetterBody => {
  const year = facts.resultsYear
  const lines = fieldLines(fields, facts.language)
  return letterInWords('fact-check', facts, {
    da: {
      subject: `Samlet afrapportering for ${year}: faktatjek af jeres sider, frist ${printDate(dueOn, 'da')}`,
      title: `Samlet afrapportering for ${year}: faktatjek af jeres sider`,
      body: [
        `Vedhæftet er de sider, der handler om jer. Vi beder jer kontrollere, at tal og navne er rigtige, senest ${printWeekdayDate(dueOn, 'da')}. Skriv OK ud for nøglen, eller skriv rettelserne:`,
        ...lines,
        'Hører vi ikke fra jer, udkommer siderne, som de er, med en bemærkning om, at de ikke er kontrolleret af kommunen.',
      ],
    },
    en: {
      subject: `Joint report for ${year}: fact check of your pages, due ${printDate(dueOn, 'en')}`,
      title: `Joint report for ${year}: fact check of your pages`,
      body: [
        `Attached are the pages about you. Please check that figures and names are right by ${printWeekdayDate(dueOn, 'en')}. Write OK next to the key, or write the corrections:`,
        ...lines,
        'If we do not hear from you, the pages appear as they are, with a remark that they have not been checked by the municipality.',
      ],
    },
    attachments: { documents },
    subjectOf: (subject) => subject,
  })
}

export const factCheckLetter = declareLetter('fact-check', {
  name: 'Faktatjek',
  ...toContact,
  review: {
    // The report's pages of this agreement go along, as they would be published.
    compose: ({ context, facts, state: { year, agreement } }) => {
      const dueOn = addWorkingDays(context.on, workingDaysFor.factCheck)
      const pages = {
        fileName: `faktatjek-${year}-${agreement ?? ''}.html`,
        archiveKey: pagesKey(year, context.order.about, agreement ?? ''),
      }
      return {
        body: factCheck({ facts, dueOn, fields: factCheckForm(), documents: [pages] }),
        dueOn,
      }
    },
  },
})

interface FactCheckAnswerData extends Answering {
  readonly receivedOn: string
  /** The pages change, they do not, or it is about a figure that was assessed. */
  readonly as: 'corrected' | 'rejected' | 'figure'
  /** The caseworker's words: what was changed, or why nothing was. */
  readonly answer: string
}

/** The answer to a correction that a municipality asked for at the fact check of its pages (L11). */
export const factCheckAnswer = (data: FactCheckAnswerData): LetterBody => {
  const { facts, theirSubject, receivedOn, as, answer } = data
  const year = facts.resultsYear
  const danish = {
    corrected: [
      `Tak for jeres svar af ${printDate(receivedOn, 'da')} på faktatjekket. Jeres sider er rettet. ${sentence(answer)}`,
    ],
    rejected: [
      `Tak for jeres svar af ${printDate(receivedOn, 'da')} på faktatjekket. Siderne er ikke ændret. ${sentence(answer)}`,
      'Jeres bemærkning står på siderne sammen med ministeriets svar.',
    ],
    figure: [
      `Tak for jeres svar af ${printDate(receivedOn, 'da')} på faktatjekket. Det gælder et tal, der er indgået i bedømmelsen, og det ændres kun, hvis sagen genoptages. Ministeriet tager stilling til det, og I får besked, hvis det sker. ${sentence(answer)}`,
      'Jeres bemærkning står på siderne.',
    ],
  } as const
  const english = {
    corrected: [
      `Thank you for your answer of ${printDate(receivedOn, 'en')} to the fact check. Your pages have been corrected. ${sentence(answer)}`,
    ],
    rejected: [
      `Thank you for your answer of ${printDate(receivedOn, 'en')} to the fact check. The pages have not been changed. ${sentence(answer)}`,
      "Your remark stands on the pages together with the ministry's answer.",
    ],
    figure: [
      `Thank you for your answer of ${printDate(receivedOn, 'en')} to the fact check. It is about a figure that was part of the assessment, which changes only if the case is reopened. The ministry decides on that, and you will be told if it happens. ${sentence(answer)}`,
      'Your remark stands on the pages.',
    ],
  } as const
  return letterInWords('fact-check-answer', facts, {
    da: { title: `Svar på faktatjek af jeres sider for ${year}`, body: [...danish[as]] },
    en: {
      title: `Answer to the fact check of your pages for ${year}`,
      body: [...english[as]],
    },
    answers: theirSubject,
  })
}

export const factCheckAnswerLetter = declareLetter('fact-check-answer', {
  name: 'Svar på rettelse ved faktatjek',
  ...fromCaseworker,
  review: {
    owed: [
      ({ factChecks }) =>
        factChecks.flatMap(({ decided, party, mailKey }) =>
          decided === null ? [] : [{ kind: 'fact-check-answer', party, seq: 1, about: mailKey }],
        ),
    ],
    // In answer to the mail that asked for the correction.
    compose: answering((about, { state }: ReviewLetter, { mailKey, receivedAt }) => {
      const check = state.factChecks.find((one) => one.mailKey === mailKey)
      if (check?.decided == null) throw new Error('the correction is not decided')
      const { as, text } = check.decided
      return factCheckAnswer({ ...about, receivedOn: todayInCopenhagen(receivedAt), as, answer: text })
    }),
  },
})

interface CorrectionSheetData {
  readonly facts: CaseFacts
  readonly number: number
  readonly frozenOn: string
  /** What showed the error, in Danish as the sheet has it. */
  readonly grounds: string
  /** The caseworker's words. */
  readonly why: string
  /** What reads otherwise, in the words of the report's pages. */
  readonly places: readonly { readonly place: string; readonly was: string; readonly holds: string }[]
  /** The sheet as a page and as its print. */
  readonly documents: readonly AttachedDocument[]
}

/** L13b: a numbered correction of the frozen joint report, to every party of the agreement. */
export const correctionSheet = (data: CorrectionSheetData): LetterBody => {
  const { facts, number, frozenOn, grounds, why, places, documents } = data
  const year = facts.resultsYear
  const corrected = places.map(({ place, was, holds }) =>
    [place, `Rapporten sagde: ${was}`, `Nu gælder: ${holds}`].map(sentence).join(' '),
  )
  return letterInWords('correction-sheet', facts, {
    da: {
      title: `Rettelsesblad nr. ${number} til den samlede afrapportering for ${year}`,
      body: [
        `Ministeriet har rettet det, den samlede afrapportering for ${year} siger om kommunens aftale. Grundlaget er: ${grounds}.`,
        ...corrected,
        `Hvorfor: ${sentence(why)}`,
        `Rapporten, der blev offentliggjort den ${printDate(frozenOn, 'da')}, er uændret. Rettelsesbladet er vedhæftet og står ved siden af den. Kommunen skal ikke gøre noget.`,
      ],
    },
    en: {
      title: `Correction sheet no. ${number} to the joint report for ${year}`,
      body: [
        `The ministry has corrected what the joint report for ${year} says of the municipality's agreement. What the report said, what holds now and why is in the attached sheet, in Danish as the report is.`,
        `The report published on ${printDate(frozenOn, 'en')} has not been changed. The sheet stands beside it. The municipality need not do anything.`,
      ],
    },
    attachments: { documents },
  })
}

export const correctionSheetLetter = declareLetter('correction-sheet', {
  name: 'Rettelsesblad',
  ...toMunicipality,
  review: {
    needs: 'correction-sheet',
    compose: ({ facts, context }, sheet) => ({
      body: correctionSheet({ facts, number: context.order.seq, ...sheet }),
    }),
  },
})
