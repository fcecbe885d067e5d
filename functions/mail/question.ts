import { printWeekdayDate } from '../domain/base/danish.ts'
import type { FormField } from '../domain/form/field.ts'
import type { Language } from '../domain/base/values.ts'
import { agreementWords } from './agreement-words.ts'
import { keyLine } from './block.ts'
import type { Block } from './block.ts'
import type { CaseFacts } from './case-facts.ts'
import { countedNoun } from './counted-noun.ts'
import { declareLetter } from './declared-letter.ts'
import { fieldLine } from './field-line.ts'
import type { LetterBody } from './letter.ts'
import { fieldLabel } from './read-rows.ts'
import { letterInWords } from './wording.ts'

export interface AskedQuestion {
  /** The caseworker's or approver's words, in the recipient's language. */
  readonly text: string
  /** Where the answer goes: a note. */
  readonly answerField: FormField
  /** The figure it is about, should it be changed; empty when there is none. */
  readonly figureFields: readonly FormField[]
}

export interface QuestionData {
  readonly facts: CaseFacts
  readonly answerBy: string
  readonly questions: readonly AskedQuestion[]
}

const labelOf = ({ answerField, figureFields }: AskedQuestion, language: Language): string =>
  fieldLabel(figureFields[0] ?? answerField, language).replace(/,.*$/, '')

const lines = (fields: readonly FormField[], language: Language): readonly Block[] =>
  fields.map((field) => keyLine(fieldLine(field, language)))

const questionBlocks = (data: QuestionData): readonly (string | Block)[] => {
  const { language } = data.facts
  const figures = [...new Set(data.questions.flatMap((question) => question.figureFields))]
  const answers = [...new Set(data.questions.map((question) => question.answerField))]
  const change =
    language === 'da'
      ? 'Skal tallet ændres, så skriv også'
      : 'If the figure is to be changed, please also write'
  const due =
    language === 'da'
      ? `Vi beder om svar senest ${printWeekdayDate(data.answerBy, 'da')} under ${answers.length === 1 ? 'nøglen' : 'nøglerne'}`
      : `Please reply to this mail by ${printWeekdayDate(data.answerBy, 'en')} under the ${answers.length === 1 ? 'key' : 'keys'}`
  return [
    {
      block: 'numbered',
      items: data.questions.map((question) => `${labelOf(question, language)}. ${question.text}`),
    },
    due,
    ...lines(answers, language),
    ...(figures.length === 0 ? [] : [change, ...lines(figures, language)]),
  ]
}

/** L5: a question before the assessment, in the same thread. */
export const question = (data: QuestionData): LetterBody => {
  const { facts } = data
  const year = facts.resultsYear
  const { subject } = agreementWords(facts.kind, facts.language)
  const count = countedNoun(data.questions.length, 'question', facts.language)
  return letterInWords(
    'question',
    facts,
    {
      da: {
        subject: `${count.replace('ét', 'et')} om jeres tal for ${year}`,
        title: `Spørgsmål om jeres tal for ${year}`,
        body: [
          `Tak for indberetningen. Før ministeriet kan bedømme resultaterne, har vi ${count}:`,
          ...questionBlocks(data),
        ],
      },
      en: {
        subject: `${count} about your figures for ${year}`,
        title: `Questions about your figures for ${year}`,
        body: [
          `Thank you for the return. Before the ministry can assess the results we have ${count}:`,
          ...questionBlocks(data),
        ],
      },
    },
    { subjectStart: (wording) => `SV: ${subject}: ${wording.subject}` },
  )
}

export const questionLetter = declareLetter('question', {
  name: 'Spørgsmål',
  signedBy: 'caseworker',
  address: 'you',
})
