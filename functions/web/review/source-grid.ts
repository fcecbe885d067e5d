import { html } from 'hono/html'
import type { GridCell, SourceGrid } from '../../intake/source-grid.ts'
import type { Markup } from '../markup.ts'
import { cellAnchor } from './figures.ts'

const captionOf = ({ from }: SourceGrid): string => {
  if (from.is === 'table') return 'Tabel i mailen'
  const sheet = from.sheet === '' ? '' : `, ark ${from.sheet}`
  return `${from.filename === '' ? 'Vedhæftet regneark' : from.filename}${sheet}`
}

/** A cell as it stood; one that something was read in is marked with what, and is where links lead. */
const cell = ({ text, keys }: GridCell): Markup => {
  const [first, ...others] = keys
  return first === undefined
    ? html`<td>${text}</td>`
    : html`<td>
        <mark id="${cellAnchor(first)}" data-read="${keys.join(', ')}">${text}</mark
        >${others.map((key) => html`<span id="${cellAnchor(key)}"></span>`)}
        <span class="quiet">← ${keys.join(', ')}</span>
      </td>`
}

const gridTable = (grid: SourceGrid): Markup => {
  const caption = captionOf(grid)
  return html`<h3>${caption}</h3>
    <div class="table--responsive-scroll" tabindex="0" role="region" aria-label="${caption}">
      <table class="table table--compact">
        <caption class="sr-only">
          ${caption}: omkring det, der er aflæst
        </caption>
        <thead>
          <tr>
            <th scope="col">Række</th>
            ${grid.columns.map((name) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${grid.rows.map(
            (row) =>
              html`${
                  row.afterGap
                    ? html`<tr>
                        <td colspan="${grid.columns.length + 1}" class="quiet">rækker er udeladt</td>
                      </tr>`
                    : ''
                }
                <tr>
                  <th scope="row">${row.number}</th>
                  ${row.cells.map(cell)}
                </tr>`,
          )}
        </tbody>
      </table>
    </div>`
}

/** The sheets and tables that something was read in, as text around the marked cells. Nothing where there are none. */
export const gridSections = (grids: readonly SourceGrid[]): Markup =>
  html`${grids.length === 0 ? '' : html`<h2>Hvor tallene stod</h2>`} ${grids.map(gridTable)}`
