import { html } from 'hono/html'
import type { Language } from '../domain/base/values.ts'
import { printed } from './block.ts'
import type { Block, Row } from './block.ts'

type Html = ReturnType<typeof html>

const rowHtml = ({ text, detail }: Row): Html =>
  html`<p>${printed(detail === undefined ? text : `${text} ${detail}`)}</p>`

const tableHtml = (head: readonly string[], rows: readonly (readonly string[])[]): Html =>
  html`<table>
    <thead>
      <tr>
        ${head.map((cell) => html`<th scope="col">${printed(cell)}</th> `)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ([first = '', ...rest]) =>
          html`<tr>
            <th scope="row">${printed(first)}</th>
            ${rest.map((cell) => html`<td>${printed(cell)}</td> `)}
          </tr> `,
      )}
    </tbody>
  </table>`

const blockHtml = (block: Block): Html => {
  switch (block.block) {
    case 'title':
      return html`<h1>${printed(block.text)}</h1>`
    case 'heading':
      return html`<h2>${printed(block.text)}</h2>`
    case 'paragraph':
    case 'line':
    case 'key-line':
      return html`<p>${printed(block.text)}</p>`
    case 'lines':
      return html`<p>
        ${block.lines.map((line, index) =>
          index === 0
            ? printed(line)
            : html`<br />
                ${printed(line)}`,
        )}
      </p>`
    case 'section':
      return html`<h3>${printed(block.heading)}</h3>
        ${block.texts.map((text) => html`<p>${printed(text)}</p> `)}`
    case 'numbered':
      return html`<ol>
        ${block.items.map((item) => html`<li>${printed(item)}</li> `)}
      </ol>`
    case 'bulleted':
      return html`<ul>
        ${block.items.map((item) => html`<li>${printed(item)}</li> `)}
      </ul>`
    case 'rows':
      return html`${block.rows.map(rowHtml)}`
    case 'table':
      return tableHtml(block.head, block.rows)
    case 'gap':
      return html``
  }
}

/**
 * The HTML part: the same blocks with real headings, lists and tables, and nothing else: no images, links,
 * styles from afar or scripts. Escaping is hono's.
 * @throws Error if a block would have to be waited for, which no block is.
 */
export const toHtml = (blocks: readonly Block[], subject: string, language: Language): string => {
  const page = html`<!DOCTYPE html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <title>${subject}</title>
      </head>
      <body>
        ${blocks.filter((block) => block.block !== 'gap').map((block) => html`${blockHtml(block)} `)}
      </body>
    </html> `
  if (page instanceof Promise) throw new Error('A letter is printed at once: no block may be a promise')
  return page.toString()
}
