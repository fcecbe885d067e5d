import { html } from 'hono/html'
import type {
  JointReport,
  ReportedAgreement,
  ReportedTarget,
  ShownFigure,
} from '../../domain/report/report.ts'
import type { Markup } from '../markup.ts'
import { numberCell } from './report-rows.ts'
import { baselineText, goalText, municipalitiesText, resultText, verdictText } from './report-words.ts'
import { asText } from './standalone.ts'

/**
 * The results in the shape of IATI 2.03 (iatistandard.org, activity standard): result, indicator, baseline,
 * period with target and actual. Identifiers are ours: the ministry has none in IATI's register.
 */

/** IATI's codes: 1 unit, 2 percentage, 5 qualitative; 2 outcome. */
const measures: Readonly<Record<ReportedTarget['measure'], string>> = {
  share: '2',
  number: '1',
  milestone: '5',
}

const valueOf = (figure: ShownFigure): string | null => {
  switch (figure.is) {
    case 'share':
      return numberCell(figure.percent)?.number ?? null
    case 'number':
      return numberCell(figure.value)?.number ?? null
    default:
      return null
  }
}

const valueAttribute = (value: string | null): Markup => (value === null ? html`` : html` value="${value}"`)
const commented = (text: string): Markup =>
  html`<comment><narrative xml:lang="da">${text}</narrative></comment>`

const baseline = (target: ReportedTarget): Markup =>
  target.baseline === null
    ? html``
    : html`<baseline year="${target.baseline.year}" ${valueAttribute(valueOf(target.baseline.figure))}
        >${commented(baselineText(target))}</baseline
      >`

const indicator = (target: ReportedTarget, agreement: ReportedAgreement, year: number): Markup => {
  const goal = target.measure === 'milestone' || target.goal === '' ? null : target.goal
  const actual = target.verdict === null ? null : valueOf(target.figure)
  return html`<indicator
    measure="${measures[target.measure]}"
    ascending="${target.direction === 'rising' ? '1' : '0'}"
    aggregation-status="${agreement.parties.length > 1 && target.measure === 'number' ? '1' : '0'}"
  >
    <title><narrative xml:lang="da">${target.title}</narrative></title>
    <description><narrative xml:lang="da">${target.source}</narrative></description>
    ${baseline(target)}
    <period>
      <period-start iso-date="${year}-01-01" />
      <period-end iso-date="${year}-12-31" />
      <target${valueAttribute(goal)}>${commented(goalText(target))}</target>
      <actual${valueAttribute(actual)}>${commented(`${resultText(target)}; ${verdictText(target)}`)}</actual>
    </period>
  </indicator>`
}

const activity = (report: JointReport, agreement: ReportedAgreement): Markup =>
  html`<iati-activity xml:lang="da">
    <iati-identifier>aarshjul-${agreement.agreement}</iati-identifier>
    <reporting-org ref="aarshjul" type="10"><narrative>${report.ministry}</narrative></reporting-org>
    <title><narrative>${agreement.title}</narrative></title>
    <description><narrative>${agreement.title}, ${municipalitiesText(agreement)}</narrative></description>
    <participating-org role="1" type="10"><narrative>${report.ministry}</narrative></participating-org>
    ${agreement.parties.map(
      (party) =>
        html`<participating-org role="4" type="11"><narrative>${party.name}</narrative></participating-org>`,
    )}
    <activity-status code="2" />
    <activity-date type="2" iso-date="${agreement.signedOn}" />
    ${agreement.targets.map(
      (target) =>
        html`<result type="2" aggregation-status="0">
          <title><narrative>${target.title}</narrative></title>
          ${indicator(target, agreement, report.year)}
        </result>`,
    )}
  </iati-activity>`

export const reportIati = async (report: JointReport): Promise<string> =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${await asText(
    html`<iati-activities version="2.03" generated-datetime="${report.method.dataOn}T12:00:00Z">
      ${report.agreements.map((agreement) => activity(report, agreement))}
    </iati-activities>`,
  )}`
