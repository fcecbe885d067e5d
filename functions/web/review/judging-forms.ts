import { html } from 'hono/html'
import { printNumber, printWholePct } from '../../domain/base/danish.ts'
import {
  type Assessment,
  type TargetAssessment,
  type Verdict,
  verdicts,
} from '../../domain/judging/assessment.ts'
import { verdictLabels } from '../../domain/judging/verdict-labels.ts'
import type { ReviewState } from '../../domain/review/state.ts'
import { badge, details, nothing, table, type Markup, type Tone } from '../markup.ts'
import { moment, day, municipalityName } from '../words.ts'
import type { Recommendation, Draft } from '../../domain/review/slices/drafting.ts'
import { hearingThatGoesOn, needsHearing } from '../../domain/review/slices/hearing.ts'
import { askedForm, askedUpTo } from '../../domain/review/asked.ts'
import { decisionForm } from '../form.ts'
import type { PageFrame } from '../page.ts'
import type { ReviewPageInput } from './review-page-input.ts'

const tones: Readonly<Record<Verdict, Tone>> = {
  met: 'success',
  'partly-met': 'warning',
  'not-met': 'error',
  'not-met-assumption-failed': 'warning',
  'not-assessable': 'none',
}

const verdictBadge = (verdict: Verdict): Markup => badge(verdictLabels.da[verdict], tones[verdict])

/** `Målopfyldelse 83 pct. (dækning 70 pct.)`: the one form of the overall result. */
const overallText = (assessment: Pick<Assessment, 'overall' | 'coverage'>): string => {
  const coverage = `dækning ${printWholePct(assessment.coverage)}`
  return assessment.overall === null
    ? `Målopfyldelse kan ikke bedømmes (${coverage})`
    : `Målopfyldelse ${printWholePct(assessment.overall)} (${coverage})`
}

const titleOf = (state: ReviewState, key: string): string =>
  state.content?.targets.find((target) => target.key === key)?.title ?? ''

const draftedTarget = (
  state: ReviewState,
  assessed: TargetAssessment,
  recommendation: Recommendation | null,
): Markup => {
  const change = recommendation?.changes.find((candidate) => candidate.target === assessed.key)
  return html`<h3>Mål ${assessed.key.slice(1)}: ${titleOf(state, assessed.key)}</h3>
    <p data-target="${assessed.key}" data-verdict="${assessed.verdict}">
      ${verdictBadge(change?.verdict ?? assessed.verdict)} Vægt
      ${assessed.weight}${assessed.weightPct == null ? '' : `, ${printNumber(assessed.weightPct)} pct. af årets mål`}.
    </p>
    ${
      change === undefined
        ? nothing
        : html`<p>Ændret fra »${verdictLabels.da[assessed.verdict]}«. Begrundelse: ${change.reason}</p>`
    }
    <p>${assessed.sentence.da}</p>
    ${details(
      `Beregningen af mål ${assessed.key.slice(1)}`,
      table(
        `Beregningen af mål ${assessed.key.slice(1)}`,
        [{ title: 'Trin' }, { title: 'Værdi', right: true }],
        assessed.working.map(({ step, value }) => [step, value]),
      ),
    )}`
}

const factors = (recommendation: Recommendation | null): Markup =>
  recommendation === null
    ? nothing
    : html`<h3>Indstilling</h3>
        <p class="quiet">${moment(recommendation.at)}</p>
        ${recommendation.text === '' ? nothing : html`<p>${recommendation.text}</p>`}
        ${
          recommendation.externalFactors.length === 0
            ? html`<p>Ingen ydre forhold nævnt.</p>`
            : html`<p>Ydre forhold:</p>
                <ul>
                  ${recommendation.externalFactors.map((factor) => html`<li>${factor}</li>`)}
                </ul>`
        }`

/** The assessment as computed, with its working and one sentence per target, and the recommendation on it. */
export const draftSection = (state: ReviewState): Markup => {
  const final = state.finals.at(-1)
  const assessment = state.draft?.assessment ?? final?.assessment
  if (assessment === undefined) return nothing
  const heading =
    state.status === 'assessed' || state.status === 'closed'
      ? `Endelig bedømmelse, version ${final?.version ?? 1}`
      : `Udkast nr. ${state.rounds}`
  return html`<section aria-labelledby="udkast">
    <h2 id="udkast">${heading}</h2>
    ${
      state.sentBack === null
        ? nothing
        : html`<p><strong>Sendt tilbage ${moment(state.sentBack.at)}:</strong> ${state.sentBack.text}</p>`
    }
    <p>
      <strong>${overallText(assessment)}</strong> <span class="quiet">Regel ${assessment.ruleVersion}.</span>
    </p>
    ${(assessment.notes ?? []).map((note) => html`<p>${note.da}</p>`)}
    ${assessment.targets.map((one) => draftedTarget(state, one, state.recommendation))}
    ${factors(state.recommendation)}
  </section>`
}

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
    (form) =>
      html`${draft.assessment.targets.map(
        (target) =>
          html`<fieldset>
            <legend class="form-label">
              Mål ${target.key.slice(1)}: beregnet »${verdictLabels.da[target.verdict]}«
            </legend>
            ${form.select(`verdict.${target.key}`, {
              label: 'Vurdering',
              choices: [
                { value: '', label: 'som beregnet' },
                ...verdicts
                  .filter((verdict) => verdict !== target.verdict)
                  .map((verdict) => ({ value: verdict, label: `ændres til: ${verdictLabels.da[verdict]}` })),
              ],
              required: false,
            })}
            ${form.textInput(`reason.${target.key}`, {
              label: 'Begrundelse, hvis vurderingen ændres',
              required: false,
            })}
          </fieldset>`,
      )}
      ${form.textArea('factors', {
        label: 'Ydre forhold, der har påvirket resultatet',
        hint: 'Ét på hver linje. Står i bedømmelsen og i den samlede afrapportering.',
        required: false,
      })}
      ${form.textArea('text', { label: 'Bemærkning til godkenderen', hint: 'Intern.', required: false })}`,
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
    (form) => form.textArea('reason', { label: 'Begrundelse' }),
  )}`

const askForm = (frame: PageFrame, input: ReviewPageInput, municipality: string): Markup => {
  const { state } = input
  if (state.content === null) return nothing
  const fields = askedForm(state.content, state.year, municipality, askedUpTo(state, municipality)).filter(
    (field) => field.subject.of !== 'agreement' && !/bemærkning/u.test(field.key),
  )
  return decisionForm(
    frame,
    {
      action: `ask/${municipality}`,
      command: 'ask',
      to: input.base,
      heading: `Spørg ${municipalityName(municipality)}`,
      hidden: { party: municipality },
    },
    (form) =>
      html`${form.checkboxes('keys', {
        label: 'Hvilke tal handler det om?',
        values: [],
        choices: fields.map((field) => ({ value: field.key, label: field.key })),
      })}
      ${form.textArea('text', {
        label: 'Spørgsmål',
        hint: 'Sendes til kommunens kontakt. Kommunen har fem arbejdsdage til at svare.',
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
