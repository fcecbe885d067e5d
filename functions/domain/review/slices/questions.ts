import * as z from 'zod'
import { event, privateText } from '../../base/event.ts'
import { slice } from '../../base/slice.ts'
import { dateSchema, municipalityCodeSchema, personIdSchema } from '../../base/values.ts'

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
