import { printed, together } from './block.ts'
import type { Block, Row } from './block.ts'

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
