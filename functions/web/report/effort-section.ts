import { html } from 'hono/html'
import { exact, exactText, sum } from '../../domain/base/exact.ts'
import type { JointReport, ReportedAgreement } from '../../domain/report/report.ts'
import { nothing, table, type Markup } from '../markup.ts'
import { kronerText, overallText } from './report-words.ts'

/** What an agreement's year was granted and cost, beside what came of it. Whole kroner; null where nothing is told. */
interface Effort {
  readonly granted: string | null
  readonly cost: string | null
  /** Actions whose cost no reply has told: the sum is then of the others. */
  readonly untold: number
  readonly met: number
  readonly targets: number
}

const total = (amounts: readonly (string | null)[]): string | null => {
  const known = amounts.filter((amount) => amount !== null)
  return known.length === 0 ? null : exactText(sum(known.map((amount) => exact(amount))))
}

const effortOf = ({ actions, targets }: ReportedAgreement): Effort => ({
  granted: total(actions.map(({ grant }) => grant)),
  cost: total(actions.map(({ cost }) => cost)),
  untold: actions.filter(({ grant, cost }) => grant !== null && cost === null).length,
  met: targets.filter(({ verdict }) => verdict === 'met').length,
  targets: targets.length,
})

const costText = ({ cost, untold }: Effort): string =>
  `${kronerText(cost)}${cost !== null && untold > 0 ? ` (${untold} ikke oplyst)` : ''}`

/** One sentence under an agreement's actions: resources beside results. */
export const effortSentence = (agreement: ReportedAgreement): Markup => {
  const effort = effortOf(agreement)
  return effort.granted === null && effort.cost === null
    ? nothing
    : html`<p>
        I alt: tilskud ${kronerText(effort.granted)}, udgift ${costText(effort)}; opnået: ${effort.met} af
        ${effort.targets} mål opfyldt, ${overallText(agreement)}.
      </p>`
}

/** Effort beside resources, agreement by agreement: what was granted, what it cost, what was reached. */
export const effortSection = (report: JointReport): Markup => {
  const rows = report.agreements.map((agreement) => ({ agreement, effort: effortOf(agreement) }))
  const told = rows.filter(({ effort }) => effort.granted !== null || effort.cost !== null)
  return told.length === 0
    ? nothing
    : html`<section id="ressourcer" aria-labelledby="titel-ressourcer">
        <h2 id="titel-ressourcer">Indsats og ressourcer</h2>
        <p>
          Tilskud ${kronerText(total(told.map(({ effort }) => effort.granted)))} og udgifter
          ${kronerText(total(told.map(({ effort }) => effort.cost)))} i ${report.year}. Tilskuddet afhænger
          ikke af, om målene er opfyldt.
        </p>
        ${table(
          `Tilskud, udgifter og resultater, ${report.year}`,
          [
            { title: 'Aftale' },
            { title: 'Tilskud', right: true },
            { title: 'Udgift', right: true },
            { title: 'Opfyldte mål', right: true },
            { title: 'Samlet' },
          ],
          told.map(({ agreement, effort }) => [
            html`<a href="#aftale-${agreement.agreement}">${agreement.title}</a>`,
            kronerText(effort.granted),
            costText(effort),
            `${effort.met} af ${effort.targets}`,
            overallText(agreement),
          ]),
        )}
      </section>`
}
