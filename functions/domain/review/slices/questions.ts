import * as z from 'zod'
import { addWorkingDays, workingDaysFor } from '../../base/calendar.ts'
import { event, privateText } from '../../base/stream.ts'
import { slice } from '../../base/slice.ts'
import { dateSchema, municipalityCodeSchema, personIdSchema } from '../../base/values.ts'
import { lettersTo, type lettersSlice } from '../../casefile/letters.ts'

const questionAskedSchema = event('QuestionAsked', {
  questionId: z.string(),
  party: municipalityCodeSchema,
  keys: z.array(z.string()).min(1),
  dueOn: dateSchema,
  by: personIdSchema,
  private: privateText,
})
const questionAnsweredSchema = event('QuestionAnswered', {
  questionId: z.string(),
  party: municipalityCodeSchema,
  mailKey: z.string(),
})

export interface Question {
  readonly questionId: string
  readonly party: string
  readonly keys: readonly string[]
  readonly dueOn: string
  readonly text: string
  readonly askedBy: string
  readonly answeredBy: string | null
}

export interface Questions {
  readonly questions: readonly Question[]
}
const initial: Questions = { questions: [] }

/** What a caseworker asks of a party about its figures. */
export const questionsSlice = slice({
  initial,
  events: [questionAskedSchema, questionAnsweredSchema],
  fold: {
    QuestionAsked: ({ questions }, { questionId, party, keys, dueOn, by, private: own }) => ({
      questions: [
        ...questions,
        { questionId, party, keys, dueOn, text: own?.text ?? '', askedBy: by, answeredBy: null },
      ],
    }),
    QuestionAnswered: ({ questions }, { questionId, mailKey }) => ({
      questions: questions.map((question) =>
        question.questionId === questionId ? { ...question, answeredBy: mailKey } : question,
      ),
    }),
  },
})

export const openQuestions = ({ questions }: Questions): readonly Question[] =>
  questions.filter((question) => question.answeredBy === null)

/** The date printed in the question's letter, which replaces the one set when it was asked. */
export const questionDueOn = ({ letters }: typeof lettersSlice.initial, question: Question): string =>
  lettersTo(letters, question.party, 'question').find((letter) => letter.order.about === question.questionId)
    ?.dueOn ?? question.dueOn

/** How long a party has to answer a question. */
export const questionEnd = (sentOn: string): string => addWorkingDays(sentOn, workingDaysFor.question)
