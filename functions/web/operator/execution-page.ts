import { html } from 'hono/html'
import * as z from 'zod'
import { type ExecutionDescription, shownJson } from '../../domain/execution/execution.ts'
import type { Graph } from '../../domain/execution/graph.ts'
import {
  type Progress,
  stateSummaries,
  type StateSummary,
  type ExecutionWait,
} from '../../domain/execution/progress.ts'
import { isStreamId, type StreamId } from '../../domain/base/stream-id.ts'
import { alert, badge, facts, nothing, table, type Markup } from '../markup.ts'
import { page, type PageFrame } from '../page.ts'
import { statusBadge } from './executions-page.ts'
import { graphSvg } from './graph-svg.ts'
import { exactMoment, jsonDetails, stateName } from './operator-parts.ts'
import { machineWords, stateTypeText, visitText, visitTones, waitText } from './operator-words.ts'
import { caseExecutionsPath, executionPath, executionsPath, historyPath, statePath } from './paths.ts'
import { casePageOf } from '../case-path.ts'

export interface ExecutionPageInput {
  readonly execution: ExecutionDescription
  readonly graph: Graph
  readonly progress: Progress
  readonly waits: readonly ExecutionWait[]
  /** Events in its history. */
  readonly events: number
}

const inputSchema = z.object({ stream: z.string(), attempt: z.number() })

/** The case an execution was started for, as its input says it; null for one that was started with another. */
export const caseOf = (
  execution: Pick<ExecutionDescription, 'input'>,
): { readonly stream: StreamId; readonly attempt: number } | null => {
  try {
    const found = inputSchema.safeParse(JSON.parse(execution.input ?? ''))
    if (!found.success || !isStreamId(found.data.stream)) return null
    return { stream: found.data.stream, attempt: found.data.attempt }
  } catch {
    return null
  }
}

const summary = ({ execution, events }: ExecutionPageInput): Markup => {
  const of = caseOf(execution)
  const caseHref = of === null ? null : casePageOf(of.stream)
  return facts([
    ['Status', statusBadge(execution.status)],
    ['Arbejdsgang', machineWords[execution.machine]],
    ...(of === null ? [] : [['Forløb nr.', String(of.attempt)] as const]),
    ...(of === null || caseHref === null
      ? []
      : [['Sag', html`<a href="${caseHref}">${of.stream}</a>`] as const]),
    ['Begyndt', exactMoment(execution.startedAt)],
    ['Slut', exactMoment(execution.endedAt)],
    ['Hændelser', html`<a href="${historyPath(execution)}">${events}</a>`],
  ])
}

const failure = ({ execution }: ExecutionPageInput): Markup =>
  execution.error === null && execution.cause === null
    ? nothing
    : alert(
        'error',
        execution.error ?? 'Fejl uden navn',
        execution.cause === null ? 'Ingen årsag er oplyst.' : shownJson(execution.cause),
      )

const waitsSection = ({ waits, execution }: ExecutionPageInput): Markup =>
  html`<section aria-labelledby="venter">
    <h2 id="venter">Venter på</h2>
    ${
      waits.length === 0
        ? html`<p>
            ${execution.status === 'RUNNING' ? 'Forløbet arbejder og venter ikke på nogen.' : 'Forløbet er slut og venter ikke.'}
          </p>`
        : table(
            'Åbne ventetider',
            [
              { title: 'Venter på' },
              { title: 'Trin' },
              { title: 'Siden' },
              { title: 'Frist i sagen' },
              { title: 'Ser efter igen senest' },
              { title: 'Kendt i sagen' },
            ],
            waits.map((wait) => [
              waitText(wait.kind),
              stateName(wait.state),
              exactMoment(wait.since),
              wait.until === null ? 'ingen' : exactMoment(wait.until),
              wait.looksAgainAt === null ? 'ingen grænse' : exactMoment(wait.looksAgainAt),
              wait.registered ? 'ja' : badge('nej', 'warning'),
            ]),
          )
    }
  </section>`

const statesTable = (input: ExecutionPageInput, states: readonly StateSummary[]): Markup =>
  table(
    'Forløbets trin',
    [
      { title: 'Trin' },
      { title: 'Slags' },
      { title: 'Senest' },
      { title: 'Gange', right: true },
      { title: 'Gentaget', right: true },
      { title: 'Senest nået' },
      { title: 'Går videre til' },
    ],
    states.map(({ state, visits, last, retries }) => [
      last === null
        ? stateName(state.name)
        : html`<a href="${statePath(input.execution, state.name)}">${stateName(state.name)}</a>`,
      stateTypeText(state.type),
      last === null ? 'ikke nået' : badge(visitText(last), visitTones[last.end]),
      String(visits.length),
      String(retries),
      exactMoment(last?.enteredAt ?? null),
      stateName(
        [
          ...new Set(input.graph.edges.filter((edge) => edge.from === state.name).map((edge) => edge.to)),
        ].join(', '),
      ),
    ]),
  )

/** An execution: where it stands, what it waits for, its graph, the same as a table, its input and output. */
export const executionPage = (frame: PageFrame, input: ExecutionPageInput): Markup => {
  const { execution, graph, progress } = input
  const states = stateSummaries(graph, progress)
  const of = caseOf(execution)
  const title = `Forløb ${execution.name}`
  return page(frame, {
    title,
    path: executionPath(execution),
    content: html`${summary(input)} ${failure(input)} ${waitsSection(input)}
      <section aria-labelledby="graf">
        <h2 id="graf">Graf</h2>
        <div class="graph" tabindex="0" role="region" aria-label="Forløbets graf">
          ${graphSvg({ graph, states, steps: progress.steps, title: `${title} som graf` })}
        </div>
        <p class="quiet">
          Sorte pile er gået mindst én gang, grå endnu ikke; stiplede følges kun efter en fejl, som
          arbejdsgangen tager hånd om.
        </p>
      </section>
      <section aria-labelledby="trin">
        <h2 id="trin">Trin</h2>
        ${statesTable(input, states)}
      </section>
      <section aria-labelledby="data">
        <h2 id="data">Input og output</h2>
        ${jsonDetails('Input', execution.input, 'Forløbets input', true)}
        ${jsonDetails('Output', execution.output, 'Forløbets output')}
      </section>
      <p>
        <a href="${historyPath(execution)}">Alle hændelser</a>${
          of === null ? nothing : html` · <a href="${caseExecutionsPath(of.stream)}">Sagens forløb</a>`
        }
        · <a href="${executionsPath}">Alle forløb</a>
      </p>`,
  })
}
