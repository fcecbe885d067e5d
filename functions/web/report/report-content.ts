import { html } from 'hono/html'
import { printDate, printWholePct } from '../../domain/base/danish.ts'
import type { JointReport, Tally } from '../../domain/report/report.ts'
import { nothing, table, type Markup } from '../markup.ts'
import { agreementSection, type FollowResult } from './agreement-section.ts'
import { overallChart, verdictChart, verdictNames, verdictOrder } from './charts.ts'
import { effortSection } from './effort-section.ts'
import { methodSection } from './method-section.ts'
import {
  factCheckText,
  kindPlural,
  kindWords,
  leftOutText,
  municipalitiesText,
  overallText,
  phaseText,
} from './report-words.ts'
import { themeSection } from './theme-section.ts'

const tallyRow = (name: string, tally: Tally): readonly string[] => [
  name,
  String(tally.agreements),
  String(tally.targets),
  ...verdictOrder.map((verdict) => String(tally.verdicts[verdict])),
  printWholePct(tally.coverage),
]

const totals = (report: JointReport): Markup =>
  html`<section id="i-alt" aria-labelledby="titel-i-alt">
    <h2 id="titel-i-alt">Resultaterne i alt</h2>
    <p>
      ${report.totals.assessed} af ${report.totals.agreements} aftaler er endeligt bedømt, og
      ${report.totals.verdicts.met} af ${report.totals.targets} mål er opfyldt. Dækningen er
      ${printWholePct(report.totals.coverage)}: så stor en del af målene kunne bedømmes.
    </p>
    <figure>${verdictChart(report)}</figure>
    ${table(
      `Målene fordelt efter bedømmelse, ${report.year}`,
      [
        { title: 'Aftaler' },
        { title: 'Antal', right: true },
        { title: 'Mål', right: true },
        ...verdictOrder.map((verdict) => ({ title: verdictNames[verdict], right: true })),
        { title: 'Dækning', right: true },
      ],
      [
        tallyRow('I alt', report.totals),
        ...report.byKind.map(({ kind, tally }) => tallyRow(kindPlural[kind], tally)),
      ],
    )}
  </section>`

const overview = (report: JointReport): Markup =>
  html`<section id="oversigt" aria-labelledby="titel-oversigt">
    <h2 id="titel-oversigt">Aftalerne</h2>
    <figure>${overallChart(report)}</figure>
    ${table(
      `Oversigt over aftalerne, ${report.year}`,
      [
        { title: 'Aftale' },
        { title: 'Aftaletype' },
        { title: 'Parter' },
        { title: 'Samlet' },
        { title: 'Genforhandling' },
        { title: 'Faktatjek' },
      ],
      report.agreements.map((agreement) => [
        html`<a href="#aftale-${agreement.agreement}">${agreement.title}</a>`,
        kindWords[agreement.kind],
        municipalitiesText(agreement),
        overallText(agreement),
        agreement.renegotiations.map(phaseText).join('; ') || 'ingen',
        agreement.parties
          .map((party) =>
            agreement.parties.length === 1 ? factCheckText(party) : `${party.name}: ${factCheckText(party)}`,
          )
          .join('; '),
      ]),
    )}
    <p>
      Spørgsmål om genforhandling er rejst i ${report.renegotiations.raised} aftaler;
      ${report.renegotiations.running} er ikke afsluttet.
    </p>
  </section>`

const unfinished = (report: JointReport): Markup => {
  const open = report.agreements.filter((agreement) => agreement.outcome !== 'assessed')
  return open.length === 0
    ? nothing
    : html`<section id="ikke-afsluttet" aria-labelledby="titel-ikke-afsluttet">
        <h2 id="titel-ikke-afsluttet">Ikke afsluttede bedømmelser</h2>
        <ul>
          ${open.map(
            (agreement) =>
              html`<li>
                <a href="#aftale-${agreement.agreement}">${agreement.title}</a>:
                ${agreement.outcome === 'stopped' ? 'standset' : 'bedømmelsen var ikke afsluttet'}
              </li>`,
          )}
        </ul>
      </section>`
}

const leftOut = (report: JointReport): Markup =>
  report.leftOut.length === 0
    ? nothing
    : html`<section id="ikke-spurgt" aria-labelledby="titel-ikke-spurgt">
        <h2 id="titel-ikke-spurgt">Aftaler, der ikke er spurgt for ${report.year}</h2>
        ${table(
          `Aftaler, der ikke er spurgt for ${report.year}, og hvorfor`,
          [{ title: 'Aftale' }, { title: 'Parter' }, { title: 'Sagsnr.' }, { title: 'Hvorfor' }],
          report.leftOut.map((entry) => [
            entry.title,
            entry.municipalities.join(', '),
            entry.caseNumber,
            leftOutText(entry, report.year),
          ]),
        )}
      </section>`

export const reportTitle = (report: Pick<JointReport, 'year'>): string =>
  `Samlet afrapportering for ${report.year}`

/**
 * The report's content from its first heading of the second level: for the page itself and for the console.
 * @param follow where the console follows a result to; null in what is published
 */
export const reportContent = (report: JointReport, follow: FollowResult | null = null): Markup =>
  html`<div class="joint-report" lang="da">
    <p>
      ${report.ministry}. Rapporteringsdato: ${printDate(report.reportingOn)}. Resultaterne fremlægges og
      bedømmes én gang årligt efter resultatkontrakterne og partnerskabsaftalerne.
    </p>
    ${totals(report)} ${unfinished(report)} ${overview(report)} ${leftOut(report)} ${themeSection(report)}
    ${effortSection(report)}
    <section id="sider" aria-labelledby="titel-sider">
      <h2 id="titel-sider">Aftale for aftale</h2>
      ${report.agreements.map((agreement) => agreementSection(agreement, report.year, follow))}
    </section>
    ${methodSection(report)}
  </div>`
