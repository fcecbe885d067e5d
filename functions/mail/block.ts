import { html } from 'hono/html'
import type { Language } from '../domain/base/values.ts'

/**
 * What a letter is made of, before it is text or HTML. Both parts are printed from the same blocks, so they have
 * the same words (LETTERS 1.11). A no-break space (U+00A0) inside a text keeps two words on one line; it is
 * printed as an ordinary blank.
 */
export type Block =
  /** The letter's one `h1`. A receipt's first line is its title. */
  | { readonly block: 'title'; readonly text: string }
  | { readonly block: 'heading'; readonly text: string }
  | { readonly block: 'paragraph'; readonly text: string }
  /** Lines that belong together, each wrapped on its own: signature, a rider's paragraphs. */
  | { readonly block: 'lines'; readonly lines: readonly string[] }
  /** A line never wrapped, as it stands: `Sagsnr. ...   Svarnr. ...`. */
  | { readonly block: 'line'; readonly text: string }
  /** `M1 i alt: ____ personer`, alone between blank lines (LETTERS 3.2). */
  | { readonly block: 'key-line'; readonly text: string }
  /** A form's section: its heading, and explanation directly below it. */
  | { readonly block: 'section'; readonly heading: string; readonly texts: readonly string[] }
  | { readonly block: 'numbered'; readonly items: readonly string[] }
  | { readonly block: 'bulleted'; readonly items: readonly string[] }
  /** What was read: a label with its value; `detail` stands on a line of its own when both do not fit. */
  | { readonly block: 'rows'; readonly rows: readonly Row[] }
  | {
      readonly block: 'table'
      readonly head: readonly string[]
      readonly rows: readonly (readonly string[])[]
    }
  /** One blank line more in the text part; nothing in HTML. */
  | { readonly block: 'gap' }

export interface Row {
  readonly text: string
  readonly detail?: string
}

const noBreak = '\u00A0'

/** Keeps the words of a phrase on one line. */
export const together = (phrase: string): string => phrase.replaceAll(' ', noBreak)

/** The phrase as printed. */
const printed = (phrase: string): string => phrase.replaceAll(noBreak, ' ')

export const title = (text: string): Block => ({ block: 'title', text })
export const heading = (text: string): Block => ({ block: 'heading', text })
export const paragraph = (text: string): Block => ({ block: 'paragraph', text })
export const keyLine = (text: string): Block => ({ block: 'key-line', text })
export const gap: Block = { block: 'gap' }

/** The widest line of a text part (LETTERS 1.11): longer ones are wrapped by mail programs, and then misread. */
export const textWidth = 72

/** A receipt row's second line is indented, so that it cannot be taken for a key line. */
const rowIndent = ' '.repeat(7)

// A number stays with its `pct.` or `kr.`: alone at a line's start the unit says nothing.
const numberWithUnit = /(\d) (?=(?:pct\.|kr\.|per cent)(?!\p{L}))/gu

/** Words of a line; a word wider than the line itself is cut, since no line may be wider. */
const wordsOf = (text: string, width: number): string[] =>
  text
    .replace(numberWithUnit, `$1${together(' ')}`)
    .split(/[ \t\n\r]+/)
    .filter((word) => word !== '')
    .flatMap((word) => {
      const pieces: string[] = []
      for (let from = 0; from < word.length; from += width) pieces.push(word.slice(from, from + width))
      return pieces
    })

/**
 * Fills lines of at most 72 characters. `first` begins the first line, `rest` the others (a hanging indent).
 */
export const wrap = (text: string, first = '', rest = ''): string[] => {
  const width = textWidth - Math.max(first.length, rest.length)
  const lines: string[] = []
  let line = first
  let empty = true
  for (const word of wordsOf(text, width)) {
    if (empty) {
      line += word
      empty = false
    } else if (line.length + 1 + word.length <= textWidth) {
      line += ` ${word}`
    } else {
      lines.push(line)
      line = rest + word
    }
  }
  lines.push(line)
  return lines.map((full) => printed(full).trimEnd())
}

const rowLines = ({ text, detail }: Row): string[] => {
  if (detail === undefined) return wrap(text, '', rowIndent)
  const whole = `${text} ${detail}`
  if (whole.length <= textWidth) return wrap(whole)
  return [...wrap(text, '', rowIndent), ...wrap(detail, rowIndent, rowIndent)]
}

/** A table in plain text: one record per row, each cell after its header, so that nothing depends on columns. */
const tableLines = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => {
  const widths = head.map((cell, column) =>
    Math.max(cell.length, ...rows.map((row) => (row[column] ?? '').length)),
  )
  const total = widths.reduce((sum, width) => sum + width + 3, -3)
  const print = (row: readonly string[]): string =>
    widths
      .map((width, column) => printed(row[column] ?? '').padEnd(width))
      .join('   ')
      .trimEnd()
  if (total <= textWidth) return [print(head), ...rows.map(print)]
  return [head.join(' / '), ...rows.map((row) => row.join(' / '))].flatMap((line) => wrap(line, '', '  '))
}

const linesOf = (block: Block): string[] => {
  switch (block.block) {
    case 'title':
    case 'heading':
    case 'paragraph':
      return wrap(block.text)
    case 'lines':
      return block.lines.flatMap((line) => wrap(line))
    case 'line':
    case 'key-line':
      return [printed(block.text)]
    case 'section':
      return [block.heading, ...block.texts].flatMap((text) => wrap(text))
    case 'numbered':
      return block.items.flatMap((item, index) => wrap(item, `${index + 1}. `, '   '))
    case 'bulleted':
      return block.items.flatMap((item) => wrap(item, '- ', '  '))
    case 'rows':
      return block.rows.flatMap(rowLines)
    case 'table':
      return tableLines(block.head, block.rows)
    case 'gap':
      return []
  }
}

/** The text part: blocks between blank lines, lines of at most 72 characters, `\n` between them. */
export const toText = (blocks: readonly Block[]): string => {
  let text = ''
  for (const block of blocks) {
    if (block.block === 'gap') text += '\n'
    else text += `${text === '' ? '' : '\n'}${linesOf(block).join('\n')}\n`
  }
  return text
}

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
