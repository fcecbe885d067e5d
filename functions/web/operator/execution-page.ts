import { html } from 'hono/html'
import {
  type ExecutionLine,
  type ExecutionEvent,
  type ExecutionDescription,
  shownJson,
} from '../../domain/execution/execution.ts'
import {
  type Visit,
  type StateSummary,
  type Progress,
  stateSummaries,
  type ExecutionWait,
} from '../../domain/execution/progress.ts'
import { facts, nothing, table, type Markup, alert, badge } from '../markup.ts'
import { page, type PageFrame } from '../page.ts'
import {
  exactMoment,
  jsonDetails,
  pager,
  stateName,
  type Paged,
  stateTypeText,
  visitText,
  executionPath,
  statePath,
  historyPath,
  machineWords,
  visitTones,
  waitText,
  caseExecutionsPath,
  executionsPath,
} from './operator-parts.ts'
import * as z from 'zod'
import type { Graph } from '../../domain/execution/graph.ts'
import { isStreamId, type StreamId } from '../../domain/base/stream-id.ts'
import { statusBadge } from './executions-page.ts'
import { graphSvg } from './graph-svg.ts'
import { casePageOf } from '../case-path.ts'

/** Visits on a page. */
export const visitsPageSize = 20

const failures = (visit: Visit): Markup =>
  visit.failures.length === 0
    ? nothing
    : table(
        `Det, der ikke lykkedes, hændelse ${visit.eventId}`,
        [{ title: 'Tidspunkt' }, { title: 'Fejl' }, { title: 'Årsag' }],
        visit.failures.map((one, at) => [
          exactMoment(one.at),
          one.error ?? '–',
          one.cause === null || one.cause === ''
            ? '–'
            : jsonDetails('Vis', one.cause, `Årsag ${at + 1}, hændelse ${visit.eventId}`),
        ]),
      )

const visitMarkup = (visit: Visit, open: boolean): Markup => {
  const label = `hændelse ${visit.eventId}`
  return html`<details class="more" ${open ? 'open' : ''}>
    <summary>${exactMoment(visit.enteredAt)}: ${visitText(visit)}</summary>
    ${facts([
      ['Forladt', exactMoment(visit.exitedAt)],
      ['Forsøg', String(visit.tries)],
      ['Hændelse nr.', String(visit.eventId)],
    ])}
    ${failures(visit)} ${jsonDetails('Input', visit.input, `Input, ${label}`)}
    ${jsonDetails('Opgavens argumenter', visit.arguments, `Opgavens argumenter, ${label}`, true)}
    ${jsonDetails('Output', visit.output, `Output, ${label}`, true)}
  </details>`
}

/** One state of an execution: each time it was reached, with what went in and what came out, the latest first. */
export const statePage = (
  frame: PageFrame,
  input: {
    readonly execution: ExecutionLine
    readonly summary: StateSummary
    readonly visits: Paged<Visit>
  },
): Markup => {
  const { execution, summary, visits } = input
  const { state } = summary
  const path = statePath(execution, state.name)
  return page(frame, {
    title: `Trin: ${state.name}`,
    path,
    content: html`<p>${execution.name}: <a href="${executionPath(execution)}">til forløbet</a></p>
      ${facts([
        ['Slags', stateTypeText(state.type)],
        ['Nået', summary.visits.length === 1 ? '1 gang' : `${summary.visits.length} gange`],
      ])}
      ${state.comment === '' ? nothing : html`<p>${stateName(state.comment)}</p>`}
      <h2>Hver gang trinet blev nået, det seneste først</h2>
      ${visits.items.map((visit, at) => visitMarkup(visit, at === 0))} ${pager(visits, path)}`,
  })
}

/** Events on a page. */
export const historyPageSize = 100

const remarks = (event: ExecutionEvent): Markup => {
  const { error, cause, timeoutSeconds, resource } = event
  return html`${
    resource === null
      ? nothing
      : html`<code>${resource}</code>${timeoutSeconds === null ? '' : `, højst ${timeoutSeconds} s`} `
  }${error === null ? nothing : html`<strong>${error}</strong> `}
  ${cause === null || cause === '' ? nothing : jsonDetails('Årsag', cause, `Årsag, hændelse ${event.id}`)}
  ${jsonDetails('Input', event.input, `Input, hændelse ${event.id}`)}
  ${jsonDetails('Output', event.output, `Output, hændelse ${event.id}`)}`
}

/** The history of an execution, event by event. */
export const historyPage = (
  frame: PageFrame,
  input: {
    readonly execution: ExecutionLine
    readonly events: Paged<ExecutionEvent>
    readonly progress: Progress
  },
): Markup => {
  const { execution, events, progress } = input
  const path = historyPath(execution)
  return page(frame, {
    title: `Hændelser i ${execution.name}`,
    path,
    content: html`<p><a href="${executionPath(execution)}">Til forløbet</a></p>
      ${pager(events, path)}
      ${table(
        `Hændelser, side ${events.page} af ${events.pages}`,
        [
          { title: 'Nr.' },
          { title: 'Tidspunkt' },
          { title: 'Trin' },
          { title: 'Hændelse' },
          { title: 'Mere' },
        ],
        events.items.map((event) => [
          String(event.id),
          exactMoment(event.at),
          stateName(progress.stateOfEvent.get(event.id) ?? ''),
          html`<code lang="en">${event.type}</code>`,
          remarks(event),
        ]),
      )}
      ${pager(events, path, 'Sider, nederst')}`,
  })
}

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
