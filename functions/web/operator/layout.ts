import { Graph as LayoutGraph, layout } from '@dagrejs/dagre'
import * as z from 'zod'
import type { Graph } from '../../domain/execution/graph.ts'

interface Place {
  /** Of its middle. */
  readonly x: number
  readonly y: number
}

export interface PlacedState extends Place {
  readonly name: string
  /** The name, broken into lines that fit. */
  readonly lines: readonly string[]
  readonly width: number
  readonly height: number
}

/** The ways between two states, drawn as one. */
export interface PlacedEdge {
  readonly from: string
  readonly to: string
  /** Only errors go this way. */
  readonly caughtOnly: boolean
  readonly points: readonly Place[]
}

export interface PlacedGraph {
  readonly width: number
  readonly height: number
  readonly states: readonly PlacedState[]
  readonly edges: readonly PlacedEdge[]
}

export const lineHeight = 18
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
