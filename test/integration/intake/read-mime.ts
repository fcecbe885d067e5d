import { makeMimeParser } from '../../../functions/adapters/mime.ts'
import { makeSpreadsheetReader } from '../../../functions/adapters/spreadsheet-reader.ts'
import type { Reading } from '../../../functions/domain/casefile/reading.ts'
import type { ParsedMessage, SheetRows } from '../../../functions/intake/message.ts'
import { readReply, type ReplyToRead } from '../../../functions/intake/read-reply.ts'
import { agreementKeys, form, request } from '../../unit/intake/mail.ts'
import { compose, type MailParts } from './compose-mail.ts'

const parser = makeMimeParser()
const spreadsheets = makeSpreadsheetReader()

/** The workbooks of a mail, as the intake's handler reads them. */
export const sheetsOf = async (
  message: ParsedMessage,
): Promise<Required<Pick<ReplyToRead, 'workbook' | 'unreadable'>>> => {
  const workbook: SheetRows[] = []
  const unreadable: { filename: string; refusal: string }[] = []
  for (const [file, attachment] of message.attachments.entries()) {
    const read = await spreadsheets(attachment, file)
    if (read?.ok === true) workbook.push(...read.sheets)
    if (read?.ok === false) unreadable.push({ filename: attachment.filename, refusal: read.refusal })
  }
  return { workbook, unreadable }
}

/** Raw bytes read as a reply to the sample request: parsed, its workbooks opened, its figures found. */
export const readRaw = async (raw: Uint8Array, more: Partial<ReplyToRead> = {}): Promise<Reading> => {
  const message = await parser.parse(raw)
  return readReply({
    message,
    form,
    sent: [request],
    year: 2014,
    receivedOn: '2015-02-24',
    agreementKeys,
    ...(await sheetsOf(message)),
    ...more,
  })
}

/** A composed mail read as a reply to the sample request. */
export const readMail = async (parts: MailParts, more: Partial<ReplyToRead> = {}): Promise<Reading> =>
  readRaw(await compose(parts), more)

/** Bytes of a mail written by hand, for what no composer would make. */
export const rawMail = (lines: readonly string[], encoding: BufferEncoding = 'utf8'): Buffer =>
  Buffer.from(
    [
      'From: Mette =?utf-8?Q?Pr=C3=B8ve?= <mette.proeve@svendborg-kommune.example>',
      'To: svar@svar.ministeriet.example',
      'Subject: SV: indberetning',
      'Message-ID: <a1@svendborg-kommune.example>',
      'Date: Tue, 24 Feb 2015 14:07:00 +0100',
      'MIME-Version: 1.0',
      ...lines,
    ].join('\r\n'),
    encoding,
  )
