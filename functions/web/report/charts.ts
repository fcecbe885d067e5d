import { scaleBand, scaleLinear } from 'd3-scale'
import { stack, stackOffsetExpand } from 'd3-shape'
import { html } from 'hono/html'
import { printWholePct } from '../../domain/base/danish.ts'
import { exact, roundHalfUp } from '../../domain/base/exact.ts'
import { verdictLabels } from '../../domain/judging/verdict-labels.ts'
import type { JointReport, ReportedAgreement, VerdictCounts } from '../../domain/report/report.ts'
import type { Markup } from '../markup.ts'
import { kindPlural, overallText } from './report-words.ts'

/**
 * The report's charts, drawn by hand: each is one image with a title and a description, and a table beside it
 * holds the same numbers. Colours are never alone: the count stands in the bar, the legend names the fill.
 */

export const verdictOrder = [
  'met',
  'partly-met',
  'not-met',
  'not-met-assumption-failed',
  'not-assessable',
  'pending',
] as const satisfies readonly (keyof VerdictCounts)[]
type Shown = (typeof verdictOrder)[number]

export const verdictNames: Readonly<Record<Shown, string>> = { ...verdictLabels.da, pending: 'ikke bedømt' }

/** Light enough for black numbers on them (at least 4.5 to 1), told apart also without colour by their grey. */
const fills: Readonly<Record<Shown, string>> = {
  met: '#7fc796',
  'partly-met': '#f2cf63',
  'not-met': '#e98f84',
  'not-met-assumption-failed': '#e9b7dd',
  'not-assessable': '#c9c9c9',
  pending: '#ffffff',
}

const width = 760

/** One bar per kind and one for all: how the verdicts are shared out. */
export const verdictChart = (report: JointReport): Markup => {
  const rows = [
    { name: 'I alt', verdicts: report.totals.verdicts },
    ...report.byKind.map(({ kind, tally }) => ({ name: kindPlural[kind], verdicts: tally.verdicts })),
  ]
  const [left, top, rowHeight] = [150, 10, 44]
  const bottom = top + rows.length * rowHeight
  const keys = verdictOrder.filter((key) => report.totals.verdicts[key] > 0)
  const x = scaleLinear([0, 1], [left, width - 10])
  const y = scaleBand(
    rows.map((row) => row.name),
    [top, bottom],
  ).padding(0.25)
  const series = stack<(typeof rows)[number], Shown>()
    .keys(keys)
    .value((row, key) => row.verdicts[key])
    .offset(stackOffsetExpand)(rows)
  const bars = series.flatMap((layer) =>
    layer.flatMap((part, index) => {
      const row = rows[index]
      const count = row?.verdicts[layer.key] ?? 0
      if (row === undefined || count === 0) return []
      const [from, to, at] = [x(part[0]), x(part[1]), y(row.name) ?? 0]
      return html`<rect
          x="${from.toFixed(1)}"
          y="${at.toFixed(1)}"
          width="${(to - from).toFixed(1)}"
          height="${y.bandwidth().toFixed(1)}"
          fill="${fills[layer.key]}"
          stroke="#1a1a1a"
          stroke-width="0.75"
        />
        <text
          x="${((from + to) / 2).toFixed(1)}"
          y="${(at + y.bandwidth() / 2 + 5).toFixed(1)}"
          text-anchor="middle"
        >
          ${count}
        </text>`
    }),
  )
  const names = rows.map(
    (row) =>
      html`<text
        x="${left - 8}"
        y="${((y(row.name) ?? 0) + y.bandwidth() / 2 + 5).toFixed(1)}"
        text-anchor="end"
      >
        ${row.name}
      </text>`,
  )
  const legend = keys.map((key, index) => {
    const at = { x: left + (index % 2) * 300, y: bottom + 16 + Math.floor(index / 2) * 22 }
    return html`<rect
        x="${at.x}"
        y="${at.y}"
        width="14"
        height="14"
        fill="${fills[key]}"
        stroke="#1a1a1a"
        stroke-width="0.75"
      />
      <text x="${at.x + 22}" y="${at.y + 12}">${verdictNames[key]}</text>`
  })
  const height = bottom + 24 + Math.ceil(keys.length / 2) * 22
  const described = keys.map((key) => `${verdictNames[key]}: ${report.totals.verdicts[key]}`).join('; ')
  return html`<svg
    role="img"
    aria-labelledby="diagram-bedoemmelser-titel diagram-bedoemmelser-tekst"
    viewBox="0 0 ${width} ${height}"
    xmlns="http://www.w3.org/2000/svg"
  >
    <title id="diagram-bedoemmelser-titel">Målene fordelt efter bedømmelse, ${report.year}</title>
    <desc id="diagram-bedoemmelser-tekst">
      ${report.totals.targets} mål i alt. ${described}. Tallene står i tabellen ved siden af.
    </desc>
    <g font-family="IBM Plex Sans, Arial, sans-serif" font-size="13" fill="#1a1a1a">
      ${names}${bars}${legend}
    </g>
  </svg>`
}

/** Numbers for drawing alone: the printed ones are exact. */
const drawn = (percent: string): number => Number(roundHalfUp(exact(percent), 2))

/** One bar per agreement: its overall result. What is not assessed, not assessable or hidden says so. */
export const overallChart = (report: JointReport): Markup => {
  const [left, top, rowHeight] = [330, 26, 20]
  const rows = report.agreements
  const bottom = top + rows.length * rowHeight
  const x = scaleLinear([0, 100], [left, width - 60])
  const y = scaleBand(
    rows.map((row) => row.agreement),
    [top, bottom],
  ).padding(0.2)
  const grid = x
    .ticks(5)
    .map(
      (tick) =>
        html`<line
            x1="${x(tick).toFixed(1)}"
            x2="${x(tick).toFixed(1)}"
            y1="${top - 4}"
            y2="${bottom}"
            stroke="#bdbdbd"
          />
          <text x="${x(tick).toFixed(1)}" y="${top - 10}" text-anchor="middle">${tick}</text>`,
    )
  const bar = (row: ReportedAgreement): Markup => {
    const at = y(row.agreement) ?? 0
    const middle = (at + y.bandwidth() / 2 + 4).toFixed(1)
    const name = html`<text x="${left - 8}" y="${middle}" text-anchor="end">${shortName(row)}</text>`
    if (row.overall === null)
      return html`${name}<text x="${left + 4}" y="${middle}" font-style="italic">${withoutBar(row)}</text>`
    const end = x(drawn(row.overall))
    return html`${name}
      <rect
        x="${left}"
        y="${at.toFixed(1)}"
        width="${(end - left).toFixed(1)}"
        height="${y.bandwidth().toFixed(1)}"
        fill="#2f6f9f"
      />
      <text x="${(end + 6).toFixed(1)}" y="${middle}" paint-order="stroke" stroke="#ffffff" stroke-width="4"
        >${printWholePct(row.overall)}</text
      >`
  }
  return html`<svg
    role="img"
    aria-labelledby="diagram-opfyldelse-titel diagram-opfyldelse-tekst"
    viewBox="0 0 ${width} ${bottom + 10}"
    xmlns="http://www.w3.org/2000/svg"
  >
    <title id="diagram-opfyldelse-titel">Målopfyldelse for hver aftale, ${report.year}, pct.</title>
    <desc id="diagram-opfyldelse-tekst">
      ${rows.length} aftaler, ${rows.filter((row) => row.overall !== null).length} med en samlet
      målopfyldelse. Tallene står i oversigten over aftalerne ved siden af.
    </desc>
    <g font-family="IBM Plex Sans, Arial, sans-serif" font-size="13" fill="#1a1a1a">
      ${grid}${rows.map(bar)}
    </g>
  </svg>`
}

const longest = 44
/** `Svendborg Kommune`, `Brønderslev Kommune m.fl.`, with the kind where one municipality holds two. */
const shortName = (row: ReportedAgreement): string => {
  const [first] = row.parties
  const name = `${first?.name ?? row.title}${row.parties.length > 1 ? ' m.fl.' : ''} (${row.caseNumber})`
  return name.length > longest ? `${name.slice(0, longest - 1)}…` : name
}

const withoutBar = (row: ReportedAgreement): string =>
  row.overallSuppressed ? 'vises ikke af diskretionshensyn' : overallText(row)
