import { html } from 'hono/html'
import type { MailRecord } from '../../domain/casefile/mails.ts'
import { provisionalAnswers, type HearingAnswer, hearingAnswers } from '../../domain/review/slices/hearing.ts'
import { objectionDecision } from '../../domain/review/slices/objections.ts'
import { decisionForm } from '../form.ts'
import { nothing, verbatim, type Markup } from '../markup.ts'
import type { PageFrame } from '../page.ts'
import { moment, municipalityName } from '../words.ts'
import { ownWords } from './correspondence.ts'
import { mailPath } from './figures.ts'
import { decideHeldForm } from './held-forms.ts'
import type { ReviewPageInput } from './review-page-input.ts'
import {
  distinctComments,
  type DistinctComment,
  commentsToShare,
} from '../../domain/review/slices/comments.ts'

type Answer = HearingAnswer

const textOf = (input: ReviewPageInput, answer: Answer): string =>
  ownWords(input.state.mails.find((mail) => mail.mailKey === answer.mailKey)) || 'Se mailens side.'

const markForm = (frame: PageFrame, input: ReviewPageInput, answer: Answer): Markup =>
  decisionForm(
    frame,
    {
      action: `mark-hearing-answer/${answer.mailKey}`,
      command: 'mark-hearing-answer',
      to: input.base,
      heading: `Høringssvar fra ${municipalityName(answer.party)}, ${moment(answer.at)}`,
      hidden: { mailKey: answer.mailKey },
    },
    (form) =>
      html`<div data-party="${answer.party}" data-since="${answer.at}"></div>
        ${verbatim(textOf(input, answer), 'Svarets tekst')}
        <p><a href="${mailPath(input.base, answer.mailKey)}">Mailens side</a></p>
        ${form.radios('as', {
          label: 'Hvad er svaret?',
          choices: [
            { value: 'none', label: 'Ingen bemærkninger' },
            { value: 'comments', label: 'Bemærkninger, der skal besvares' },
            { value: 'courtesy', label: 'Høflighed eller grunden til en rettelse, ikke et svar' },
          ],
        })}`,
  )

/** What goes to the other parties while the hearing runs. */
const shareForm = (frame: PageFrame, input: ReviewPageInput, comment: Answer): Markup =>
  decisionForm(
    frame,
    {
      action: `share-comment/${comment.mailKey}`,
      command: 'share-comment',
      to: input.base,
      heading: `${municipalityName(comment.party)}s bemærkning til de andre parter`,
      hidden: { mailKey: comment.mailKey },
    },
    (form) =>
      html`${verbatim(textOf(input, comment), `Bemærkning fra ${municipalityName(comment.party)}`)}
      ${form.textArea('substance', {
        label: '»En af parterne har gjort gældende, at …«',
        hint: 'Bemærkningen i hovedtræk, uden tal: De er partens egne. De andre kan svare, så længe høringen løber.',
      })}`,
  )

/** A partnership's comments that the other parties have not been told of yet. */
export const shareForms = (frame: PageFrame, input: ReviewPageInput): Markup =>
  html`${commentsToShare(input.state).map((comment) => shareForm(frame, input, comment))}`

/** The answer it was given before another draft took the place of the one answered on. */
const before = (input: ReviewPageInput, { mailKeys }: DistinctComment) =>
  input.state.commentAnswers.findLast((answer) => mailKeys.includes(answer.mailKey))

const commentsForm = (
  frame: PageFrame,
  input: ReviewPageInput,
  comments: readonly DistinctComment[],
): Markup =>
  decisionForm(
    frame,
    {
      action: 'answer-comments',
      command: 'answer-comments',
      to: input.base,
      heading: 'Svar på bemærkningerne',
      hidden: { subject: input.state.draft?.subject ?? '' },
    },
    (form) =>
      html`${comments.map(
        ({ answer: comment, ...made }) =>
          html`<div data-party="${comment.party}" data-since="${comment.at}"></div>
            <p>
              <strong>${municipalityName(comment.party)}</strong>,
              ${moment(comment.at)}${made.mailKeys.length > 1 ? ', gentaget fra et tidligere høringssvar' : ''}:
            </p>
            ${verbatim(textOf(input, comment), `Bemærkning fra ${municipalityName(comment.party)}`)}
            ${form.textArea(`answer.${comment.mailKey}`, {
              label: `Svar til ${municipalityName(comment.party)}`,
              hint: 'Står i den endelige bedømmelse.',
              value: before(input, { answer: comment, ...made })?.text ?? '',
            })}
            ${
              input.state.parties.length < 2
                ? nothing
                : form.textArea(`substance.${comment.mailKey}`, {
                    label: 'Til de andre parter: »En af parterne har gjort gældende, at …«',
                    hint: 'Indsigelsen i hovedtræk, uden tal. Står i den endelige bedømmelse til de andre parter.',
                    required: false,
                    value:
                      before(input, { answer: comment, ...made })?.substance ??
                      input.state.sharedComments.find((one) => made.mailKeys.includes(one.mailKey))?.text ??
                      '',
                  })
            }
            ${form.radios(`changed.${comment.mailKey}`, {
              label: 'Har bemærkningen ændret bedømmelsen?',
              choices: [
                { value: 'no', label: 'Nej. Svaret begynder efter »idet«' },
                ...(objectionDecision(input.state, ...made.mailKeys) === null
                  ? [
                      {
                        value: 'unresolved',
                        label: 'Nej, og uenigheden består. Svaret begynder efter »idet«',
                        hint: 'Afdelingschefen afgør uenigheden, før bedømmelsen bliver endelig.',
                      },
                    ]
                  : []),
                { value: 'yes', label: 'Ja. Svaret siger, hvad der er ændret' },
              ],
              value: before(input, { answer: comment, ...made })?.changed === true ? 'yes' : 'no',
            })}`,
      )}`,
  )

/** A colleague's reply that no contact has confirmed: the caseworker asks the contact, and decides. */
const provisionalForm = (frame: PageFrame, input: ReviewPageInput, mail: MailRecord): Markup =>
  decideHeldForm(frame, input, mail, {
    reason: 'den kom i høringen fra en kollega, og ingen kontakt har svaret OK; spørg kontakten',
    text: ownWords(mail) || 'Se mailens side.',
    keys: mail.values.map((answer) => answer.key).join(', '),
  })

/**
 * What the caseworker has to do in a hearing: say what an unmarked answer is, decide on a colleague's that no
 * contact confirmed, answer comments one by one.
 * @param over the hearing has ended: until then more comments may come, and the contact's OK
 */
export const hearingForms = (
  frame: PageFrame,
  input: ReviewPageInput,
  over: { readonly comments: boolean; readonly confirmations: boolean },
): Markup => {
  const answers = hearingAnswers(input.state)
  const comments = distinctComments(input.state, answers)
  return html`${answers
    .filter((answer) => answer.answer === 'unmarked')
    .map((answer) => markForm(frame, input, answer))}
  ${
    over.confirmations
      ? provisionalAnswers(input.state).map((mail) => provisionalForm(frame, input, mail))
      : nothing
  }
  ${comments.length === 0 || !over.comments ? nothing : commentsForm(frame, input, comments)}`
}
