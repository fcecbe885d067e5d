import { addWorkingDays, workingDaysFor } from '../domain/base/calendar.ts'
import { printWeekdayDate } from '../domain/base/danish.ts'
import { todayInCopenhagen } from '../domain/base/time.ts'
import type { Language } from '../domain/base/values.ts'
import type { Doubt } from '../domain/casefile/reading.ts'
import type { FormField } from '../domain/form/field.ts'
import { formFor } from '../domain/form/form.ts'
import { printedProposalForm } from '../domain/renegotiation/proposal.ts'
import { owedLetters } from '../domain/renegotiation/owed.ts'
import { siblingKeys } from '../domain/review/slices/figures.ts'
import { questionEnd } from '../domain/review/slices/questions.ts'
import { agreementWords, type CaseFacts } from './case-facts.ts'
import { type Block } from './block.ts'
import { countedNoun, echo } from './phrases.ts'
import {
  fromCaseworker,
  declareLetter,
  wholeForm,
  type RenegotiationLetter,
  type ReviewLetter,
} from './declared-letter.ts'
import { doubtWords, type DoubtContext } from './doubt-words.ts'
import { fieldLines } from './form-words.ts'
import { answering, type Answering, type LetterBody, type LetterDraft } from './letter.ts'
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
  fieldLabel(figureFields[0] ?? answerField, language)
    .split(',', 1)
    .join()

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
    ...fieldLines(answers, language),
    ...(figures.length === 0 ? [] : [change, ...fieldLines(figures, language)]),
  ]
}

/** L5: a question before the assessment, in the same thread. */
export const question = (data: QuestionData): LetterBody => {
  const { facts } = data
  const year = facts.resultsYear
  const { subject } = agreementWords(facts.kind, facts.language)
  const count = countedNoun(data.questions.length, 'question', facts.language)
  return letterInWords('question', facts, {
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
    subjectOf: (own) => `SV: ${subject}: ${own}`,
  })
}

interface AnswerAskedBackData extends Answering {
  readonly doubts: readonly Doubt[]
  readonly context: DoubtContext
  readonly answerBy: string
  /** The proposal's own lines. */
  readonly fields: readonly FormField[]
}

/** Accepted and another value beside it (MAIL 133): no number is asked for, but which of the two is meant. */
const doubtInAnswer = (doubt: Doubt, context: DoubtContext): string => {
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
  const asked = doubts.map((doubt) => doubtInAnswer(doubt, context))
  return letterInWords('question', facts, {
    da: {
      title: 'Vi er i tvivl om jeres svar på forslaget',
      body: [
        ...asked,
        `Svaret tæller først, når vi har forstået det. Vi beder jer svare senest ${printWeekdayDate(data.answerBy, 'da')}:`,
        ...fieldLines(fields, 'da'),
      ],
    },
    en: {
      title: 'We are in doubt about your answer to the proposal',
      body: [
        ...asked,
        `The answer counts only when we have understood it. Please reply by ${printWeekdayDate(data.answerBy, 'en')}:`,
        ...fieldLines(fields, 'en'),
      ],
    },
    answers: data.theirSubject,
  })
}

const composeQuestion = (letter: ReviewLetter): LetterDraft => {
  const { context, party, state, content } = letter
  const asked = state.questions.find(({ questionId }) => questionId === context.order.about)
  if (asked === undefined) throw new Error('the question is not on the record')
  const dueOn = questionEnd(context.on)
  const form = formFor(content, { year: state.year, municipality: party.municipality })
  const keys = asked.keys.flatMap((key) => siblingKeys(key))
  const target = /^M\d+/u.exec(asked.keys[0] ?? '')?.[0]
  const answerField =
    form.find(({ key }) => key === `${target ?? ''} bemærkning`) ??
    form.find(({ key }) => key === 'Bemærkninger')
  if (answerField === undefined) throw new Error('the form has no line for the answer')
  const figureFields = wholeForm(letter).filter(({ key }) => keys.includes(key))
  return {
    body: question({
      facts: letter.facts,
      answerBy: dueOn,
      questions: [{ text: asked.text, answerField, figureFields }],
    }),
    dueOn,
  }
}

const composeAskedBack = answering((about, { facts, party, state }: RenegotiationLetter, mail) => {
  const fields = printedProposalForm(state)
  return answerAskedBack({
    ...about,
    doubts: mail.details?.doubts ?? [],
    context: { fields, resultsYear: state.year, municipality: party, language: facts.language },
    answerBy: addWorkingDays(todayInCopenhagen(mail.receivedAt), workingDaysFor.question),
    fields,
  })
})

export const questionLetter = declareLetter('question', {
  name: 'Spørgsmål',
  ...fromCaseworker,
  review: { compose: composeQuestion },
  renegotiation: { owed: [owedLetters], compose: composeAskedBack },
})
