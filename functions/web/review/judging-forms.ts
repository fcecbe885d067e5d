import { html } from 'hono/html'
import { verdicts } from '../../domain/judging/assessment.ts'
import { verdictLabels } from '../../domain/judging/verdict-labels.ts'
import { hearingThatGoesOn, needsHearing } from '../../domain/review/slices/hearing.ts'
import { askedForm, askedUpTo } from '../../domain/review/asked.ts'
import { checkboxes, select, textArea, textInput } from '../fields.ts'
import { decisionForm } from '../form.ts'
import { details, nothing, type Markup } from '../markup.ts'
import type { PageFrame } from '../page.ts'
import { day, municipalityName } from '../words.ts'
import type { ReviewPageInput } from './review-page-input.ts'
import type { Draft } from '../../domain/review/slices/drafting.ts'

export const recommendForm = (frame: PageFrame, input: ReviewPageInput, draft: Draft): Markup =>
  decisionForm(
    frame,
    {
      action: 'recommend',
      command: 'recommend',
      to: input.base,
      heading: 'Indstilling',
      hidden: { subject: draft.subject },
    },
    (filled) =>
      html`${draft.assessment.targets.map(
        (target) =>
          html`<fieldset>
            <legend class="form-label">
              Mål ${target.key.slice(1)}: beregnet »${verdictLabels.da[target.verdict]}«
            </legend>
            ${select({
              id: `verdict-${target.key}`,
              name: `verdict.${target.key}`,
              label: 'Vurdering',
              value: filled.value(`verdict.${target.key}`) ?? '',
              choices: [
                { value: '', label: 'som beregnet' },
                ...verdicts
                  .filter((verdict) => verdict !== target.verdict)
                  .map((verdict) => ({ value: verdict, label: `ændres til: ${verdictLabels.da[verdict]}` })),
              ],
            })}
            ${textInput({
              id: `reason-${target.key}`,
              name: `reason.${target.key}`,
              label: 'Begrundelse, hvis vurderingen ændres',
              value: filled.value(`reason.${target.key}`) ?? '',
            })}
          </fieldset>`,
      )}
      ${textArea({
        id: 'factors',
        name: 'factors',
        label: 'Ydre forhold, der har påvirket resultatet',
        hint: 'Ét på hver linje. Står i bedømmelsen og i den samlede afrapportering.',
        value: filled.value('factors') ?? '',
      })}
      ${textArea({
        id: 'recommendation-text',
        name: 'text',
        label: 'Bemærkning til godkenderen',
        hint: 'Intern.',
        value: filled.value('text') ?? '',
      })}`,
  )

/** The hearing on the draft before is not cut short by a better one. */
const goesOnUntil = ({ state }: ReviewPageInput): string => {
  const goesOn = hearingThatGoesOn(state)
  return goesOn === null
    ? ''
    : ` Høringen fortsætter til ${day(goesOn.endsOn)}, og bemærkningerne fra den besvares.`
}

export const approvalForms = (frame: PageFrame, input: ReviewPageInput, draft: Draft): Markup =>
  html`${decisionForm(
    frame,
    {
      action: 'approve',
      command: 'approve',
      to: input.base,
      heading: 'Godkendelse',
      hidden: { subject: draft.subject },
    },
    () =>
      html`<p>
        ${
          needsHearing(input.state, draft)
            ? 'Efter godkendelsen sendes udkastet i høring hos alle parter.'
            : `Udkastet er ændret alene til kommunens fordel efter dens egen rettelse og sendes ikke i høring igen.${goesOnUntil(input)}`
        }
      </p>`,
  )}
  ${decisionForm(
    frame,
    {
      action: 'send-back',
      command: 'send-back',
      to: input.base,
      heading: 'Send tilbage',
      hidden: { subject: draft.subject },
    },
    (filled) =>
      textArea({
        id: 'send-back-reason',
        name: 'reason',
        label: 'Begrundelse',
        required: true,
        value: filled.value('reason') ?? '',
      }),
  )}`

const askForm = (frame: PageFrame, input: ReviewPageInput, municipality: string): Markup => {
  const { state } = input
  if (state.content === null) return nothing
  const action = `ask/${municipality}`
  const fields = askedForm(state.content, state.year, municipality, askedUpTo(state, municipality)).filter(
    (field) => field.subject.of !== 'agreement' && !/bemærkning/u.test(field.key),
  )
  return decisionForm(
    frame,
    {
      action,
      command: 'ask',
      to: input.base,
      heading: `Spørg ${municipalityName(municipality)}`,
      hidden: { party: municipality },
    },
    (filled) =>
      html`${checkboxes({
        id: `ask-${municipality}-keys`,
        name: 'keys',
        label: 'Hvilke tal handler det om?',
        required: true,
        values: filled.values('keys'),
        choices: fields.map((field) => ({ value: field.key, label: field.key })),
      })}
      ${textArea({
        id: `ask-${municipality}-text`,
        name: 'text',
        label: 'Spørgsmål',
        hint: 'Sendes til kommunens kontakt. Kommunen har fem arbejdsdage til at svare.',
        required: true,
        value: filled.value('text') ?? '',
      })}`,
  )
}

/** A question to one of the parties; folded away, as it is the exception. */
export const askForms = (frame: PageFrame, input: ReviewPageInput): Markup =>
  html`${input.state.parties.map((party) =>
    details(
      `Spørg ${municipalityName(party.municipality)} om et tal`,
      askForm(frame, input, party.municipality),
      frame.refused?.action === `ask/${party.municipality}`,
    ),
  )}`
