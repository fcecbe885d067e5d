import { printDate } from '../domain/base/danish.ts'
import { todayInCopenhagen } from '../domain/base/time.ts'
import type { CaseFacts } from './case-facts.ts'
import { declareLetter } from './declared-letter.ts'
import { mailOf, type LetterBody } from './letter.ts'
import { letterInWords } from './wording.ts'

export interface FactCheckAnswerData {
  readonly facts: CaseFacts
  /** The subject of the mail that is answered. */
  readonly theirSubject: string
  readonly receivedOn: string
  /** The pages change, they do not, or it is about a figure that was assessed. */
  readonly as: 'corrected' | 'rejected' | 'figure'
  /** The caseworker's words: what was changed, or why nothing was. */
  readonly answer: string
}

const sentence = (text: string): string => (/[.!?]$/u.test(text) ? text : `${text}.`)

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
  return letterInWords(
    'fact-check-answer',
    facts,
    {
      da: { subject: '', title: `Svar på faktatjek af jeres sider for ${year}`, body: [...danish[as]] },
      en: {
        subject: '',
        title: `Answer to the fact check of your pages for ${year}`,
        body: [...english[as]],
      },
    },
    { answers: theirSubject },
  )
}

export const factCheckAnswerLetter = declareLetter('fact-check-answer', {
  name: 'Svar på rettelse ved faktatjek',
  signedBy: 'caseworker',
  address: 'you',
  review: {
    owed: [
      ({ factChecks }) =>
        factChecks.flatMap(({ decided, party, mailKey }) =>
          decided === null ? [] : [{ kind: 'fact-check-answer', party, seq: 1, about: mailKey }],
        ),
    ],
    // In answer to the mail that asked for the correction.
    compose: (letter) => {
      const answers = mailOf(letter)
      const check = letter.state.factChecks.find(({ mailKey }) => mailKey === answers.mailKey)
      if (check?.decided == null) throw new Error('the correction is not decided')
      return {
        body: factCheckAnswer({
          facts: letter.facts,
          theirSubject: answers.details?.subject ?? '',
          receivedOn: todayInCopenhagen(answers.receivedAt),
          as: check.decided.as,
          answer: check.decided.text,
        }),
        answers,
      }
    },
  },
})
