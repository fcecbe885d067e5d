import { html } from 'hono/html'
import { printDate, printWholePct } from '../../domain/base/danish.ts'
import {
  type JointReport,
  type ReportedAgreement,
  type ReportedRenegotiation,
  targetsByTheme,
  unmetTargets,
} from '../../domain/report/report.ts'
import { table, type Markup } from '../markup.ts'
import { verdictNames, verdictOrder } from './charts.ts'
import {
  causesText,
  goalText,
  municipalitiesText,
  phaseText,
  resultText,
  verdictText,
} from './report-words.ts'
import { asText, standalonePage } from './standalone.ts'
import { factorsText, themeName, themeTally } from './theme-section.ts'

/** The paper for the coordination group (følgegruppe): the year on one page, and what is asked of the group. */
export const packTitle = (report: Pick<JointReport, 'year'>): string =>
  `Til følgegruppen: resultaterne for ${report.year}`

interface Running {
  readonly agreement: ReportedAgreement
  readonly one: ReportedRenegotiation
}
const runningOf = (report: JointReport): readonly Running[] =>
  report.agreements.flatMap((agreement) =>
    agreement.renegotiations
      .filter(({ phase }) => phase === 'undecided' || phase === 'negotiated')
      .map((one) => ({ agreement, one })),
  )

const overview = (report: JointReport): Markup => {
  const { totals } = report
  return html`<h2>Overblik</h2>
    <p>
      ${totals.assessed} af ${totals.agreements} aftaler er endeligt bedømt, og ${totals.verdicts.met} af
      ${totals.targets} mål er opfyldt. Dækningen er ${printWholePct(totals.coverage)}.
    </p>
    ${table(
      `Målene fordelt efter bedømmelse, ${report.year}`,
      [{ title: 'Bedømmelse' }, { title: 'Mål', right: true }],
      verdictOrder.map((verdict) => [verdictNames[verdict], String(totals.verdicts[verdict])]),
    )}
    <ul>
      ${targetsByTheme(report).map((part) => html`<li>${themeName(part.theme)}: ${themeTally(part)}.</li>`)}
    </ul>`
}

const unmet = (report: JointReport): Markup => {
  const targets = unmetTargets(report)
  return html`<h2>Mål, der ikke er fuldt opfyldt</h2>
    ${
      targets.length === 0
        ? html`<p>Alle bedømte mål er opfyldt.</p>`
        : table(
            `Mål, der ikke er fuldt opfyldt, og de ydre forhold, bedømmelserne nævner, ${report.year}`,
            [
              { title: 'Parter' },
              { title: 'Mål' },
              { title: `Mål for ${report.year}` },
              { title: 'Resultat' },
              { title: 'Bedømmelse' },
              { title: 'Ydre forhold' },
            ],
            targets.map((one) => [
              municipalitiesText(one.agreement),
              one.target.title,
              goalText(one.target),
              resultText(one.target),
              verdictText(one.target),
              factorsText(one),
            ]),
          )
    }`
}

const renegotiations = (report: JointReport): Markup => {
  const running = runningOf(report)
  return html`<h2>Igangværende genforhandlinger</h2>
    ${
      running.length === 0
        ? html`<p>Ingen genforhandling er i gang.</p>`
        : table(
            'Genforhandlinger, der ikke er afsluttet',
            [{ title: 'Parter' }, { title: 'Rejst' }, { title: 'Årsag' }, { title: 'Status' }],
            running.map(({ agreement, one }) => [
              municipalitiesText(agreement),
              printDate(one.raisedOn),
              causesText(one),
              phaseText(one),
            ]),
          )
    }`
}

const point = (count: number, words: { readonly one: string; readonly many: string }): readonly string[] =>
  count === 0 ? [] : [count === 1 ? words.one : words.many]

/** Each point is there only when the year gives cause for it. */
const asked = (report: JointReport): Markup => {
  const missed = unmetTargets(report).length
  const running = runningOf(report).length
  const unfinished = report.agreements.filter(({ outcome }) => outcome !== 'assessed').length
  const notYet = report.agreements.filter(({ dissemination }) => dissemination?.done === false).length
  const points = [
    `tager den samlede afrapportering for ${report.year} til efterretning`,
    ...point(missed, {
      one: 'drøfter det ene mål, der ikke er fuldt opfyldt',
      many: `drøfter de ${missed} mål, der ikke er fuldt opfyldt`,
    }),
    ...point(running, {
      one: 'drøfter den ene genforhandling, der ikke er afsluttet',
      many: `drøfter de ${running} genforhandlinger, der ikke er afsluttet`,
    }),
    ...point(unfinished, {
      one: 'noterer, at én bedømmelse ikke er afsluttet',
      many: `noterer, at ${unfinished} bedømmelser ikke er afsluttet`,
    }),
    ...point(notYet, {
      one: 'drøfter formidlingen: én aftale har endnu ikke meldt den udført',
      many: `drøfter formidlingen: ${notYet} aftaler har endnu ikke meldt den udført`,
    }),
  ]
  return html`<h2>Følgegruppen bedes om</h2>
    <p>Det indstilles, at følgegruppen</p>
    <ul>
      ${points.map((text) => html`<li>${text}.</li>`)}
    </ul>`
}

/** Below its title. Drafted from the report's value alone, so that nothing hidden there is shown here. */
export const packContent = (report: JointReport): Markup =>
  html`<p>
      ${report.ministry}. Bygger på den samlede afrapportering med data pr.
      ${printDate(report.method.dataOn)}; rapporteringsdato ${printDate(report.reportingOn)}.
    </p>
    ${overview(report)} ${unmet(report)} ${renegotiations(report)} ${asked(report)}`

export const packPage = (report: JointReport): Promise<string> =>
  asText(
    standalonePage({
      title: packTitle(report),
      authority: report.ministry,
      content: packContent(report),
    }),
  )
