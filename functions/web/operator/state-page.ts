import { html } from 'hono/html'
import type { ExecutionLine } from '../../domain/execution/execution.ts'
import type { Visit, StateSummary } from '../../domain/execution/progress.ts'
import { facts, nothing, table, type Markup } from '../markup.ts'
import { page, type PageFrame } from '../page.ts'
import { exactMoment, jsonDetails, pager, stateName, type Paged } from './operator-parts.ts'
import { stateTypeText, visitText } from './operator-words.ts'
import { executionPath, statePath } from './paths.ts'

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
