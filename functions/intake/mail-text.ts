import { splitLines } from './clean-text.ts'
import { htmlToText } from './html-text.ts'
import type { ParsedMessage } from './message.ts'

/** A mail's words as they were read, for a person to follow a figure back to its line. */
export interface MailText {
  /** In order; the first is line 1 of what provenance counts. */
  readonly lines: readonly string[]
  /** The lines of each row of its tables, by the row's number from 1: one a table. */
  readonly rows: ReadonlyMap<number, readonly number[]>
}

const plainOf = (message: ParsedMessage): MailText | null =>
  message.text === null ? null : { lines: splitLines(message.text), rows: new Map() }

const shownOf = (message: ParsedMessage): MailText | null => {
  if (message.html === null) return null
  const { body, tables } = htmlToText(message.html)
  const rows = new Map<number, number[]>()
  for (const table of tables)
    for (const [at, { line }] of table.rows.entries()) rows.set(at + 1, [...(rows.get(at + 1) ?? []), line])
  return { lines: splitLines(body), rows }
}

const bare = (text: string): string => text.replaceAll(/[\s_*]+/gu, '').toLowerCase()

/** What was read and where: the line it is looked for in. */
export interface ReadAt {
  readonly line: number | null
  readonly row: number | null
  readonly written: string
}

/**
 * The line of a body that something read stands in; null when it has no such line. Of the rows of several tables
 * it is the first that holds the words.
 */
export const lineOf = ({ rows, lines }: MailText, { line, row, written }: ReadAt): number | null => {
  if (line !== null || row === null) return line
  const those = rows.get(row) ?? []
  return those.find((at) => bare(lines[at - 1] ?? '').includes(bare(written))) ?? those[0] ?? null
}

const holds = (text: MailText, read: ReadAt): boolean => {
  const at = lineOf(text, read)
  if (at === null) return false
  // A value may stand on the line beneath its key.
  const near = [text.lines[at - 1] ?? '', text.lines[at] ?? ''].join('')
  return bare(near).includes(bare(read.written.slice(0, 20)))
}

/**
 * The body that was read: text or HTML, the one in which what was read stands at its place; the text part where
 * both do. Null when the mail has neither.
 */
export const mailTextOf = (message: ParsedMessage, read: readonly ReadAt[]): MailText | null => {
  const [plain, shown] = [plainOf(message), shownOf(message)]
  if (plain === null || shown === null) return plain ?? shown
  const found = (text: MailText): number => read.filter((one) => holds(text, one)).length
  const isBlank = plain.lines.every((line) => line.trim() === '')
  return isBlank || found(shown) > found(plain) ? shown : plain
}
