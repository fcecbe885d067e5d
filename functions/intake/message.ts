import { withoutEnd } from '../domain/base/text.ts'
import { cleanText } from './clean-text.ts'

/** One mail as the MIME adapter hands it on: decoded, bounded, judged by nobody yet. */

export interface MessageAttachment {
  /** Cleaned: no path, no control signs; empty when the part named none. */
  readonly filename: string
  /** Lower case. */
  readonly mimeType: string
  readonly content: Uint8Array
  /** Hex, of `content`. */
  readonly sha256: string
  /** A picture shown among the words: a logo, or a page that was pasted. */
  readonly inline: boolean
}

export interface MessageAddress {
  /** Shown to nobody as an identity: a display name can be any address (MAIL 23). */
  readonly name: string
  /** Lower case. */
  readonly address: string
}

/** What the parser had to repair or saw that is not as it should be; each is shown, some hold the mail. */
const messageFlags = [
  'repaired-charset',
  'unreadable-signs',
  'cut-text',
  'several-from-headers',
  'from-unclear',
  'repeated-header',
  'nul-in-header',
  'too-many-attachments',
] as const
export type MessageFlag = (typeof messageFlags)[number]

export interface ParsedMessage {
  /** Names in lower case, every occurrence in order, values unfolded and otherwise untouched. */
  readonly headers: ReadonlyMap<string, readonly string[]>
  readonly from: readonly MessageAddress[]
  readonly sender: MessageAddress | null
  readonly to: readonly MessageAddress[]
  readonly cc: readonly MessageAddress[]
  readonly subject: string
  /** With angle brackets; null when missing. */
  readonly messageId: string | null
  readonly inReplyTo: string | null
  readonly references: readonly string[]
  /** The sender's own claim; orders nothing. */
  readonly date: string | null
  readonly text: string | null
  readonly html: string | null
  readonly attachments: readonly MessageAttachment[]
  /** Names of attachments beyond the limit, which nothing looks at; left out where there are none. */
  readonly leftOut?: readonly string[]
  readonly flags: readonly MessageFlag[]
}

/** A header's values; empty when it is missing. */
export const headerValues = (message: ParsedMessage, name: string): readonly string[] =>
  message.headers.get(name.toLowerCase()) ?? []

/** Why a mail could not be parsed at all; it is archived and held with this reason. */
const unreadableReasons = ['too-large', 'broken'] as const
export type UnreadableReason = (typeof unreadableReasons)[number]

/** The parser gave up: over a limit, or no mail. */
export class MessageUnreadable extends Error {
  override readonly name = 'MessageUnreadable'
  readonly reason: UnreadableReason

  constructor(reason: UnreadableReason, message: string, options?: ErrorOptions) {
    super(message, options)
    this.reason = reason
  }
}

/** A workbook as the spreadsheet adapter hands it on: values as shown, formulas never computed. */

export interface SheetCell {
  /** `F4`. */
  readonly address: string
  /**
   * As shown; a number in Danish notation (`24,5`) with the words of its format (`1250 t.kr.`), a date as
   * `YYYY-MM-DD`, a percentage with its sign. What is struck out is left out, what is raised is in raised signs.
   */
  readonly text: string
  readonly type:
    'empty' | 'text' | 'number' | 'percent' | 'date' | 'boolean' | 'error' | 'formula-without-value'
  /** In a column that is not shown: a key may stand there, a figure does not. */
  readonly hidden?: true
}

export interface SheetRows {
  /** Index of the attachment in the message. */
  readonly file: number
  readonly filename: string
  readonly sheet: string
  /** Not shown, so not read. */
  readonly hidden: boolean
  /** An attached text or page: its rows are lines, read as a mail's own are. Left out for workbooks. */
  readonly isText?: true
  /** The hidden name `aarshjul` of a workbook of ours: token, results' year and format version. */
  readonly identity: string | null
  readonly rows: readonly (readonly SheetCell[])[]
}

/** Names that no person gave: ours, and those of the programs. */
const givenByPrograms = /^(?:Indberetning|Return|(?:Ark|Sheet|Tabelle|Feuil|Tabel)[ ._]?\d{0,3})?$/iu

/**
 * What a sheet is called where it is told that something was read in it: by its name, or by its number in the file
 * where a person named it. That goes under the chain, and a name may say anything.
 */
export const sheetPlace = (sheet: SheetRows, sheets: readonly SheetRows[]): string =>
  givenByPrograms.test(sheet.sheet)
    ? sheet.sheet
    : `nr. ${sheets.filter(({ file }) => file === sheet.file).indexOf(sheet) + 1}`

/** Why a file is not read; each has its words in the answer (MAIL 86, 87, 95). */
const sheetRefusals = [
  'xlsb',
  'macros',
  'encrypted',
  'too-large',
  'doctype',
  'not-a-spreadsheet',
  'broken',
  'empty',
] as const
export type SheetRefusal = (typeof sheetRefusals)[number]

/** Reads one attachment; `null` when it does not claim to be a spreadsheet. Never throws. */
export type ReadSpreadsheet = (
  attachment: MessageAttachment,
  file: number,
) => Promise<
  | { readonly ok: true; readonly sheets: readonly SheetRows[] }
  | { readonly ok: false; readonly refusal: SheetRefusal }
  | null
>

/** The parts of a mail that are the same however it was carried: decoded, without transfer encoding. */
const parts = (message: ParsedMessage): readonly unknown[] => [
  message.text === null ? null : canonicalText(message.text),
  message.html === null ? null : canonicalText(message.html),
  message.attachments.map(({ filename, mimeType, sha256 }) => [filename, mimeType, sha256]),
]

/** A pattern that finds nothing costs more than the look whether it could. */
const canonicalText = (text: string): string => {
  const cleaned = cleanText(text)
  const lines = cleaned.includes('\r') ? cleaned.replace(/\r\n?/gu, '\n') : cleaned
  if (!/[ \t]\n/u.test(lines)) return lines.trimEnd()
  return lines
    .split('\n')
    .map((line) => withoutEnd(line, (sign) => sign === ' ' || sign === '\t'))
    .join('\n')
    .trimEnd()
}

/** What a mail's two keys are the SHA-256 of. */
interface KeyInputs {
  /** Message-ID, From, Date, Subject and the decoded parts: the same mail, however often it is delivered. */
  readonly mail: string
  /** Sender and decoded parts alone: the same content sent again in a new mail. */
  readonly body: string
}

/**
 * The texts of the dedupe keys (MAIL 97-100; handlers/README.md, "Mail lands, is archived, is read"). The same mail
 * delivered twice gives the same texts; the same Message-ID with other content does not. JSON: where one part ends
 * and the next begins is never in doubt.
 */
export const keyInputs = (message: ParsedMessage): KeyInputs => {
  const from = JSON.stringify(message.from.map(({ address }) => address))
  const shared = JSON.stringify(parts(message)).slice(1)
  const of = (start: string): string => `${start},${shared}`
  const own = [message.date, cleanText(message.subject)].map((value) => JSON.stringify(value))
  return {
    mail: of(['["mail"', JSON.stringify(message.messageId), from, ...own].join(',')),
    body: of(`["body",${from}`),
  }
}

const newline = 0x0a
const carriageReturn = 0x0d

/** As much as is ever read of a header (intake/README.md, "What the parser is told"). */
const mostBytes = 256 * 1024

/**
 * The header of a mail, as its bytes: all up to the first empty line. Of a mail too large to be read it says whose
 * it is; nothing of what it brings is looked at.
 */
export const headerSection = (raw: Uint8Array): Uint8Array => {
  const end = Math.min(raw.length, mostBytes)
  for (let at = 0; at < end; at += 1) {
    if (raw[at] !== newline) continue
    const next = raw[at + 1] === carriageReturn ? at + 2 : at + 1
    if (raw[next] === newline) return raw.subarray(0, next + 1)
  }
  return raw.subarray(0, end)
}
