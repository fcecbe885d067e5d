import { html } from 'hono/html'
import { openObjections, type Objection } from '../../domain/review/slices/objections.ts'
import { decisionForm } from '../form.ts'
import { alert, facts, nothing, verbatim, type Markup } from '../markup.ts'
import type { PageFrame } from '../page.ts'
import { moment, municipalityName } from '../words.ts'
import { ownWords } from './correspondence.ts'
import { mailPath } from './figures.ts'
import type { ReviewPageInput } from './review-page-input.ts'

export const objectionAction = (mailKey: string): string => `decide-objection/${mailKey}`

/** Both sides' words: what the municipality objected, and what the ministry answers. */
const bothSides = (input: ReviewPageInput, objection: Objection): Markup => {
  const { state, base } = input
  const who = municipalityName(objection.party)
  const answer = state.commentAnswers.find((one) => one.mailKey === objection.mailKey)?.text ?? ''
  return html`<p>
      <strong>${who}</strong> har gjort gældende (<a href="${mailPath(base, objection.mailKey)}">mailen</a>):
    </p>
    ${verbatim(ownWords(state.mails.find((mail) => mail.mailKey === objection.mailKey)) || '(slettet)', `Indsigelsen fra ${who}`)}
    <p><strong>Ministeriets svar</strong>:</p>
    ${verbatim(answer, 'Ministeriets svar på indsigelsen')}`
}

const decisionOn = (frame: PageFrame, input: ReviewPageInput, objection: Objection): Markup => {
  const { state, base, nameOf } = input
  return decisionForm(
    frame,
    {
      action: objectionAction(objection.mailKey),
      command: 'decide-objection',
      to: base,
      heading: `Uenighed med ${municipalityName(objection.party)} om bedømmelsen`,
      hidden: { mailKey: objection.mailKey, subject: state.draft?.subject ?? '' },
    },
    (form) =>
      html`<div data-party="${objection.party}" data-since="${objection.since}"></div>
        ${facts([
          ['Indstillet af', nameOf(state.recommendation?.by ?? '')],
          ['Godkendt af', nameOf(state.approval?.by ?? '')],
        ])}
        ${bothSides(input, objection)}
        ${form.radios('outcome', {
          label: 'Afgørelse',
          choices: [
            { value: 'upheld', label: 'Bedømmelsen fastholdes' },
            { value: 'changed', label: 'Bedømmelsen ændres: sagsbehandleren laver en ny indstilling' },
          ],
        })}
        ${form.textArea('reason', {
          label: 'Begrundelse, efter »idet«',
          hint: 'Står i den endelige bedømmelse til kommunen.',
        })}`,
  )
}

/** What was decided before, for whoever goes on with the case. */
const decidedText = ({ decided, party }: Objection, input: ReviewPageInput): Markup =>
  decided === null
    ? nothing
    : alert(
        'info',
        decided.outcome === 'upheld' ? 'Bedømmelsen er fastholdt' : 'Bedømmelsen skal ændres',
        `${input.nameOf(decided.by)} har ${moment(decided.at)} afgjort uenigheden med ${municipalityName(party)}: ${decided.text}`,
      )

/** Objections that the answers did not settle, with the form of the approver's superior. */
export const objectionSection = (frame: PageFrame, input: ReviewPageInput, may: boolean): Markup => {
  const { objections } = input.state
  if (objections.length === 0) return nothing
  const open = openObjections(input.state)
  const who = [input.state.recommendation?.by, input.state.approval?.by]
  return html`<section aria-labelledby="uenighed">
    <h2 id="uenighed">Uenighed om bedømmelsen</h2>
    ${objections.map((one) => decidedText(one, input))}
    ${open.map((one) =>
      may && !who.includes(frame.reader.id)
        ? decisionOn(frame, input, one)
        : html`${alert('info', 'Afventer afdelingschefen', `Uenigheden med ${municipalityName(one.party)} er forelagt afdelingschefen ${moment(one.since)}.`)}
          ${bothSides(input, one)}`,
    )}
  </section>`
}
