import { printDate } from '../domain/base/danish.ts'
import { agreementWords } from './agreement-words.ts'
import type { CaseFacts } from './case-facts.ts'
import { contractOf } from './case-facts.ts'
import { declareLetter } from './declared-letter.ts'
import type { LetterBody } from './letter.ts'
import { letterInWords } from './wording.ts'

export interface FirstYearNextData {
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
      subject: `you report for the first time for ${year}`,
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
  signedBy: 'office-head',
  address: 'you',
  mainMailboxInCopy: true,
  review: {
    compose: ({ facts, content }) => ({
      body: firstYearNext({ facts, effectiveFrom: content.effectiveFrom, hasOlderAgreement: true }),
    }),
  },
})
