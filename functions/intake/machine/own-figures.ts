import type { ParsedMessage } from '../message.ts'
import type { LabelledLine } from '../quotation/segments.ts'

/** Whether a line is one that we have sent. */
export type IsOurs = (line: string) => boolean

/** The lines of the sender's own text: no quotation, and nothing that we have sent. */
export const ownLines = (lines: readonly LabelledLine[], isOurs: IsOurs): readonly string[] =>
  lines.flatMap(({ segment, text }) => (segment === 'new' && !isOurs(text) ? [text] : []))

/** A key of the form with something behind it other than the form's blank. */
const answered =
  /^[\s>|*•·§-]*(?:(?:m|fs|h|mål|forudsætning|target|assumption)\s?\d{1,2}(?![\p{L}\p{N}])[^:=\t_]{0,40}|udsættelse til|extension until|genforhandling|renegotiation|høringssvar|formidling)[:=\t]\s*[^\s_]/iu
/** A key within a sentence, and a number after it. */
const mentioned = /(?<![\p{L}\p{N}])(?:M|FS|H)\d{1,2}(?![\p{L}\p{N}])[^\n_]{0,80}?(?<![\p{L}\p{N}])\d/u
const files = /\.(?:xlsx|xlsm|xlsb|ods|xls|csv|numbers|pdf|docx?)$/iu

/** Whether a mail brings figures of its sender's own: what a person writes and no machine does. */
export const hasFigures = (message: ParsedMessage, lines: readonly LabelledLine[], isOurs: IsOurs): boolean =>
  message.attachments.some(({ filename, inline }) => !inline && files.test(filename)) ||
  ownLines(lines, isOurs).some((line) => answered.test(line) || mentioned.test(line))
