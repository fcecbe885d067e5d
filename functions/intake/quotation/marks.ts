const quoteMarks = /^(?:\s{0,3}[>|])+\s?/u

/** The cells of a row between upright strokes, as markdown and some mail programs draw tables; null when it is none. */
const drawnRow = (line: string): readonly string[] | null => {
  const row = line.trim()
  const stroke = row[0]
  if (stroke === undefined || !'|│┃║'.includes(stroke) || row.length < 3 || !row.endsWith(stroke)) return null
  const cells = row.slice(1, -1).split(stroke)
  return cells.length > 1 ? cells.map((cell) => cell.trim()) : null
}
/** A line that only draws the table. */
const isDrawn = (line: string): boolean =>
  /^[\s|│┃║+:=_─━┄┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝═-]*$/u.test(line) && line.trim() !== ''

/** A line without its quote marks, and how many they are. A row of a drawn table is no quotation (MAIL 288). */
export const unmarked = (line: string): { readonly depth: number; readonly text: string } => {
  const quoted = line.includes('>') ? (/^(?:\s{0,3}>)+\s?/u.exec(line)?.[0] ?? '') : ''
  const cells = drawnRow(line.slice(quoted.length))
  if (cells !== null)
    return {
      depth: quoted.replace(/[^>]/gu, '').length,
      text: cells.every(isDrawn) ? '' : cells.join('\t').trimEnd(),
    }
  const marks = line.includes('>') || line.includes('|') ? quoteMarks.exec(line)?.[0] : undefined
  if (marks === undefined) return { depth: 0, text: line.trimEnd() }
  return { depth: marks.replace(/[^>|]/gu, '').length, text: line.slice(marks.length).trimEnd() }
}

/** Whether the next line that holds anything is quoted deeper than the opening was. */
export const quotationFollows = (
  texts: readonly string[],
  depths: readonly number[],
  from: number,
  depth: number,
): boolean => {
  for (let at = from; at < Math.min(texts.length, from + 6); at += 1) {
    if ((depths[at] ?? 0) > depth) return true
    if ((texts[at] ?? '').trim() !== '') return false
  }
  return false
}
