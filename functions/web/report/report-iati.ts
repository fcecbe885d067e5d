import { html, raw } from 'hono/html'
import type {
  JointReport,
  ReportedAgreement,
  ReportedTarget,
  ShownFigure,
} from '../../domain/report/report.ts'
import type { Markup } from '../markup.ts'
import { numberCell } from '../columns.ts'
import { baselineText, goalText, municipalitiesText, resultText, verdictText } from './report-words.ts'
import { asText } from './standalone.ts'

/**
 * The results in the shape of IATI 2.03 (iatistandard.org, activity standard): result, indicator, baseline,
 * period with target and actual. Identifiers are ours: the ministry has none in IATI's register.
 */

/** IATI's codes (IndicatorMeasure): 1 unit, 2 percentage, 5 qualitative. */
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

const commented = (text: string): Markup =>
  html`<comment><narrative xml:lang="da">${text}</narrative></comment>`

/**
 * A baseline, target or actual. The standard wants a value of each, but of none that is qualitative: without one
 * the element is left out, and what is to be said of it stands in the indicator's description.
 */
const measured = (
  element: 'baseline' | 'target' | 'actual',
  of: Pick<ReportedTarget, 'measure'>,
  value: string | null,
  text: string,
  year: number | null = null,
): Markup | null => {
  if (of.measure !== 'milestone' && value === null) return null
  const attributes = [
    ...(year === null ? [] : [`year="${year}"`]),
    ...(value === null ? [] : [`value="${value}"`]),
  ]
  return html`${raw(`<${[element, ...attributes].join(' ')}>`)}${commented(text)}${raw(`</${element}>`)}`
}

const indicator = (target: ReportedTarget, agreement: ReportedAgreement, year: number): Markup => {
  const goal = target.measure === 'milestone' || target.goal === '' ? null : target.goal
  const result = `${resultText(target)}; ${verdictText(target)}`
  const actual = measured('actual', target, target.verdict === null ? null : valueOf(target.figure), result)
  const baseline =
    target.baseline === null
      ? null
      : measured(
          'baseline',
          target,
          valueOf(target.baseline.figure),
          baselineText(target),
          target.baseline.year,
        )
  const unmeasured = [
    ...(target.baseline !== null && baseline === null ? [`Udgangspunkt ${baselineText(target)}`] : []),
    ...(actual === null ? [`Resultat ${year}: ${result}`] : []),
  ]
  return html`<indicator
    measure="${measures[target.measure]}"
    ascending="${target.direction === 'rising' ? '1' : '0'}"
    aggregation-status="${agreement.parties.length > 1 && target.measure === 'number' ? '1' : '0'}"
  >
    <title><narrative xml:lang="da">${target.title}</narrative></title>
    <description>
      <narrative xml:lang="da">${[target.source, ...unmeasured].join('. ')}</narrative>
    </description>
    ${baseline ?? ''}
    <period>
      <period-start iso-date="${year}-01-01" />
      <period-end iso-date="${year}-12-31" />
      ${target.goal === '' ? '' : (measured('target', target, goal, goalText(target)) ?? '')} ${actual ?? ''}
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
    <recipient-country code="DK" />
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
