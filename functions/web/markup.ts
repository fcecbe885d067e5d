import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

/** Escaped HTML: everything interpolated into `html` is text unless it is markup itself. */
export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>

export const nothing: Markup = html``

/** The shape of a status badge, by how urgent it is; the word in it says what, so that colour is never alone. */
export type Tone = 'success' | 'warning' | 'error' | 'info' | 'none'

export const badge = (text: string, tone: Tone = 'none'): Markup =>
  html`<span class="badge${tone === 'none' ? '' : ` badge-${tone}`}">${text}</span>`

/** An alert of the design system: read out at once only where something went wrong. */
export const alert = (
  variant: 'success' | 'info' | 'warning' | 'error',
  heading: string,
  content: Markup | string,
): Markup =>
  html`<div class="alert alert-${variant}" role="${variant === 'error' ? 'alert' : 'status'}">
    <svg class="icon-svg alert-icon" focusable="false" aria-hidden="true">
      <use href="/assets/img/all-svg-icons.svg#${variant}"></use>
    </svg>
    <div class="alert-body">
      <p class="alert-heading">${heading}</p>
      <p class="alert-text">${content}</p>
    </div>
  </div>`

export interface Column {
  readonly title: string
  /** Numbers stand to the right. */
  readonly right?: boolean
}

/**
 * A table that scrolls sideways by itself on a narrow screen; the first cell of a row heads it.
 * @param caption said to everybody, so that the table stands alone
 */
export const table = (
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly (Markup | string)[])[],
): Markup =>
  html`<div class="table--responsive-scroll" tabindex="0" role="region" aria-label="${caption}">
    <table class="table table--compact">
      <caption class="sr-only">
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map(
            (column) =>
              html`<th scope="col" class="${column.right === true ? 'align-text-right' : ''}">
                ${column.title}
              </th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell, at) =>
                at === 0
                  ? html`<th scope="row">${cell}</th>`
                  : html`<td class="${columns[at]?.right === true ? 'align-text-right' : ''}">${cell}</td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`

/** Pairs of a name and what it holds. */
export const facts = (pairs: readonly (readonly [string, Markup | string])[]): Markup =>
  html`<dl class="facts">
    ${pairs.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`

/** Text as it stands, line by line. */
export const verbatim = (text: string, label: string): Markup =>
  html`<pre class="verbatim" tabindex="0" role="region" aria-label="${label}">${text}</pre>`

/** Opens on a click, without a script. */
export const details = (summary: string, content: Markup, open = false): Markup =>
  html`<details class="more" ${open ? 'open' : ''}>
    <summary>${summary}</summary>
    ${content}
  </details>`
