import type { SourceGrid } from '../../domain/casefile/reading.ts'
import type { MailRecord } from '../../domain/casefile/mails.ts'
import { htmlToText } from '../../intake/html-text.ts'
import {
  gridsOfSheets,
  gridsOfTables,
  lineOf,
  mailTextOf,
  type CellRead,
} from '../../intake/table/source-grid.ts'
import { MessageUnreadable, type ParsedMessage } from '../../intake/message.ts'
import type { MailShown } from '../../web/review/mail-page.ts'
import type { ConsolePorts } from './console-ports.ts'

type MailPorts = Pick<ConsolePorts, 'archive' | 'mime'>

/** Where a mail lies as it was received. */
export const mailArchiveKey = (sha256: string): string => `mail/${sha256}`
export const letterArchiveKey = (sha256: string): string => `letters/${sha256}`

/** A mail parsed anew from the archive; null when it is not there (any more) or cannot be read. */
export const archivedMail = async (ports: MailPorts, sha256: string): Promise<ParsedMessage | null> => {
  const raw = await ports.archive.get(mailArchiveKey(sha256))
  if (raw === null) return null
  return ports.mime.parse(raw).catch((error: unknown) => {
    if (error instanceof MessageUnreadable) return null
    throw error
  })
}

/** A mail's words, from the archive; null when there are none or it cannot be read. */
export const mailText = async (ports: MailPorts, sha256: string): Promise<string | null> => {
  const message = await archivedMail(ports, sha256)
  return message === null ? null : (mailTextOf(message, [])?.lines.join('\n') ?? null)
}

/** Around each cell that something was read in: of the attached sheets, and of the tables of the HTML body. */
const gridsOf = async (
  ports: Pick<ConsolePorts, 'spreadsheets'>,
  message: ParsedMessage,
  mail: MailRecord,
): Promise<readonly SourceGrid[]> => {
  const read = mail.values.flatMap(({ key, at }): readonly CellRead[] =>
    at.part === 'workbook' || at.part === 'table'
      ? [{ key, at, written: mail.details?.written[key] ?? '' }]
      : [],
  )
  const files = new Set(read.flatMap(({ at }) => (at.part === 'workbook' ? [at.file] : [])))
  const sheets = await Promise.all(
    [...files].map(async (file) => {
      const attachment = message.attachments[file]
      const opened = attachment === undefined ? null : await ports.spreadsheets(attachment, file)
      return opened?.ok === true ? opened.sheets : []
    }),
  )
  const hasTable = message.html !== null && read.some(({ at }) => at.part === 'table')
  const tables = hasTable && message.html !== null ? htmlToText(message.html).tables : []
  return [...gridsOfSheets(sheets.flat(), read), ...gridsOfTables(tables, read)]
}

/** A mail as it was read, with each answer's line or cell; null when it cannot be read. */
export const mailShown = async (
  ports: MailPorts & Pick<ConsolePorts, 'spreadsheets'>,
  mail: MailRecord,
): Promise<MailShown | null> => {
  const message = await archivedMail(ports, mail.rawSha256)
  if (message === null) return null
  const read = mail.values.map(({ key, at }) => ({
    key,
    line: at.part === 'text' ? at.line : null,
    row: at.part === 'table' ? at.row : null,
    written: mail.details?.written[key] ?? '',
  }))
  const text = mailTextOf(message, read)
  const places = new Map<string, number>()
  for (const one of read) {
    const line = text === null ? null : lineOf(text, one)
    if (line !== null && line <= (text?.lines.length ?? 0)) places.set(one.key, line)
  }
  const files = message.attachments.flatMap(({ inline, filename, mimeType }, at) =>
    inline ? [] : [{ at, name: filename === '' ? mimeType : filename }],
  )
  return { lines: text?.lines ?? [], places, files, grids: await gridsOf(ports, message, mail) }
}
