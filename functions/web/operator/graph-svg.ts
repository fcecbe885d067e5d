import { Graph as LayoutGraph, layout } from '@dagrejs/dagre'
import * as z from 'zod'
import type { Graph } from '../../domain/execution/graph.ts'
import { curveBasis, line } from 'd3-shape'
import { html } from 'hono/html'
import type { Step, StateSummary } from '../../domain/execution/progress.ts'
import { nothing, type Markup } from '../markup.ts'
import { visitWords } from './operator-parts.ts'

interface Place {
  /** Of its middle. */
  readonly x: number
  readonly y: number
}

interface PlacedState extends Place {
  readonly name: string
  /** The name, broken into lines that fit. */
  readonly lines: readonly string[]
  readonly width: number
  readonly height: number
}

/** The ways between two states, drawn as one. */
interface PlacedEdge {
  readonly from: string
  readonly to: string
  /** Only errors go this way. */
  readonly caughtOnly: boolean
  readonly points: readonly Place[]
}

interface PlacedGraph {
  readonly width: number
  readonly height: number
  readonly states: readonly PlacedState[]
  readonly edges: readonly PlacedEdge[]
}

const lineHeight = 18
const stateWidth = 156
const letters = 19
/** Above and below the name, and the line that says how the state stands. */
const around = 34

const placeSchema = z.object({ x: z.number(), y: z.number() })
const edgeSchema = z.object({ points: z.array(placeSchema) })
const wholeSchema = z.object({ width: z.number(), height: z.number() })

/** Words joined to lines of at most `letters`; a longer word has a line of its own. */
export const wrapped = (text: string): readonly string[] =>
  text.split(' ').reduce<readonly string[]>((lines, word) => {
    const last = lines.at(-1)
    return last === undefined || last.length + 1 + word.length > letters
      ? [...lines, word]
      : [...lines.slice(0, -1), `${last} ${word}`]
  }, [])

/**
 * Places a graph from left to right: a hub with eight ways on becomes tall rather than wide, and a narrow screen
 * scrolls one way only. The same graph is placed the same each time.
 */
export const placed = (graph: Graph): PlacedGraph => {
  const drawing = new LayoutGraph({ multigraph: false, compound: false })
  drawing.setGraph({ rankdir: 'LR', ranksep: 56, nodesep: 22, edgesep: 12, marginx: 12, marginy: 12 })
  drawing.setDefaultEdgeLabel(() => ({}))
  const sizes = graph.states.map(({ name }) => {
    const lines = wrapped(name)
    return { name, lines, width: stateWidth, height: lines.length * lineHeight + around }
  })
  for (const { name, width, height } of sizes) drawing.setNode(name, { width, height })
  const ways = graph.edges.filter((edge) => edge.from !== edge.to)
  for (const { from, to } of ways) drawing.setEdge(from, to)
  layout(drawing)
  const whole = wholeSchema.parse(drawing.graph())
  const pairs = new Map(ways.map((edge) => [JSON.stringify([edge.from, edge.to]), edge]))
  return {
    ...whole,
    states: sizes.map((size) => ({ ...size, ...placeSchema.parse(drawing.node(size.name)) })),
    edges: [...pairs.values()].map(({ from, to }) => ({
      from,
      to,
      caughtOnly: ways
        .filter((one) => one.from === from && one.to === to)
        .every((one) => one.kind === 'catch'),
      points: edgeSchema.parse(drawing.edge(from, to)).points,
    })),
  }
}

/** How a state is drawn: a fill, an outline, and a sign, so that colour is never alone. */
interface Look {
  readonly fill: string
  readonly stroke: string
  readonly strokeWidth: number
  readonly dash: string
  readonly sign: string
}

const looks = {
  never: { fill: '#ffffff', stroke: '#747474', strokeWidth: 1, dash: '4 3', sign: '' },
  done: { fill: '#e4f3e8', stroke: '#2b6a3a', strokeWidth: 1.5, dash: '', sign: '✓ ' },
  current: { fill: '#d6e8fb', stroke: '#004d99', strokeWidth: 3, dash: '', sign: '● ' },
  failed: { fill: '#fbdfdc', stroke: '#a3170a', strokeWidth: 3, dash: '', sign: '✕ ' },
} as const satisfies Readonly<Record<string, Look>>

const lookOf = ({ last }: StateSummary): Look => {
  if (last === null) return looks.never
  if (last.end === 'waiting' || last.end === 'working') return looks.current
  return last.end === 'failed' || last.end === 'aborted' ? looks.failed : looks.done
}

const timesText = (times: number): string => (times === 1 ? '1 gang' : `${times} gange`)

/** The line below the name: what it is doing now, or how often it was visited. */
const standing = ({ last, visits }: StateSummary): string => {
  if (last === null) return 'ikke nået'
  const now = last.end === 'succeeded' || last.end === 'caught' ? '' : `${visitWords[last.end]}, `
  return `${now}${timesText(visits.length)}`
}

const stateMarkup = (at: PlacedState, summary: StateSummary): Markup => {
  const look = lookOf(summary)
  const top = at.y - at.height / 2
  const rounded = summary.state.type === 'Choice' ? 0 : summary.state.isEnd ? at.height / 2 : 6
  return html`<rect
      x="${(at.x - at.width / 2).toFixed(1)}"
      y="${top.toFixed(1)}"
      width="${at.width}"
      height="${at.height}"
      rx="${rounded}"
      fill="${look.fill}"
      stroke="${look.stroke}"
      stroke-width="${look.strokeWidth}"
      ${look.dash === '' ? '' : html`stroke-dasharray="${look.dash}"`}
    />${at.lines.map(
      (text, index) =>
        html`<text x="${at.x.toFixed(1)}" y="${(top + 20 + index * lineHeight).toFixed(1)}" font-weight="600">
          ${text}
        </text>`,
    )}<text x="${at.x.toFixed(1)}" y="${(top + 20 + at.lines.length * lineHeight).toFixed(1)}" font-size="12">
      ${look.sign}${standing(summary)}
    </text>`
}

const path = line<{ readonly x: number; readonly y: number }>()
  .x((point) => point.x)
  .y((point) => point.y)
  .curve(curveBasis)
  .digits(1)

const edgeMarkup = (edge: PlacedEdge, times: number): Markup =>
  html`<path
    d="${path([...edge.points]) ?? ''}"
    fill="none"
    stroke="${times > 0 ? '#1a1a1a' : '#8a8a8a'}"
    stroke-width="${times > 0 ? 1.75 : 1}"
    ${edge.caughtOnly ? html`stroke-dasharray="6 4"` : ''}
    marker-end="url(#pil-${times > 0 ? 'gaaet' : 'ikke-gaaet'})"
  />`

const arrow = (id: string, fill: string): Markup =>
  html`<marker
    id="pil-${id}"
    viewBox="0 0 10 10"
    refX="9"
    refY="5"
    markerWidth="9"
    markerHeight="9"
    markerUnits="userSpaceOnUse"
    orient="auto"
  >
    <path d="M0,0 L10,5 L0,10 z" fill="${fill}" />
  </marker>`

/**
 * An execution as a graph: one image with a title and a description; the table of states beside it says the same.
 * Drawn on the server in SVG's own attributes, since the page allows neither scripts nor styles of its own.
 */
export const graphSvg = (options: {
  readonly graph: Graph
  readonly states: readonly StateSummary[]
  readonly steps: readonly Step[]
  readonly title: string
}): Markup => {
  const { graph, states, steps, title } = options
  const drawing = placed(graph)
  const byName = new Map(states.map((summary) => [summary.state.name, summary]))
  const now = states.filter(({ last }) => last?.end === 'waiting' || last?.end === 'working')
  const reached = states.filter(({ last }) => last !== null).length
  const timesOf = (edge: PlacedEdge): number =>
    steps.find((step) => step.from === edge.from && step.to === edge.to)?.times ?? 0
  const [taken, untaken] = [true, false].map((was) =>
    drawing.edges.filter((edge) => timesOf(edge) > 0 === was).map((edge) => edgeMarkup(edge, timesOf(edge))),
  )
  return html`<svg
    role="img"
    aria-labelledby="graf-titel graf-tekst"
    viewBox="0 0 ${Math.ceil(drawing.width)} ${Math.ceil(drawing.height)}"
    width="${Math.ceil(drawing.width)}"
    height="${Math.ceil(drawing.height)}"
    xmlns="http://www.w3.org/2000/svg"
  >
    <title id="graf-titel">${title}</title>
    <desc id="graf-tekst">
      ${reached} af ${states.length} trin er nået.
      ${now.length === 0 ? '' : `Forløbet står nu ved: ${now.map(({ state }) => state.name).join(', ')}.`}
      Tabellen over trinene siger det samme.
    </desc>
    <defs>${arrow('gaaet', '#1a1a1a')}${arrow('ikke-gaaet', '#8a8a8a')}</defs>
    <g font-family="IBM Plex Sans, Arial, sans-serif" font-size="14" fill="#1a1a1a" text-anchor="middle">
      ${untaken}${taken}${drawing.states.map((at) => {
        const summary = byName.get(at.name)
        return summary === undefined ? nothing : stateMarkup(at, summary)
      })}
    </g>
  </svg>`
}
