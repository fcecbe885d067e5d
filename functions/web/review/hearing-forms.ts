import { html } from 'hono/html'
import type { HearingState } from '../../domain/review/state.ts'
import { radios, textArea } from '../fields.ts'
import { decisionForm, formId } from '../form.ts'
import { nothing, verbatim, type Markup } from '../markup.ts'
import type { PageFrame } from '../page.ts'
import { moment, municipalityName } from '../words.ts'
import { ownWords } from './correspondence.ts'
import { mailPath } from './figures.ts'
import type { ReviewPageInput } from './review-page-input.ts'

type Answer = HearingState['answers'][number]

const textOf = (input: ReviewPageInput, answer: Answer): string =>
  ownWords(input.state.mails.find((mail) => mail.mailKey === answer.mailKey)) || 'Se mailens side.'

const markForm = (frame: PageFrame, input: ReviewPageInput, answer: Answer): Markup => {
  const action = `mark-hearing-answer/${answer.mailKey}`
  return decisionForm(
    frame,
    {
      action,
      command: 'mark-hearing-answer',
      to: input.base,
      heading: `Høringssvar fra ${municipalityName(answer.party)}, ${moment(answer.at)}`,
      submit: 'Markér svaret',
      hidden: { mailKey: answer.mailKey },
    },
    (filled) =>
      html`<div data-party="${answer.party}" data-since="${answer.at}"></div>
        ${verbatim(textOf(input, answer), 'Svarets tekst')}
        <p><a href="${mailPath(input.base, answer.mailKey)}">Mailens side</a></p>
        ${radios({
          id: `${formId(action)}-as`,
          name: 'as',
          label: 'Hvad er svaret?',
          required: true,
          value: filled.value('as') ?? '',
          choices: [
            { value: 'none', label: 'Ingen bemærkninger' },
            { value: 'comments', label: 'Bemærkninger, der skal besvares' },
            { value: 'courtesy', label: 'Høflighed, ikke et svar' },
          ],
        })}`,
  )
}

const commentsForm = (frame: PageFrame, input: ReviewPageInput, comments: readonly Answer[]): Markup =>
  decisionForm(
    frame,
    {
      action: 'answer-comments',
      command: 'answer-comments',
      to: input.base,
      heading: 'Svar på bemærkningerne',
      submit: 'Besvar bemærkningerne',
      hidden: { subject: input.state.draft?.subject ?? '' },
    },
    (filled) =>
      html`${comments.map(
        (comment) =>
          html`<div data-party="${comment.party}" data-since="${comment.at}"></div>
            <p><strong>${municipalityName(comment.party)}</strong>, ${moment(comment.at)}:</p>
            ${verbatim(textOf(input, comment), `Bemærkning fra ${municipalityName(comment.party)}`)}
            ${textArea({
              id: `answer-${comment.mailKey.slice(0, 16)}`,
              name: `answer.${comment.mailKey}`,
              label: `Svar til ${municipalityName(comment.party)}`,
              hint: 'Står i den endelige bedømmelse.',
              required: true,
              value: filled.value(`answer.${comment.mailKey}`) ?? '',
            })}`,
      )}`,
  )

/**
 * What the caseworker has to do in a hearing: say what an unmarked answer is, answer comments one by one.
 * @param over the hearing has ended: until then more comments may come
 */
export const hearingForms = (frame: PageFrame, input: ReviewPageInput, over: boolean): Markup => {
  const answers = input.state.hearing?.answers ?? []
  const comments = answers.filter((answer) => answer.answer === 'comments')
  return html`${answers
    .filter((answer) => answer.answer === 'unmarked')
    .map((answer) => markForm(frame, input, answer))}
  ${comments.length === 0 || !over ? nothing : commentsForm(frame, input, comments)}`
}
