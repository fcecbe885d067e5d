import { html } from 'hono/html'
import { openDisputes, type Dispute } from '../../domain/review/slices/disputes.ts'
import { finalReturnMissing } from '../../domain/review/final-return.ts'
import { decisionForm } from '../form.ts'
import { alert, nothing, verbatim, type Markup } from '../markup.ts'
import type { PageFrame } from '../page.ts'
import { moment, municipalityName } from '../words.ts'
import { mailPath } from './figures.ts'
import type { ReviewPageInput } from './review-page-input.ts'

const disputeForm = (frame: PageFrame, input: ReviewPageInput, dispute: Dispute): Markup => {
  const { mailKey, assumption } = dispute
  return decisionForm(
    frame,
    {
      action: `answer-dispute/${mailKey}/${assumption}`,
      command: 'answer-dispute',
      to: input.base,
      heading: `${municipalityName(dispute.party)} har en bemærkning til forudsætning ${assumption.slice(2)}, ${moment(dispute.receivedAt)}`,
      hidden: { mailKey, assumption },
    },
    (form) =>
      html`${verbatim(dispute.text || 'Se mailens side.', 'Bemærkningens tekst')}
        <p><a href="${mailPath(input.base, mailKey)}">Mailens side</a></p>
        ${form.textArea('answer', {
          label: 'Svar til kommunen',
          hint: 'Der dannes ikke et udkast, før bemærkningen er besvaret. Svaret står i den endelige bedømmelse. Er værdien en anden, registreres den som en ny oplysning.',
        })}`,
  )
}

/** Remarks on values the ministry observed, each to be answered. */
export const disputeForms = (frame: PageFrame, input: ReviewPageInput): Markup =>
  html`${openDisputes(input.state).map((dispute) => disputeForm(frame, input, dispute))}`

/** The ministry's own promises and what was answered for the year; a form for each where the reader may answer. */
export const promisesSection = (frame: PageFrame, input: ReviewPageInput, may: boolean): Markup => {
  const { state, base } = input
  const promises = state.content?.promises ?? []
  if (promises.length === 0) return nothing
  const theirs = state.parties.flatMap(({ municipality, figures }) => {
    const text = figures['Ministeriets bidrag']?.text ?? ''
    return text === '' ? [] : [`${municipalityName(municipality)}: »${text}«`]
  })
  return html`<section aria-labelledby="ministeriets-bidrag">
    <h2 id="ministeriets-bidrag">Ministeriets bidrag i ${state.year}</h2>
    <ul>
      ${promises.map(({ id, text }) => {
        const answer = state.promiseAnswers.find((one) => one.promise === id)
        const said =
          answer === undefined
            ? 'ikke besvaret'
            : answer.kept
              ? 'ydet'
              : `ikke ydet${answer.text === '' ? '' : `: ${answer.text}`}`
        return html`<li>${text} <strong>${said}</strong></li>`
      })}
    </ul>
    ${theirs.map((text) => html`<p>${text}</p>`)}
    ${
      may
        ? promises.map(({ id, text }) =>
            decisionForm(
              frame,
              {
                action: `answer-promise/${id}`,
                command: 'answer-promise',
                to: base,
                heading: `Er bidraget ydet? ${text}`,
                hidden: { promise: id },
              },
              (form) =>
                html`<div
                    data-answered="${state.promiseAnswers.some((one) => one.promise === id) ? 'yes' : 'no'}"
                  ></div>
                  ${form.radios('kept', {
                    label: `Ydet i ${state.year}`,
                    choices: [
                      { value: 'yes', label: 'Ja' },
                      { value: 'no', label: 'Nej' },
                    ],
                  })}
                  ${form.textArea('reason', {
                    label: 'Begrundelse',
                    hint: 'Skal skrives, når bidraget ikke er ydet. Står i den endelige bedømmelse.',
                    required: false,
                  })}`,
            ),
          )
        : nothing
    }
  </section>`
}

/** What the last year's account still lacks. */
export const finalReturnNotice = ({ state }: ReviewPageInput): Markup => {
  const missing = finalReturnMissing(state)
  return missing.length === 0
    ? nothing
    : alert(
        'info',
        'Aftalens sidste år',
        `Sagen kan ikke lukkes, før det er modtaget: ${missing.map((key) => (key === 'return' ? 'indberetningen' : key)).join(', ')}.`,
      )
}
