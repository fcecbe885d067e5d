import { html } from 'hono/html'
import { type Theme, themeWords } from '../../domain/agreement/theme.ts'
import {
  type JointReport,
  isUnmet,
  targetsByTheme,
  type ThemedTarget,
  type ThemedTargets,
} from '../../domain/report/report.ts'
import { nothing, table, type Markup } from '../markup.ts'
import { assumptionText, goalText, municipalitiesText, resultText, verdictText } from './report-words.ts'

export const themeName = (theme: Theme | null): string =>
  theme === null ? 'Uden tema' : themeWords[theme].da

/** What lay outside the parties' hands, as the assessment names it; said too when nothing is named. */
export const factorsText = ({ agreement, target }: ThemedTarget): string =>
  [...target.failedAssumptions.map(assumptionText), ...agreement.externalFactors]
    .map((text) => (/[.!?]$/u.test(text) ? text : `${text}.`))
    .join(' ') || 'Ingen ydre forhold er nævnt.'

/** `12 mål i 9 aftaler; 8 er opfyldt`. */
export const themeTally = ({ targets }: ThemedTargets): string => {
  const agreements = new Set(targets.map(({ agreement }) => agreement.agreement)).size
  const met = targets.filter(({ target }) => target.verdict === 'met').length
  return `${targets.length} mål i ${agreements} ${agreements === 1 ? 'aftale' : 'aftaler'}; ${met} er opfyldt`
}

const themePart = (report: JointReport, part: ThemedTargets): Markup => {
  const name = themeName(part.theme)
  const id = `tema-${part.theme ?? 'uden'}`
  return html`<h3 id="${id}">${name}</h3>
    <p>${themeTally(part)}.</p>
    ${table(
      `${name}: mål og resultater for ${report.year}`,
      [
        { title: 'Parter' },
        { title: 'Mål' },
        { title: `Mål for ${report.year}` },
        { title: `Resultat ${report.year}` },
        { title: 'Bedømmelse' },
        { title: 'Ydre forhold' },
      ],
      part.targets.map((one) => [
        html`<a href="#aftale-${one.agreement.agreement}">${municipalitiesText(one.agreement)}</a>`,
        `${one.target.key.slice(1)}. ${one.target.title}`,
        goalText(one.target),
        resultText(one.target),
        verdictText(one.target),
        isUnmet(one.target) ? factorsText(one) : '–',
      ]),
    )}`
}

/** The targets theme by theme; nothing where no agreement names a theme. */
export const themeSection = (report: JointReport): Markup => {
  const parts = targetsByTheme(report)
  return parts.every(({ theme }) => theme === null)
    ? nothing
    : html`<section id="temaer" aria-labelledby="titel-temaer">
        <h2 id="titel-temaer">Tema for tema</h2>
        <p>
          Temaerne er integrationsbarometerets ni målsætninger; aftalen siger, hvilket tema et mål hører til.
          Ved hvert mål, der ikke er fuldt opfyldt, står de ydre forhold, som bedømmelsen nævner.
        </p>
        ${parts.map((part) => themePart(report, part))}
      </section>`
}
