import { html } from 'hono/html'
import { printNumber, printWholePct } from '../../domain/base/danish.ts'
import type { Assessment, TargetAssessment, Verdict } from '../../domain/judging/assessment.ts'
import { verdictLabels } from '../../domain/judging/verdict-labels.ts'
import type { ReviewState } from '../../domain/review/state.ts'
import { badge, details, nothing, table, type Markup, type Tone } from '../markup.ts'
import { moment } from '../words.ts'
import type { Recommendation } from '../../domain/review/slices/drafting.ts'

const tones: Readonly<Record<Verdict, Tone>> = {
  met: 'success',
  'partly-met': 'warning',
  'not-met': 'error',
  'not-met-assumption-failed': 'warning',
  'not-assessable': 'none',
}

export const verdictBadge = (verdict: Verdict): Markup => badge(verdictLabels.da[verdict], tones[verdict])

/** `Målopfyldelse 83 pct. (dækning 70 pct.)`: the one form of the overall result. */
export const overallText = (assessment: Pick<Assessment, 'overall' | 'coverage'>): string => {
  const coverage = `dækning ${printWholePct(assessment.coverage)}`
  return assessment.overall === null
    ? `Målopfyldelse kan ikke bedømmes (${coverage})`
    : `Målopfyldelse ${printWholePct(assessment.overall)} (${coverage})`
}

const titleOf = (state: ReviewState, key: string): string =>
  state.content?.targets.find((target) => target.key === key)?.title ?? ''

const target = (
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
    ${assessment.targets.map((one) => target(state, one, state.recommendation))}
    ${factors(state.recommendation)}
  </section>`
}
