import { html } from 'hono/html'
import { printDate } from '../../domain/base/danish.ts'
import { verdictLabels } from '../../domain/judging/verdict-labels.ts'
import { municipality } from '../../domain/directory/municipalities.ts'
import type { ReportedAgreement, ReportedTarget } from '../../domain/report/report.ts'
import { nothing, table, type Markup } from '../markup.ts'
import { effortSentence } from './effort-section.ts'
import {
  advanceText,
  assumptionText,
  baselineText,
  causesText,
  factCheckText,
  figureText,
  goalText,
  kindWords,
  kronerText,
  lateCorrectionText,
  municipalitiesText,
  overallText,
  phaseText,
  progressWords,
  repliedWords,
  resultText,
  verdictText,
} from './report-words.ts'

/** One agreement's pages: what its municipalities check, and what is published. */

const nameOf = (code: string): string => municipality(code).officialName
const heading = (key: string): string => `Mål ${key.slice(1)}`

/**
 * Address of the record that a result came from, on the ministry's own pages; the published report has none.
 * @param municipality null: the agreement's result, which a partnership's members make together
 */
export type FollowResult = (agreement: string, target: string, municipality: string | null) => string

const result = (text: string, href: string | null): Markup | string =>
  href === null || text === '–' ? text : html`<a href="${href}">${text}</a>`

const targetReason = (target: ReportedTarget, follow: (municipality: string) => string | null): Markup =>
  html`<h4>${heading(target.key)}. ${target.title}: ${verdictText(target)}</h4>
    <p>${target.sentence}</p>
    ${
      target.byHand === null
        ? nothing
        : html`<p>
            Ændret ved konkret vurdering. Efter reglen: ${verdictLabels.da[target.byHand.ruleVerdict]}.
            Begrundelse: ${target.byHand.reason ?? 'vises ikke.'}
          </p>`
    }
    ${
      target.failedAssumptions.length === 0
        ? nothing
        : html`<p>Ændret ud over aftalens grænse:</p>
            <ul>
              ${target.failedAssumptions.map((one) => html`<li>${assumptionText(one)}</li>`)}
            </ul>`
    }
    ${
      target.members.length === 0
        ? nothing
        : table(
            `${heading(target.key)}: tal fra hver kommune`,
            [{ title: 'Kommune' }, { title: 'Tal' }],
            target.members.map((member) => [
              nameOf(member.municipality),
              result(
                target.verdict === null ? '–' : figureText(member.figure, { ...target, verdict: null }),
                follow(member.municipality),
              ),
            ]),
          )
    }`

const targets = (agreement: ReportedAgreement, year: number, follow: FollowResult | null): Markup =>
  html`${table(
    `${agreement.title}: mål og resultater for ${year}`,
    [
      { title: 'Mål' },
      { title: 'Vægt', right: true },
      { title: 'Udgangspunkt' },
      { title: `Mål for ${year}` },
      { title: `Resultat ${year}` },
      { title: 'Bedømmelse' },
    ],
    agreement.targets.map((target) => [
      `${target.key.slice(1)}. ${target.title}`,
      String(target.weight),
      target.verdict === null && target.baseline === null ? '–' : baselineText(target),
      goalText(target),
      result(resultText(target), follow?.(agreement.agreement, target.key, null) ?? null),
      verdictText(target),
    ]),
  )}
  ${agreement.targets.map((target) =>
    targetReason(target, (member) => follow?.(agreement.agreement, target.key, member) ?? null),
  )}`

const parties = (agreement: ReportedAgreement, year: number): Markup =>
  table(
    `${agreement.title}: parter, indberetning og faktatjek`,
    [{ title: 'Kommune' }, { title: `Indberetning for ${year}` }, { title: 'Faktatjek af disse sider' }],
    agreement.parties.map((party) => [
      `${party.name}${agreement.parties.length > 1 && party.role === 'lead' ? ' (tovholder)' : ''}`,
      repliedWords[party.replied],
      html`${factCheckText(party)}${party.factCheck.text === null ? '' : `: »${party.factCheck.text}«`}${
        party.factCheck.decided?.text == null ? '' : ` Ministeriets svar: ${party.factCheck.decided.text}`
      }`,
    ]),
  )

const hearing = ({ hearing: heard }: ReportedAgreement): Markup => {
  switch (heard.is) {
    case 'not-concluded':
      return html`<p>Høringen er ikke afsluttet.</p>`
    case 'none-received':
      return html`<p>Ingen bemærkninger modtaget.</p>`
    case 'none':
      return html`<p>Kommunen har svaret, at den ingen bemærkninger har.</p>`
    case 'answered':
      return html`${heard.comments.map(
        (comment) =>
          html`<p>
              <strong>${nameOf(comment.municipality)}, ${printDate(comment.on)}</strong>${
                comment.targets.length === 0
                  ? ''
                  : ` (${comment.targets.map((key) => `mål ${key.slice(1)}`).join(', ')})`
              }:
              ${comment.text === null ? 'Bemærkningen vises ikke.' : `»${comment.text}«`}
            </p>
            <p><strong>Ministeriet:</strong> ${comment.answer ?? 'Svaret vises ikke.'}</p>`,
      )}`
  }
}

const factors = ({ externalFactors, reservation }: ReportedAgreement): Markup =>
  html`${
    externalFactors.length === 0
      ? html`<p>Ingen ydre forhold er nævnt.</p>`
      : html`<ul>
          ${externalFactors.map((factor) => html`<li>${factor}</li>`)}
        </ul>`
  }
  ${reservation ? html`<p>Tallene er indsendt med forbehold for politisk behandling.</p>` : nothing}`

const actions = (agreement: ReportedAgreement, year: number): Markup =>
  agreement.actions.length === 0
    ? nothing
    : html`<h4>Handlingsplan</h4>
        ${table(
          `${agreement.title}: handlingsplan og udgifter i ${year}`,
          [
            { title: 'Aktivitet' },
            { title: 'Tilskud', right: true },
            { title: 'Udgift', right: true },
            { title: 'Status' },
          ],
          agreement.actions.map((action) => [
            `${action.key.slice(1)}. ${action.title}`,
            action.grant === null ? '–' : kronerText(action.grant),
            kronerText(action.cost),
            action.status === null ? 'ikke oplyst' : progressWords[action.status],
          ]),
        )}
        ${effortSentence(agreement)}
        ${(agreement.advances ?? []).map((advance) => html`<p>${advanceText(advance)}</p>`)}`

const dissemination = ({ dissemination: one }: ReportedAgreement): Markup =>
  one === null
    ? nothing
    : html`<h4>Formidling</h4>
        <p>
          ${one.planned} Planlagt til ${printDate(one.plannedOn)}.
          ${one.done ? 'Formidlet' : 'Endnu ikke meldt formidlet'}${one.text === null ? '.' : `: ${one.text}`}
        </p>`

const promises = ({ promises: own }: ReportedAgreement, year: number): Markup =>
  own === undefined
    ? nothing
    : html`<h4>Ministeriets bidrag</h4>
        <ul>
          ${own.map(
            ({ text, kept, reason }) =>
              html`<li>
                ${text} ${kept === null ? 'Ikke besvaret' : kept ? 'Ydet' : 'Ikke ydet'} for
                ${year}.${reason === null ? '' : ` ${reason}`}
              </li>`,
          )}
        </ul>`

const renegotiations = (agreement: ReportedAgreement): Markup =>
  agreement.renegotiations.length === 0
    ? nothing
    : html`<h4>Genforhandling</h4>
        ${agreement.renegotiations.map(
          (one) =>
            html`<p>
              Rejst den ${printDate(one.raisedOn)} på grund af ${causesText(one)}.
              ${one.assumptions.map((assumption) => `${assumptionText(assumption)}. `)}Status:
              ${phaseText(one)}.${one.reason === null ? '' : ` Begrundelse: ${one.reason}`} Bedømmelsen af
              året berøres ikke af spørgsmålet.
            </p>`,
        )}`

const state = (agreement: ReportedAgreement): Markup => {
  if (agreement.outcome === 'stopped')
    return html`<p>
      <strong>Bedømmelsen er standset.</strong> ${agreement.stopReason === null ? '' : agreement.stopReason}
    </p>`
  if (agreement.assessed === null)
    return html`<p><strong>Bedømmelsen var ikke afsluttet, da rapporten blev udarbejdet.</strong></p>`
  return html`<p>
    Endeligt bedømt den
    ${printDate(agreement.assessed.on)}${
      agreement.assessed.version > 1 ? ` (bedømmelse nr. ${agreement.assessed.version})` : ''
    }.
    ${agreement.reopened ? 'Sagen er siden genoptaget; bedømmelsen gælder, indtil en ny foreligger.' : ''}
    ${lateCorrectionText(agreement) ?? ''}
  </p>`
}

/**
 * One agreement as a section that begins with a heading of the third level.
 * @param year the results' year
 * @param follow where a result is followed to; null where it is published
 */
export const agreementSection = (
  agreement: ReportedAgreement,
  year: number,
  follow: FollowResult | null = null,
): Markup =>
  html`<section
    class="agreement"
    id="aftale-${agreement.agreement}"
    aria-labelledby="titel-${agreement.agreement}"
  >
    <h3 id="titel-${agreement.agreement}">${agreement.title}</h3>
    <p>
      ${kindWords[agreement.kind]} af ${printDate(agreement.signedOn)} med ${municipalitiesText(agreement)}.
      Sagsnr. ${agreement.caseNumber}.
      ${agreement.synthetic ? html`<strong>Eksempel: mål, kontakter og svar er opdigtede.</strong>` : nothing}
    </p>
    ${state(agreement)}
    <p class="overall"><strong>Samlet: ${overallText(agreement)}.</strong></p>
    ${targets(agreement, year, follow)}
    <h4>Ydre forhold</h4>
    ${factors(agreement)}
    <h4>Høring</h4>
    ${hearing(agreement)} ${actions(agreement, year)} ${dissemination(agreement)} ${promises(agreement, year)}
    ${renegotiations(agreement)}
    <h4>Indberetning og faktatjek</h4>
    ${parties(agreement, year)}
  </section>`
