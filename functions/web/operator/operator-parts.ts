import { html } from 'hono/html'
import { shownJson } from '../../domain/execution/execution.ts'
import type { StreamId } from '../../domain/base/stream-id.ts'
import { details, nothing, verbatim, type Markup } from '../markup.ts'
import type { Reader } from '../page.ts'
import { moment } from '../words.ts'
import { caseExecutionsPath, maySeeExecutions } from './paths.ts'

/** A state's name as the definition has it: English. */
export const stateName = (name: string): Markup => html`<span lang="en">${name}</span>`

/** `10. marts 2015 kl. 14.07.32`: steps of a workflow follow each other within a minute. */
export const exactMoment = (instant: string | null): Markup | string =>
  instant === null || instant === ''
    ? '–'
    : html`<time datetime="${instant}">${moment(instant)}.${instant.slice(17, 19)}</time>`

/** JSON behind a click; nothing where there is none. */
export const jsonDetails = (summary: string, text: string | null, label: string, open = false): Markup =>
  text === null || text === '' ? nothing : details(summary, verbatim(shownJson(text), label), open)

/** Which page of how many, and the items on it. */
export interface Paged<T> {
  readonly page: number
  readonly pages: number
  readonly items: readonly T[]
}

/** @param page counted from 1; one that there is not is the nearest there is */
export const paged = <T>(items: readonly T[], page: number, size: number): Paged<T> => {
  const pages = Math.max(1, Math.ceil(items.length / size))
  const at = Math.min(Math.max(1, page), pages)
  return { page: at, pages, items: items.slice((at - 1) * size, at * size) }
}

/** The way to the pages before and after; nothing when there is only one. */
export const pager = ({ page, pages }: Paged<unknown>, path: string, label = 'Sider'): Markup =>
  pages === 1
    ? nothing
    : html`<nav aria-label="${label}">
        <p>
          ${page > 1 ? html`<a href="${path}?page=${page - 1}">Forrige side</a> · ` : nothing}Side ${page} af
          ${pages}${page < pages ? html` · <a href="${path}?page=${page + 1}">Næste side</a>` : nothing}
        </p>
      </nav>`

/** A case's way to its executions, as one of its facts; none for a reader who is not shown them. */
export const executionsFact = (reader: Reader, stream: StreamId): readonly (readonly [string, Markup])[] =>
  maySeeExecutions(reader) ? [['Drift', html`<a href="${caseExecutionsPath(stream)}">Sagens forløb</a>`]] : []
