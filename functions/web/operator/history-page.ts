import { html } from 'hono/html'
import type { ExecutionEvent, ExecutionLine } from '../../domain/execution/execution.ts'
import type { Progress } from '../../domain/execution/progress.ts'
import { nothing, table, type Markup } from '../markup.ts'
import { page, type PageFrame } from '../page.ts'
import { exactMoment, jsonDetails, pager, stateName, type Paged } from './operator-parts.ts'
import { executionPath, historyPath } from './paths.ts'

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
