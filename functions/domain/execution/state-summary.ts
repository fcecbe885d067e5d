import type { Graph, GraphState } from './graph.ts'
import type { Progress, Visit } from './progress.ts'

/** A state of the definition and what became of it in one execution. */
export interface StateSummary {
  readonly state: GraphState
  readonly visits: readonly Visit[]
  /** Null when it was never entered. */
  readonly last: Visit | null
  /** Tries beyond the first of each visit. */
  readonly retries: number
}

/** Every state in the definition's order; a state of the history that the definition has not is left out. */
export const stateSummaries = (graph: Graph, progress: Progress): readonly StateSummary[] =>
  graph.states.map((state) => {
    const visits = progress.visits.filter((visit) => visit.state === state.name)
    return {
      state,
      visits,
      last: visits.at(-1) ?? null,
      retries: visits.reduce((sum, visit) => sum + Math.max(0, visit.tries - 1), 0),
    }
  })
