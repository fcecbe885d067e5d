import { printWeekdayDate } from '../domain/base/danish.ts'
import type { FormField } from '../domain/form/field.ts'
import type { Doubt } from '../domain/casefile/reading.ts'
import { keyLine } from './block.ts'
import type { CaseFacts } from './case-facts.ts'
import { doubtWords, type DoubtContext } from './doubt-words.ts'
import { echo } from './echo.ts'
import { fieldLine } from './field-line.ts'
import type { LetterBody } from './letter.ts'
import { letterInWords } from './wording.ts'

export interface AnswerAskedBackData {
  readonly facts: CaseFacts
  readonly theirSubject: string
  readonly doubts: readonly Doubt[]
  readonly context: DoubtContext
  readonly answerBy: string
  /** The proposal's own lines. */
  readonly fields: readonly FormField[]
}

/** Accepted and another value beside it (MAIL.md 133): no number is asked for, but which of the two is meant. */
const words = (doubt: Doubt, context: DoubtContext): string => {
  if (doubt.kind !== 'two-values' || doubt.key !== 'Svar') return doubtWords(doubt, context)
  const first = echo(doubt.details['first'] ?? '', 80)
  const second = echo(doubt.details['second'] ?? '', 80)
  return context.language === 'da'
    ? `I har skrevet både »${first}« og »${second}«. Skriv tiltrædes, hvis I tiltræder forslaget, som det er, og ændringsforslag, hvis I vil ændre det.`
    : `You wrote both "${first}" and "${second}". Write accepted if you accept the proposal as it stands, and counter-proposal if you want to change it.`
}

/** An answer to a proposal that could not be understood is asked back; it counts for nothing until then. */
export const answerAskedBack = (data: AnswerAskedBackData): LetterBody => {
  const { facts, doubts, context, fields } = data
  const asked = doubts.map((doubt) => words(doubt, context))
  return letterInWords(
    'question',
    facts,
    {
      da: {
        subject: '',
        title: 'Vi er i tvivl om jeres svar på forslaget',
        body: [
          ...asked,
          `Svaret tæller først, når vi har forstået det. Vi beder jer svare senest ${printWeekdayDate(data.answerBy, 'da')}:`,
          ...fields.map((field) => keyLine(fieldLine(field, 'da'))),
        ],
      },
      en: {
        subject: '',
        title: 'We are in doubt about your answer to the proposal',
        body: [
          ...asked,
          `The answer counts only when we have understood it. Please reply by ${printWeekdayDate(data.answerBy, 'en')}:`,
          ...fields.map((field) => keyLine(fieldLine(field, 'en'))),
        ],
      },
    },
    { answers: data.theirSubject },
  )
}
