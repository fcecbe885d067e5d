import { inkColour, lineColour, type Pen, type TableBlock } from './page-blocks.ts'

const size = 8.5
const padding = { across: 4, down: 3 }

type Struct = ReturnType<Pen['doc']['struct']>

/** No wider does a column grow for its words' sake, as a share of the table. */
const mostShare = 0.4

const longestWord = (pen: Pen, text: string): number =>
  Math.max(...text.split(/[ -]/).map((word) => pen.doc.widthOfString(word)))

/**
 * Widths in points: no word is broken where there is room for it, and what is left goes to the columns that hold
 * most, damped so that one long text does not starve the rest.
 */
const columnWidths = (pen: Pen, table: TableBlock): readonly number[] => {
  pen.font('bold', size)
  const columns = table.columns.map((column, at) => {
    const cells = table.rows.map((row) => row[at] ?? '')
    const mean = cells.reduce((sum, text) => sum + text.length, 0) / Math.max(cells.length, 1)
    const least = Math.max(...[column.title, ...cells].map((text) => longestWord(pen, text)))
    return { least: Math.min(least + 2 * padding.across + 2, pen.width * mostShare), wish: Math.sqrt(mean) }
  })
  const least = columns.reduce((sum, column) => sum + column.least, 0)
  if (least >= pen.width) return columns.map((column) => (column.least / least) * pen.width)
  const wishes = columns.reduce((sum, column) => sum + column.wish, 0)
  return columns.map((column) => column.least + ((pen.width - least) * column.wish) / Math.max(wishes, 1))
}

const scopes = { column: 'Column', row: 'Row' } as const

interface Cell {
  readonly text: string
  readonly right: boolean
  readonly heads: 'column' | 'row' | null
}

const heightOf = (pen: Pen, cells: readonly Cell[], widths: readonly number[]): number =>
  2 * padding.down +
  Math.max(
    ...cells.map((cell, at) => {
      pen.font(cell.heads === 'column' ? 'bold' : 'regular', size)
      return pen.doc.heightOfString(cell.text === '' ? ' ' : cell.text, {
        width: (widths[at] ?? 0) - 2 * padding.across,
      })
    }),
  )

const ruleBelow = (pen: Pen, y: number, strong: boolean): void => {
  pen.doc.markContent('Artifact', { type: 'Layout' })
  pen.doc
    .lineWidth(strong ? 1 : 0.5)
    .moveTo(pen.left, y)
    .lineTo(pen.left + pen.width, y)
    .stroke(strong ? inkColour : lineColour)
  pen.doc.endMarkedContent()
}

const write = (pen: Pen, cell: Cell, x: number, y: number, width: number): void => {
  pen.font(cell.heads === 'column' ? 'bold' : 'regular', size)
  pen.doc.fillColor(inkColour).text(cell.text, x + padding.across, y + padding.down, {
    width: width - 2 * padding.across,
    align: cell.right ? 'right' : 'left',
  })
}

/** One row in one piece: a row higher than a page would be cut, and no cell of ours is. */
const printRow = (
  pen: Pen,
  cells: readonly Cell[],
  widths: readonly number[],
  parent: Struct | null,
): void => {
  const height = heightOf(pen, cells, widths)
  const top = pen.doc.y
  const row = parent === null ? null : pen.doc.struct('TR')
  if (row !== null) parent?.add(row)
  let x = pen.left
  for (const [at, cell] of cells.entries()) {
    const width = widths[at] ?? 0
    const place = x
    if (row === null) {
      pen.doc.markContent('Artifact', { type: 'Pagination' })
      write(pen, cell, place, top, width)
      pen.doc.endMarkedContent()
    } else {
      const type = cell.heads === null ? 'TD' : 'TH'
      const content = pen.doc.struct(type, cell.heads === null ? {} : { scope: scopes[cell.heads] }, () =>
        write(pen, cell, place, top, width),
      )
      row.add(content)
      content.end()
    }
    x += width
  }
  row?.end()
  ruleBelow(pen, top + height, cells[0]?.heads === 'column')
  pen.doc.x = pen.left
  pen.doc.y = top + height
}

/** A table with its caption; its headings stand again on every page it reaches. */
export const printTable = (pen: Pen, table: TableBlock, parent: Struct): void => {
  const widths = columnWidths(pen, table)
  const heading = table.columns.map((column): Cell => ({ ...column, text: column.title, heads: 'column' }))
  const rows = table.rows.map((row) =>
    row.map((text, at): Cell => ({
      text,
      right: table.columns[at]?.right ?? false,
      heads: at === 0 ? 'row' : null,
    })),
  )
  const headingHeight = heightOf(pen, heading, widths)
  pen.room(headingHeight + 60)
  const struct = pen.doc.struct('Table', { title: table.caption })
  parent.add(struct)
  const caption = pen.doc.struct('Caption', {}, () => {
    pen.font('bold', size)
    pen.doc.fillColor(inkColour).text(table.caption, pen.left, pen.doc.y, { width: pen.width })
  })
  struct.add(caption)
  caption.end()
  printRow(pen, heading, widths, struct)
  for (const row of rows) {
    if (pen.doc.y + heightOf(pen, row, widths) > pen.bottom) {
      pen.doc.continueOnNewPage()
      printRow(pen, heading, widths, null)
    }
    printRow(pen, row, widths, struct)
  }
  struct.end()
  pen.doc.y += 8
}
