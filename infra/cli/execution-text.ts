import {
  type ExecutionDescription,
  type ExecutionEvent,
  shownJson,
} from '../../functions/domain/execution/execution.ts'
import type { Graph, GraphEdge } from '../../functions/domain/execution/graph.ts'
import {
  progressOf,
  type Progress,
  type VisitEnd,
  stateSummaries,
  type StateSummary,
  openWaits,
} from '../../functions/domain/execution/progress.ts'

/** One execution as text: where it stands, its graph, what it waits for, what came in and out, its history. */
export interface ShownExecution {
  readonly description: ExecutionDescription
  readonly graph: Graph
  readonly events: readonly ExecutionEvent[]
}

const signs: Readonly<Record<VisitEnd | 'never', string>> = {
  succeeded: '+',
  caught: '!',
  failed: 'x',
  aborted: 'x',
  working: '>',
  waiting: '>',
  never: ' ',
}

const indented = (text: string): readonly string[] =>
  shownJson(text)
    .split('\n')
    .map((line) => `  ${line}`)

const data = (title: string, text: string | null): readonly string[] =>
  text === null ? [] : ['', title, ...indented(text)]

const way = ({ to, kind, label }: GraphEdge): string => {
  if (kind === 'next') return `-> ${to}`
  if (kind === 'inside') return `contains ${to}`
  if (kind === 'default') return `-> ${to} (else)`
  return `-> ${to} (${kind === 'catch' ? 'caught: ' : ''}${label})`
}

const graphLines = (graph: Graph, summaries: readonly StateSummary[]): readonly string[] => {
  const width = Math.max(...summaries.map(({ state }) => state.name.length))
  return summaries.flatMap(({ state, visits, last, retries }) => {
    const how = last === null ? 'not reached' : last.end
    const times = visits.length > 1 ? `, ${visits.length} times` : ''
    const again = retries > 0 ? `, ${retries} retries` : ''
    const ends = state.isEnd ? ['(end)'] : []
    const ways = [...graph.edges.filter(({ from }) => from === state.name).map(way), ...ends]
    return [
      `${signs[last?.end ?? 'never']} ${state.name.padEnd(width)}  ${state.type.padEnd(8)}  ${how}${times}${again}`,
      ...ways.map((one) => `  ${' '.repeat(width)}    ${one}`),
    ]
  })
}

const openLines = (progress: Progress): readonly string[] => [
  ...openWaits(progress, []).map(
    ({ state, kind, since, looksAgainAt }) =>
      `${state}: waits${kind === '' ? '' : ` for ${kind}`} since ${since}, ` +
      (looksAgainAt === null ? 'without a limit' : `until ${looksAgainAt} at the latest`),
  ),
  ...progress.visits.flatMap(({ state, end, enteredAt }) =>
    end === 'working' ? [`${state}: at work since ${enteredAt}`] : [],
  ),
]

const eventLine = (event: ExecutionEvent, state: string | undefined): string => {
  const what = [event.error, event.cause === null ? null : shownJson(event.cause).replaceAll(/\s+/g, ' ')]
    .filter((part) => part !== null)
    .join(': ')
  const id = String(event.id).padStart(5)
  return `${id}  ${event.at}  ${event.type.padEnd(28)}  ${state ?? ''}${what === '' ? '' : `  ${what}`}`.trimEnd()
}

/** The lines of an execution's text. Task tokens and addresses are hidden, as on the operator's pages. */
export function executionLines({ description, graph, events }: ShownExecution): readonly string[] {
  const { name, machine, status, startedAt, endedAt, input, output, error, cause } = description
  const progress = progressOf(events, status)
  const open = openLines(progress)
  return [
    `${name}  ${status}  ${machine}`,
    `started ${startedAt}${endedAt === null ? '' : `, ended ${endedAt}`}`,
    ...(error === null && cause === null
      ? []
      : [`error ${error ?? '(none)'}: ${cause === null ? '' : shownJson(cause)}`]),
    '',
    'Graph (+ done, ! an error was caught, x failed or stopped, > here)',
    ...graphLines(graph, stateSummaries(graph, progress)),
    ...(open.length === 0 ? [] : ['', 'Open', ...open.map((line) => `  ${line}`)]),
    ...data('Input', input),
    ...data('Output', output),
    '',
    'History',
    ...events.map((event) => eventLine(event, progress.stateOfEvent.get(event.id))),
  ]
}
