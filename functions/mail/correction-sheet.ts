import { printDate } from '../domain/base/danish.ts'
import type { CaseFacts } from './case-facts.ts'
import { declareLetter } from './declared-letter.ts'
import type { AttachedDocument, LetterBody } from './letter.ts'
import { letterInWords } from './wording.ts'

export interface CorrectionSheetData {
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

const sentence = (text: string): string => (/[.!?]$/u.test(text) ? text : `${text}.`)

/** L13b: a numbered correction of the frozen joint report, to every party of the agreement. */
export const correctionSheet = (data: CorrectionSheetData): LetterBody => {
  const { facts, number, frozenOn, grounds, why, places, documents } = data
  const year = facts.resultsYear
  const corrected = places.map(({ place, was, holds }) =>
    [place, `Rapporten sagde: ${was}`, `Nu gælder: ${holds}`].map(sentence).join(' '),
  )
  return letterInWords(
    'correction-sheet',
    facts,
    {
      da: {
        subject: `rettelsesblad nr. ${number} til den samlede afrapportering for ${year}`,
        title: `Rettelsesblad nr. ${number} til den samlede afrapportering for ${year}`,
        body: [
          `Ministeriet har rettet det, den samlede afrapportering for ${year} siger om kommunens aftale. Grundlaget er: ${grounds}.`,
          ...corrected,
          `Hvorfor: ${sentence(why)}`,
          `Rapporten, der blev offentliggjort den ${printDate(frozenOn, 'da')}, er uændret. Rettelsesbladet er vedhæftet og står ved siden af den. Kommunen skal ikke gøre noget.`,
        ],
      },
      en: {
        subject: `correction sheet no. ${number} to the joint report for ${year}`,
        title: `Correction sheet no. ${number} to the joint report for ${year}`,
        body: [
          `The ministry has corrected what the joint report for ${year} says of the municipality's agreement. What the report said, what holds now and why is in the attached sheet, in Danish as the report is.`,
          `The report published on ${printDate(frozenOn, 'en')} has not been changed. The sheet stands beside it. The municipality need not do anything.`,
        ],
      },
    },
    { attachments: { documents } },
  )
}

export const correctionSheetLetter = declareLetter('correction-sheet', {
  name: 'Rettelsesblad',
  signedBy: 'office-head',
  address: 'municipality',
  mainMailboxInCopy: true,
  review: {
    needs: 'correction-sheet',
    compose: ({ facts, context }, sheet) => ({
      body: correctionSheet({ facts, number: context.order.seq, ...sheet }),
    }),
  },
})
